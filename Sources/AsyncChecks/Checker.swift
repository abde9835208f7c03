package import PythonSemantics
import PythonSyntax

/// Finds what the rules of a table say is wrong with Python files.
package struct Checker: Sendable {
  let knowledge: Knowledge
  /// Which rules report, by ``RuleIndex``.
  let isSelected: [Bool]
  let dispatch: Dispatch
  #if !hasFeature(Embedded)
    let triggers: TriggerNames
  #endif
  /// How the tests of the project are chosen.
  package let testMode: TestMode

  /// Prepares a table for checking.
  ///
  /// - Parameters:
  ///   - selected: Which rules report, by rule index; `nil` for the default rules.
  ///   - testMode: How the project's tests are chosen.
  package init(table: RuleTable, selected: [Bool]? = nil, testMode: TestMode = .unknown) {
    self.testMode = testMode
    let isSelected = selected ?? table.rules.map { $0.isDefault }
    let knowledge = Knowledge(table)
    self.knowledge = knowledge
    self.isSelected = isSelected
    #if !hasFeature(Embedded)
      triggers = TriggerNames(table)
    #endif
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
    // Files in memory can always be read.
    check(SourceFiles(files), scope: .everything, executor: executor).compactMap { $0 }
  }

  /// Checks the files of a project; the results keep the order.
  ///
  /// - Parameters:
  ///   - scope: Which files are parsed. What the rules find does not depend on it.
  ///   - looksAtAll: Runs the checks over every file, also where nothing can be found; for tests.
  ///   - executor: Runs the independent parts.
  /// - Returns: By file; `nil` for a file that could not be read.
  package func check(
    _ files: SourceFiles, scope: ParsingScope, looksAtAll: Bool = false,
    executor: Executor = .sequential,
  ) -> [CheckedFile?] {
    checkAndRecord(files, scope: scope, looksAtAll: looksAtAll, executor: executor).results
  }

  /// Checks the files of a project and tells what ``checkApart(_:of:_:scope:executor:)`` needs to
  /// know; parameters and results are those of ``check(_:scope:looksAtAll:executor:)``.
  package func checkAndRecord(
    _ files: SourceFiles, scope: ParsingScope, looksAtAll: Bool = false,
    executor: Executor = .sequential,
  ) -> (results: [CheckedFile?], record: ProjectRecord) {
    #if hasFeature(Embedded)
      // A playground's files are few: what finds out which of them matter would only make the
      // module larger.
      let (loaded, record) = (LoadedProject(all: files, executor: executor), ProjectRecord())
    #else
      let loader = ProjectLoader(
        files, triggers: triggers, scope: scope, looksAtAll: looksAtAll, executor: executor)
      let (loaded, record) = (loader.project, loader.record)
    #endif
    let analysis = ProjectAnalysis(loaded, checker: self, executor: executor)
    var results = executor.map(files.count) { analysis.check($0) }
    // The places of notes are lines for people only with the text of their file.
    for file in Self.notedFiles(in: results) where results[file]?.source == nil {
      results[file]?.source = analysis.source(of: file)
    }
    return (results, record)
  }

  /// The files that findings of other files point to, in no order.
  private static func notedFiles(in results: [CheckedFile?]) -> [Int] {
    results.flatMap { result in
      (result?.diagnostics ?? []).flatMap { diagnostic in
        diagnostic.notes.compactMap { note in note.file.map { Int($0.rawValue) } }
      }
    }
  }
}
