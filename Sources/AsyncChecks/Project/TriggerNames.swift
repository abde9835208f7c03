import PythonSemantics
import PythonSyntax

/// The names of known callables that a rule can be about even outside coroutines: calling
/// `asyncio.sleep` without `await` is a mistake in any function.
///
/// Blocking callables are not among them: they matter in coroutines only.
struct TriggerNames: Sendable {
  /// By top-level module: the last parts of the callables' names.
  private let names: [[[UInt8]]]
  /// The top-level modules; an atom's number is its place in ``names``.
  private let modules: SymbolTable
  /// The full names: what an import takes is of interest when it leads to one of them.
  let callables: TriggerTable

  init(_ table: RuleTable) {
    var modules = SymbolTable()
    var all: [(name: [UInt8], result: [UInt8])] = []
    var passing: [(name: [UInt8], result: [UInt8])] = []
    var names: [[[UInt8]]] = []
    let traits = Check.all.flatMap { $0.traitsOutsideCoroutines }
    for callable in table.callables where callable.matters(traits) {
      let parts = callable.qualifiedName.split(separator: UInt8(ascii: "."))
      guard let first = parts.first, let last = parts.last, parts.count > 1 else { continue }
      all.append((callable.qualifiedName, callable.returns))
      // What a trait says is about the call itself.
      if callable.role != .plain { passing.append((callable.qualifiedName, callable.returns)) }
      let module = Int(modules.intern(first).rawValue)
      if module == names.count { names.append([]) }
      if !names[module].contains(Array(last)) { names[module].append(Array(last)) }
    }
    self.modules = modules
    callables = TriggerTable(all: all, passing: passing)
    self.names = names
  }

  /// Whether a file imports a module of such callables and uses the name of one of them.
  func occur(in tree: SyntaxTree) -> Bool {
    for node in tree.nodes {
      switch tree.kind(node) {
      case .importFrom:
        guard let from = tree.importFrom(node), from.level == 0, let name = from.module,
          let module = module(of: tree.text(of: name))
        else { continue }
        let isStar = tree.nodes(from.aliases).contains { alias in
          tree.alias(alias).map { tree.text(of: $0.name).elementsEqual([UInt8(ascii: "*")]) }
            ?? false
        }
        if isStar || isUsed(module, in: tree) { return true }
      case .importStmt:
        guard let statement = tree.importStmt(node) else { continue }
        for alias in tree.nodes(statement.aliases) {
          if let name = tree.alias(alias)?.name, let module = module(of: tree.text(of: name)),
            isUsed(module, in: tree)
          {
            return true
          }
        }
      default: continue
      }
    }
    return false
  }

  private func module(of name: ArraySlice<UInt8>) -> Int? {
    let first = name.firstIndex(of: UInt8(ascii: ".")).map { name[..<$0] } ?? name
    return modules.atom(first).map { Int($0.rawValue) }
  }

  private func isUsed(_ module: Int, in tree: SyntaxTree) -> Bool {
    names[module].contains { tree.nameTable.id(of: $0) != nil }
  }
}

extension KnownCallable {
  /// Whether a call can be a mistake outside coroutines.
  fileprivate func matters(_ traits: [StaticString]) -> Bool {
    switch role {
    case .coroutine, .bridge, .runner, .concurrent, .spawn, .asgiApp, .request: true
    case .blocking, .offload, .evaluator: false
    case .plain: traits.contains { $0.withUTF8Buffer { trait.elementsEqual($0) } }
    }
  }
}
