import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// The function that runs a node on the event loop: a coroutine or async generator, or a method
  /// that a framework calls there, such as `data_received` of an `asyncio.Protocol`.
  func loopScope(of node: NodeID) -> ScopeID? {
    guard hasCoroutines else { return nil }
    let context = model.executionContext(of: node)
    if let scope = context.coroutineScope { return scope }
    switch context {
    case .function(let scope):
      return isLoopCallback(scope) || isHandedToLoop(scope) ? scope : nil
    case .lambda(let scope): return isHandedToLoop(scope) ? scope : nil
    default: return nil
    }
  }

  /// Whether the file tells a loop to call a function or lambda: `loop.call_later(5, refresh)`.
  private func isHandedToLoop(_ scope: ScopeID) -> Bool {
    handedToLoop[UInt64(model[scope].node.rawValue)] != nil
  }

  /// The functions and lambdas of the file that are only there for a loop to call.
  func findHandedToLoop() -> IDTable {
    var found = IDTable()
    guard Self.loopCallers.contains(where: { tree.nameTable.id(of: $0) != nil }) else {
      return found
    }
    for node in tree.nodes where tree.kind(node) == .call {
      guard let (fact, argument) = loopCallback(node), !isCalledWhenReady(fact) else { continue }
      if tree.kind(argument) == .lambda {
        found[UInt64(argument.rawValue)] = 1
      } else if let function = projectFunction(named: argument),
        function.module == resolver.moduleID, functions.runsWhenCalled(function),
        isOnlyNamed(at: argument)
      {
        found[UInt64(function.node.rawValue)] = 1
      }
    }
    return found
  }

  /// Whether the file has the last name of an expression nowhere else: what others call too may
  /// well block.
  private func isOnlyNamed(at argument: NodeID) -> Bool {
    guard let name = lastName(argument) else { return false }
    return !tree.nodes.contains { node in
      node != argument && lastName(node) == name
        && (tree.kind(node) == .name || tree.kind(node) == .attribute)
    }
  }

  /// The methods of a loop that hand it a function.
  static let loopCallers: [StaticString] = [
    "call_soon", "call_later", "call_at", "call_soon_threadsafe", "add_done_callback",
    "add_reader", "add_writer", "add_signal_handler",
  ]

  /// Whether the loop calls the function when a file has something to read, or room to write.
  func isCalledWhenReady(_ fact: KnownCallable) -> Bool {
    let names: [StaticString] = ["add_reader", "add_writer"]
    return names.contains { fact.lastName == $0.bytes }
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
  func inheritedFact(
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
