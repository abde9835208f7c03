package import AsyncChecks

extension ArgumentCondition {
  /// Reads the form that rule files have: `block=False`, `0=False`, `1:options=os.WNOHANG`,
  /// `interval` or `!interval`; `nil` when the text has none of them.
  package init?(_ text: String) {
    var rest = text[...]
    let isNegated = rest.first == "!"
    if isNegated { rest.removeFirst() }
    var value = ""
    if let equals = rest.firstIndex(of: "=") {
      value = String(rest[rest.index(after: equals)...])
      rest = rest[..<equals]
      // An absent argument has no value that one could ask for.
      guard !value.isEmpty, !isNegated, value.first != "=", value.first != " ", value.last != " "
      else { return nil }
    }
    var position: UInt8?
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty {
      guard let number = UInt8(digits) else { return nil }
      position = number
      rest = rest.dropFirst(digits.count)
      if !rest.isEmpty {
        guard rest.first == ":" else { return nil }
        rest.removeFirst()
        if rest.isEmpty { return nil }
      }
    }
    guard rest.isEmpty ? position != nil : TextForm.isIdentifier(rest.unicodeScalars) else {
      return nil
    }
    self.init(
      isNegated: isNegated, keyword: Array(rest.utf8), position: position, value: Array(value.utf8))
  }
}
