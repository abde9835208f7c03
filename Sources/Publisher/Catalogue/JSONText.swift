/// JSON as asyncrules writes it: indented, keys sorted, slashes as they are, a line feed at the end.
package enum JSONText {
  /// The text of a value.
  package static func text(of value: some Encodable) -> String {
    String(decoding: JSONEncoding.bytes(of: value) + [UInt8(ascii: "\n")], as: UTF8.self)
  }

  /// The text of a value with the elements of its empty array `key` put in, each at their depth:
  /// thousands of them are encoded one by one, on several threads and with little memory.
  static func text(
    of value: some Encodable, filling key: String, with elements: [[UInt8]], depth: Int,
  ) -> [UInt8] {
    let text = Array(Self.text(of: value).utf8)
    let margin = String(repeating: "  ", count: depth - 1)
    let opening = Array("\n\(margin)\"\(key)\": [".utf8)
    guard !elements.isEmpty, let place = text.firstRange(of: opening) else { return text }
    var result = Array(text[..<place.upperBound])
    result.reserveCapacity(text.count + elements.reduce(0) { $0 + $1.count + depth * 2 + 2 })
    let lineBreak = Array("\n\(margin)  ".utf8)
    for (index, element) in elements.enumerated() {
      if index > 0 { result.append(UInt8(ascii: ",")) }
      result += lineBreak
      result += element
    }
    result += Array("\n\(margin)".utf8)
    result += text[place.upperBound...]
    return result
  }
}
