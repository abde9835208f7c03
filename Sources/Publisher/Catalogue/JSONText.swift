import Foundation

/// JSON as asyncrules writes it: indented, keys sorted, slashes as they are, a line feed at the end.
package enum JSONText {
  /// The text of a value.
  package static func text(of value: some Encodable) -> String {
    String(decoding: indented(compact(value)) + [UInt8(ascii: "\n")], as: UTF8.self)
  }

  /// A value without white space.
  static func compact(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(value)
    } catch {
      // Our records hold only strings, integers and Booleans, which always can be written.
      preconditionFailure("cannot encode \(type(of: value)): \(error)")
    }
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

  /// Breaks JSON without white space into lines.
  ///
  /// Foundation's own `prettyPrinted` spreads an empty list over three lines, and most of our
  /// lists are empty.
  ///
  /// - Parameter depth: Of the lines after the first.
  static func indented(_ json: Data, depth: Int = 0) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(json.count * 2)
    var depth = depth
    var isString = false
    var isEscaped = false
    var previous: UInt8 = 0
    func breakLine() {
      result.append(UInt8(ascii: "\n"))
      result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }
    for byte in Array(json) {
      defer { previous = byte }
      if isString {
        result.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
        continue
      }
      let isClosing = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      let isBehindOpening = previous == UInt8(ascii: "{") || previous == UInt8(ascii: "[")
      if isClosing { depth -= 1 }
      if isClosing != isBehindOpening { breakLine() }
      result.append(byte)
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ","): breakLine()
      case UInt8(ascii: ":"): result.append(UInt8(ascii: " "))
      default: break
      }
    }
    return result
  }
}
