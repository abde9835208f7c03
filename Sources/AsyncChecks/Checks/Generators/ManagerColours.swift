import PythonSemantics
import PythonSyntax

/// Which of the two `with` statements a value supports.
enum ManagerColour {
  /// `with` only.
  case sync
  /// `async with` only.
  case async
  /// Neither: a coroutine that has to be awaited first.
  case coroutine
  /// Both, or nobody knows.
  case unknown
}

extension CheckContext {
  /// Which `with` statement the value of an expression supports.
  func managerColour(of node: NodeID) -> ManagerColour {
    if tree.kind(node) == .call, let callee = callee(of: node) {
      if fact(ofCall: node, trait: "async-manager") != nil { return .async }
      if fact(ofCall: node, trait: "sync-manager") != nil { return .sync }
      if let function = project.function(callee) {
        if function.isCoroutineFunction { return .coroutine }
        if let colour = decoratedColour(of: function) { return colour }
      }
    }
    if tree.kind(node) == .name, let variable = variable(node), let value = soleValue(of: variable),
      tree.kind(value) == .call
    {
      return managerColour(of: value)
    }
    guard let cls = resolver.instanceClass(of: node) else { return .unknown }
    if knowledge.fact(cls, trait: "async-manager") != nil { return .async }
    if knowledge.fact(cls, trait: "sync-manager") != nil { return .sync }
    guard hasOwnBasesOnly(cls) else { return .unknown }
    let entersSync = resolver.method("__enter__", of: cls) != nil
    let entersAsync = resolver.method("__aenter__", of: cls) != nil
    if entersSync == entersAsync { return .unknown }
    return entersSync ? .sync : .async
  }

  /// What `@contextmanager` or `@asynccontextmanager` make of a function.
  private func decoratedColour(of function: FunctionDefinition) -> ManagerColour? {
    let tree = project[function.module].model.tree
    guard !function.isAmbiguous, let view = tree.functionDef(function.node),
      view.decorators.count == 1, let decorator = tree.nodes(view.decorators).first,
      let name = tree.name(decorator)?.name ?? tree.attribute(decorator)?.name
    else { return nil }
    let text = tree.text(of: name)
    if text.elementsEqual(StaticString("contextmanager").bytes) {
      return function.colour == .generator ? .sync : nil
    }
    if text.elementsEqual(StaticString("asynccontextmanager").bytes) {
      return function.colour == .asyncGenerator ? .async : nil
    }
    return nil
  }

  /// Whether all methods of a class are known: it and its bases are classes of the project.
  func hasOwnBasesOnly(_ cls: SymbolID, depth: Int = 0) -> Bool {
    guard depth < 16, let definition = project.cls(cls), !definition.hasUnknownBase else {
      return false
    }
    let tree = project[definition.module].model.tree
    guard let view = tree.classDef(definition.node), view.keywords.count == 0 else { return false }
    return definition.bases.allSatisfy { base in
      isPlainBase(base) || hasOwnBasesOnly(base, depth: depth + 1)
    }
  }

  /// Bases of the standard library that bring none of the methods in question.
  private func isPlainBase(_ base: SymbolID) -> Bool {
    let names: [StaticString] = ["builtins.object", "typing.Generic", "abc.ABC"]
    let name = project.symbols.name(of: base)
    return names.contains { $0.bytes == name }
  }
}
