import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// The function that runs a node on the event loop: a coroutine or async generator, or a method
  /// that a framework calls there, such as `data_received` of an `asyncio.Protocol`.
  func loopScope(of node: NodeID) -> ScopeID? {
    guard hasCoroutines else { return nil }
    let context = model.executionContext(of: node)
    if let scope = context.coroutineScope { return scope }
    guard case .function(let scope) = context, isLoopCallback(scope) else { return nil }
    return scope
  }

  /// Whether a decorator says that the event loop calls a plain function: `@callback`.
  private func isLoopCallback(decorators function: FunctionDef) -> Bool {
    tree.nodes(function.decorators).contains { decorator in
      if tree.kind(decorator) == .call {
        return fact(ofCall: decorator, trait: "loop-callback") != nil
      }
      return symbol(of: decorator).flatMap { knowledge.fact($0, trait: "loop-callback") } != nil
    }
  }

  /// Whether a function takes the place of a method that the event loop calls, or a decorator says
  /// that it is called there.
  private func isLoopCallback(_ scope: ScopeID) -> Bool {
    let node = model[scope].node
    guard let function = tree.functionDef(node) else { return false }
    if isLoopCallback(decorators: function) { return true }
    guard let owner = resolver.owner(ofMethod: node), let cls = project.cls(owner) else {
      return false
    }
    let atom = resolver.atom(function.name)
    guard knowledge.mayHaveFacts(atom) else { return false }
    return cls.bases.contains { base in
      guard let inherited = project.inheritedFact(atom, of: base, in: knowledge) else {
        return false
      }
      return knowledge.fact(inherited, trait: "loop-callback") != nil
    }
  }
}

extension Project {
  /// The member of that name of a class or the nearest of its bases that anybody has facts about.
  fileprivate func inheritedFact(
    _ atom: AtomID, of cls: SymbolID, in knowledge: Knowledge, depth: Int = 0,
  ) -> SymbolID? {
    if let child = symbols.child(of: cls, atom), !knowledge.facts(child).isEmpty { return child }
    guard depth < 16, let definition = self.cls(cls) else { return nil }
    for base in definition.bases {
      if let found = inheritedFact(atom, of: base, in: knowledge, depth: depth + 1) {
        return found
      }
    }
    return nil
  }
}
