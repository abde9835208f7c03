/// What was seen when an example ran once.
package struct Observation: Codable, Hashable, Sendable {
  /// How the run ended.
  package enum Ending: String, Codable, Hashable, Sendable {
    case returned, raised
    /// Still running at its time limit.
    case unfinished
    /// By the box: a limit was passed.
    case stopped
    /// The box could not be built here; nothing was run.
    case unboxed
    /// This machine has not what a fixture needs; nothing was run.
    case unavailable
  }

  package var ending: Ending
  package var exception: ObservedException?
  /// The limit that was passed: `time`, `output`, `processes`, `cpu`, a signal.
  package var stopped: String?
  package var stdout: String?
  package var stderr: String?
  package var warnings: [ObservedWarning]?
  /// What asyncio could only log.
  package var lost: [String]?
  /// What the example tried outside its box.
  package var denied: [String]?
  package var stalls: [Stall]?
  package var activities: [Activity]?
  /// Activities that are not in ``activities`` because there were too many.
  package var omitted: Int?
  /// The servers of the machine that it used: `PostgreSQL 15.18`.
  package var servers: [String]?
  package var system: String?

  package init(ending: Ending) { self.ending = ending }
}

/// An exception that ended a run.
package struct ObservedException: Codable, Hashable, Sendable {
  package var type: String
  /// The first line.
  package var message: String
  /// The last line of the example that it passed through.
  package var line: Int?
  package var file: String?
  /// The exceptions of a group.
  package var parts: [ObservedException]?

  /// As Python prints it: `RuntimeError: no`.
  package var text: String { message.isEmpty ? type : "\(type): \(message)" }
}

/// A warning that was given during a run.
package struct ObservedWarning: Codable, Hashable, Sendable {
  package var category: String
  package var message: String
  /// The line, when it is one of the example.
  package var line: Int?

  /// `RuntimeWarning: coroutine 'load' was never awaited`.
  package var text: String { "\(category): \(message)" }
}

/// A turn of the event loop during which its thread waited.
package struct Stall: Codable, Hashable, Sendable {
  /// In milliseconds since the first activity.
  package var start: Double
  /// In milliseconds.
  package var duration: Double
  /// Whether the thread was computing instead of waiting.
  package var busy: Bool?
  /// The call that waited: `time.sleep`.
  package var callee: String?
  package var line: Int?
  package var file: String?

  package init(start: Double, duration: Double) {
    self.start = start
    self.duration = duration
  }
}

/// A coroutine of the example, or a function it handed to a thread, from start to end.
package struct Activity: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Hashable, Sendable {
    case coroutine, thread
  }

  package var name: String
  package var kind: Kind
  /// In milliseconds since the first activity.
  package var start: Double
  package var end: Double
  package var finished: Bool

  package init(name: String, kind: Kind, start: Double, end: Double, finished: Bool) {
    self.name = name
    self.kind = kind
    self.start = start
    self.end = end
    self.finished = finished
  }

  /// Whether both ran at the same time for longer than clocks can err.
  package func overlaps(_ other: Activity) -> Bool {
    min(end, other.end) - max(start, other.start) > 0.5
  }
}
