import PythonSemantics

/// The files of a project that are analysed together, parsed.
struct LoadedProject: Sendable {
  let files: SourceFiles
  let names: ModuleNames
  let scope: ParsingScope
  /// By file; `nil` where nobody wants the file.
  let parsed: [ParsedFile?]
  /// By file: whether it could be read.
  let isReadable: [Bool]
  /// By file: whether a rule can report something in it.
  let isRelevant: [Bool]
  /// In ascending order; the relevant files are among them.
  let needed: [Int]
  /// What of each needed file is taken in.
  let selections: [NodeSelection]
}

extension LoadedProject {
  /// Parses all files and takes in all of them, whatever is in them.
  init(all files: SourceFiles, executor: Executor) {
    let parsed = executor.map(files.count) { file in
      files.read(file).map {
        ParsedFile($0, isNotebook: files.isNotebook[file], codecs: files.codecs)
      }
    }
    let needed = files.paths.indices.filter { parsed[$0]?.tree != nil }
    self.init(
      files: files, names: ModuleNames(paths: files.paths), scope: .everything, parsed: parsed,
      isReadable: parsed.map { $0 != nil }, isRelevant: parsed.map { $0?.tree != nil },
      needed: needed,
      selections: [NodeSelection](repeating: .everything, count: needed.count))
  }
}
