import PythonSemantics
import PythonSyntax

/// The analysis of some files as one project, ready to check each of them.
package struct ProjectAnalysis: Sendable {
  private let checker: Checker
  private let files: [ScannedFile]
  /// The contexts of the relevant files, by file. Each is used by one thread at a time, and what
  /// they share is not changed any more.
  nonisolated(unsafe) private let contexts: [CheckContext?]

  /// - Parameters:
  ///   - files: All files; those that the plan needs must have their trees.
  ///   - executor: Runs the independent parts.
  init(
    checker: Checker, files: [ScannedFile], plan: AnalysisPlan, executor: Executor,
  ) {
    self.checker = checker
    self.files = files
    let needed = files.indices.filter { plan.isNeeded[$0] && files[$0].tree != nil }
    let models = executor.map(needed.count) { index -> SemanticModel in
      let file = files[needed[index]]
      // Only files with trees are among the needed ones.
      return SemanticModel(file.tree!, isNotebook: file.isNotebook)
    }
    let project = Project(
      vocabulary: checker.knowledge.vocabulary, names: plan.names, files: needed, models: models)
    let functions = FunctionFacts(project)
    let fileIndices = needed.map { FileIndex(UInt32($0)) }
    func context(ofModule index: Int) -> CheckContext {
      CheckContext(
        resolver: Resolver(project, module: ModuleID(UInt32(index))),
        knowledge: checker.knowledge, functions: functions, isSelected: checker.isSelected,
        fileIndices: fileIndices)
    }
    var contexts = [CheckContext?](repeating: nil, count: files.count)
    for (index, file) in needed.enumerated() where plan.isRelevant[file] {
      let context = context(ofModule: index)
      functions.collect(from: context)
      contexts[file] = context
    }
    // A function that starts an event loop is in a relevant file; only then do the calls in the
    // other files matter, as links of a chain that leads to it.
    if functions.hasRunners {
      for (index, file) in needed.enumerated() where !plan.isRelevant[file] {
        functions.collect(from: context(ofModule: index))
      }
    }
    functions.propagate()
    self.contexts = contexts
  }

  /// Checks the file at an index; each index may be asked for once.
  package func check(_ index: Int) -> CheckedFile {
    guard let context = contexts[index] else { return files[index].unchecked }
    context.run(checker.dispatch)
    return files[index].checked(context.diagnostics, rules: checker.knowledge.table.rules)
  }
}
