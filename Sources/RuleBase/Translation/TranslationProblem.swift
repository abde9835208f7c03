/// What is wrong with a translation by itself or, where it claims to be current, with its rule.
package enum TranslationProblem: Hashable, Sendable {
  case misplaced(languages: [String])
  case malformedDigest(found: String)
  case unknownSource(String, wanted: [String])
  case digestWithoutCaption(id: String)
  case structure(section: String, found: [String], wanted: [String])
  case code(section: String, found: [Int], count: Int)
  case foreignLink(String)
  case placeholders(message: String, found: [String], wanted: [String])
}

extension TranslationProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .misplaced(let languages):
      "misplaced; wanted translations/<language>/<group>/<name>.md, the language one of "
        + languages.joined(separator: ", ")
    case .malformedDigest(let found):
      "digest '\(found)'; wanted eight hexadecimal digits, as 'asyncrules translate' writes them"
    case .unknownSource(let key, let wanted):
      "digest of '\(key)', which is not translated here; wanted one of \(list(wanted))"
    case .digestWithoutCaption(let id):
      "digest for the caption of '\(id)', but no paragraph before it"
    case .structure(let section, let found, let wanted):
      "section '\(section)' has \(list(found)); wanted \(list(wanted)), as the English has"
    case .code(let section, let found, let count):
      "section '\(section)' has \(list(found.map { "{code \($0)}" })); wanted "
        + (count == 0 ? "none" : "each of 1 to \(count) once")
    case .foreignLink(let destination):
      "link '\(destination)', which the English does not have; wanted one of its links or https://…"
    case .placeholders(let message, let found, let wanted):
      "message '\(message)' has \(list(found.map { "{\($0)}" })); wanted "
        + list(wanted.map { "{\($0)}" })
    }
  }

  private func list(_ words: [String]) -> String {
    words.isEmpty ? "nothing" : words.joined(separator: ", ")
  }
}
