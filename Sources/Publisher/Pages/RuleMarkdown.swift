import RuleBase
import Verifier

/// Writes the page of a rule as Markdown, with all that the tool says of its examples.
struct RuleMarkdown {
  private let verified: VerifiedRule
  private let names: RuleNames

  /// The text, from the summary on: without a title.
  static func text(of rule: VerifiedRule, among names: RuleNames) -> String {
    RuleMarkdown(verified: rule, names: names).text
  }

  private var words: Words { Words.of(verified.rule.language) }

  private var text: String {
    var blocks = [verified.rule.summary]
    for section in verified.rule.sections {
      blocks.append("## \(words.model.section(section.kind))")
      for block in section.blocks {
        switch block {
        case .prose(let markdown, _): blocks.append(withoutRuleLinks(markdown))
        case .heading(let text, _, _, _): blocks.append("### \(text)")
        case .example(let index):
          guard verified.examples.indices.contains(index) else { continue }
          blocks += example(verified.examples[index])
        }
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func example(_ verified: VerifiedExample) -> [String] {
    let example = verified.example
    let label = "**\(words.manual.kind(example.kind))**"
    var blocks = [
      example.caption.map { label + words.manual.colon + withoutRuleLinks($0) } ?? label + ":"
    ]
    for file in verified.files {
      if verified.files.count > 1 || file.file.hasOwnPath { blocks.append("`\(file.file.path)`:") }
      blocks.append(Self.fence(file.file.text, "python"))
    }
    for file in verified.files where !file.findings.isEmpty {
      let frames = file.findings.map {
        CodeFrame($0, path: file.file.path, source: file.file.text).text
      }
      blocks.append(Self.fence(frames.joined(separator: "\n"), "text"))
    }
    for file in verified.files {
      guard let fixed = file.fixed else { continue }
      let diff = ExampleBlocks.diff(from: file.file.text, to: fixed, path: file.file.path)
      blocks.append(Self.fence(diff.map(\.text).joined(separator: "\n"), "diff"))
    }
    if let proof = verified.proof { blocks += observed(proof) }
    return blocks
  }

  /// What was seen when the example ran.
  private func observed(_ proof: Proof) -> [String] {
    let words = words.observed
    return ObservedText.summaries(of: proof, words: words).flatMap { summary in
      [words.observedOn(summary.place, summary.variant == .fixed)]
        + summary.statements.map { statement in
          let output = statement.code.map { "\n\n" + Self.fence($0, "text") } ?? ""
          return statement.words + output
        }
    }
  }

  /// A fence that nothing in the text can close.
  private static func fence(_ text: String, _ info: String) -> String {
    var longest = 2
    var count = 0
    for byte in text.utf8 {
      count = byte == UInt8(ascii: "`") ? count + 1 : 0
      longest = max(longest, count)
    }
    let mark = String(repeating: "`", count: longest + 1)
    let ending = text.utf8.last == UInt8(ascii: "\n") ? "" : "\n"
    return "\(mark)\(info)\n\(text)\(ending)\(mark)"
  }

  /// The text with the code of a rule instead of `rule:name`, which no other program knows.
  private func withoutRuleLinks(_ markdown: String) -> String {
    guard markdown.hasBytes(of: "](rule:") else { return markdown }
    var result = ""
    var rest = markdown[...]
    while let opening = rest.firstRange(of: "](rule:"),
      let close = rest[opening.upperBound...].firstIndex(of: ")")
    {
      let name = String(rest[opening.upperBound..<close])
      let bracket = rest[..<opening.lowerBound].lastIndex(of: "[") ?? opening.lowerBound
      let text = rest[bracket..<opening.lowerBound].dropFirst()
      result += rest[..<bracket] + text + " (\(names[name]?.code ?? name))"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
