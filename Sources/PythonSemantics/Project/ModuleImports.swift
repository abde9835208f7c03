package import PythonSyntax

/// An import of one module of the project by another, made when that other one is imported.
package struct ModuleImport: Sendable {
  package let module: ModuleID
  /// The alias, or the statement of a star import.
  package let node: NodeID
}

extension Resolver {
  /// The modules of the project that importing this module imports in turn, in source order of
  /// the names; not those that only functions or type checkers import.
  ///
  /// **Source:** Python reference, "The import system": importing `a.b` imports `a` first.
  package func imports() -> [ModuleImport] {
    var found: [ModuleImport] = []
    for statement in model.starImports {
      if let from = tree.importFrom(statement), let base = symbol(ofModuleIn: from) {
        add(base, statement, to: &found)
      }
    }
    for variable in model.variables where variable.scope == .module {
      for binding in variable.bindings
      where binding.kind == .import || binding.kind == .importFrom {
        guard !isForTypeCheckers(binding.node), let view = tree.alias(binding.node),
          let statement = tree.parent(of: binding.node)
        else { continue }
        guard let from = tree.importFrom(statement) else {
          add(symbol(dotted: tree.text(of: view.name)), binding.node, to: &found)
          continue
        }
        guard let base = symbol(ofModuleIn: from) else { continue }
        add(base, binding.node, to: &found)
        // `from package import module`: the name may also be one of the package's own.
        let name = atom(view.name)
        if !isLocal(base), name.rawValue < Self.firstLocalAtom,
          let child = project.symbols.child(of: base, name)
        {
          add(child, binding.node, to: &found)
        }
      }
    }
    return found
  }

  /// Adds the module that a name begins with, and the packages that it is in.
  private func add(_ symbol: SymbolID, _ node: NodeID, to found: inout [ModuleImport]) {
    var current = symbol
    while current != .root {
      if !isLocal(current), let index = project.moduleIndex[UInt64(current.rawValue)] {
        found.append(ModuleImport(module: ModuleID(index), node: node))
      }
      current = parent(of: current)
    }
  }

  /// Whether a statement stands under `if TYPE_CHECKING:`.
  private func isForTypeCheckers(_ node: NodeID) -> Bool {
    var current = node
    while let parent = tree.parent(of: current) {
      if let view = tree.ifStmt(parent), current != view.test,
        let name = tree.name(view.test)?.name ?? tree.attribute(view.test)?.name,
        name == tree.nameTable.id(of: "TYPE_CHECKING")
      {
        return true
      }
      current = parent
    }
    return false
  }
}
