import Publisher
import Testing

@Suite struct CommandDumpTests {
  @Test func `commands and options come from what the option parser says`() throws {
    let command = try CommandManual(dump: SampleCommand.dump)
    #expect(command.name == "asyncrules")
    #expect(command.abstract == "Rules for asynchronous Python.")
    #expect(command.subcommands.map(\.name) == ["check"])
    let option = CommandArgument(
      kind: .option, names: ["-o", "--output-format"], valueName: "format", defaultValue: "full",
      values: [
        .init(name: "full", meaning: "With the code."), .init(name: "concise", meaning: ""),
      ],
      abstract: "How findings are printed.")
    #expect(command.subcommands[0].arguments == [option])
  }

  @Test func `a flag and its opposite are one entry`() throws {
    func flag(_ name: String, _ text: String) -> String {
      """
      {"kind": "flag", "shouldDisplay": true, "isOptional": true, "isRepeating": false,
       "names": [{"kind": "long", "name": "\(name)"}], "abstract": "\(text)"}
      """
    }
    let flags = [
      flag("cache", "Keep."), flag("no-cache", "Keep."), flag("color", "A."),
      flag("no-color", "B."),
    ]
    let command = try CommandManual(
      dump: """
        {"serializationVersion": 0,
         "command": {"commandName": "x", "arguments": [\(flags.joined(separator: ","))]}}
        """)
    #expect(
      command.arguments.map(\.names) == [["--cache", "--no-cache"], ["--color"], ["--no-color"]])
  }

  @Test func `a dump of another version is refused`() {
    #expect(throws: CommandDumpError.unknownVersion(1)) {
      try CommandManual(dump: #"{"serializationVersion": 1}"#)
    }
  }

  @Test(arguments: ["", "[]", "{}", #"{"serializationVersion": 0, "command": {}}"#])
  func `what is not a dump is refused`(text: String) {
    #expect(throws: CommandDumpError.self) { try CommandManual(dump: text) }
  }
}
