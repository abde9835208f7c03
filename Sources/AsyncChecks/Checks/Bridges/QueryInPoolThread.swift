import PythonSemantics
import PythonSyntax

extension Check {
  /// A query of Django's ORM in a thread of a pool, which keeps a connection of its own.
  static let queryInPoolThread = Check(
    name: "query-in-pool-thread",
    messages: [
      CheckMessage("insensitive", ["function"]),
      CheckMessage("pool", ["function", "call"]),
    ],
    kinds: [.call, .functionDef]
  ) { node, context in
    guard context.functions.mayQuery else { return }
    let tree = context.tree
    if let function = tree.functionDef(node) {
      for decorator in tree.nodes(function.decorators) {
        guard let call = tree.call(decorator), context.isInsensitive(call),
          let symbol = context.symbol(of: call.function),
          let fact = context.knowledge.fact(symbol, .bridge),
          context.queries(node, in: tree)
        else { continue }
        context.report(
          "insensitive", fact: fact, span: tree.span(decorator),
          [("function", Array(tree.text(of: function.name)))])
      }
      return
    }
    guard let call = tree.call(node) else { return }
    if let fact = context.fact(ofCall: node, .bridge), context.isInsensitive(call),
      let argument = context.offloadedArgument(of: call, fact),
      let name = context.queryFunction(argument, of: node)
    {
      context.report("insensitive", fact: fact, span: tree.span(node), [("function", name)])
    } else if let fact = context.fact(ofCall: node, .offload), !context.isProcess(fact),
      let argument = context.offloadedArgument(of: call, fact),
      let name = context.queryFunction(argument, of: node)
    {
      context.report(
        "pool", fact: fact, span: tree.span(node), [("function", name), ("call", fact.shownName)])
    }
  }
}

extension CheckContext {
  /// Whether a call runs its function in a process, which has its own connections.
  fileprivate func isProcess(_ fact: KnownCallable) -> Bool {
    let word = StaticString("rocess").bytes
    let name = fact.qualifiedName
    return name.indices.contains { name[$0...].starts(with: word) }
  }

  /// Whether a call has the argument `thread_sensitive=False`.
  fileprivate func isInsensitive(_ call: Call) -> Bool {
    tree.nodes(call.keywords).contains { node in
      guard let keyword = tree.keyword(node), let name = keyword.name else { return false }
      return isOneOf(name, ["thread_sensitive"])
        && tree.constant(keyword.value)?.kind == .false
    }
  }

  /// The name of the function that an argument stands for, if the function sends a query.
  fileprivate func queryFunction(_ argument: NodeID, of node: NodeID) -> [UInt8]? {
    if let lambda = tree.lambda(argument) {
      return queries(lambda.body, in: tree) ? StaticString("lambda").bytes : nil
    }
    if query(argument) == nil, let method = tree.attribute(argument), query(method.value) != nil,
      let symbol = symbol(of: argument), knowledge.fact(symbol, .evaluator) != nil
    {
      return written(argument)
    }
    guard let symbol = symbol(of: argument), let function = project.function(symbol),
      function.colour == .sync, !function.isAmbiguous,
      queries(function.node, in: project[function.module].model.tree),
      !closesConnections(function.node, in: project[function.module].model.tree)
    else { return nil }
    return written(argument)
  }

  /// Whether code names a manager of a class: `Topic.objects`.
  fileprivate func queries(_ node: NodeID, in tree: SyntaxTree) -> Bool {
    contains(node, in: tree) { part in
      guard let manager = tree.attribute(part),
        tree.text(of: manager.name).elementsEqual(StaticString("objects").bytes),
        let name = tree.name(manager.value)?.name ?? tree.attribute(manager.value)?.name,
        let first = tree.text(of: name).first
      else { return false }
      return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
    }
  }

  /// Whether code closes its thread's connections itself.
  private func closesConnections(_ node: NodeID, in tree: SyntaxTree) -> Bool {
    contains(node, in: tree) { part in
      guard let name = tree.attribute(part)?.name ?? tree.name(part)?.name else { return false }
      let text = tree.text(of: name)
      return ["close", "close_all", "close_old_connections"].contains { (other: StaticString) in
        text.elementsEqual(other.bytes)
      }
    }
  }

  private func contains(
    _ node: NodeID, in tree: SyntaxTree, where matches: (NodeID) -> Bool,
  ) -> Bool {
    var stack = [node]
    while let part = stack.popLast() {
      if matches(part) { return true }
      tree.forEachChild(of: part) { stack.append($0) }
    }
    return false
  }
}
