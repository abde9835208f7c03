import PythonSemantics
import PythonSyntax

/// A point at which a coroutine may be suspended, and other tasks run.
struct Suspension {
  let node: NodeID
  /// `await`, `async for`, `async with` or `yield`.
  let keyword: StaticString
}

extension CheckContext {
  /// The first id of the subtree that ends with a node.
  func firstNode(below node: NodeID) -> NodeID {
    var first = node
    while true {
      var least = first
      tree.forEachChild(of: first) { if $0.index < least.index { least = $0 } }
      if least == first { return first }
      first = least
    }
  }

  /// The nodes of the subtree of a node, itself included, in postorder.
  func subtree(_ node: NodeID) -> [NodeID] {
    (firstNode(below: node).index...node.index).map { NodeID(UInt32($0)) }
  }

  /// Whether a node is another one or stands below it.
  func isInside(_ node: NodeID, _ ancestor: NodeID) -> Bool {
    node.index <= ancestor.index && node.index >= firstNode(below: ancestor).index
  }

  /// Whether a node belongs to the code of a function itself, not to that of a function in it.
  func isRun(_ node: NodeID, by scope: ScopeID) -> Bool {
    model.executionScope(of: model.scope(of: node)) == scope
  }

  /// The first point below a node at which the function of a scope may be suspended.
  func firstSuspension(below node: NodeID, in scope: ScopeID) -> Suspension? {
    var found: Suspension?
    for inner in subtree(node) {
      guard let keyword = suspension(inner), isRun(inner, by: scope) else { continue }
      let start = tree.span(inner).start
      if let found, tree.span(found.node).start <= start { continue }
      found = Suspension(node: inner, keyword: keyword)
    }
    return found
  }

  /// The first point in a list of statements at which the function of a scope may be suspended.
  func firstSuspension(in statements: NodeList, in scope: ScopeID) -> Suspension? {
    for statement in tree.nodes(statements) {
      if let found = firstSuspension(below: statement, in: scope) { return found }
    }
    return nil
  }

  /// The keyword with which a node suspends the coroutine that runs it.
  private func suspension(_ node: NodeID) -> StaticString? {
    switch tree.kind(node) {
    case .awaitExpr: return "await"
    case .asyncFor: return "async for"
    case .asyncWith: return "async with"
    case .yieldExpr: return "yield"
    case .comprehension: return tree.comprehensionFor(node)?.isAsync == true ? "async for" : nil
    default: return nil
    }
  }

  /// Whether a node stands in an `if` that asks for a version or a feature, or in a `try` that
  /// handles its absence.
  func isVersionGuarded(_ node: NodeID) -> Bool {
    var child = node
    while let parent = tree.parent(of: child) {
      if let choice = tree.ifStmt(parent), choice.test != child, asksForVersion(choice.test) {
        return true
      }
      if let choice = tree.ifExp(parent), choice.test != child, asksForVersion(choice.test) {
        return true
      }
      // `sys.version_info < (3, 14) and …`
      if let values = tree.boolOp(parent)?.values, let first = tree.nodes(values).first,
        first != child, asksForVersion(first)
      {
        return true
      }
      if let attempt = tree.tryStmt(parent), tree.nodes(attempt.body).contains(child),
        handles(attempt, ["AttributeError", "ImportError", "TypeError", "NotImplementedError"])
      {
        return true
      }
      child = parent
    }
    return false
  }

  private func asksForVersion(_ test: NodeID) -> Bool {
    subtree(test).contains { node in
      guard let name = tree.name(node)?.name ?? tree.attribute(node)?.name else { return false }
      let text = tree.text(of: name)
      let known: [StaticString] = ["version_info", "hasattr", "python_version", "hexversion"]
      return known.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
        || text.starts(with: StaticString("PY").bytes)
        || text.starts(with: StaticString("IS_PY").bytes)
    }
  }

  /// Whether a `try` has a handler for one of the builtin exceptions, or for all.
  func handles(_ attempt: TryStmt, _ names: [StaticString]) -> Bool {
    tree.nodes(attempt.handlers).contains { handler in
      guard let type = tree.exceptHandler(handler)?.type else { return true }
      let types = tree.tuple(type).map { Array(tree.nodes($0.elements)) } ?? [type]
      return types.contains { isBuiltin($0, names + ["Exception", "BaseException"]) }
    }
  }

  /// The function definition whose own code a node is; `nil` at module and class level.
  func function(around node: NodeID) -> NodeID? {
    let scope = model[model.executionScope(of: model.scope(of: node))]
    return tree.functionDef(scope.node) == nil ? nil : scope.node
  }

  /// The variable that a name means.
  func variable(_ node: NodeID) -> VariableID? {
    tree.name(node).flatMap { model.lookUp($0.name, from: model.scope(of: node)) }
  }

  /// Whether the owner of an attribute was handed to somebody, or the attribute was set, before a
  /// place, so that it may have been loaded.
  ///
  /// - Parameter attributes: Others of the owner that load it.
  func isHandedOn(
    _ attribute: Attribute, before node: NodeID, orReadThrough attributes: [StaticString] = [],
  ) -> Bool {
    guard let variable = variable(attribute.value) else { return true }
    return references[variable].contains { reference in
      guard reference < node, let parent = tree.parent(of: reference) else { return false }
      switch tree.kind(parent) {
      case .call, .keyword, .list, .tuple, .starred: return true
      case .attribute:
        guard let use = tree.attribute(parent) else { return false }
        return use.name == attribute.name && use.context == .store
          || isNamed(use.name, attributes)
      default: return false
      }
    }
  }

  /// The expression that gave a variable its value, when it has one binding and that is a plain
  /// assignment.
  func soleValue(of variable: VariableID) -> NodeID? { soleValue(of: variable, in: model) }

  /// The same of a variable of any module.
  func soleValue(of variable: VariableID, in model: SemanticModel) -> NodeID? {
    let tree = model.tree
    let bindings = model[variable].bindings
    guard bindings.count == 1, let parent = tree.parent(of: bindings[0].node) else { return nil }
    switch bindings[0].kind {
    case .assignment:
      guard let assign = tree.assign(parent), assign.targets.count == 1 else { return nil }
      return assign.value
    case .annotated: return tree.annAssign(parent)?.value
    case .named: return tree.namedExpr(parent)?.value
    default: return nil
    }
  }

  /// The value of an expression, looking through `await` and through a name that has one value.
  func origin(_ node: NodeID) -> NodeID {
    if let operand = tree.awaitExpr(node)?.value { return origin(operand) }
    if let variable = variable(node), let value = soleValue(of: variable) {
      return tree.awaitExpr(value)?.value ?? value
    }
    return node
  }

  /// Whether a name's or attribute's last part is one of some texts.
  func isNamed(_ node: NodeID, _ texts: [StaticString]) -> Bool {
    guard let name = tree.attribute(node)?.name ?? tree.name(node)?.name else { return false }
    let text = tree.text(of: name)
    return texts.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
  }

  /// The statement that a node belongs to.
  func statement(of node: NodeID) -> NodeID {
    var current = node
    while let parent = tree.parent(of: current) {
      if resolver.block(of: parent, holding: current) != nil { return current }
      current = parent
    }
    return current
  }

  /// The white space before the first byte of a node's line.
  func indentation(of node: NodeID) -> [UInt8] {
    let bytes = tree.source.bytes
    var start = Int(tree.span(node).start)
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    return Array(bytes[start...].prefix { $0 == 0x20 || $0 == 0x09 })
  }

  /// The edit that adds a line after a statement, indented as it; `nil` if more stands on its line.
  func lineInsertion(_ text: [UInt8], after statement: NodeID) -> Edit? {
    let bytes = tree.source.bytes
    let end = Int(tree.span(statement).end)
    var next = end
    while next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
    let isLast =
      next == bytes.count || bytes[next] == 0x0A || bytes[next] == 0x0D
      || bytes[next] == UInt8(ascii: "#")
    // A statement that does not begin its line shares it with another, or with a header.
    let start = Int(tree.span(statement).start)
    let indentation = indentation(of: statement)
    var first = start
    while first > 0, bytes[first - 1] != 0x0A, bytes[first - 1] != 0x0D { first -= 1 }
    guard isLast, first + indentation.count == start else { return nil }
    var stop = next
    while stop < bytes.count, bytes[stop] != 0x0A, bytes[stop] != 0x0D { stop += 1 }
    return Edit(
      span: ByteSpan(start: UInt32(stop), end: UInt32(stop)),
      replacement: lineEnd + indentation + text)
  }

  // MARK: Functions of the project

  /// Whether a function only says that there must be one: its body raises or does nothing.
  func isStub(_ definition: FunctionDefinition) -> Bool {
    let tree = project[definition.module].model.tree
    return tree.functionDef(definition.node).map { isStub($0, tree) } ?? false
  }

  /// Whether a body of a function raises or does nothing.
  func isStub(_ function: FunctionDef, _ tree: SyntaxTree) -> Bool {
    tree.nodes(function.body).allSatisfy { statement in
      switch tree.kind(statement) {
      case .passStmt, .raiseStmt: return true
      case .exprStmt: return tree.exprStmt(statement).flatMap { tree.constant($0.value) } != nil
      default: return false
      }
    }
  }

  /// Whether a call never comes back, as the annotation of the project's function says:
  /// `-> NoReturn`.
  func neverReturns(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .call, let function = projectFunction(ofCall: node) else {
      return false
    }
    let tree = project[function.module].model.tree
    guard let annotation = tree.functionDef(function.node)?.returns,
      let name = tree.attribute(annotation)?.name ?? tree.name(annotation)?.name
    else { return false }
    let text = tree.text(of: name)
    let never: [StaticString] = ["NoReturn", "Never"]
    return never.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
  }
}
