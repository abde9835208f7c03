import PythonSemantics
import PythonSyntax

/// The analysis of some files as one project, ready to check each of them.
struct ProjectAnalysis: Sendable {
  private let checker: Checker
  private let files: [ParsedFile?]
  private let isReadable: [Bool]
  private let parsesAll: Bool
  /// The contexts of the relevant files, by file. Each is used by one thread at a time, and what
  /// they share is not changed any more.
  nonisolated(unsafe) private let contexts: [CheckContext?]
  /// The statements that checks look at, by file.
  private let selections: [NodeSelection]

  init(_ loaded: LoadedProject, checker: Checker, executor: Executor) {
    self.checker = checker
    files = loaded.parsed
    isReadable = loaded.isReadable
    parsesAll = loaded.scope == .everything
    let (needed, parsed, isNotebook) = (loaded.needed, loaded.parsed, loaded.files.isNotebook)
    let models = executor.map(needed.count) { index -> SemanticModel in
      // Only files with trees are among the needed ones.
      SemanticModel(parsed[needed[index]]!.tree!, isNotebook: isNotebook[needed[index]])
    }
    let project = Project(
      vocabulary: checker.knowledge.vocabulary, names: loaded.names, files: needed, models: models,
      selections: loaded.selections, executor: executor)
    let functions = FunctionFacts(project)
    let contexts = Contexts(
      project, functions, checker, fileIndices: needed.map { FileIndex(UInt32($0)) },
      testModules: needed.map { loaded.names.isTest[$0] })
    contexts.follow(
      needed.indices.filter { loaded.isRelevant[needed[$0]] }, loaded.selections, executor)
    functions.connect()
    var contextOfFile = [CheckContext?](repeating: nil, count: loaded.files.count)
    var nodesOfFile = [NodeSelection](repeating: .everything, count: loaded.files.count)
    // A stub is never run, so nothing in it can go wrong.
    for (index, file) in needed.enumerated()
    where loaded.isRelevant[file] && !ModuleNames.isStub(loaded.files.paths[file]) {
      contextOfFile[file] = contexts.context(ofModule: index)
      nodesOfFile[file] = loaded.selections[index]
    }
    let checked = contextOfFile.compactMap { $0 }
    let served = ServedModules(
      checked, checker.knowledge, moduleCount: project.modules.count)
    for context in checked { context.served = served[context.resolver.moduleID] }
    self.contexts = contextOfFile
    selections = nodesOfFile
  }

  /// The text of the file at an index, if it was analysed.
  func source(of index: Int) -> SourceText? { files[index]?.tree?.source }

  /// Checks the file at an index; each index may be asked for once.
  ///
  /// - Returns: `nil` when the file could not be read.
  func check(_ index: Int) -> CheckedFile? {
    guard isReadable[index] else { return nil }
    guard let file = files[index] else { return .clean }
    guard let context = contexts[index] else { return file.unchecked(includesCompiler: parsesAll) }
    context.run(checker.dispatch, over: selections[index])
    return file.checked(context.diagnostics, rules: checker.knowledge.table.rules)
  }
}

/// The contexts of a project's modules, made when they are needed.
private final class Contexts: @unchecked Sendable {
  private let project: Project
  private let functions: FunctionFacts
  private let checker: Checker
  private let fileIndices: [FileIndex]
  /// By module: whether it holds tests.
  private let testModules: [Bool]
  /// By module. While parts run in parallel, each touches those of its own modules only.
  private var contexts: [CheckContext?]

  init(
    _ project: Project, _ functions: FunctionFacts, _ checker: Checker, fileIndices: [FileIndex],
    testModules: [Bool],
  ) {
    self.testModules = testModules
    self.project = project
    self.functions = functions
    self.checker = checker
    self.fileIndices = fileIndices
    contexts = [CheckContext?](repeating: nil, count: project.modules.count)
  }

  func context(ofModule index: Int) -> CheckContext {
    if let known = contexts[index] { return known }
    let context = CheckContext(
      resolver: Resolver(project, module: ModuleID(UInt32(index))),
      knowledge: checker.knowledge, functions: functions, isSelected: checker.isSelected,
      testMode: checker.testMode,
      fileIndices: fileIndices, testModules: testModules)
    contexts[index] = context
    return context
  }

  /// Summarises the functions that relevant modules call, and those that these call in turn: round
  /// by round, the modules of a round in parallel.
  func follow(_ relevant: [Int], _ selections: [NodeSelection], _ executor: Executor) {
    for module in relevant { _ = context(ofModule: module) }
    var wanted = executor.map(relevant.count) { index -> [Int] in
      let context = self.context(ofModule: relevant[index])
      return context.calledFunctions(in: context.calls(in: selections[relevant[index]]))
    }.flatMap { $0 }
    while true {
      var open: [Int] = []
      for function in wanted.sorted() where functions.isOpen(function) && open.last != function {
        open.append(function)
      }
      if open.isEmpty { return }
      var parts: [(module: Int, functions: [Int])] = []
      for function in open {
        let module = project.functions[function].module.index
        if parts.last?.module == module {
          parts[parts.count - 1].functions.append(function)
        } else {
          parts.append((module, [function]))
        }
      }
      for part in parts { _ = context(ofModule: part.module) }
      let work = parts
      let summaries = executor.map(work.count) { index in
        let context = self.context(ofModule: work[index].module)
        return work[index].functions.map { context.summary(of: self.project.functions[$0]) }
      }
      wanted = []
      for (part, summaries) in zip(work, summaries) {
        for (function, summary) in zip(part.functions, summaries) {
          functions.add(summary, of: function)
          wanted += summary.calls.map { $0.callee }
        }
      }
    }
  }
}

extension CheckedFile {
  /// The result for a file that no rule can concern.
  static let clean = CheckedFile(
    source: nil, syntaxErrors: [], diagnostics: [], suppressed: 0)
}
