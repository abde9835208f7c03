import Testing
import Verifier

@testable import RuleBase

extension BoxedTests {
  /// Breaking a claim makes it fail: first what is stated, then what is run.
  @Suite("Broken claims", .serialized)
  struct ClaimMutationTests {
    private static let stalled = """
      import asyncio
      import time


      async def beat():
          await asyncio.sleep(0.05)
          print("beat")


      async def main():
          beating = asyncio.create_task(beat())
          time.sleep(0.2)
          await beating


      asyncio.run(main())

      """

    private static let nested = """
      import asyncio


      async def load():
          return 1


      async def main():
          asyncio.run(load())


      asyncio.run(main())

      """

    private static let gathered = """
      import asyncio


      async def load(name):
          await asyncio.sleep(0.1)
          print(name)


      async def main():
          await asyncio.gather(load("a"), load("b"))


      asyncio.run(main())

      """

    private static let lost = """
      import asyncio


      async def fail():
          raise ValueError("no")


      async def main():
          asyncio.create_task(fail())
          await asyncio.sleep(0.05)


      asyncio.run(main())

      """

    /// What is true of each.
    private static func truth(of code: String) -> RunExpectation {
      var run = RunExpectation()
      switch code {
      case stalled:
        run.harm.stalls = 150
        run.stdout = "beat\n"
      case nested:
        run.harm.raises = "RuntimeError: asyncio.run() cannot be called from a running event loop"
        run.harm.warns = ["RuntimeWarning: coroutine 'load' was never awaited"]
      case gathered:
        run.stdout = "a\nb\n"
        run.overlaps = ["load('a')", "load('b')"]
      default:
        run.harm.loses = ["Task exception was never retrieved (ValueError: no)"]
      }
      return run
    }

    @Test(arguments: [stalled, nested, gathered, lost])
    func `a true claim holds`(code: String) async throws {
      let failures = try await Boxes.failures(of: code, with: Self.truth(of: code))
      #expect(failures.isEmpty)
    }

    /// A change to what is stated, with a part of what `prove` says about it.
    struct ClaimMutation: Sendable, CustomTestStringConvertible {
      let code: String
      let told: String
      let change: @Sendable (inout RunExpectation) -> Void

      var testDescription: String { told }
    }

    static let claimMutations: [ClaimMutation] = [
      .init(code: stalled, told: "must not stall") { $0.harm.stalls = nil },
      .init(code: stalled, told: "must stall for 400 ms") { $0.harm.stalls = 400 },
      .init(code: stalled, told: "must raise `ValueError`") { $0.harm.raises = "ValueError" },
      .init(code: stalled, told: "the output differs") { $0.stdout = "" },
      .init(code: stalled, told: "must never finish") { $0.harm.neverFinishes = true },
      .init(code: stalled, told: "must warn") { $0.harm.warns = ["RuntimeWarning: *"] },
      .init(code: nested, told: "must end cleanly") { $0.harm.raises = nil },
      .init(code: nested, told: "the exception differs") { $0.harm.raises = "TypeError: *" },
      .init(code: nested, told: "- RuntimeError: no") { $0.harm.raises = "RuntimeError: no" },
      .init(code: nested, told: "must not warn") { $0.harm.warns = [] },
      .init(code: nested, told: "+ RuntimeWarning: coroutine 'load'") {
        $0.harm.warns = ["RuntimeWarning: coroutine 'main' was never awaited"]
      },
      .init(code: nested, told: "never stalls") { $0.harm.stalls = 50 },
      .init(code: gathered, told: "must not overlap") {
        $0.serial = $0.overlaps
        $0.overlaps = []
      },
      .init(code: gathered, told: "nothing named `load('c')` ran") {
        $0.overlaps = ["load('a')", "load('c')"]
      },
      .init(code: gathered, told: "+ b") { $0.stdout = "a\n" },
      .init(code: gathered, told: "must lose") { $0.harm.loses = ["Task was destroyed*"] },
      .init(code: lost, told: "must lose nothing") { $0.harm.loses = [] },
      .init(code: lost, told: "must lose\n    - Task was destroyed") {
        $0.harm.loses = ["Task was destroyed but it is pending!"]
      },
      .init(code: lost, told: "must raise `ValueError: no`, but ends cleanly") {
        $0.harm = RunHarm()
        $0.harm.raises = "ValueError: no"
      },
    ]

    @Test(arguments: claimMutations)
    func `a changed claim fails and says what was seen`(mutation: ClaimMutation) async throws {
      var run = Self.truth(of: mutation.code)
      mutation.change(&run)
      let observation = try #require(try await Boxes.observe(mutation.code, run: run))
      let mismatches = Judgement.mismatches(of: observation, with: run)
      #expect(mismatches.contains { "\($0)".contains(mutation.told) }, "\(mismatches)")
    }

    @Test(arguments: [
      // A bad example that is cured, and good ones that are broken.
      (stalled, "    time.sleep(0.2)", "    await asyncio.sleep(0.2)"),
      (stalled, "    await beating\n", ""),
      (nested, "        asyncio.run(load())", "        await load()"),
      (nested, "asyncio.run(load())", "load()"),
      (gathered, "asyncio.gather(load(\"a\"), load(\"b\"))", "load(\"a\")"),
      (gathered, "await asyncio.gather(load(\"a\"), load(\"b\"))", "load(\"a\")"),
      (gathered, "asyncio.gather(load(\"a\"), load(\"b\"))", "asyncio.gather([load(\"a\")])"),
      (gathered, "    await asyncio.sleep(0.1)", "    import time; time.sleep(0.1)"),
      (gathered, "asyncio.run(main())", "main()"),
      (lost, "    asyncio.create_task(fail())", "    await fail()"),
      (lost, "raise ValueError(\"no\")", "return 1"),
    ])
    func `a changed example fails`(code: String, part: String, other: String) async throws {
      #expect(code.contains(part.trimmingPrefix("    ")))
      let changed = code.replacing(part.trimmingPrefix("    "), with: other.trimmingPrefix("    "))
      #expect(changed != code)
      let run = Self.truth(of: code)
      let observation = try #require(try await Boxes.observe(changed, run: run))
      #expect(!Judgement.mismatches(of: observation, with: run).isEmpty)
    }

    @Test func `a stall is judged by the loop, not by the clock`() async throws {
      // A busy machine or computing in the loop is no wait; a thread that computes is none either.
      let observation = try await Boxes.observe(
        """
        import asyncio


        def compute():
            return sum(number * number for number in range(400_000))


        async def main():
            await asyncio.get_running_loop().run_in_executor(None, compute)
            compute()


        asyncio.run(main())
        """)
      let stalls = observation?.stalls ?? []
      #expect(stalls.allSatisfy { $0.busy == true })
    }
  }
}
