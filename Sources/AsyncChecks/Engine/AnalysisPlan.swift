import PythonSemantics
import PythonSyntax

/// Which files of a project must be looked at, found from their outlines.
///
/// A file is *relevant* when a rule can report something in it: it has coroutines, uses a known
/// asynchronous callable, or names a coroutine function of a module that its imports lead to.
/// Other files are *needed* when the imports of a relevant file lead to them: they tell what its
/// names mean. The rest is left alone.
package struct AnalysisPlan: Sendable {
  /// By file: whether checks run over it.
  package let isRelevant: [Bool]
  /// By file: whether its definitions are read.
  package let isNeeded: [Bool]
  /// The module names of all files.
  let names: ModuleNames

  /// Looks at every file, as a test of the choice does.
  package init(allOf files: [ScannedFile]) {
    isRelevant = files.map { _ in true }
    isNeeded = isRelevant
    names = ModuleNames(paths: files.map { $0.path })
  }

  /// `async def __call__` is called without its name.
  private static let callMethod = NameTable.hash(of: [UInt8]("__call__"))

  init(
    _ outlines: [ModuleOutline?], isNotebook: [Bool], names: ModuleNames, triggers: TriggerNames,
  ) {
    let graph = ImportGraph(outlines, names: names)
    let hasTriggers = outlines.map { $0.map { triggers.occur(in: $0) } ?? false }
    var isRelevant = outlines.indices.map { index in
      guard let outline = outlines[index] else { return false }
      return outline.hasCoroutines || hasTriggers[index] || isNotebook[index]
    }
    var providers = outlines.indices.filter { isRelevant[$0] }
    var provided = providers.map { index -> [UInt32] in
      guard let outline = outlines[index] else { return [] }
      return outline.coroutineNames + (hasTriggers[index] ? triggers.passedOn(by: outline) : [])
        + outline.renamedImports
    }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      let reachable = graph.reachable(providers)
      let (known, names) = (providers.count, provided)
      for index in outlines.indices where !isRelevant[index] {
        guard let outline = outlines[index] else { continue }
        isRelevant[index] = reachable.fromImports(of: index, in: graph).contains { provider in
          provider < known
            && names[provider].contains { $0 == Self.callMethod || outline.hasName($0) }
        }
        // It may pass on what it imports under another name.
        if isRelevant[index], !outline.renamedImports.isEmpty {
          providers.append(index)
          provided.append(outline.renamedImports)
          hasChanged = true
        }
      }
    }
    self.isRelevant = isRelevant
    self.names = names
    isNeeded = graph.closure(of: isRelevant)
  }
}
