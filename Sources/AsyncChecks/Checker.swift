import PythonSemantics
import PythonSyntax

/// Finds what the rules of a table say is wrong with Python files.
package struct Checker: Sendable {
  let knowledge: Knowledge
  /// Which rules report, by ``RuleIndex``.
  let isSelected: [Bool]
  let dispatch: Dispatch
  let triggers: TriggerNames

  /// Prepares a table for checking.
  ///
  /// - Parameter selected: Which rules report, by rule index; `nil` for the default rules.
  package init(table: RuleTable, selected: [Bool]? = nil) {
    let isSelected = selected ?? table.rules.map { $0.isDefault }
    let knowledge = Knowledge(table)
    self.knowledge = knowledge
    self.isSelected = isSelected
    triggers = TriggerNames(table)
    dispatch = Dispatch(
      isWanted: knowledge.rulesOfCheck.map { rules in rules.contains { isSelected[$0.index] } })
  }

  /// Checks one file on its own.
  package func check(_ file: SourceFile) -> CheckedFile {
    check(project: [file])[0]
  }

  /// Checks files that may import one another; the results keep the order.
  package func check(
    project files: [SourceFile], executor: Executor = .sequential,
  ) -> [CheckedFile] {
    let scanned = executor.map(files.count) { scan(files[$0]) }
    let analysis = analysis(of: scanned, plan: plan(for: scanned), executor: executor)
    return executor.map(files.count) { analysis.check($0) }
  }

  // MARK: Step by step, for callers that do not hold all files in memory

  /// Decodes and parses a file.
  package func scan(_ file: SourceFile) -> ScannedFile { ScannedFile(file, triggers: triggers) }

  /// Which files have to be analysed.
  package func plan(for files: [ScannedFile]) -> AnalysisPlan {
    AnalysisPlan(
      files.map { $0.outline }, isNotebook: files.map { $0.isNotebook },
      names: ModuleNames(paths: files.map { $0.path }), triggers: triggers)
  }

  /// Analyses files as one project.
  ///
  /// - Precondition: The files that the plan needs are not dropped.
  package func analysis(
    of files: [ScannedFile], plan: AnalysisPlan, executor: Executor = .sequential,
  ) -> ProjectAnalysis {
    ProjectAnalysis(checker: self, files: files, plan: plan, executor: executor)
  }
}
