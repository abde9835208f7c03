import PythonSemantics
import PythonSyntax

/// The names of known callables that a rule can be about even outside coroutines: calling
/// `asyncio.sleep` without `await` is a mistake in any function.
///
/// Blocking callables are not among them: they matter in coroutines only.
struct TriggerNames: Sendable {
  /// By top-level module: the hashes of the last parts of the callables' names.
  private let names: [[UInt32]]
  private let modules: SymbolTable

  init(_ table: RuleTable) {
    var modules = SymbolTable()
    var names: [[UInt32]] = []
    for callable in table.callables where callable.role.matters || !callable.trait.isEmpty {
      let parts = callable.qualifiedName.split(separator: UInt8(ascii: "."))
      guard let first = parts.first, let last = parts.last, parts.count > 1 else { continue }
      let module = Int(modules.intern(first).rawValue)
      if module == names.count { names.append([]) }
      let hash = NameTable.hash(of: Array(last))
      if !names[module].contains(hash) { names[module].append(hash) }
    }
    self.modules = modules
    self.names = names
  }

  /// Whether a file imports a module of such callables and uses the name of one of them.
  func occur(in outline: ModuleOutline) -> Bool {
    outline.imports.contains { statement in
      guard statement.level == 0 else { return false }
      let first = statement.module.prefix { $0 != UInt8(ascii: ".") }
      guard let module = modules.atom(first) else { return false }
      if statement.members.contains([UInt8(ascii: "*")]) { return true }
      return names[Int(module.rawValue)].contains { outline.hasName($0) }
    }
  }

  /// The names under which a file passes such modules and callables on to files that import it.
  func passedOn(by outline: ModuleOutline) -> [UInt32] {
    outline.imports.flatMap { statement -> [UInt32] in
      guard statement.level == 0, statement.isGlobal else { return [] }
      let first = statement.module.prefix { $0 != UInt8(ascii: ".") }
      guard let module = modules.atom(first) else { return [] }
      let bound = statement.members.isEmpty ? [Array(first)] : statement.members
      return bound.map { NameTable.hash(of: $0) } + names[Int(module.rawValue)]
    }
  }
}

extension CallableRole {
  /// Whether a call can be a mistake outside coroutines.
  fileprivate var matters: Bool {
    switch self {
    case .coroutine, .bridge, .runner, .concurrent, .spawn, .asgiApp, .request: true
    case .blocking, .offload, .evaluator, .plain: false
    }
  }
}
