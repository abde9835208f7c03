import PythonSemantics
import PythonSyntax

/// Finds what the rules of a table say is wrong with Python files.
package struct Checker: Sendable {
  let knowledge: Knowledge
  /// Which rules report, by ``RuleIndex``.
  let isSelected: [Bool]
  let dispatch: Dispatch

  /// Prepares a table for checking.
  ///
  /// - Parameter selected: Which rules report, by rule index; `nil` for the default rules.
  package init(table: RuleTable, selected: [Bool]? = nil) {
    let isSelected = selected ?? table.rules.map { $0.isDefault }
    let knowledge = Knowledge(table)
    self.knowledge = knowledge
    self.isSelected = isSelected
    dispatch = Dispatch(
      isWanted: knowledge.rulesOfCheck.map { rules in rules.contains { isSelected[$0.index] } })
  }

  /// Checks one file on its own.
  package func check(_ file: SourceFile) -> CheckedFile {
    check(project: [file])[0]
  }

  /// Checks files that may import one another; the results keep the order.
  package func check(project files: [SourceFile]) -> [CheckedFile] {
    let parsed = files.map { ParsedFile($0) }
    let modules = parsed.compactMap { $0.model }
    let paths = zip(files, parsed).compactMap { $1.model == nil ? nil : $0.path }
    // A note names a file by its place in what the caller gave.
    let indices = parsed.indices.filter { parsed[$0].model != nil }
    let project = Project(vocabulary: knowledge.vocabulary, paths: paths, models: modules)
    let functions = FunctionFacts(project)
    let contexts = modules.indices.map { index in
      CheckContext(
        resolver: Resolver(project, module: ModuleID(UInt32(index))), knowledge: knowledge,
        functions: functions, isSelected: isSelected,
        fileIndices: indices.map { FileIndex(UInt32($0)) })
    }
    for context in contexts { functions.collect(from: context) }
    functions.propagate()
    var results = contexts.makeIterator()
    return parsed.map { file in
      guard file.model != nil, let context = results.next() else { return file.unreadable }
      context.run(dispatch)
      return file.checked(context.diagnostics, rules: knowledge.table.rules)
    }
  }
}

/// A decoded and parsed file.
private struct ParsedFile {
  let source: SourceText?
  let lineIndex: LineIndex
  let model: SemanticModel?
  let errors: [SyntaxError]

  init(_ file: SourceFile) {
    switch SourceText.decode(file.bytes) {
    case .success(let source):
      let tree = Parser.parse(source, options: ParserOptions(isNotebook: file.isNotebook))
      self.source = source
      lineIndex = LineIndex(source)
      model = SemanticModel(tree, isNotebook: file.isNotebook)
      errors = tree.errors
    case .failure(let error):
      source = nil
      lineIndex = LineIndex(file.bytes)
      model = nil
      errors = [SyntaxError(span: error.span, message: error.message, isFromCompiler: false)]
    }
  }

  /// The result for a file that could not be decoded.
  var unreadable: CheckedFile {
    CheckedFile(
      source: nil, lineIndex: lineIndex, syntaxErrors: errors, diagnostics: [], suppressed: 0)
  }

  /// The result with what the checks found, suppressions applied.
  func checked(_ diagnostics: [Diagnostic], rules: [RuleEntry]) -> CheckedFile {
    guard let model, !diagnostics.isEmpty else {
      return CheckedFile(
        source: source, lineIndex: lineIndex, syntaxErrors: errors, diagnostics: [], suppressed: 0)
    }
    let sorted = diagnostics.sorted { left, right in
      (left.span.start, left.rule.rawValue, left.span.end)
        < (right.span.start, right.rule.rawValue, right.span.end)
    }
    let suppressions = Suppressions(model.tree, lineIndex)
    let kept = sorted.filter { !suppressions.cover($0, code: rules[$0.rule.index].code) }
    return CheckedFile(
      source: source, lineIndex: lineIndex, syntaxErrors: errors, diagnostics: kept,
      suppressed: sorted.count - kept.count)
  }
}
