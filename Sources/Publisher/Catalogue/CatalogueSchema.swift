import AsyncChecks
import RuleBase
import Verifier

/// The JSON Schema of `catalogue.json`.
///
/// Its version follows semantic versioning: a new optional member or a new word of an enumeration
/// raises the second number, anything that could break a reader the first.
enum CatalogueSchema {
  /// The version of the shape, not of the program.
  static let version = "1.1.0"
  static let id = "urn:asyncrules:catalogue:1"

  /// The schema as a document.
  static var document: JSONValue {
    root.asRoot(
      id: id, title: "Catalogue of asyncrules",
      definitions: [
        "code": code, "name": name, "version": versionNumber, "framework": framework,
        "ruleLink": ruleLink, "rule": rule, "callable": callable, "section": section,
        "example": ExampleSchema.example, "finding": ExampleSchema.finding,
        "position": ExampleSchema.position,
        "proof": EvidenceSchema.proof, "environment": EvidenceSchema.environment,
        "translation": translation,
      ])
  }

  private static let root = SchemaValue.object(
    "All rules of asyncrules. Members that do not apply are absent, never null.",
    [
      .required("$schema", .constant("This schema.", "catalogue.schema.json")),
      .required(
        "schemaVersion", .constant("The version of this shape; semantic versioning.", version)),
      .required(
        "tool",
        .object(
          "The program that finds the rules.",
          [
            .required("name", .constant("Its name.", "asyncrules")),
            .required("version", .reference("version")),
            .required(
              "released",
              .string(
                "The day of the release.", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                format: "date")),
          ])),
      .required(
        "groups",
        .array(
          "The folders of the rules, in the order of their first codes.",
          of: .object(
            "A folder of rules.",
            [
              .required("name", .reference("name")),
              .required("title", .string("The name for readers.")),
              .required(
                "rules",
                .array(
                  "The codes of its rules.", of: .reference("code"), atLeast: 1, isSet: true)),
            ]))),
      .required("rules", .array("In the order of their codes.", of: .reference("rule"))),
      .required(
        "symptoms",
        .array(
          "Messages of running programs, sorted, with the rules they point to.",
          of: EvidenceSchema.symptom)),
    ])

  // MARK: - Words

  private static let code = SchemaValue.string(
    "A rule's code; never reused.", pattern: "^[A-Z]+[0-9]{3}$")
  private static let name = SchemaValue.string(
    "A name of lower-case words joined by hyphens.", pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
  private static let versionNumber = SchemaValue.string(
    "A version of asyncrules.", pattern: #"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$"#)
  private static let framework = SchemaValue.word(
    "A library or framework.", Framework.allCases.map(\.rawValue))
  static let severity = SchemaValue.word(
    "How much it matters: wrong or failing; works, but harms; a reviewer would mention it.",
    Severity.allCases.map(\.word))
  private static let qualifiedName = #"^[^\s.]+(\.[^\s.]+)+$"#

  private static let ruleLink = SchemaValue.object(
    "Another rule.",
    [
      .optional("code", .reference("code")),
      .required("name", .reference("name")),
    ])

  // MARK: - Rules

  private static let rule = SchemaValue.object(
    "A rule.",
    [
      .required("code", .reference("code")),
      .required("name", .reference("name")),
      .required("group", .reference("name")),
      .required("title", .string("What it is about, without a full stop. Markdown.")),
      .required("summary", .string("One sentence. Markdown.")),
      .required("severity", severity),
      .required("isDefault", .boolean("Whether it is on when nothing is selected.")),
      .required("status", status),
      .required("since", .reference("version")),
      .required(
        "frameworks",
        .array("What it is about.", of: .reference("framework"), atLeast: 1, isSet: true)),
      .required("tags", .array("Words to search for.", of: .string("A word."), isSet: true)),
      .required("check", .reference("name")),
      .required("fix", fix),
      .required("messages", .array("Its messages.", of: message, atLeast: 1)),
      .required("callables", .array("The callables it knows.", of: .reference("callable"))),
      .required(
        "sections",
        .array("The page, in order.", of: .reference("section"), atLeast: 1)),
      .required(
        "examples",
        .array(
          "Its examples, in the order of the page.", of: .reference("example"), atLeast: 1)),
      .required("aliases", .array("Rules of other tools.", of: alias)),
      .required(
        "symptoms",
        .array("Messages that a program with the mistake may show.", of: .string("A message."))),
      .required("references", .array("Further reading.", of: reference)),
      .required("related", .array("Other rules to read.", of: .reference("ruleLink"))),
      .optional("proven", EvidenceSchema.origin),
      .required(
        "links",
        .object(
          "Where else it is described.",
          [
            .required("page", .string("Its web page, relative to the catalogue.")),
            .required("manual", .string("Its manual page, relative to the catalogue.")),
            .required("source", .string("Its file, relative to the folder of the rules.")),
          ])),
      .required(
        "translations",
        .array("Its words in other languages.", of: .reference("translation"))),
    ])

  private static let status = SchemaValue.object(
    "Where it stands in its life.",
    [
      .required("state", .word("The state.", RuleStatus.State.allCases.map(\.rawValue))),
      .required("since", .reference("version")),
      .required(
        "replacedBy", .array("The rules to use instead.", of: .reference("ruleLink"))),
      .optional("reason", .string("Why. Markdown.")),
    ])

  private static let fix = SchemaValue.object(
    "Whether asyncrules can cure it.",
    [
      .required(
        "availability",
        .word(
          "safe: keeps what the program does but for the mistake; unsafe: may change it.",
          FixAvailability.allCases.map(\.rawValue))),
      .required(
        "examplesFixed",
        .integer(
          "How many examples were fixed, checked again and found free of findings.", from: 0)),
    ])

  private static let message = SchemaValue.object(
    "A message.",
    [
      .required("id", .string("Its name in the rule.")),
      .required("template", .string("The text, with parameters in braces. Markdown.")),
      .required(
        "parameters", .array("The names in braces.", of: .string("A name."), isSet: true)),
    ])

  private static let alias = SchemaValue.object(
    "A rule of another tool.",
    [
      .required("tool", .string("The tool.")),
      .required("rule", .string("Its code or name there.")),
      .required(
        "relation",
        .word(
          "What it finds compared with ours: the same, more, a part, or some of it and others.",
          RuleAlias.Relation.allCases.map(\.rawValue))),
      .optional("measured", EvidenceSchema.measured),
    ])

  private static let reference = SchemaValue.object(
    "A document.",
    [
      .required("title", .string("Its title.")),
      .required("url", .string("Its address.", pattern: "^https://", format: "uri")),
    ])

  private static let callable = SchemaValue.object(
    "A callable that the rule knows.",
    [
      .required(
        "name",
        .string(
          "Fully qualified; implicit calls by their special method.", pattern: qualifiedName)),
      .required("role", .word("What a call does.", CallableRole.allCases.map(\.word))),
      .required(
        "replacements",
        .array(
          "What to write instead.",
          of: .object(
            "A replacement.",
            [
              .optional(
                "dialect",
                .word("The library it is for; any when absent.", Dialect.allCases.map(\.word))),
              .required("text", .string("The replacement.")),
            ]))),
      .required(
        "isDropIn",
        .boolean("Whether awaiting the replacement with the same arguments cures the call.")),
      .optional("returns", .string("The class of the result.", pattern: qualifiedName)),
      .required(
        "unless",
        .array(
          "Conditions on the arguments that switch the fact off.",
          of: .string("`block=False`, `0=False`, `0:block=False`, `block` or `!block`."))),
      .optional(
        "argument", .integer("The position of the argument that is a callable.", from: 0)),
      .optional("trait", .string("What checks ask for by name, such as `task-group`.")),
      .optional("note", .string("More about it. Markdown.")),
    ])

  // MARK: - Page

  private static let section = SchemaValue.object(
    "A section of the page.",
    [
      .required(
        "kind", .word("Which section.", RuleSection.Kind.allCases.map(\.word))),
      .required(
        "title",
        .word(
          "Its heading, in the language of its text.",
          Language.allCases.flatMap { language in
            RuleSection.Kind.allCases.map(Words.of(language).model.section)
          })),
      .required(
        "blocks",
        .array(
          "In order.",
          of: .oneOf(
            "A piece of the section.",
            [
              .object(
                "Running text.",
                [
                  .required("kind", .constant("Which piece.", "prose")),
                  .required("markdown", .string("CommonMark; links to rules as rule:name.")),
                ]),
              .object(
                "A heading of level three.",
                [
                  .required("kind", .constant("Which piece.", "heading")),
                  .required("text", .string("Plain text.")),
                  .optional("framework", .reference("framework")),
                ]),
              .object(
                "An example.",
                [
                  .required("kind", .constant("Which piece.", "example")),
                  .required("example", .reference("name")),
                ]),
            ]))),
    ])
}
