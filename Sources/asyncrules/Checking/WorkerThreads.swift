import Foundation
import PythonSemantics
import Synchronization

/// Runs independent pieces of work on all cores, each on the thread that is free next.
///
/// Dispatch gives a process that shares its cores with others too few threads: beside a busy
/// process, a check took a quarter longer with it.
enum WorkerThreads {
  /// All cores of the machine that the process may use.
  static let executor = Executor { count, body in
    let helpers = min(count, ProcessInfo.processInfo.activeProcessorCount) - 1
    guard helpers > 0 else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in run(Work(count: count, body: body), helpers) }
  }

  private static func run(_ work: Work, _ helpers: Int) {
    let done = DispatchSemaphore(value: 0)
    // The threads own nothing of the work: it is gone when this function returns.
    nonisolated(unsafe) let shared = Unmanaged.passUnretained(work)
    for _ in 0..<helpers {
      let thread = Thread {
        shared._withUnsafeGuaranteedRef { $0.drain() }
        done.signal()
      }
      // As much as the main thread has: the parser's depth limits count on it.
      thread.stackSize = 8 << 20
      thread.start()
    }
    work.drain()
    withExtendedLifetime(work) {
      for _ in 0..<helpers { done.wait() }
    }
  }

  private final class Work: Sendable {
    let count: Int
    let body: @Sendable (Int) -> Void
    let next = Atomic<Int>(0)

    init(count: Int, body: @escaping @Sendable (Int) -> Void) {
      self.count = count
      self.body = body
    }

    /// Does what nobody has begun with, until nothing is left.
    func drain() {
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(index)
      }
    }
  }
}
