import AsyncChecks
import Publisher
import Verifier

@testable import RuleBase

/// Rules made by hand: one that uses everything, one that uses as little as possible.
enum SampleRules {
  /// All of them, verified.
  static let all = [sleep, minimal]

  private static let badCode = """
    import asyncio
    import time


    async def handler():
        time.sleep(1)
        é = "naïve"; time.sleep(0.5)


    asyncio.run(handler())

    """

  private static let fixedCode = """
    import asyncio
    import time


    async def handler():
        await asyncio.sleep(1)
        é = "naïve"; await asyncio.sleep(0.5)


    asyncio.run(handler())

    """

  private static let goodCode = """
    import asyncio


    async def handler():
        await asyncio.sleep(1)


    asyncio.run(handler())

    """

  static let sleep: VerifiedRule = {
    let message = "`time.sleep` blocks the event loop; await `asyncio.sleep` instead"
    let bad = Example(
      id: "sleep-in-handler", kind: .bad, framework: .fastapi,
      files: [
        ExampleFile(
          path: "app/main.py", text: badCode,
          expectations: [
            Expectation(
              code: "AR101", start: TextPosition(line: 6, column: 5),
              end: TextPosition(line: 6, column: 18), message: message, markdownLine: 50),
            Expectation(
              code: "AR101", start: TextPosition(line: 7, column: 18),
              end: TextPosition(line: 7, column: 33), message: message, markdownLine: 52),
          ],
          fixed: fixedCode, markdownLines: Array(40...49), fixedLine: 60)
      ],
      caption: "A handler that *sleeps* for a second:")
    let good = Example(
      id: "asyncio-sleep", kind: .good, framework: nil,
      files: [
        ExampleFile(
          path: "example.py", text: goodCode, expectations: [], fixed: nil,
          markdownLines: Array(70...77), fixedLine: nil)
      ],
      caption: nil)
    let nearMiss = Example(
      id: "in-a-thread", kind: .nearMiss, framework: nil,
      files: [
        ExampleFile(
          path: "worker.py", text: "import time\n\n\ndef work():\n    time.sleep(1)\n",
          expectations: [], fixed: nil, markdownLines: Array(80...84), fixedLine: nil),
        ExampleFile(
          path: "main.py", text: "from worker import work\n\nwork()\n",
          expectations: [], fixed: nil, markdownLines: Array(90...92), fixedLine: nil),
      ],
      caption: "A function that is *not* a coroutine may sleep: nothing else waits for it.")
    var rule = Rule(path: "blocking/blocking-sleep.md")
    rule.code = "AR101"
    rule.name = "blocking-sleep"
    rule.title = "Blocking sleep in a coroutine"
    rule.summary = "`time.sleep` in a coroutine stops every task of the event loop."
    rule.severity = .error
    rule.status = RuleStatus(state: .stable, since: "0.1.0", replacedBy: [], reason: nil)
    rule.since = "0.1.0"
    rule.frameworks = [.asyncio, .trio, .anyio, .fastapi]
    rule.aliases = [
      RuleAlias(tool: "ruff", rule: "ASYNC251", relation: .same),
      RuleAlias(tool: "sonar", rule: "S7499", relation: .broader),
    ]
    rule.symptoms = ["Executing <Task …> took 1.001 seconds"]
    rule.check = "blocking-call"
    rule.messages = [
      RuleMessage(
        id: "call", text: "`{call}` blocks the event loop; await `{replacement}` instead")
    ]
    rule.callables = [
      RuleCallable(
        name: "time.sleep", role: .blocking,
        replacements: [
          RuleReplacement(dialect: .asyncio, text: "asyncio.sleep"),
          RuleReplacement(dialect: .trio, text: "trio.sleep"),
        ],
        isDropIn: true, returns: nil, unless: [], argument: 0, note: nil),
      RuleCallable(
        name: "queue.Queue.get", role: .blocking,
        replacements: [RuleReplacement(dialect: nil, text: "asyncio.Queue.get")],
        isDropIn: false, returns: nil, unless: ["0:block=False", "!timeout", "1=None", "item"],
        argument: 0, note: "A queue of `queue` belongs to threads."),
      RuleCallable(
        name: "a.one", role: .offload, replacements: [], isDropIn: false, returns: "a.Result",
        unless: [], argument: 1, note: nil),
      RuleCallable(
        name: "a.two", role: .offload, replacements: [], isDropIn: false, returns: "a.Result",
        unless: [], argument: 1, note: nil),
    ]
    rule.fix = .safe
    rule.tags = ["time"]
    rule.references = [
      RuleReference(
        title: "Developing with asyncio",
        url: "https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code")
    ]
    rule.related = ["unawaited-coroutine"]
    rule.sections = [
      RuleSection(
        kind: .whatItDoes,
        blocks: [.prose(markdown: "Finds calls that *sleep* in a coroutine.", line: 30)]),
      RuleSection(
        kind: .whyItMatters,
        blocks: [
          .prose(
            markdown: """
              One thread runs **all** tasks. While it sleeps, e.g. in \
              [a coroutine](rule:unawaited-coroutine), nothing else runs (not even `timeout`s).
              See [the guide](https://example.org/guide).

              - Handlers wait,
              - timers are late.

              1. First `a`.

                 Then this:

                 ```
                 code in an item
                 ```
              2. Second.

              > A quotation.

              - `term`: Its meaning.
              - `other`: Another meaning, which goes on for longer than one line would hold.
              """, line: 34)
        ]),
      RuleSection(kind: .examples, blocks: [.example(0), .example(1)]),
      RuleSection(
        kind: .howToFix,
        blocks: [
          .heading(text: "asyncio", anchor: "asyncio", framework: .asyncio, line: 65),
          .prose(markdown: "Await `asyncio.sleep`.", line: 67),
          .heading(text: "trio", anchor: "trio", framework: .trio, line: 69),
          .prose(markdown: "Await `trio.sleep`.", line: 71),
        ]),
      RuleSection(kind: .nearMisses, blocks: [.example(2)]),
      RuleSection(
        kind: .whenToIgnore,
        blocks: [.prose(markdown: "When the program does nothing else.", line: 100)]),
    ]
    rule.examples = [bad, good, nearMiss]
    rule.source = "---\ncode: AR101\n---\n"
    let fix = FindingFix(
      applicability: .safe, title: "replace by `await asyncio.sleep(…)`",
      edits: [
        FindingEdit(
          start: Position(line: 6, column: 5, offset: 54),
          end: Position(line: 6, column: 15, offset: 64), replacement: "await asyncio.sleep")
      ])
    let findings = [
      Finding(
        code: "AR101", name: "blocking-sleep", severity: .error, message: message,
        start: Position(line: 6, column: 5, offset: 54),
        end: Position(line: 6, column: 18, offset: 67),
        notes: [
          FindingNote(
            path: nil, start: Position(line: 5, column: 1, offset: 29),
            end: Position(line: 5, column: 21, offset: 49), message: "in this coroutine")
        ],
        fix: fix),
      Finding(
        code: "AR101", name: "blocking-sleep", severity: .error, message: message,
        start: Position(line: 7, column: 18, offset: 87),
        end: Position(line: 7, column: 33, offset: 102)),
    ]
    return VerifiedRule(
      rule: rule,
      examples: [
        VerifiedExample(
          example: bad,
          files: [VerifiedFile(file: bad.files[0], findings: findings, fixed: fixedCode)]),
        VerifiedExample(
          example: good, files: [VerifiedFile(file: good.files[0], findings: [], fixed: nil)]),
        VerifiedExample(
          example: nearMiss,
          files: nearMiss.files.map { VerifiedFile(file: $0, findings: [], fixed: nil) }),
      ])
  }()

  static let minimal = rule(
    code: "AR202", name: "unawaited-coroutine", title: "Coroutine never awaited",
    prose: "Finds calls of coroutine functions whose result is dropped.",
    python: "fetch()\n")

  /// A rule with the given text everywhere that a rule file has text of its own.
  static func rule(
    code: String, name: String, title: String, prose: String, python: String,
  ) -> VerifiedRule {
    let bad = Example(
      id: "dropped", kind: .bad, framework: nil,
      files: [
        ExampleFile(
          path: "example.py", text: python,
          expectations: [
            Expectation(
              code: code, start: TextPosition(line: 1, column: 1),
              end: TextPosition(line: 1, column: 8), message: prose, markdownLine: 1)
          ],
          fixed: nil, markdownLines: [], fixedLine: nil)
      ],
      caption: nil)
    var rule = Rule(path: "coroutines/\(name).md")
    rule.code = code
    rule.name = name
    rule.title = title
    rule.summary = prose
    rule.severity = .warning
    rule.status = RuleStatus(
      state: .deprecated, since: "0.2.0", replacedBy: ["blocking-sleep"], reason: prose)
    rule.since = "0.1.0"
    rule.frameworks = [.asyncio]
    rule.aliases = []
    rule.symptoms = [prose]
    rule.check = "unawaited-coroutine"
    rule.messages = [RuleMessage(id: "statement", text: prose)]
    rule.callables = []
    rule.fix = .none
    rule.tags = []
    rule.references = []
    rule.related = []
    rule.sections = [
      RuleSection(kind: .whatItDoes, blocks: [.prose(markdown: prose, line: 10)]),
      RuleSection(kind: .examples, blocks: [.example(0)]),
    ]
    rule.examples = [bad]
    rule.source = ""
    return VerifiedRule(stating: rule)
  }
}
