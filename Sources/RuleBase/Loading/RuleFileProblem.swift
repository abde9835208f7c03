/// What is wrong, without where: what was found and what is wanted.
package enum RuleFileProblem: Hashable, Sendable {
  // The folder and the file.
  case unreadable(reason: String)
  case symbolicLinkLoop
  case noRuleFiles
  case notUTF8(byte: UInt8)
  /// A control character other than a tab and a line feed, or a byte order mark.
  case controlCharacter(Unicode.Scalar)
  case misplacedFile
  case duplicateFile

  // YAML.
  case noFrontMatter(found: String)
  case unclosedFrontMatter
  case invalidYAML(String)
  case duplicateKey(String, firstLine: Int)
  case unknownKey(String, near: String?, wanted: [String])
  case missingKey(String, of: String?)
  case missingKeyOfEntry(String, of: String)
  case misplacedKey(String, before: String)
  case wrongType(of: String, found: String, wanted: String)
  case wrongEntry(of: String, found: String, wanted: String)
  case yamlTag(String)

  // Values.
  case empty(String)
  /// A word out of a closed list.
  case unknownWord(what: String, found: String, near: String?, wanted: [String])
  /// A value that breaks its form.
  case malformed(what: String, found: String, wanted: String)
  case repeated(what: String, String)
  case tooLong(what: String, count: Int, limit: Int)
  case nameIsNotFileName(found: String, wanted: String)
  case unknownMessage(String, check: String, near: String?, wanted: [String])
  case missingMessage(String, check: String)
  case unknownPlaceholder(String, message: String, near: String?, wanted: [String])
  case unknownCheck(String, near: String?, wanted: [String])
  case wrongRole(found: String, check: String)
  case keyNeedsRole(String, wanted: [String])
  case missingReplacement
  case missingReason(state: String)

  // The body.
  case markdown(MarkdownError)
  case textBeforeSections
  case wrongHeadingLevel(found: Int, heading: String)
  case unknownSection(String, near: String?, wanted: [String])
  case duplicateSection(String, firstLine: Int)
  case misplacedSection(String, before: String)
  case missingSection(String)
  case emptySection(String)
  case linkDefinition
  case deadLink(String, near: String?)
  case duplicateAnchor(String, firstLine: Int)

  // Fences and expectations.
  case unclosedFence
  case nestedExample
  case indentedExample
  case emptyExample
  case notPython(found: String)
  case unknownKind(String, near: String?)
  case unknownAttribute(String, near: String?, wanted: [String])
  case unknownFlag(String, near: String?)
  case missingAttribute(String)
  case duplicateID(String, firstLine: Int)
  case separatedFiles(id: String)
  case duplicateExampleFile(id: String, file: String)
  case differentKinds(id: String, found: String, wanted: String)
  case missingCaption(id: String)
  case strayFixed
  case fixedNeedsFile(id: String)
  case unknownFixedFile(found: String, near: String?)
  case duplicateFixed
  case fixedIsNotDifferent
  case missingExample(kind: String)
  case missingExpectation(id: String, code: String)
  case strayExpectation(kind: String)
  case malformedExpectation(found: String)
  case expectationWithoutCode
  case expectationOutside(column: Int, line: Int, width: Int)
  case expectationBelowEnd(lines: Int)
  case strayRun
  case runWithoutHarm(id: String)
  case unknownExample(String, near: String?)

  // The whole base.
  case duplicateCode(String, other: String)
  case duplicateName(String, other: String)
  case unknownRule(what: String, found: String, near: String?)
  case linkToItself(what: String)
  case unknownCode(String, near: String?)
  case duplicateCallable(String, role: String, other: String)
  case contradictingRoles(String, found: String, other: String, role: String)
  case contradictingReturns(String, found: String, other: String, returns: String)

  case translation(TranslationProblem)
}

extension RuleFileProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .symbolicLinkLoop: "symbolic link into a folder that holds it"
    case .noRuleFiles: "no rule files; wanted <group>/<name>.md"
    case .notUTF8(let byte): "not UTF-8: byte 0x\(hexadecimal(byte))"
    case .controlCharacter(let scalar): controlCharacterDescription(scalar)
    case .misplacedFile: "misplaced; wanted <group>/<name>.md, one folder deep, in slugs"
    case .duplicateFile: "given twice"

    case .noFrontMatter(let found): "found '\(found)'; wanted '---' and the front matter"
    case .unclosedFrontMatter: "front matter without its closing '---'"
    case .invalidYAML(let problem): "not YAML: \(problem)"
    case .duplicateKey(let key, let line):
      "duplicate key '\(key)'; it stands on line \(line) already"
    case .unknownKey(let key, let near, let wanted): unknown("key", key, near, wanted)
    case .missingKey(let key, let whole):
      "missing key '\(key)'" + (whole.map { " of '\($0)'" } ?? "")
    case .missingKeyOfEntry(let key, let list): "missing key '\(key)' of an entry of '\(list)'"
    case .misplacedKey(let key, let next): "key '\(key)' must stand before '\(next)'"
    case .wrongType(let key, let found, let wanted): "'\(key)' is \(found); wanted \(wanted)"
    case .wrongEntry(let key, let found, let wanted):
      "'\(key)' has the entry \(found); wanted \(wanted)"
    case .yamlTag(let tag): "'\(tag)' is a YAML tag; write the text in quotation marks"

    case .empty(let key): "'\(key)' is empty"
    case .unknownWord(let what, let found, let near, let wanted): unknown(what, found, near, wanted)
    case .malformed(let what, let found, let wanted): "\(what) '\(found)'; wanted \(wanted)"
    case .repeated(let what, let word): "\(what) '\(word)' is given twice"
    case .tooLong(let what, let count, let limit):
      "\(what) of \(count) characters; wanted at most \(limit)"
    case .nameIsNotFileName(let found, let wanted):
      "name '\(found)' is not the file's name; wanted '\(wanted)'"
    case .unknownMessage(let id, let check, let near, let wanted):
      unknown("message", id, near, wanted, of: "check '\(check)'")
    case .missingMessage(let id, let check): "missing message '\(id)' of check '\(check)'"
    case .unknownPlaceholder(let name, let message, let near, let wanted):
      unknown(
        "placeholder", "{\(name)}", near.map { "{\($0)}" }, wanted.map { "{\($0)}" },
        of: "message '\(message)'")
    case .unknownCheck(let name, let near, let wanted): unknown("check", name, near, wanted)
    case .wrongRole(let found, let check):
      "role '\(found)' in a rule of check '\(check)'; only rules of check 'blocking-call' have it"
    case .keyNeedsRole(let key, let wanted): "'\(key)' needs a role of \(list(wanted))"
    case .missingReplacement: "'drop-in' without 'replace'"
    case .missingReason(let state):
      "status '\(state)' without a reason; write a mapping with 'reason'"

    case .markdown(let error): error.message
    case .textBeforeSections: "text before the first section; wanted '## What it does'"
    case .wrongHeadingLevel(let level, let heading):
      "heading '\(heading)' of level \(level); wanted level 2 for sections, 3 within them"
    case .unknownSection(let title, let near, let wanted): unknown("section", title, near, wanted)
    case .duplicateSection(let title, let line):
      "section '\(title)' again; it stands on line \(line) already"
    case .misplacedSection(let title, let next): "section '\(title)' must stand before '\(next)'"
    case .missingSection(let title): "missing section '\(title)'"
    case .emptySection(let title): "section '\(title)' is empty"
    case .linkDefinition: "link definition; write the destination where the link stands"
    case .deadLink(let destination, let near): deadLinkDescription(destination, near)
    case .duplicateAnchor(let anchor, let line):
      "anchor '#\(anchor)' again; the heading or example on line \(line) has it already"

    case .unclosedFence: "fence without its end"
    case .nestedExample: "example in a list or quote; wanted at the top level"
    case .indentedExample: "indented example; wanted the fence in the first column"
    case .emptyExample: "example without code"
    case .notPython(let found): "example in '\(found)'; wanted 'python'"
    case .unknownKind(let kind, let near):
      unknown("kind of example", kind, near, ["bad", "good", "near-miss", "fixed"])
    case .unknownAttribute(let name, let near, let wanted): unknown("attribute", name, near, wanted)
    case .unknownFlag(let flag, let near):
      "unknown flag '\(flag)'" + (near.map { "; did you mean '\($0)='?" } ?? "; wanted key=value")
    case .missingAttribute(let name): "example without '\(name)='"
    case .duplicateID(let id, let line):
      "example id '\(id)' again; it stands on line \(line) already"
    case .separatedFiles(let id):
      "file of example '\(id)' apart from the others; wanted nothing in between"
    case .duplicateExampleFile(let id, let file): "file '\(file)' of example '\(id)' is given twice"
    case .differentKinds(let id, let found, let wanted):
      "file of example '\(id)' is '\(found)'; wanted '\(wanted)' as its first file"
    case .missingCaption(let id):
      "near-miss '\(id)' without a caption; say in the paragraph before it why the code is right"
    case .strayFixed: "'fixed' that does not follow a bad example directly"
    case .fixedNeedsFile(let id):
      "'fixed' of example '\(id)', which has several files, without 'file='"
    case .unknownFixedFile(let found, let near):
      "'fixed' of unknown file '\(found)'" + (near.map { "; did you mean '\($0)'?" } ?? "")
    case .duplicateFixed: "second 'fixed' of the same file"
    case .fixedIsNotDifferent: "'fixed' does not differ from the code before it"
    case .missingExample(let kind): "no '\(kind)' example; wanted at least one"
    case .missingExpectation(let id, let code):
      "bad example '\(id)' expects no \(code); wanted a caret line below the line it is about"
    case .strayExpectation(let kind): "expectation in a '\(kind)' fence; wanted none"
    case .malformedExpectation(let found):
      "malformed expectation '\(found)'; wanted '#  ^^^ CODE message' or '#@ 1..2 CODE message'"
    case .expectationWithoutCode: "expectation with no line of code above it"
    case .expectationOutside(let column, let line, let width):
      "expectation covers column \(column) of line \(line) of the example, which has \(width) "
        + (width == 1 ? "character" : "characters")
    case .expectationBelowEnd(let lines):
      "expectation ends \(lines) lines below its start, after the end of the example"
    case .strayRun: "'run' that does not follow an example directly"
    case .runWithoutHarm(let id):
      "'run' of bad example '\(id)' shows no harm; wanted one of raises, warns, loses, stalls, "
        + "never-finishes, serial or stdout, or skip with the reason"
    case .unknownExample(let id, let near): unknown("example", id, near, [], of: "'same-result-as'")

    case .duplicateCode(let code, let other): "code '\(code)' is that of \(other) already"
    case .duplicateName(let name, let other): "name '\(name)' is that of \(other) already"
    case .unknownRule(let what, let found, let near):
      unknown("rule", found, near, [], of: "'\(what)'")
    case .linkToItself(let what): "'\(what)' names the rule itself"
    case .unknownCode(let code, let near): unknown("code", code, near, [])
    case .duplicateCallable(let name, let role, let other):
      "'\(name)' is stated to be '\(role)' by \(other) already"
    case .contradictingRoles(let name, let found, let other, let role):
      "'\(name)' cannot be '\(found)': \(other) states '\(role)'"
    case .contradictingReturns(let name, let found, let other, let returns):
      "'\(name)' cannot return '\(found)': \(other) states '\(returns)'"

    case .translation(let problem): problem.description
    }
  }

  private func unknown(
    _ what: String, _ found: String, _ near: String?, _ wanted: [String], of whole: String? = nil,
  ) -> String {
    let start = "unknown \(what) '\(found)'" + (whole.map { " of \($0)" } ?? "")
    if let near { return start + "; did you mean '\(near)'?" }
    return wanted.isEmpty ? start : start + "; wanted \(list(wanted))"
  }

  private func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  private func deadLinkDescription(_ destination: String, _ near: String?) -> String {
    let start = "dead link '\(destination)'"
    if let near { return start + "; did you mean '\(near)'?" }
    return start + "; wanted https://…, rule:<name>, rule:<name>#<anchor> or #<anchor>"
  }

  private func controlCharacterDescription(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\r": "carriage return; wanted lines that end in a line feed only"
    case "\u{FEFF}": "byte order mark; wanted none"
    default: "control character U+00\(hexadecimal(UInt8(truncatingIfNeeded: scalar.value)))"
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }
}
