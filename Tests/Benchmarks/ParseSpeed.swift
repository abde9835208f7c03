import PythonSyntax

/// The parser alone: bytes in, trees out, on one thread.
enum ParseSpeed {
  /// CPU seconds for the whole corpus, the median of several rounds.
  static func measure(_ corpus: Corpus, runs: Int) -> Double {
    var times: [Double] = []
    for run in 0...runs {
      let start = Process.threadTime()
      for file in corpus.files { parse(file) }
      if run > 0 { times.append(Process.threadTime() - start) }
    }
    return median(times)
  }

  private static func parse(_ bytes: [UInt8]) {
    guard case .success(let source) = SourceText.decode(bytes) else { return }
    let tree = Parser.parse(source)
    // Without a use the optimiser could drop the work.
    if tree.nodes.count == 0 { print("empty tree") }
  }
}

/// Parsing time over growing inputs: a straight line, also for input made to hurt.
enum GrowthCurve {
  private static let shapes: [(name: String, unit: String)] = [
    (
      "ordinary code",
      "async def f(a, b=1):\n    x = await g(a, key=b)\n    return [y for y in x]\n"
    ),
    ("one long line", "f(a, b), "),
    ("open brackets", "("),
    ("attribute chain", "a."),
    ("string pieces", "'x' f'{y}' "),
  ]

  static func show() {
    print("")
    print("Seconds to parse:         1 MB       4 MB      16 MB      64 MB   64 MB / 1 MB")
    for shape in shapes {
      let times = [1, 4, 16, 64].map { seconds(for: shape.unit, megabytes: $0) }
      print(
        padded(shape.name, 20) + times.map { right(decimal($0), 11) }.joined()
          + right(decimal(times[3] / max(times[0], 0.000_1)), 15))
    }
  }

  private static func seconds(for unit: String, megabytes: Int) -> Double {
    let piece = Array(unit.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(megabytes * 1_000_000 + piece.count)
    while bytes.count < megabytes * 1_000_000 { bytes += piece }
    let start = Process.threadTime()
    guard case .success(let source) = SourceText.decode(bytes) else { return 0 }
    _ = Parser.parse(source).nodes.count
    return Process.threadTime() - start
  }
}
