extension String {
  /// The text with everything that could steer a terminal or reorder the line made visible.
  ///
  /// Control characters (but line feed and tab), bidirectional controls, line and paragraph
  /// separators and invisible format characters are shown as `<U+202E>`. Joiners stay: emoji and
  /// several scripts need them.
  package var visible: String {
    guard !isPlainASCII, unicodeScalars.contains(where: \.isHidden) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isHidden {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether ``Swift/String/visible`` replaces it.
  fileprivate var isHidden: Bool {
    switch self {
    case " "..."~", "\n", "\t", "\u{200C}", "\u{200D}": false
    default:
      switch properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
      default: false
      }
    }
  }
}
