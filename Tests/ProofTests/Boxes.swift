import Foundation
import Testing
import Verifier

@testable import RuleBase

/// What runs examples in real boxes: one at a time, so that they do not crowd each other.
@Suite("Boxes", .enabled(if: Boxes.ready != nil), .serialized)
struct BoxedTests {}

/// One box for all tests, on the newest Python that is here.
enum Boxes {
  struct Ready: Sendable {
    let box: Box
    let interpreter: Interpreter
  }

  /// `nil` where no Python, or no namespace for the box, is to be had.
  static let ready: Ready? = {
    let found = Mutexed<Ready?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      defer { done.signal() }
      guard let newest = await Interpreter.found().last else { return }
      let folder = NSTemporaryDirectory() + "asyncrules-tests-\(getuid())"
      guard let box = try? Box(cache: ProofCache(folder: folder), builder: newest) else { return }
      let ready = Ready(box: box, interpreter: newest)
      let observation = try? await box.observe(request("print(1)", on: newest))
      if observation?.ending == .returned { found.value = ready }
    }
    done.wait()
    return found.value
  }()

  static func request(
    _ code: String, on interpreter: Interpreter, run: RunExpectation = RunExpectation(),
    seconds: Int = 30,
  ) -> Box.Request {
    var run = run
    run.seconds = seconds
    return Box.Request(
      example(code), variant: .example, run: run, interpreter: interpreter.path)
  }

  private static func example(_ code: String) -> Example {
    let file = ExampleFile(
      path: "example.py", text: code, expectations: [], fixed: nil, markdownLines: [1],
      fixedLine: nil)
    return Example(id: "one", kind: .bad, framework: nil, files: [file], caption: nil)
  }

  /// Runs code as a script; `nil` where there is no box.
  static func observe(
    _ code: String, run: RunExpectation = RunExpectation(), seconds: Int = 30,
  ) async throws -> Observation? {
    guard let ready else { return nil }
    return try await ready.box.observe(
      request(code, on: ready.interpreter, run: run, seconds: seconds))
  }

  /// What `prove` says of code and what is stated of it, when it is proven alone.
  static func failures(
    of code: String, with run: RunExpectation,
  ) async throws -> [ProofFailure] {
    let ready = try #require(ready)
    let prover = ExampleProver(
      interpreters: [ready.interpreter],
      environments: PackageEnvironments(
        cache: ProofCache(folder: NSTemporaryDirectory()), lockFolder: ""),
      box: ready.box)
    var example = example(code)
    var run = run
    run.seconds = 30
    example.runs = [run]
    var rule = Rule(path: "tasks/one.md")
    rule.name = "one"
    rule.examples = [example]
    return try await prover.prove(
      example, of: rule, old: nil, isFresh: true, isAlone: true
    ).failures
  }
}

/// A value that several threads may set.
final class Mutexed<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: Value

  init(_ value: Value) { stored = value }

  var value: Value {
    get { lock.withLock { stored } }
    set { lock.withLock { stored = newValue } }
  }
}
