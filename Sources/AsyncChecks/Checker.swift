import PythonSyntax

/// Finds what the rules of a table say is wrong with Python files.
package struct Checker: Sendable {
  let table: RuleTable
  /// Which rules report, by ``RuleIndex``.
  let isSelected: [Bool]

  /// Prepares a table for checking.
  ///
  /// - Parameter selected: Which rules report, by rule index; `nil` for the default rules.
  package init(table: RuleTable, selected: [Bool]? = nil) {
    self.table = table
    isSelected = selected ?? table.rules.map { $0.isDefault }
  }

  /// Checks one file on its own.
  package func check(_ file: SourceFile) -> CheckedFile {
    check(project: [file])[0]
  }

  /// Checks files that may import one another; the results keep the order.
  package func check(project files: [SourceFile]) -> [CheckedFile] {
    files.map { file in
      let index = LineIndex(file.bytes)
      return CheckedFile(
        source: nil, lineIndex: index, syntaxErrors: [], diagnostics: [], suppressed: 0)
    }
  }
}
