import Dispatch
import Glibc
import Synchronization

/// Asynchronous work of the command line, which is synchronous itself, and what ends it early.
enum Interrupts {
  private static let numbers = [SIGINT, SIGTERM, SIGHUP]
  private static let isInterrupted = Atomic(false)

  /// Runs work to its end. An interrupt cancels it, so that it can clear away what it started;
  /// a second one ends the process as usual.
  static func waiting<Value: Sendable>(
    for work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let outcome = Mutex<Result<Value, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    let task = Task.detached {
      let result: Result<Value, any Error>
      do {
        result = .success(try await work())
      } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
    // Ignoring them would be inherited by the programs that are started; a handler is not.
    for number in numbers {
      signal(number) { number in
        Interrupts.isInterrupted.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
    while done.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      if isInterrupted.load(ordering: .relaxed) { task.cancel() }
    }
    for number in numbers { signal(number, SIG_DFL) }
    guard let result = outcome.withLock({ $0 }) else { fatalError("signalled without a result") }
    return try result.get()
  }
}
