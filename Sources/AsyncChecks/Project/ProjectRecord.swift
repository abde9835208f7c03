package import PythonSemantics
import PythonSyntax

/// What a check of a project found out about its files, so that a later one can tell which changes
/// make no difference to anything else.
package struct ProjectRecord: Sendable {
  /// What is remembered of one file.
  package struct File: Sendable, Equatable {
    /// Whether the text of the file had no influence on anything but its own syntax errors: it has
    /// nothing of `async`, gets hold of nothing asynchronous, and no relevant file wants its names.
    package let standsApart: Bool
    /// Whether files that import it may get hold of something asynchronous.
    package let carries: Bool
    /// What it takes of other files, where any of these carries.
    package let imports: [SourceSketch.Import]
    /// Those of its words that may be names through which others get hold of something; `nil`
    /// where the imports alone told whether it gets hold of anything.
    package let words: [UInt32]?

    /// A file of which every change may matter.
    static let connected = File(standsApart: false, carries: true, imports: [], words: nil)

    package init(
      standsApart: Bool, carries: Bool, imports: [SourceSketch.Import], words: [UInt32]?,
    ) {
      self.standsApart = standsApart
      self.carries = carries
      self.imports = imports
      self.words = words
    }
  }

  package private(set) var files: [File] = []
  /// The names through which files may get hold of something asynchronous.
  package private(set) var names = NameFilter()

  package init() {}

  package init(files: [File], names: NameFilter) {
    self.files = files
    self.names = names
  }

  /// Whether a file that stood apart still does with another text. Then the record stays what it
  /// is but for the file's own part.
  ///
  /// Whether it gets hold of something asynchronous depends on its imports, if any of these carry,
  /// and on the words that may be names of that: where the imports are the same and there are no
  /// such words that were not there before, the answer is the same.
  func standsApart(_ file: Int, _ sketch: SourceSketch, words: () -> [UInt32]) -> Bool {
    guard files[file].standsApart, !sketch.hasCoroutines, !sketch.importsTrigger else {
      return false
    }
    guard sketch.imports.contains(where: { files[Int($0.file)].carries }) else { return true }
    guard sketch.imports == files[file].imports else { return false }
    guard let known = files[file].words else { return true }
    return words().allSatisfy { !names.mayContain($0) || known.contains($0) }
  }
}

#if !hasFeature(Embedded)
  extension Checker {
    /// Checks files that have changed since a record was made, when they made no difference to other
    /// files before and make none now; the record stays true of all files then.
    ///
    /// - Parameters:
    ///   - changed: The indices of the files. All others are as they were, and so are all paths.
    ///   - scope: As in the check that the record is of.
    /// - Returns: By changed file; `nil` when all files have to be checked together.
    package func checkApart(
      _ changed: [Int], of files: SourceFiles, _ record: ProjectRecord, scope: ParsingScope,
      executor: Executor = .sequential,
    ) -> [CheckedFile]? {
      guard record.files.count == files.count,
        changed.allSatisfy({ record.files[$0].standsApart && !files.isNotebook[$0] })
      else { return nil }
      let modules = ModuleTable(ModuleNames(paths: files.paths))
      let triggers = triggers
      let results = executor.map(changed.count) { index -> CheckedFile? in
        let file = changed[index]
        var standsApart = false
        var bytes: [UInt8] = []
        let isReadable = files.look(file) { text in
          guard files.codecs.foreignText(text) == nil else { return }
          let sketch = SourceSketch(
            text, file: file, modules: modules, triggers: triggers.callables)
          standsApart = record.standsApart(file, sketch) { WordScan.uniqueWords(text) }
          if standsApart, scope == .everything { bytes = Array(text) }
        }
        guard isReadable, standsApart else { return nil }
        guard scope == .everything else { return .clean }
        return ParsedFile(bytes, isNotebook: false, codecs: files.codecs)
          .unchecked(includesCompiler: true)
      }
      let known = results.compactMap { $0 }
      return known.count == changed.count ? known : nil
    }
  }
#endif
