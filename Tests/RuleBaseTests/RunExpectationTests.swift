import RuleBase
import Testing

@Suite("Run expectations")
struct RunExpectationTests {
  @Test func `a run fence says how the example before it is run and what is seen`() throws {
    let (base, errors) = load(
      run: """
        python: ">=3.9"
        packages: [aiohttp]
        fixtures: [http, "echo:7"]
        entry: asyncio.run(main())
        raises: "RuntimeError: no*"
        stalls: 100
        stdout: "1\\n"
        """)
    #expect(errors.isEmpty)
    let run = try #require(base?.rules.first?.examples.first?.runs.first)
    #expect(run.python.contains("3.9.1") && !run.python.contains("3.8.18"))
    #expect(run.packages == ["aiohttp"])
    #expect(run.fixtures == ["http", "echo:7"])
    #expect(run.entry == "asyncio.run(main())")
    #expect(run.harm.raises == "RuntimeError: no*")
    #expect(run.harm.stalls == 100)
    #expect(run.stdout == "1\n")
  }

  @Test(arguments: [
    ("stals: 100", "unknown key 'stals'; did you mean 'stalls'?"),
    ("stalls: soon", "'stalls' is 'soon'; wanted a number from 40 to 20000"),
    ("python: new\nstalls: 50", "python 'new'; wanted bounds such as '>=3.9, <3.12'"),
    ("fixtures: [htp]\nstalls: 50", "unknown fixture 'htp'; did you mean 'http'?"),
    ("entry: main()", "'run' of bad example 'one' shows no harm"),
    ("stalls: 50\nsame-result-as: too", "unknown example 'too'"),
    ("stalls: 50\nentry: main()", "key 'entry' must stand before 'stalls'"),
  ])
  func `what is wrong with a run fence is told with its line`(run: String, problem: String) {
    let (_, errors) = load(run: run)
    #expect(errors.contains { "\($0)".contains(problem) }, "\(errors)")
    #expect(errors.allSatisfy { ($0.line ?? 0) > 30 })
  }

  @Test func `a run fence behind a paragraph belongs to no example`() {
    let (_, errors) = load(run: "stalls: 50", between: "So it goes.\n\n")
    #expect(errors.map { "\($0.problem)" } == ["'run' that does not follow an example directly"])
  }

  @Test(arguments: [
    ("abc", "abc", true), ("abc", "a*", true), ("abc", "*c", true), ("abc", "*b*", true),
    ("abc", "a*b", false), ("abc", "", false), ("a\nb", "a*b", true), ("aXbXc", "a*X*c", true),
    ("ab", "ab*b", false), ("abab", "*ab", true), ("", "*", true),
  ])
  func `a star in a pattern stands for anything`(text: String, pattern: String, matches: Bool) {
    #expect(TextPattern.matches(text, pattern) == matches)
  }

  private func load(run: String, between: String = "") -> (RuleBase?, [RuleFileError]) {
    RuleBase.load(files: [("blocking/blocking-sleep.md", Self.text(run: run, between: between))])
  }

  private static func text(run: String, between: String) -> String {
    """
    ---
    code: AR101
    name: blocking-sleep
    title: Blocking sleep in a coroutine
    summary: A coroutine sleeps.
    severity: error
    since: 0.1.0
    frameworks: [asyncio]
    check: blocking-call
    messages:
      call: "`{call}` blocks; use `{replacement}`"
    calls:
      - call: time.sleep
        replace: asyncio.sleep
    fix: none
    ---

    ## What it does

    Text.

    ## Why it matters

    Text.

    ## Examples

    ```python bad id=one
    import time
    async def main():
        time.sleep(1)
    #   ^^^^^^^^^^^^^ AR101 `time.sleep` blocks; use `asyncio.sleep`
    ```

    \(between)```run
    \(run)
    ```

    ```python good id=two
    print(1)
    ```

    ## How to fix it

    Text.

    ## Near misses

    Text.

    ```python near-miss id=three
    print(2)
    ```

    ## When to ignore it

    Text.

    """
  }
}
