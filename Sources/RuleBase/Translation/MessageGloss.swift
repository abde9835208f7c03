extension Rule {
  /// What a finding's message says in ``language``, with the id that the rule has for it; `nil` when
  /// it is not translated.
  ///
  /// The message is read by the template that it was made of.
  package func gloss(on message: String) -> (id: String, text: String)? {
    for template in messages {
      guard let translation = messageTranslations[template.id],
        let values = Self.values(in: message, by: template.text)
      else { continue }
      return (template.id, Self.text(of: translation, with: values))
    }
    return nil
  }

  /// A template with values for its placeholders; a value may hold braces itself.
  private static func text(of template: String, with values: [(String, String)]) -> String {
    let parts = template.split(separator: "{", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts.first ?? "")) { text, part in
      let name = part.prefix { $0 != "}" }
      text += (values.first { $0.0 == name }?.1 ?? "{\(name)}") + part.dropFirst(name.count + 1)
    }
  }

  /// What stands in the places of a template's placeholders; `nil` when the text is not of it.
  private static func values(in text: String, by template: String) -> [(String, String)]? {
    var values: [(String, String)] = []
    var rest = text[...]
    let parts = template.split(separator: "{", omittingEmptySubsequences: false)
    guard let opening = parts.first, rest.hasPrefix(opening) else { return nil }
    rest = rest.dropFirst(opening.count)
    for part in parts.dropFirst() {
      guard let close = part.firstIndex(of: "}") else { return nil }
      let following = part[part.index(after: close)...]
      let end: Substring.Index
      if following.isEmpty {
        end = rest.endIndex
      } else if let place = rest.firstRange(of: following) {
        end = place.lowerBound
      } else {
        return nil
      }
      values.append((String(part[..<close]), String(rest[..<end])))
      rest = rest[end...].dropFirst(following.count)
    }
    return rest.isEmpty ? values : nil
  }
}
