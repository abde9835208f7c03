import ArgumentParser
import Glibc

/// Measures the checker against a peer in the same run; figures are ratios of medians.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "asyncrules-benchmark",
    abstract: "Compare 'asyncrules check' with 'ruff check', and time the parser alone.",
    discussion: """
      Both tools run in turn over the same folders, so that a drift of the machine meets both. \
      CPU time is user and system time of the whole process; memory is its peak.
      """)

  @Argument(
    help: ArgumentHelp(
      "Folders of Python code; the standard library of python3 when none is given.",
      valueName: "dir"))
  var folders: [String] = []

  @Option(help: ArgumentHelp("The binary to measure.", valueName: "path"))
  var asyncrules = ".build/release/asyncrules"

  @Option(help: ArgumentHelp("The peer.", valueName: "path"))
  var ruff = "ruff"

  @Option(help: "Counted runs of each tool, after one that is not counted.")
  var runs = 5

  @Flag(
    inversion: .prefixedNo,
    help: "Show how the time to parse grows from 1 to 64 MB, and to check from 1 to 16 MB.")
  var growth = true

  func run() throws {
    let folders = try folders.isEmpty ? [Self.standardLibrary()] : folders
    let corpus = Corpus(folders: folders)
    guard corpus.byteCount > 0 else {
      throw ValidationError("no Python file below \(folders.joined(separator: ", "))")
    }
    print("Corpus: \(corpus.files.count) files, \(decimal(corpus.megabytes)) MB")
    let parsing = ParseSpeed.measure(corpus, runs: runs)
    print(
      "Parsing alone: \(decimal(corpus.megabytes / parsing)) MB/s per core "
        + "(median of \(runs), one thread, files in memory)")
    if let instructions = Instructions.count(
      [asyncrules, "check", "--output-format", "concise"] + folders)
    {
      print(
        "Instructions: \(decimal(Double(instructions) / Double(corpus.byteCount))) per byte of "
          + "'asyncrules check'")
    } else {
      print("Instructions: not counted ('perf stat' is not available here)")
    }
    try compare(folders)
    if growth {
      GrowthCurve.show()
      CheckGrowth.show(asyncrules: asyncrules, megabytes: [1, 4, 16])
    }
  }

  private func compare(_ folders: [String]) throws {
    let ours =
      [asyncrules, "check", "--no-respect-gitignore", "--output-format", "concise"] + folders
    let theirs =
      [ruff, "check", "--isolated", "--no-cache", "--select", "ASYNC", "--preview", "-q"] + folders
    guard let outcome = PairedRuns.measure(ours, theirs, runs: runs) else {
      throw ValidationError("cannot run '\(asyncrules)' or '\(ruff)'; build it, or name another")
    }
    print("")
    print("                        asyncrules        ruff   ratio (median of pairs)")
    for row in outcome.rows {
      print(
        padded(row.name, 20) + right(decimal(row.ours), 14) + right(decimal(row.theirs), 12)
          + right(decimal(row.ratio), 8))
    }
  }

  private static func standardLibrary() throws -> String {
    let script = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    guard let output = Process.output(of: ["python3", "-c", script]) else {
      throw ValidationError("no python3 here; name folders of Python code")
    }
    return String(output.prefix { $0 != "\n" })
  }
}

/// Two digits after the point.
func decimal(_ value: Double) -> String {
  let scaled = (value * 100).rounded()
  let whole = Int(scaled) / 100
  let part = abs(Int(scaled) % 100)
  return "\(whole).\(part < 10 ? "0" : "")\(part)"
}

func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

func right(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

/// The middle of the sorted values; the mean of the middle two for an even number.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return 0 }
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2)
    ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
