import Foundation

/// How often the machine had more to run than it has processors.
///
/// What an example does it does each time; what it does only on a crowded machine may be the
/// machine's doing, so such runs are made again where it is less crowded.
package struct Crowding: Sendable {
  /// A moment, with what the kernel has counted until then.
  package struct Reading: Sendable {
    let moment: ContinuousClock.Instant
    /// The time during which something waited for a processor; `nil` when that is not counted.
    let waited: Duration?
    /// Whether more is ready to run at this moment than there are processors.
    let isFull: Bool

    package init(moment: ContinuousClock.Instant = .now, waited: Duration?, isFull: Bool = false) {
      self.moment = moment
      self.waited = waited
      self.isFull = isFull
    }
  }

  /// A quarter of the time: what an example and its servers do to each other stays below it.
  private static let limit = 0.25

  private let read: @Sendable () -> Reading

  /// The crowding of this machine.
  package init() { self.init { .ofMachine() } }

  /// - Parameter read: Tells how things stand at the moment.
  package init(read: @escaping @Sendable () -> Reading) { self.read = read }

  /// Starts to measure.
  package func begin() -> Reading { read() }

  /// Whether processors were wanting since a moment.
  package func isCrowded(since start: Reading) -> Bool {
    let end = read()
    guard let before = start.waited, let after = end.waited else {
      return start.isFull || end.isFull
    }
    return (after - before) / (end.moment - start.moment) > Self.limit
  }
}

extension Crowding.Reading {
  /// Reads `/proc/pressure/cpu`, or the number of what is ready where there is none.
  ///
  /// **Source:** Documentation/accounting/psi.rst of Linux.
  fileprivate static func ofMachine() -> Self {
    let pressure = (try? String(contentsOfFile: "/proc/pressure/cpu", encoding: .utf8)) ?? ""
    let total = pressure.split(separator: "\n").first?.split(separator: "=").last
    if let total, let microseconds = Int64(total) {
      return Self(waited: .microseconds(microseconds))
    }
    // `0.20 0.18 0.12 1/80 11206`: the fourth word has what is ready, this process among it.
    let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    let words = load.split(separator: " ")
    let ready = words.count > 3 ? Int(words[3].prefix { $0 != "/" }) ?? 0 : 0
    return Self(waited: nil, isFull: ready > ProcessInfo.processInfo.activeProcessorCount)
  }
}
