import Verifier

/// The parts of the schema for what was run.
enum EvidenceSchema {
  static let origin = SchemaValue.object(
    "When and where its examples ran.",
    [
      .required("day", day),
      .required("system", .string("The operating system and the processor.")),
    ])

  static let proof = SchemaValue.object(
    "What was seen when the example ran.",
    [
      .required(
        "hash",
        .string(
          "Of the example, what is stated of its runs, and the harness.",
          pattern: "^[0-9a-f]{16}$")),
      .required(
        "seen",
        .array("Runs; those that saw the same are one.", of: seen)),
      .required(
        "skipped",
        .array(
          "Runs that were not made.",
          of: .object(
            "Runs that were not made for one reason.",
            [
              .required("reason", .string("Why.")),
              .required(
                "environments",
                .array("Where; all of them when empty.", of: .reference("environment"))),
            ]))),
    ])

  static let environment = SchemaValue.object(
    "A Python with the packages that matter.",
    [
      .required("python", .string("Its version.", pattern: #"^[0-9]+\.[0-9]+\.[0-9]"#)),
      .required("packages", .array("Names with versions.", of: .string("`aiohttp 3.13.2`."))),
    ])

  static let measured = SchemaValue.object(
    "What the other tool was measured to find in the examples of this rule.",
    [
      .required("version", .string("The version that ran.")),
      .required("day", day),
      .required(
        "bad",
        .array(
          "The bad examples.",
          of: .object(
            "A bad example.",
            [
              .required("example", .reference("name")),
              .required("found", .integer("Wrong lines that it marks.", from: 0)),
              .required("of", .integer("Lines that are wrong.", from: 0)),
            ]))),
      .required(
        "alarms",
        .array("Correct examples in which it finds something.", of: .reference("name"))),
      .required("clean", .integer("How many correct examples it read.", from: 0)),
    ])

  static let symptom = SchemaValue.object(
    "A message of a running program.",
    [
      .required("pattern", .string("The message; `*` stands for anything.")),
      .required(
        "rules",
        .array(
          "The rules whose examples gave it, or that name it.", of: .reference("ruleLink"),
          atLeast: 1)),
    ])

  private static let day = SchemaValue.string(
    "The day.", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", format: "date")

  private static let seen = SchemaValue.object(
    "Runs that saw the same; times are those of the first and differ a little from run to run.",
    [
      .required(
        "variant",
        .word(
          "Which text ran: the example, or the example after its fixes.",
          [Proof.Variant.example, .fixed].map(\.rawValue))),
      .required(
        "environments", .array("Where.", of: .reference("environment"), atLeast: 1)),
      .required(
        "ending",
        .word(
          "How it ended; `unfinished` is still running at its time limit, `stopped` ran into "
            + "another limit.",
          [Observation.Ending.returned, .raised, .unfinished, .stopped].map(\.rawValue))),
      .optional("exception", .string("What it raised, as Python prints it.")),
      .optional("limit", .string("The limit that stopped it.")),
      .optional("output", .text("What it printed.")),
      .required("warnings", .array("Warnings, as Python prints them.", of: .string("One."))),
      .required("lost", .array("What asyncio could only log.", of: .string("A line."))),
      .required(
        "servers", .array("Servers of the machine that it used.", of: .string("`Redis 7.0.15`."))),
      .required(
        "stalls",
        .array(
          "Long turns of the event loop.",
          of: .object(
            "A turn in which nothing else could run.",
            [
              .required("start", .integer("In milliseconds since the first activity.", from: 0)),
              .required("milliseconds", .integer("How long.", from: 0)),
              .required("isComputing", .boolean("Whether it computed instead of waiting.")),
              .optional("call", .string("The call that waited.")),
              .optional("line", .integer("The line of the call.", from: 1)),
              .optional("path", .string("The file of the call.")),
            ]))),
      .required(
        "activities",
        .array(
          "Coroutines, and functions in threads, in the order of their starts.",
          of: .object(
            "What ran.",
            [
              .required("name", .string("The function with its arguments.")),
              .required(
                "kind",
                .word(
                  "Where it ran.", [Activity.Kind.coroutine, .thread].map(\.rawValue))),
              .required("start", .integer("In milliseconds since the first activity.", from: 0)),
              .required("end", .integer("In milliseconds since the first activity.", from: 0)),
              .required("isFinished", .boolean("Whether it ended before the run did.")),
            ]))),
    ])
}
