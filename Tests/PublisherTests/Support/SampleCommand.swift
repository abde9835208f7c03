import Publisher

/// A command made by hand, and the same as the option parser describes it.
enum SampleCommand {
  static let guide = """
    # The rule file

    A rule is one file. `asyncrules new <name>` writes it.

    ## Front matter

    - `code`: Required. For example `AR101`.
    - `severity`: Required. `error` or `warning`.

    ## Examples

    An example is a fence:

    ```text
    python bad id=x
    ```

    ### Spans

    The carets cover the span.

    """

  static let command = CommandManual(
    name: "asyncrules", abstract: "Rules for asynchronous Python.",
    arguments: [
      CommandArgument(kind: .flag, names: ["-h", "--help"], abstract: "Show help information.")
    ],
    subcommands: [
      CommandManual(
        name: "check", abstract: "Find mistakes in Python files.",
        discussion: """
          A finding is silenced by '# noqa' or ('# noqa: AR101') on
          its line; that's all. See <path> and packages-*.txt.

          Exit status: 0 when nothing is found.
          """,
        arguments: [
          CommandArgument(
            kind: .positional, valueName: "path", isRepeating: true, defaultValue: ".",
            abstract: "Files and folders; '-' is standard input, and another tool's output."),
          CommandArgument(
            kind: .option, names: ["--output-format"], valueName: "format", defaultValue: "full",
            values: [
              .init(name: "full", meaning: ""), .init(name: "concise", meaning: ""),
            ],
            abstract: "How findings are printed."),
          CommandArgument(
            kind: .option, names: ["-s", "--select"], valueName: "rules", isRepeating: true,
            abstract: "Only these rules."),
          CommandArgument(kind: .flag, names: ["--fix"], abstract: "Apply safe fixes."),
          CommandArgument(
            kind: .flag, names: ["-h", "--help"], abstract: "Show help information."),
        ]),
      CommandManual(
        name: "rule", abstract: "Show the page of a rule.",
        arguments: [
          CommandArgument(
            kind: .positional, valueName: "rule", isOptional: false,
            abstract: "A code, a name or another tool's code.")
        ]),
    ])

  /// What swift-argument-parser writes for the option `--output-format` and a hidden flag.
  static let dump = """
    {
      "command" : {
        "commandName" : "asyncrules",
        "abstract" : "Rules for asynchronous Python.",
        "shouldDisplay" : true,
        "subcommands" : [
          {
            "commandName" : "check",
            "abstract" : "Find mistakes in Python files.",
            "shouldDisplay" : true,
            "superCommands" : ["asyncrules"],
            "arguments" : [
              {
                "kind" : "option",
                "abstract" : "How findings are printed.",
                "allValues" : ["full", "concise"],
                "allValueDescriptions" : {"full" : "With the code."},
                "defaultValue" : "full",
                "isOptional" : true,
                "isRepeating" : false,
                "names" : [
                  {"kind" : "long", "name" : "output-format"},
                  {"kind" : "short", "name" : "o"}
                ],
                "parsingStrategy" : "default",
                "preferredName" : {"kind" : "long", "name" : "output-format"},
                "shouldDisplay" : true,
                "valueName" : "format"
              },
              {
                "kind" : "flag",
                "isOptional" : true,
                "isRepeating" : false,
                "names" : [{"kind" : "longWithSingleDash", "name" : "hidden"}],
                "parsingStrategy" : "default",
                "shouldDisplay" : false
              }
            ]
          },
          {
            "commandName" : "secret",
            "shouldDisplay" : false
          }
        ]
      },
      "serializationVersion" : 0
    }
    """
}
