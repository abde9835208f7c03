/// A piece of a rule that is translated, and goes out of date, by itself.
package enum TranslationUnit: Hashable, Sendable {
  case title, summary
  /// Why the rule is deprecated or removed.
  case reason
  case message(id: String)
  /// What is said of callables, named by the digest of its English text.
  case note(digest: String)
  /// The running text and headings of a section, without the captions of its examples.
  case section(RuleSection.Kind)
  /// What stands before an example.
  case caption(id: String)
}

extension TranslationUnit: CustomStringConvertible {
  /// As a translator looks for it: `section 'Why it matters'`.
  package var description: String {
    switch self {
    case .title: "title"
    case .summary: "summary"
    case .reason: "reason"
    case .message(let id): "message '\(id)'"
    case .note(let digest): "note '\(digest)'"
    case .section(let kind): "section '\(kind.rawValue)'"
    case .caption(let id): "caption of '\(id)'"
    }
  }

  /// The key of a front-matter text's digest below `sources`; `nil` for what has its digest
  /// beside it.
  var sourceKey: String? {
    switch self {
    case .title: "title"
    case .summary: "summary"
    case .reason: "reason"
    case .message(let id): "messages.\(id)"
    case .note, .section, .caption: nil
    }
  }
}

/// A piece of a section as translations write it: code and examples are only named.
package enum SectionPiece: Hashable, Sendable {
  /// CommonMark in which `{code 1}` stands for the section's first fence.
  case prose(String, line: Int)
  /// The text of a level-three heading.
  case heading(String, line: Int)
  /// The id of an example.
  case example(String, line: Int)

  /// How a translation writes it, without a caption and its digest.
  var text: String {
    switch self {
    case .prose(let text, _): text
    case .heading(let text, _): "### \(text)"
    case .example(let id, _): "{\(id)}"
    }
  }
}

extension [SectionPiece] {
  /// The pieces as a translation writes them.
  var text: String { map(\.text).joined(separator: "\n\n") }
}

/// The English of one unit.
package struct TranslatableText: Hashable, Sendable {
  package let unit: TranslationUnit
  /// A single piece of prose but for sections.
  let pieces: [SectionPiece]

  /// What a translation is keyed to.
  var digest: String { TextDigest.of(pieces.text) }
  var text: String { pieces.text }
}

/// A short digest of a text: a change detector, not a secret.
package enum TextDigest {
  /// The digits of a digest.
  package static let length = 8

  /// Eight hexadecimal digits; how the text is broken into lines does not count.
  package static func of(_ text: String) -> String {
    // FNV-1a, the halves joined; of words with a space between them.
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var (isEmpty, isBetweenWords) = (true, false)
    for scalar in text.unicodeScalars {
      if isWhiteSpace(scalar) {
        isBetweenWords = true
        continue
      }
      if isBetweenWords, !isEmpty { add(UInt8(ascii: " ")) }
      (isEmpty, isBetweenWords) = (false, false)
      for byte in scalar.utf8 { add(byte) }
    }
    let folded = UInt32(truncatingIfNeeded: digest ^ (digest >> 32))
    let digits = String(folded, radix: 16)
    return String(repeating: "0", count: length - digits.count) + digits
  }

  /// The characters of White_Space, which the library looks up in a table for each.
  private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// Whether a text looks like a digest.
  package static func isDigest(_ text: some StringProtocol) -> Bool {
    text.utf8.count == length
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }
}
