/// Gathers the examples of one file, fence by fence.
struct ExampleReader {
  private(set) var examples: [Example] = []
  /// The 1-based line of the first fence of each of ``examples``.
  private(set) var lines: [Int] = []

  /// A fence of an example with its surroundings.
  struct Fence {
    let info: FenceInfo
    let code: String
    /// The 1-based line of the opening fence in the file.
    let line: Int
    /// The paragraph just before the fence.
    let caption: String?
    /// Whether nothing but blank lines stands between this fence and that of the last example.
    let followsExample: Bool
  }

  /// Adds a fence.
  ///
  /// - Returns: The index of the example it begins, or `nil` when it belongs to one before it or
  ///   was reported.
  mutating func add(_ fence: Fence, report: inout RuleFileReport) -> Int? {
    let reader = ExpectationReader(fence.code, firstLine: fence.line + 1, report: &report)
    if reader.lines.allSatisfy(\.isBlank) {
      report.add(.emptyExample, line: fence.line)
    }
    if fence.info.kind != .bad, let stray = reader.expectations.first {
      report.add(.strayExpectation(kind: fence.info.kind.rawValue), line: stray.markdownLine)
    }
    guard let kind = fence.info.kind.example else {
      addFixed(fence, text: reader.text, report: &report)
      return nil
    }
    let file = ExampleFile(
      path: fence.info.file ?? "example.py", text: reader.text, expectations: reader.expectations,
      fixed: nil, markdownLines: reader.markdownLines, fixedLine: nil)
    guard let id = fence.info.id else { return nil }
    if let index = examples.firstIndex(where: { $0.id == id }) {
      addFile(file, of: fence, kind: kind, to: index, report: &report)
      return nil
    }
    if kind == .nearMiss, fence.caption == nil {
      report.add(.missingCaption(id: id), line: fence.line)
    }
    examples.append(
      Example(
        id: id, kind: kind, framework: fence.info.framework, files: [file],
        caption: fence.caption))
    lines.append(fence.line)
    return examples.count - 1
  }

  private mutating func addFile(
    _ file: ExampleFile, of fence: Fence, kind: Example.Kind, to index: Int,
    report: inout RuleFileReport,
  ) {
    let example = examples[index]
    guard fence.info.file != nil, example.files[0].path != "example.py" else {
      report.add(.duplicateID(example.id, firstLine: lines[index]), line: fence.line)
      return
    }
    guard fence.followsExample, index == examples.count - 1 else {
      report.add(.separatedFiles(id: example.id), line: fence.line)
      return
    }
    if kind != example.kind {
      report.add(
        .differentKinds(id: example.id, found: kind.rawValue, wanted: example.kind.rawValue),
        line: fence.line)
    }
    if example.files.contains(where: { $0.path == file.path }) {
      report.add(.duplicateExampleFile(id: example.id, file: file.path), line: fence.line)
      return
    }
    examples[index].files.append(file)
    examples[index].framework = example.framework ?? fence.info.framework
  }

  private mutating func addFixed(_ fence: Fence, text: String, report: inout RuleFileReport) {
    guard fence.followsExample, let example = examples.last, example.kind == .bad else {
      report.add(.strayFixed, line: fence.line)
      return
    }
    var index = 0
    if let path = fence.info.file {
      guard let found = example.files.firstIndex(where: { $0.path == path }) else {
        let near = NearestWord.to(path, among: example.files.map(\.path))
        report.add(.unknownFixedFile(found: path, near: near), line: fence.line)
        return
      }
      index = found
    } else if example.files.count > 1 {
      report.add(.fixedNeedsFile(id: example.id), line: fence.line)
      return
    }
    if example.files[index].fixed != nil {
      report.add(.duplicateFixed, line: fence.line)
    } else if example.files[index].text == text {
      report.add(.fixedIsNotDifferent, line: fence.line)
    }
    examples[examples.count - 1].files[index].fixed = text
    examples[examples.count - 1].files[index].fixedLine = fence.line
  }

  /// Adds what must be seen when the last example is run.
  mutating func add(
    _ run: RunExpectation, followsExample: Bool, report: inout RuleFileReport,
  ) {
    guard followsExample, let last = examples.indices.last else {
      report.add(.strayRun, line: run.line)
      return
    }
    if examples[last].kind == .bad, !run.showsHarm {
      report.add(.runWithoutHarm(id: examples[last].id), line: run.line)
    }
    examples[last].runs.append(run)
  }

  /// Reports what all examples together lack.
  func checkWhole(code: String, report: inout RuleFileReport) {
    let ids = examples.map(\.id)
    for example in examples {
      for run in example.runs {
        guard let other = run.sameResultAs else { continue }
        let hasFixed = example.files.contains { $0.fixed != nil }
        if ids.contains(other) && other != example.id || other == "fixed" && hasFixed { continue }
        let near = NearestWord.to(other, among: ids)
        report.add(.unknownExample(other, near: near), line: run.line)
      }
    }
    for (example, line) in zip(examples, lines) where example.kind == .bad {
      let expectations = example.files.flatMap(\.expectations)
      guard TextForm.isCode(code), !expectations.contains(where: { $0.code == code }) else {
        continue
      }
      // A mistyped code is where the author looks first.
      report.add(
        .missingExpectation(id: example.id, code: code),
        line: expectations.first?.markdownLine ?? line)
    }
  }

  /// Reports each kind of which there is no example.
  func checkKinds(line: Int, report: inout RuleFileReport) {
    for kind in Example.Kind.allCases where !examples.contains(where: { $0.kind == kind }) {
      report.add(.missingExample(kind: kind.rawValue), line: line)
    }
  }
}
