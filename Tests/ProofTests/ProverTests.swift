import Foundation
import Testing
import Verifier

@testable import RuleBase

/// What `prove` makes of its runs; the runs are made up.
@Suite("Proving")
struct ProverTests {
  private static let clean = #"printf '%s\n' '{"ending":"returned","stdout":"1\n"}'"#
  private static let stalled = """
    echo '{"ending":"returned","stalls":[{"start":0,"duration":90,"callee":"open","line":3}]}'
    """

  @Test func `what holds is recorded`() async throws {
    let box = try FakeBox(printing: Self.clean)
    let report = try await box.prove(RunExpectation())
    #expect(report.failures.isEmpty && report.provenCount == 1 && report.runCount == 1)
    #expect(box.record?.proofs.first?.seen.first?.observation.stdout == "1\n")
  }

  @Test func `a broken claim fails with its place and a difference, and is not recorded`()
    async throws
  {
    let box = try FakeBox(printing: Self.clean)
    var run = RunExpectation()
    run.harm.raises = "RuntimeError: no"
    run.line = 12
    let report = try await box.prove(run)
    #expect(report.provenCount == 0 && box.record == nil)
    #expect(
      report.failures.map(\.description) == [
        "tasks/slow.md:12: example 'one' on Python 3.11.7: it must raise `RuntimeError: no`, "
          + "but ends cleanly"
      ])
  }

  @Test func `a difference of output shows both`() async throws {
    let box = try FakeBox(printing: Self.clean)
    var run = RunExpectation()
    run.stdout = "2\n"
    let report = try await box.prove(run)
    #expect(report.failures.first?.description.hasSuffix("\n    - 2\n    + 1") == true)
  }

  @Test func `behind the deadline an example is still run on the newest Python, and only there`()
    async throws
  {
    let box = try FakeBox(printing: Self.clean)
    let all = try await box.prove(RunExpectation(), hasOlder: true)
    #expect(all.runCount == 2 && all.unreachedCount == 0)
    let late = try await box.prove(RunExpectation(), hasOlder: true, until: .now - .seconds(1))
    #expect(late.runCount == 1 && late.unreachedCount == 1 && late.provenCount == 1)
    let versions = box.record?.proofs.first?.seen.flatMap { $0.on.map(\.python) }
    #expect(versions == ["3.11.7"])
  }

  @Test func `a missing package is a reason that is shown and counted`() async throws {
    let box = try FakeBox(printing: Self.clean)
    var run = RunExpectation()
    run.packages = ["no-such-package"]
    let report = try await box.prove(run)
    let reason = "no no-such-package for Python 3.11 in the lock"
    #expect(report.skippedRuns == [reason: 1])
    #expect(report.provenCount == 0 && report.failures.isEmpty && box.runCount == 0)
    #expect(box.record?.proofs.first?.skipped.map(\.reason) == [reason])
  }

  @Test func `a missing server is a reason that is shown and counted`() async throws {
    let box = try FakeBox(
      printing: #"echo '{"ending":"unavailable","stopped":"no redis-server is installed"}'"#)
    var run = RunExpectation()
    run.fixtures = ["redis"]
    let report = try await box.prove(run)
    #expect(report.skippedRuns == ["no redis-server is installed": 1])
    #expect(report.provenCount == 0 && report.failures.isEmpty)
  }

  @Test func `a machine that allows no box is a reason that is shown and counted`() async throws {
    let box = try FakeBox(
      printing: #"echo '{"ending":"unboxed","stopped":"namespaces: Operation not permitted"}'"#)
    let report = try await box.prove(RunExpectation())
    #expect(report.skippedRuns == ["no box here: namespaces: Operation not permitted": 1])
    #expect(report.provenCount == 0 && report.failures.isEmpty)
  }

  @Test func `a Python that an example is not for is counted`() async throws {
    let box = try FakeBox(printing: Self.clean)
    var run = RunExpectation()
    run.python = try #require(PythonRange(">=3.13"))
    let report = try await box.prove(run)
    #expect(report.skippedRuns == ["not for this Python version": 1])
    #expect(box.runCount == 0)
  }

  @Test func `an example that cannot be run is counted with its reason`() async throws {
    let box = try FakeBox(printing: Self.clean)
    var run = RunExpectation()
    run.skip = "It needs a camera."
    let report = try await box.prove(run)
    #expect(report.skippedExamples == ["It needs a camera.": 1])
  }

  @Test func `what fails by time alone is proven again, alone`() async throws {
    let box = try FakeBox(
      printing: "if [ \"$count\" -le 3 ]; then \(Self.stalled); else \(Self.clean); fi")
    let report = try await box.prove(RunExpectation())
    #expect(report.repeated.map(\.isProven) == [true])
    #expect(report.failures.isEmpty && report.provenCount == 1)
  }

  @Test func `what stalls each time fails, and says where`() async throws {
    let box = try FakeBox(printing: Self.stalled)
    let report = try await box.prove(RunExpectation())
    #expect(report.failures.count == 1 && box.runCount == 6)
    #expect(report.failures.first?.description.contains("90 ms in `open`, line 3") == true)
  }

  @Test func `what fails for another reason is not tried again`() async throws {
    let box = try FakeBox(
      printing: #"echo '{"ending":"raised","exception":{"type":"KeyError","message":"1"}}'"#)
    let report = try await box.prove(RunExpectation())
    #expect(report.failures.count == 1 && box.runCount == 1)
  }

  private static let raised =
    #"echo '{"ending":"raised","exception":{"type":"KeyError","message":"1"}}'"#

  @Test func `what fails on a crowded machine is proven again, alone, and named`() async throws {
    let box = try FakeBox(
      printing: "if [ \"$count\" = 1 ]; then \(Self.raised); else \(Self.clean); fi")
    let report = try await box.prove(RunExpectation(), isCrowded: true)
    #expect(report.failures.isEmpty && report.provenCount == 1 && box.runCount == 2)
    let named = report.repeated.map(\.failure.description)
    #expect(named.count == 1 && named[0].contains("but raises `KeyError: 1`"))
  }

  @Test func `what fails alone too is a difference, however crowded the machine is`() async throws {
    let box = try FakeBox(printing: Self.raised)
    let failed = Mutexed(0)
    let report = try await box.prove(RunExpectation(), isCrowded: true) { event in
      if case .failed(let failures) = event { failed.value += failures.count }
    }
    #expect(report.failures.count == 1 && report.repeated.map(\.isProven) == [false])
    #expect(failed.value == 1 && box.record == nil)
  }

  @Test func `a machine is crowded when something waited for a quarter of the time`() {
    let now = ContinuousClock.now
    let start = Crowding.Reading(moment: now, waited: .zero)
    for (waited, isCrowded) in [(200, false), (300, true)] {
      let crowding = Crowding {
        Crowding.Reading(moment: now + .seconds(1), waited: .milliseconds(waited))
      }
      #expect(crowding.isCrowded(since: start) == isCrowded)
    }
  }
}
