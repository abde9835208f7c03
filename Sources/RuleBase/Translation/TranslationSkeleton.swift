/// The file that a translation starts as, and a finished one's digests.
package enum TranslationSkeleton {
  /// The text of `Rules/translations/<language>/<group>/<name>.md`: the English, keyed to itself.
  ///
  /// As long as a text is still the English one it counts as not translated.
  package static func text(for rule: Rule) -> String {
    var front: [String] = []
    var sources: [String] = []
    var messages: [String] = []
    var notes: [String] = []
    var digests: [TranslationUnit: String] = [:]
    for text in rule.translatable {
      digests[text.unit] = text.digest
      if let key = text.unit.sourceKey { sources.append("  \(key): \(text.digest)") }
      switch text.unit {
      case .title: front.append("title: \(quoted(text.text))")
      case .summary: front.append("summary: \(quoted(text.text))")
      case .reason: front.append("reason: \(quoted(text.text))")
      case .message(let id): messages.append("  \(id): \(quoted(text.text))")
      case .note(let digest): notes.append("  \(digest): \(quoted(text.text))")
      case .section, .caption: break
      }
    }
    var lines = ["---"] + front
    if !messages.isEmpty { lines += ["messages:"] + messages }
    if !notes.isEmpty { lines += ["notes:"] + notes }
    lines += ["sources:"] + sources + ["---"]
    for section in rule.sections {
      lines += ["", heading(section.kind, digests[.section(section.kind)])]
      for piece in rule.pieces(of: section) {
        if case .example(let id, _) = piece,
          let caption = rule.examples.first(where: { $0.id == id })?.caption
        {
          lines += ["", caption, "", marker(id, digests[.caption(id: id)])]
        } else {
          lines += ["", piece.text]
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The text of a translation in which all that is translated is keyed to the English as it is.
  package static func accepting(_ translation: RuleTranslation, of rule: Rule) -> String {
    var lines = translation.source.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    var sources: [String] = []
    for english in rule.translatable {
      guard let text = translation.text(of: english.unit) else { continue }
      if let key = english.unit.sourceKey { sources.append("  \(key): \(english.digest)") }
      guard let line = text.digestLine else { continue }
      switch english.unit {
      case .section(let kind): lines[line - 1] = heading(kind, english.digest)
      case .caption(let id): lines[line - 1] = marker(id, english.digest)
      case .title, .summary, .reason, .message, .note: break
      }
    }
    guard let end = lines.dropFirst().firstIndex(of: "---") else { return translation.source }
    // `sources` is the last key.
    let front = lines[..<end].prefix { !$0.hasPrefix("sources:") }
    let keys = sources.isEmpty ? [] : ["sources:"] + sources
    return (front + keys + lines[end...]).joined(separator: "\n")
  }

  private static func heading(_ kind: RuleSection.Kind, _ digest: String?) -> String {
    "## \(kind.rawValue)" + (digest.map { " {\($0)}" } ?? "")
  }

  private static func marker(_ id: String, _ digest: String?) -> String {
    "{\(id)" + (digest.map { " \($0)" } ?? "") + "}"
  }

  /// A text as a YAML scalar of one line.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": quoted += "\\\\"
      case "\"": quoted += "\\\""
      case _ where isInvisible(scalar):
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Whether a character controls text or takes no place in it, so that a file must not hold it.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }
}
