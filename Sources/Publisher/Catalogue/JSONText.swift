import Foundation

/// JSON as asyncrules writes it: indented, keys sorted, slashes as they are, a line feed at the end.
package enum JSONText {
  /// The text of a value.
  package static func text(of value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: indented(try encoder.encode(value)), as: UTF8.self)
    } catch {
      // Our records hold only strings, integers and Booleans, which always can be written.
      preconditionFailure("cannot encode \(type(of: value)): \(error)")
    }
  }

  /// Breaks JSON without white space into lines.
  ///
  /// Foundation's own `prettyPrinted` spreads an empty list over three lines, and most of our
  /// lists are empty.
  private static func indented(_ json: Data) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(json.count * 2)
    var depth = 0
    var isString = false
    var isEscaped = false
    var previous: UInt8 = 0
    func breakLine() {
      result.append(UInt8(ascii: "\n"))
      result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }
    for byte in json {
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
    result.append(UInt8(ascii: "\n"))
    return result
  }
}
