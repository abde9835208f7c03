/// The characters of `\N{…}` escapes by name, for showing the values of strings.
///
/// **Source:** the Python reference, section 2.4.1.1; names from the Unicode Character Database,
/// those of control characters from its `NameAliases.txt`.
package enum UnicodeNames {
  /// The code point of a name; ASCII case does not count.
  package static func codePoint(of name: ArraySlice<UInt8>) -> UInt32? {
    table[String(decoding: name, as: UTF8.self).uppercased()]
  }

  private static let table: [String: UInt32] = {
    var table: [String: UInt32] = [:]
    table.reserveCapacity(160_000)
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if let name = scalar.properties.name { table[name] = value }
      if let alias = scalar.properties.nameAlias { table[alias] = value }
    }
    for (value, names) in controlNames {
      for name in names.split(separator: "|") { table[String(name)] = value }
    }
    return table
  }()

  private static let controlNames: [(UInt32, String)] = [
    (0x00, "NULL|NUL"), (0x01, "START OF HEADING|SOH"), (0x02, "START OF TEXT|STX"),
    (0x03, "END OF TEXT|ETX"), (0x04, "END OF TRANSMISSION|EOT"), (0x05, "ENQUIRY|ENQ"),
    (0x06, "ACKNOWLEDGE|ACK"), (0x07, "ALERT|BEL"), (0x08, "BACKSPACE|BS"),
    (0x09, "CHARACTER TABULATION|HORIZONTAL TABULATION|HT|TAB"),
    (0x0A, "LINE FEED|NEW LINE|END OF LINE|LF|NL|EOL"),
    (0x0B, "LINE TABULATION|VERTICAL TABULATION|VT"), (0x0C, "FORM FEED|FF"),
    (0x0D, "CARRIAGE RETURN|CR"), (0x0E, "SHIFT OUT|LOCKING-SHIFT ONE|SO"),
    (0x0F, "SHIFT IN|LOCKING-SHIFT ZERO|SI"), (0x10, "DATA LINK ESCAPE|DLE"),
    (0x11, "DEVICE CONTROL ONE|DC1"), (0x12, "DEVICE CONTROL TWO|DC2"),
    (0x13, "DEVICE CONTROL THREE|DC3"), (0x14, "DEVICE CONTROL FOUR|DC4"),
    (0x15, "NEGATIVE ACKNOWLEDGE|NAK"), (0x16, "SYNCHRONOUS IDLE|SYN"),
    (0x17, "END OF TRANSMISSION BLOCK|ETB"), (0x18, "CANCEL|CAN"), (0x19, "END OF MEDIUM|EOM|EM"),
    (0x1A, "SUBSTITUTE|SUB"), (0x1B, "ESCAPE|ESC"),
    (0x1C, "INFORMATION SEPARATOR FOUR|FILE SEPARATOR|FS"),
    (0x1D, "INFORMATION SEPARATOR THREE|GROUP SEPARATOR|GS"),
    (0x1E, "INFORMATION SEPARATOR TWO|RECORD SEPARATOR|RS"),
    (0x1F, "INFORMATION SEPARATOR ONE|UNIT SEPARATOR|US"), (0x20, "SP"), (0x7F, "DELETE|DEL"),
    (0x82, "BREAK PERMITTED HERE|BPH"), (0x83, "NO BREAK HERE|NBH"), (0x84, "INDEX|IND"),
    (0x85, "NEXT LINE|NEL"), (0x86, "START OF SELECTED AREA|SSA"),
    (0x87, "END OF SELECTED AREA|ESA"),
    (0x88, "CHARACTER TABULATION SET|HORIZONTAL TABULATION SET|HTS"),
    (0x8D, "REVERSE LINE FEED|REVERSE INDEX|RI"), (0x90, "DEVICE CONTROL STRING|DCS"),
    (0x98, "START OF STRING|SOS"), (0x9B, "CONTROL SEQUENCE INTRODUCER|CSI"),
    (0x9C, "STRING TERMINATOR|ST"), (0x9D, "OPERATING SYSTEM COMMAND|OSC"),
    (0x9E, "PRIVACY MESSAGE|PM"), (0x9F, "APPLICATION PROGRAM COMMAND|APC"), (0xA0, "NBSP"),
    (0xAD, "SHY"), (0x34F, "CGJ"), (0x200B, "ZWSP"), (0x200C, "ZWNJ"), (0x200D, "ZWJ"),
    (0x200E, "LRM"), (0x200F, "RLM"), (0x202A, "LRE"), (0x202B, "RLE"), (0x202C, "PDF"),
    (0x202D, "LRO"), (0x202E, "RLO"), (0x202F, "NNBSP"), (0x205F, "MMSP"), (0x2060, "WJ"),
    (0x2066, "LRI"), (0x2067, "RLI"), (0x2068, "FSI"), (0x2069, "PDI"),
    (0xFEFF, "BYTE ORDER MARK|BOM|ZWNBSP"),
  ]
}
