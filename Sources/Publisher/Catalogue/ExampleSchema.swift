import AsyncChecks
import RuleBase
import Verifier

/// The part of the catalogue's schema that is about examples and what the checker finds in them.
enum ExampleSchema {
  static let example = SchemaValue.object(
    "An example.",
    [
      .required("id", .reference("name")),
      .required(
        "kind",
        .word(
          "bad: has findings; good: has none; near-miss: has none, though it looks like it.",
          Example.Kind.allCases.map(\.rawValue))),
      .optional("framework", .reference("framework")),
      .optional("caption", .string("What it shows. Markdown.")),
      .required(
        "files",
        .array(
          "Its files; the first is the one the page opens with.",
          of: .object(
            "A file of an example.",
            [
              .required("path", .string("Its path within the example.")),
              .required("text", .text("The whole text.")),
              .required(
                "findings",
                .array(
                  "All that asyncrules reports in it, in order.", of: .reference("finding"))),
              .optional(
                "fixed",
                .object(
                  "The file after all fixes.",
                  [
                    .required("text", .text("The whole text.")),
                    .required("diff", .text("The change as a unified diff.")),
                  ])),
            ]),
          atLeast: 1)),
      .optional("proof", .reference("proof")),
      .required(
        "observed",
        .array(
          "What was seen when it ran; empty when it was not run as it stands.",
          of: .object(
            "What was seen on some interpreters.",
            [
              .required(
                "variant",
                .word(
                  "Whether the example ran as written or after its fixes.",
                  ["example", "fixed"])),
              .required("place", .string("The interpreters: `Python 3.8 to 3.13`.")),
              .required(
                "statements",
                .array(
                  "In order.",
                  of: .object(
                    "A statement about the run.",
                    [
                      .required("words", .string("Ends in a colon when output follows.")),
                      .optional("output", .text("What was printed.")),
                    ]))),
            ]))),
    ])

  static let finding = SchemaValue.object(
    "A finding.",
    [
      .required("code", .reference("code")),
      .required("name", .reference("name")),
      .required("severity", CatalogueSchema.severity),
      .required("message", .string("What, why and what to do. Markdown.")),
      .required("start", .reference("position")),
      .required("end", .reference("position")),
      .required(
        "notes",
        .array(
          "Further places and sentences.",
          of: .object(
            "A note.",
            [
              .optional("path", .string("The file, when it is another one.")),
              .optional("start", .reference("position")),
              .optional("end", .reference("position")),
              .required("message", .string("What is to be seen there.")),
            ]))),
      .optional(
        "fix",
        .object(
          "How it is cured.",
          [
            .required(
              "applicability",
              .word(
                "Whether it may be applied unseen.",
                [Applicability.safe, .unsafe, .displayOnly].map(\.word))),
            .required("title", .string("What applying it does.")),
            .required(
              "edits",
              .array(
                "In source order, not overlapping.",
                of: .object(
                  "A replacement.",
                  [
                    .required("start", .reference("position")),
                    .required("end", .reference("position")),
                    .required("replacement", .text("The new text.")),
                  ]),
                atLeast: 1)),
          ])),
    ])

  static let position = SchemaValue.object(
    "A place in a text; an end is exclusive.",
    [
      .required("line", .integer("From 1.", from: 1)),
      .required("column", .integer("From 1, in Unicode characters.", from: 1)),
      .required("offset", .integer("From 0, in UTF-8 bytes from the start.", from: 0)),
      .optional("utf16Column", .integer("From 1, in UTF-16 code units.", from: 1)),
    ])
}
