import PythonSemantics
import PythonSyntax

extension CheckContext {
  // MARK: Below a node

  /// Whether a node below some nodes that the same function runs has a property.
  func contains(_ list: some Sequence<NodeID>, where predicate: (NodeID) -> Bool) -> Bool {
    list.contains { contains($0, where: predicate) }
  }

  /// Whether a node, or one below it that the same function runs, has a property.
  func contains(_ node: NodeID, where predicate: (NodeID) -> Bool) -> Bool {
    var stack = [node]
    while let current = stack.popLast() {
      if predicate(current) { return true }
      if current != node, opensFunction(current) { continue }
      tree.forEachChild(of: current) { stack.append($0) }
    }
    return false
  }

  /// Calls the body with a node and those below it that the same function runs.
  func forEachOwnNode(in node: NodeID, _ body: (NodeID) -> Void) {
    _ = contains(node) {
      body($0); return false
    }
  }

  /// Whether code below the node runs when somebody calls it.
  func opensFunction(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .functionDef, .asyncFunctionDef, .lambda, .classDef: true
    default: false
    }
  }

  /// Whether running a node may let other tasks run: `await`, `async for`, `async with`, `yield`.
  func isCheckpoint(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .awaitExpr, .asyncFor, .asyncWith, .yieldExpr, .yieldFrom: true
    case .comprehension: tree.comprehensionFor(node)?.isAsync ?? false
    default: false
    }
  }

  /// Where the last node of a function ends that may let other tasks run; 0 when there is none.
  func endOfLastCheckpoint(in function: NodeID) -> UInt32 {
    let key = UInt64(function.rawValue)
    if let known = checkpointEnds[key] { return known }
    var last: UInt32 = 0
    forEachOwnNode(in: function) { node in
      if isCheckpoint(node) { last = max(last, tree.span(node).end) }
    }
    checkpointEnds[key] = last
    return last
  }

  /// Whether cancellation can be raised somewhere below a node.
  func mayWait(_ node: NodeID) -> Bool {
    !opensFunction(node) && contains(node) { isCheckpoint($0) }
  }

  // MARK: Above a node

  /// The function, lambda or class that runs a node; `nil` at the top of the module.
  func owner(of node: NodeID) -> NodeID? {
    let scope = model.executionScope(of: model.scope(of: node))
    return scope == .module ? nil : model[scope].node
  }

  /// The most nodes around another one that are looked at. Chains of `elif` or `+` may be of any
  /// length, but hundreds are more than people write.
  static var highestClimb: Int { 1000 }

  /// The nodes around a node inside of its function, from the inside out, each with its child; no
  /// more than ``highestClimb``.
  func surroundings(of node: NodeID) -> [(parent: NodeID, child: NodeID)] {
    var result: [(parent: NodeID, child: NodeID)] = []
    var child = node
    while result.count < Self.highestClimb, let parent = tree.parent(of: child),
      !opensFunction(parent)
    {
      result.append((parent, child))
      child = parent
    }
    return result
  }

  /// Whether a `with` statement's body, not its head, holds the child.
  func isBody(_ child: NodeID, ofWith statement: NodeID) -> Bool {
    tree.kind(child) != .withItem
      && (tree.kind(statement) == .withStmt || tree.kind(statement) == .asyncWith)
  }

  // MARK: Names

  /// Whether a name is one of some words.
  func isNamed(_ name: NameID, _ words: [StaticString]) -> Bool {
    let text = tree.text(of: name)
    return words.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
  }

  /// The last name of `a.b.c` or `c`.
  func lastName(_ node: NodeID) -> NameID? {
    tree.attribute(node)?.name ?? tree.name(node)?.name
  }

  /// The name of the method that a call calls: `cancel` of `task.cancel()`.
  func methodName(ofCall node: NodeID) -> NameID? {
    tree.call(node).flatMap { tree.attribute($0.function)?.name }
  }

  /// The object whose method a call calls.
  func receiver(ofCall node: NodeID) -> NodeID? {
    tree.call(node).flatMap { tree.attribute($0.function)?.value }
  }

  /// Whether two expressions are written the same way.
  func isSameText(_ left: NodeID, _ right: NodeID) -> Bool {
    tree.text(of: left).elementsEqual(tree.text(of: right))
  }

  /// An argument by keyword, or by position where no `*` stands before it.
  func argument(_ call: Call, _ position: Int, _ keyword: StaticString) -> NodeID? {
    if let value = self.keyword(call, keyword) { return value }
    let arguments = Array(tree.nodes(call.arguments))
    guard position < arguments.count,
      arguments[...position].allSatisfy({ tree.kind($0) != .starred })
    else { return nil }
    return arguments[position]
  }

  /// The value of a keyword argument.
  func keyword(_ call: Call, _ name: StaticString) -> NodeID? {
    for node in tree.nodes(call.keywords) {
      if let view = tree.keyword(node), let word = view.name, isNamed(word, [name]) {
        return view.value
      }
    }
    return nil
  }

  // MARK: Functions

  /// Whether a function is called as it is defined: no decorator changes it, and nobody is handed
  /// the function itself.
  func isPlainFunction(_ function: NodeID) -> Bool {
    guard let view = tree.functionDef(function),
      let symbol = resolver.module.symbol(ofDefinition: function),
      let definition = project.function(symbol), definition.decoration != .unknown,
      definition.decoration != .contextManager
    else { return false }
    guard let variable = model.lookUp(view.name, from: model.scope(of: function)) else {
      return true
    }
    return references[variable].allSatisfy { name in
      tree.parent(of: name).flatMap { tree.call($0) }?.function == name
    }
  }

  /// Whether a function is a generator, asynchronous or not.
  func isGenerator(_ function: NodeID) -> Bool {
    model.scope(openedBy: function).map { model[$0].isGenerator } ?? false
  }

  // MARK: Context managers

  /// The first item of a `with` statement whose context has one of some traits.
  func item(of statement: NodeID, _ traits: [StaticString])
    -> (item: NodeID, fact: KnownCallable)?
  {
    guard let view = tree.withStmt(statement) else { return nil }
    for item in tree.nodes(view.items) {
      guard let expression = tree.withItem(item)?.contextExpr else { continue }
      let call = tree.awaitExpr(expression)?.value ?? expression
      for trait in traits {
        if let fact = fact(ofCall: call, trait: trait) { return (item, fact) }
      }
    }
    return nil
  }
}
