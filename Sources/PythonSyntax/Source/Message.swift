/// A message put together from literal and source text, as bytes.
struct Message {
  private(set) var bytes: [UInt8] = []

  init(_ text: StaticString) { append(text) }

  init(_ first: StaticString, _ second: StaticString) {
    append(first)
    append(second)
  }

  init(_ first: StaticString, _ middle: [UInt8], _ last: StaticString) {
    append(first)
    bytes += middle
    append(last)
  }

  /// Whether the message says nothing more than that the syntax is invalid.
  var isInvalidSyntax: Bool {
    let text: StaticString = "invalid syntax"
    return text.withUTF8Buffer { bytes.elementsEqual($0) }
  }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ text: ArraySlice<UInt8>) { bytes += text }

  /// Appends a number in decimal.
  mutating func append(_ number: Int) {
    var digits: [UInt8] = []
    var rest = number.magnitude
    repeat {
      digits.append(UInt8(0x30 + rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes += digits.reversed()
  }

  /// Appends a code point as at least four hexadecimal digits.
  mutating func append(hexadecimal value: UInt32) {
    var digits: [UInt8] = []
    var rest = value
    while rest > 0 || digits.count < 4 {
      let digit = UInt8(rest & 15)
      digits.append(digit < 10 ? 0x30 + digit : 0x37 + digit)
      rest >>= 4
    }
    bytes += digits.reversed()
  }
}
