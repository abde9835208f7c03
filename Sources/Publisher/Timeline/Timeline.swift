package import Verifier

/// Which part of an example ran when, ready to be drawn; one or more runs on the same scale.
package struct Timeline: Hashable, Sendable {
  /// One run.
  package struct Panel: Hashable, Sendable {
    /// `As written`, `After the fix`.
    package let title: String
    package let rows: [Row]
    /// Times in which the loop was not served.
    package let stalls: [Interval]
  }

  /// One activity.
  package struct Row: Hashable, Sendable {
    package let name: String
    package let isThread: Bool
    package let life: Interval
    /// Parts of ``life`` in which the activity itself held the loop up; empty in a thread.
    package let stalls: [Interval]
  }

  /// From a start to an end, in milliseconds since the first activity.
  package struct Interval: Hashable, Sendable {
    package let start: Double
    package let end: Double

    fileprivate func clamped(to other: Interval) -> Interval? {
      let both = Interval(start: max(start, other.start), end: min(end, other.end))
      return both.start < both.end ? both : nil
    }
  }

  /// Milliseconds that a drawing must cover.
  private static let shortest = 40.0

  package let panels: [Panel]
  /// The end of the last activity of all panels.
  package let end: Double

  /// Draws a proof: the example, and below it the same after its fixes.
  ///
  /// `nil` when there is nothing to see that words do not say: only a time in which the loop stood
  /// still, or activities of the example as written that lasted beside each other, make a drawing.
  package init?(_ proof: Proof, words: ObservedWords = .english) {
    var panels: [Panel] = []
    for (variant, title) in [(Proof.Variant.example, words.asWritten), (.fixed, words.afterFix)] {
      // The newest Python is the one most readers have.
      let group = proof.seen.last { $0.variant == variant && $0.observation.activities != nil }
      guard let group else { continue }
      panels.append(Panel(title: title, group.observation))
    }
    let end = panels.flatMap(\.rows).map(\.life.end).max() ?? 0
    guard end >= Self.shortest, Self.hasStall(panels) || panels[0].showsCompany else { return nil }
    self.panels = panels
    self.end = end
  }

  /// Whether the loop stood still in any of the runs.
  package var hasStall: Bool { Self.hasStall(panels) }

  private static func hasStall(_ panels: [Panel]) -> Bool {
    panels.contains { !$0.stalls.isEmpty }
  }
}

extension Timeline.Panel {
  /// The rows that a reader can take in.
  private static let limit = 10

  fileprivate init(title: String, _ observation: Observation) {
    self.title = title
    let stalls = (observation.stalls ?? []).map {
      Timeline.Interval(start: $0.start, end: $0.start + $0.duration)
    }
    self.stalls = stalls
    let activities = observation.activities ?? []
    rows = activities.prefix(Self.limit).map { activity in
      let life = Timeline.Interval(start: activity.start, end: activity.end)
      return Timeline.Row(
        name: activity.name, isThread: activity.kind == .thread, life: life,
        stalls: activity.kind == .thread ? [] : stalls.compactMap { $0.clamped(to: life) })
    }
  }

  /// Whether several activities of the loop lasted, so that their order or their overlap can be seen.
  fileprivate var showsCompany: Bool {
    rows.count { !$0.isThread && $0.life.end - $0.life.start >= Self.visible } > 1
  }

  /// Milliseconds that make a bar of an activity.
  private static let visible = 10.0
}
