import ArgumentParser
import RuleBase

/// `asyncrules new`: the skeleton of a rule file.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write the skeleton of a new rule file.",
    discussion: "The skeleton is valid: 'asyncrules verify' accepts it before the first change.")

  @Argument(help: ArgumentHelp("The name of the rule: words joined by hyphens.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("The group: a folder below the rules folder.", valueName: "group"))
  var group = "blocking"

  @Option(help: ArgumentHelp("The code; the next free one when left out.", valueName: "code"))
  var code: String?

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("The rules folder to write to.", valueName: "dir"))
  var folder = "Rules"

  func run() throws {
    guard RuleSkeleton.isName(name) else {
      throw Complaint(
        "'\(name)' is not a rule name; wanted lower-case words joined by hyphens, such as "
          + "blocking-sleep")
    }
    guard RuleSkeleton.isName(group) else {
      throw Complaint("'\(group)' is not a group name; wanted lower-case words joined by hyphens")
    }
    var base = try RuleOptions.embedded()
    if FileSystem.kind(of: folder) == .directory {
      // A folder without rules yet is a fine place for the first one.
      if let loaded = RuleBase.load(directory: folder, over: base).0 { base = loaded }
    }
    guard base.rules.allSatisfy({ $0.name != name }) else {
      throw Complaint("a rule called '\(name)' exists already")
    }
    let code = code ?? RuleSkeleton.nextCode(in: group, of: base)
    guard RuleSkeleton.isCode(code) else {
      throw Complaint(
        "'\(code)' is not a rule code; wanted capital letters and three digits, such as AR101")
    }
    guard base.rules.allSatisfy({ $0.code != code }) else {
      throw Complaint("the code \(code) is taken; leave --code out for the next free one")
    }
    let path = "\(folder)/\(group)/\(name).md"
    let text = RuleSkeleton.text(name: name, code: code, since: Asyncrules.version)
    try FileSystem.makeDirectory("\(folder)/\(group)")
    try FileSystem.write(Array(text.utf8), to: path)
    Streams.output("\(path)\n")
  }
}
