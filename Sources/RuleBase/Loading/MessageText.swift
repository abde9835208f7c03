/// The form of a message template.
enum MessageText {
  /// Why a text is not a message, or `nil` when it is one.
  static func whatIsWanted(of text: String) -> String? {
    if text.contains("\n") { return "a single line" }
    if text.hasSuffix(".") { return "no full stop" }
    if text.first?.isUppercase == true { return "a lower-case beginning" }
    if !TextForm.hasPairedBackquotes(text) { return "backquotes in pairs" }
    if placeholders(of: text) == nil { return "braces around a placeholder's name only" }
    return nil
  }

  /// The names between braces; `nil` when the braces are not in order.
  static func placeholders(of text: String) -> [String]? {
    var names: [String] = []
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      let after = rest[rest.index(after: brace)...]
      guard rest[brace] == "{", let end = after.firstIndex(of: "}") else { return nil }
      let name = String(after[..<end])
      guard TextForm.isSlug(name) else { return nil }
      names.append(name)
      rest = after[after.index(after: end)...]
    }
    return names
  }
}
