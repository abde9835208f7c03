import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether a coroutine method that synchronous code calls may be another function at run time:
  /// its class is a protocol, which a synchronous class may implement as well, or the project
  /// replaces coroutine functions by wrappers.
  func mayBeSynchronous(_ coroutine: CoroutineCall, at node: NodeID) -> Bool {
    guard case .function = model.executionContext(of: node),
      let function = project.function(coroutine.symbol), let owner = function.owner
    else { return false }
    if let cls = project.cls(owner), isProtocol(cls) { return true }
    let package = topLevel(of: function.symbol)
    return project.modules.contains { module in
      topLevel(of: module.symbol) == package && replacesCoroutines(module.model.tree)
    }
  }

  private func isProtocol(_ cls: ClassDefinition) -> Bool {
    let tree = project[cls.module].model.tree
    guard let view = tree.classDef(cls.node) else { return false }
    return tree.nodes(view.bases).contains { base in
      let named = tree.subscript(base)?.value ?? base
      guard let name = tree.attribute(named)?.name ?? tree.name(named)?.name else { return false }
      return tree.text(of: name).elementsEqual(StaticString("Protocol").bytes)
    }
  }

  private func topLevel(of symbol: SymbolID) -> SymbolID {
    var current = symbol
    while true {
      let above = project.symbols.parent(of: current)
      if above == .root { return current }
      current = above
    }
  }

  /// Whether a module looks for coroutine functions and sets attributes of any name to functions
  /// that it defines on the spot: `setattr(cls, name, wrapper)`.
  private func replacesCoroutines(_ tree: SyntaxTree) -> Bool {
    guard tree.nameTable.id(of: "setattr") != nil,
      tree.nameTable.id(of: "iscoroutinefunction") != nil
    else { return false }
    return tree.nodes.contains { node in
      guard let call = tree.call(node), let name = tree.name(call.function)?.name,
        tree.text(of: name).elementsEqual(StaticString("setattr").bytes),
        call.arguments.count == 3
      else { return false }
      let arguments = Array(tree.nodes(call.arguments))
      guard tree.kind(arguments[1]) == .name, let value = tree.name(arguments[2])?.name else {
        return false
      }
      return tree.nodes.contains { other in
        tree.functionDef(other)?.name == value
      }
    }
  }
}
