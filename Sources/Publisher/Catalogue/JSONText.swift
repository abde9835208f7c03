import Foundation

/// JSON as asyncrules writes it: indented, keys sorted, slashes as they are, a line feed at the end.
package enum JSONText {
  /// The text of a value.
  package static func text(of value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    } catch {
      // Our records hold only strings, integers and Booleans, which always can be written.
      preconditionFailure("cannot encode \(type(of: value)): \(error)")
    }
  }
}
