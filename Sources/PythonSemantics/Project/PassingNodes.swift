import PythonSyntax

/// The nodes of a statement through which others can get hold of what their names stand for: bases
/// and decorators, annotations of results and attributes, what is returned, and what is assigned to
/// an attribute, a name of the module or a name that is returned.
///
/// Of a value these are the names that it is made from, such as the class that is called, not its
/// arguments. What a function does with other names stays inside it.
struct PassingNodes {
  /// Whether an `async def` of the statement can be reached from outside.
  private(set) var passesCoroutine = false
  private let first: Int
  private var isPassing: [Bool]
  private let tree: SyntaxTree

  /// - Parameter first: The first node of the statement's subtree.
  init(of statement: NodeID, from first: Int, in tree: SyntaxTree) {
    self.first = first
    self.tree = tree
    isPassing = [Bool](repeating: false, count: statement.index - first + 1)
    let isClass = tree.classDef(statement) != nil
    let isDefinition = isClass || tree.functionDef(statement) != nil
    if let cls = tree.classDef(statement) {
      for node in tree.nodes(cls.bases) { mark(node) }
      for node in tree.nodes(cls.keywords) { mark(node) }
      for node in tree.nodes(cls.decorators) { mark(node) }
    }
    var returned: [NameID] = []
    for index in first...statement.index {
      let node = NodeID(UInt32(index))
      switch tree.kind(node) {
      case .asyncFunctionDef:
        markSignature(node)
        if node == statement || isReachable(node, statement) { passesCoroutine = true }
      case .functionDef: markSignature(node)
      case .returnStmt:
        guard let value = tree.returnStmt(node)?.value else { continue }
        markValue(value)
        if let name = tree.name(value)?.name { returned.append(name) }
      default: continue
      }
    }
    for index in first...statement.index {
      let node = NodeID(UInt32(index))
      switch tree.kind(node) {
      case .assign:
        guard let assign = tree.assign(node) else { continue }
        let isPassed = tree.nodes(assign.targets).contains {
          passes($0, of: node, in: statement, isDefinition, returned)
        }
        if isPassed { markValue(assign.value) }
      case .annAssign:
        guard let assign = tree.annAssign(node),
          passes(assign.target, of: node, in: statement, isDefinition, returned)
        else { continue }
        mark(assign.annotation)
        if let value = assign.value { markValue(value) }
      case .namedExpr:
        guard let named = tree.namedExpr(node),
          passes(named.target, of: node, in: statement, isDefinition, returned)
        else { continue }
        markValue(named.value)
      case .withItem:
        guard let item = tree.withItem(node), let target = item.target,
          passes(target, of: node, in: statement, isDefinition, returned)
        else { continue }
        markValue(item.contextExpr)
      case .forStmt:
        if !isDefinition, let loop = tree.forStmt(node) { mark(loop.iterable) }
      default: continue
      }
    }
  }

  /// Whether others can get hold of what is assigned to a target.
  private func passes(
    _ target: NodeID, of statement: NodeID, in definition: NodeID, _ isDefinition: Bool,
    _ returned: [NameID],
  ) -> Bool {
    if !isDefinition || isInBody(statement, definition) { return true }
    switch tree.kind(target) {
    case .attribute, .tuple, .list: return true
    case .name: return tree.name(target).map { returned.contains($0.name) } ?? false
    default: return false
    }
  }

  func contains(_ node: NodeID) -> Bool { isPassing[node.index - first] }

  /// Whether code without `async` that has the definition can call an `async def` in it: not the
  /// special methods of `async with` and `async for`.
  private func isReachable(_ function: NodeID, _ definition: NodeID) -> Bool {
    guard tree.classDef(definition) != nil, isInBody(function, definition),
      let name = tree.functionDef(function)?.name
    else { return true }
    let special: [StaticString] = ["__aenter__", "__aexit__", "__aiter__", "__anext__"]
    return !special.contains { isText($0, of: name) }
  }

  private func isText(_ text: StaticString, of name: NameID) -> Bool {
    text.withUTF8Buffer { tree.text(of: name).elementsEqual($0) }
  }

  private mutating func markSignature(_ function: NodeID) {
    guard let view = tree.functionDef(function) else { return }
    for node in tree.nodes(view.decorators) { mark(node) }
    if let returns = view.returns { mark(returns) }
  }

  /// Marks the subtree of a node, which is the run of nodes that ends with it.
  private mutating func mark(_ node: NodeID) {
    let start = tree.span(node).start
    var index = node.index
    while index >= first, tree.span(NodeID(UInt32(index))).start >= start {
      isPassing[index - first] = true
      index -= 1
    }
  }

  /// Marks what a value is made from.
  private mutating func markValue(_ value: NodeID) {
    var pending = [value]
    while let node = pending.popLast() {
      switch tree.kind(node) {
      case .name: mark(node)
      case .attribute:
        isPassing[node.index - first] = true
        if let attribute = tree.attribute(node) { pending.append(attribute.value) }
      case .call: if let call = tree.call(node) { pending.append(call.function) }
      case .awaitExpr: if let value = tree.awaitExpr(node)?.value { pending.append(value) }
      case .namedExpr: if let named = tree.namedExpr(node) { pending.append(named.value) }
      case .starred: if let starred = tree.starred(node) { pending.append(starred.value) }
      case .subscript: if let view = tree.subscript(node) { pending.append(view.value) }
      case .binOp: if let view = tree.binOp(node) { pending.append(view.left) }
      case .ifExp:
        if let choice = tree.ifExp(node) { pending += [choice.body, choice.orElse] }
      case .boolOp: if let view = tree.boolOp(node) { pending += tree.nodes(view.values) }
      case .tuple, .list, .set:
        for child in tree.children(of: node) { pending.append(child) }
      case .dict:
        for child in tree.children(of: node) { pending.append(child) }
      default: continue
      }
    }
  }

  private func isInBody(_ statement: NodeID, _ definition: NodeID) -> Bool {
    tree.parent(of: statement) == definition
  }
}
