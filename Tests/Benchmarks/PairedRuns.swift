/// Two programs run in turn, A B A B …, compared pair by pair.
struct PairedRuns {
  struct Row {
    let name: String
    /// Medians.
    let ours: Double
    let theirs: Double
    /// The median of the ratios of the pairs.
    let ratio: Double
  }

  let rows: [Row]

  /// - Returns: `nil` when one of them cannot be started.
  static func measure(_ ours: [String], _ theirs: [String], runs: Int) -> PairedRuns? {
    var pairs: [(ours: Process.Cost, theirs: Process.Cost)] = []
    for run in 0...runs {
      guard let first = Process.cost(of: ours), let second = Process.cost(of: theirs) else {
        return nil
      }
      if run > 0 { pairs.append((first, second)) }
    }
    func row(_ name: String, _ value: (Process.Cost) -> Double) -> Row {
      Row(
        name: name, ours: median(pairs.map { value($0.ours) }),
        theirs: median(pairs.map { value($0.theirs) }),
        ratio: median(pairs.map { value($0.ours) / max(value($0.theirs), 0.000_001) }))
    }
    return PairedRuns(rows: [
      row("CPU seconds") { $0.cpu }, row("wall seconds") { $0.wall },
      row("peak memory, MB") { $0.memory },
    ])
  }
}
