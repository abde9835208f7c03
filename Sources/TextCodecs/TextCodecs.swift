package import PythonSyntax

/// The codecs for text of CPython 3.13, by every name that its registry takes.
///
/// **Source:** the Python library reference, "Standard Encodings"; the tables and aliases are
/// written from the interpreter itself.
package enum TextCodecs {
  /// What the command line reads source files with.
  package static let all = SourceCodecs { name, bytes in
    guard let codec = codec(named: name) else { return .unknown }
    switch codec {
    case "utf_8", "utf_8_sig": return .known(.utf8)
    case "ascii", "idna": return .known(.ascii)
    case "latin_1", "charmap": return .known(.latin1)
    default: break
    }
    if CodecTables.unusable.description.split(separator: " ").contains(where: { $0 == codec }) {
      return .unusable
    }
    do throws(UndecodableByte) {
      return .text(try decode(bytes, codec))
    } catch {
      let start = UInt32(error.offset)
      return .undecodable(
        ByteSpan(start: start, end: start + 1),
        message: Array(error.message(for: codec, in: bytes).utf8))
    }
  }

  private static func decode(_ bytes: [UInt8], _ codec: String) throws(UndecodableByte) -> [UInt8] {
    switch codec {
    case "hz": try decodeHZ(bytes)
    case "utf_7": try decodeUTF7(bytes)
    case "unicode_escape": try decodeUnicodeEscapes(bytes)
    case "raw_unicode_escape": try decodeRawUnicodeEscapes(bytes)
    default:
      if let variant = ISO2022(rawValue: codec) {
        try variant.decode(bytes)
      } else {
        try CodecTable(named: codec).decode(bytes)
      }
    }
  }

  /// The name of the module in CPython's package `encodings` that a spelling leads to.
  static func codec(named spelling: ArraySlice<UInt8>) -> String? {
    let name = normalized(spelling)
    if let codec = codecs[name] { return codec }
    return codecs[String(name.map { $0 == "." ? "_" : $0 })].flatMap {
      // Only aliases are looked up without the dots, modules are not.
      $0 == String(name.map { $0 == "." ? "_" : $0 }) ? nil : $0
    }
  }

  /// Lower case, with one underscore for each run of punctuation between letters and digits.
  private static func normalized(_ spelling: ArraySlice<UInt8>) -> String {
    var name = ""
    var isBehindPunctuation = false
    for byte in spelling {
      let scalar = Unicode.Scalar(byte)
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".":
        if isBehindPunctuation, !name.isEmpty { name.append("_") }
        isBehindPunctuation = false
        name += String(scalar).lowercased()
      default:
        isBehindPunctuation = true
      }
    }
    return name
  }

  private static let codecs: [String: String] = {
    var codecs: [String: String] = [:]
    for line in CodecTables.names.description.split(separator: "\n") {
      let spellings = line.split(separator: " ")
      for spelling in spellings { codecs[String(spelling)] = String(spellings[0]) }
    }
    return codecs
  }()
}

/// A byte that stands for nothing in its encoding.
struct UndecodableByte: Error {
  let offset: Int

  func message(for codec: String, in bytes: [UInt8]) -> String {
    let name = codec.replacing("_", with: "-")
    guard offset < bytes.count else { return "'\(name)' codec: the text ends inside a character" }
    let digits = String(bytes[offset], radix: 16)
    let byte = digits.count < 2 ? "0\(digits)" : digits
    return "'\(name)' codec can't decode byte 0x\(byte) in position \(offset)"
  }
}
