/// Reads a `run` fence: YAML that says how an example is run and what must be seen.
enum RunReader {
  private static let keys = [
    "skip", "python", "packages", "fixtures", "setup", "stdin", "entry", "seconds", "raises",
    "warns", "loses", "stalls", "never-finishes", "stdout", "overlaps", "serial",
    "same-result-as",
  ]
  private static let fixtures = [
    "http", "echo", "smtp", "serial", "slow-disk", "django", "redis", "postgres",
  ]

  /// Whether a fence's info string is that of a run expectation.
  static func isRun(_ info: String) -> Bool {
    let space = UInt8(ascii: " ")
    return info.utf8.drop { $0 == space }.prefix { $0 != space }.elementsEqual("run".utf8)
  }

  /// Reads the text of a fence whose opening line is `line`.
  static func read(_ text: String, line: Int, report: inout RuleFileReport) -> RunExpectation {
    var run = RunExpectation()
    run.line = line
    run.source = text
    let value: YAMLValue?
    do {
      value = try YAMLValue.parse(text, lineOffset: line)
    } catch {
      report.add(error.problem, line: error.line)
      return run
    }
    // An empty fence runs the example as a script that must be clean.
    guard let value else { return run }
    let entry = MappingReader(
      value, of: .value(of: "run"), known: keys, required: [], report: &report)
    entry.checkOrder(keys, report: &report)
    run.skip = entry.text("skip", report: &report)
    run.setup = entry.text("setup", report: &report)
    run.stdin = entry.text("stdin", report: &report)
    run.entry = entry.text("entry", report: &report)
    run.packages = entry.texts("packages", report: &report).map(\.text)
    run.fixtures = readFixtures(entry, report: &report)
    if let text = entry.text("python", report: &report) {
      run.python = PythonRange(text) ?? PythonRange()
      if PythonRange(text) == nil {
        report.add(
          .malformed(what: "python", found: text, wanted: "bounds such as '>=3.9, <3.12'"),
          line: entry.line(of: "python"))
      }
    }
    run.seconds = number(entry, "seconds", in: 1...30, report: &report) ?? run.seconds
    run.harm = readHarm(entry, report: &report)
    run.stdout = entry["stdout"].flatMap(\.text)
    if let stdout = entry["stdout"], stdout.text == nil {
      report.add(
        .wrongType(of: "stdout", found: stdout.kind, wanted: "a text"), line: stdout.line)
    }
    run.overlaps = entry.texts("overlaps", report: &report).map(\.text)
    run.serial = entry.texts("serial", report: &report).map(\.text)
    run.sameResultAs = entry.text("same-result-as", report: &report)
    return run
  }

  private static func readHarm(_ entry: MappingReader, report: inout RuleFileReport) -> RunHarm {
    var harm = RunHarm()
    harm.raises = entry.text("raises", report: &report)
    harm.warns = entry.texts("warns", report: &report).map(\.text)
    harm.loses = entry.texts("loses", report: &report).map(\.text)
    harm.stalls = number(entry, "stalls", in: 40...20_000, report: &report)
    harm.neverFinishes = entry.boolean("never-finishes", report: &report) ?? false
    return harm
  }

  private static func readFixtures(
    _ entry: MappingReader, report: inout RuleFileReport,
  ) -> [String] {
    entry.texts("fixtures", report: &report).map { text, line in
      let name = text.split(separator: ":").first.map(String.init) ?? text
      if !fixtures.contains(name) {
        let near = NearestWord.to(name, among: fixtures)
        report.add(
          .unknownWord(what: "fixture", found: name, near: near, wanted: fixtures), line: line)
      }
      return text
    }
  }

  private static func number(
    _ entry: MappingReader, _ key: String, in range: ClosedRange<Int>,
    report: inout RuleFileReport,
  ) -> Int? {
    guard let value = entry[key] else { return nil }
    guard let number = value.integer, range.contains(number) else {
      let wanted = "a number from \(range.lowerBound) to \(range.upperBound)"
      report.add(.wrongType(of: key, found: value.kind, wanted: wanted), line: value.line)
      return nil
    }
    return number
  }
}
