/// Runs the independent parts of a work; the core itself knows no threads.
package struct Executor: Sendable {
  /// Calls the body with every number below the count, in any order, and returns when all are done.
  private let run: @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void

  package init(_ run: @escaping @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void) {
    self.run = run
  }

  /// One after another, on the calling thread.
  package static let sequential = Executor { count, body in
    for index in 0..<count { body(index) }
  }

  /// The results of a function for every number below the count, in order.
  package func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result,
  ) -> [Result] {
    [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let start = buffer.baseAddress else { return }
      // Each part writes its own element, so no two threads touch the same memory.
      nonisolated(unsafe) let results = start
      run(count) { index in (results + index).initialize(to: body(index)) }
      initialized = count
    }
  }
}
