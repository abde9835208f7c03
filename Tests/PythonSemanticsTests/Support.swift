import PythonSemantics
import PythonSyntax

/// The scopes of a module's text.
func model(_ text: String, notebook: Bool = false) -> SemanticModel {
  guard case .success(let source) = SourceText.decode(Array(text.utf8)) else {
    preconditionFailure("test sources are UTF-8")
  }
  let tree = Parser.parse(source, options: ParserOptions(isNotebook: notebook))
  return SemanticModel(tree, isNotebook: notebook)
}

/// A project of some modules, with facts `function -> Class` (or only names).
func project(_ files: [(path: String, text: String)], facts: [String] = []) -> Project {
  var vocabulary = Vocabulary()
  for fact in facts {
    let parts = fact.split(separator: " ")
    let symbol = vocabulary.intern(Array(parts[0].utf8))
    if parts.count == 3 {
      vocabulary.setResult(of: symbol, to: vocabulary.intern(Array(parts[2].utf8)))
    }
  }
  return Project(
    vocabulary: vocabulary, names: ModuleNames(paths: files.map { Array($0.path.utf8) }),
    files: Array(files.indices), models: files.map { model($0.text) })
}

/// What the last expression statement of a module stands for: `name`, `instance of Class`,
/// `coroutine of function`, `None` or `?`.
func meaning(_ text: String, facts: [String] = []) -> String {
  meaning(last: [("example.py", text)], facts: facts)
}

/// What the last expression statement of the last module stands for.
func meaning(last files: [(path: String, text: String)], facts: [String] = []) -> String {
  let project = project(files, facts: facts)
  let resolver = Resolver(project, module: ModuleID(UInt32(files.count - 1)))
  let tree = resolver.tree
  guard
    let statement = tree.nodes.last(where: { tree.kind($0) == .exprStmt }),
    let value = tree.exprStmt(statement)?.value
  else { return "no expression" }
  func name(_ symbol: SymbolID) -> String {
    String(decoding: resolver.name(of: symbol), as: UTF8.self)
  }
  switch resolver.value(of: value) {
  case .unknown: return "?"
  case .none: return "None"
  case .object(let symbol): return name(symbol)
  case .instance(let cls): return "instance of \(name(cls))"
  case .coroutine(let function): return "coroutine of \(name(function))"
  }
}
