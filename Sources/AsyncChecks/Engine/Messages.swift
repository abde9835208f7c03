extension MessageTemplate {
  /// The text with its placeholders replaced; unknown ones stay.
  func filled(_ values: [(placeholder: StaticString, value: [UInt8])]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      let name = rest[(open + 1)..<close]
      result += rest[..<open]
      let match = values.first { entry in
        entry.placeholder.withUTF8Buffer { name.elementsEqual($0) }
      }
      result += match?.value ?? Array(rest[open...close])
      rest = rest[(close + 1)...]
    }
    return result + rest
  }
}

extension Fix {
  /// The same edits, vouched for less.
  func with(_ applicability: Applicability) -> Fix {
    switch applicability {
    case .safe: .safe(title, edits)
    case .unsafe: .unsafe(title, edits)
    case .displayOnly: .displayOnly(title, edits)
    }
  }
}

extension StaticString {
  /// Its UTF-8 bytes.
  var bytes: [UInt8] { withUTF8Buffer { Array($0) } }
}

extension Int {
  /// Its decimal digits.
  var digits: [UInt8] {
    guard self >= 10 else { return [UInt8(ascii: "0") + UInt8(Swift.max(self, 0))] }
    return (self / 10).digits + [UInt8(ascii: "0") + UInt8(self % 10)]
  }
}
