import PythonSemantics
import PythonSyntax

extension Check {
  /// A relation of a SQLAlchemy model that no query has loaded, read in a coroutine: the read would
  /// have to send a query, and an `AsyncSession` cannot do that without `await`.
  static let lazyRelationRead = Check(
    name: "lazy-relation-read",
    messages: [CheckMessage("read", ["relation", "field", "model"])],
    traits: ["orm-session", "orm-select", "orm-relation"],
    kinds: [.attribute]
  ) { node, context in
    let tree = context.tree
    guard let attribute = tree.attribute(node), attribute.context == .load,
      tree.kind(attribute.value) == .name, context.coroutineScope(of: node) != nil,
      tree.nameTable.id(of: "sqlalchemy") != nil || tree.nameTable.id(of: "AsyncSession") != nil,
      let model = context.fetchedModel(attribute.value),
      context.isLazyRelation(attribute.name, of: model),
      !context.isHandedOn(attribute, before: node, orReadThrough: ["awaitable_attrs"])
    else { return }
    context.report(
      "read", span: tree.span(node),
      [
        ("relation", context.written(node)), ("field", Array(tree.text(of: attribute.name))),
        ("model", Array(context.project.symbols.text(of: context.project.symbols.atom(of: model)))),
      ])
  }
}

extension CheckContext {
  /// The model of the instance that a name holds, when a query of this function fetched it without
  /// options.
  fileprivate func fetchedModel(_ node: NodeID) -> SymbolID? {
    guard let variable = variable(node), model[variable].bindings.count == 1 else { return nil }
    let binding = model[variable].bindings[0]
    guard let parent = tree.parent(of: binding.node) else { return nil }
    switch binding.kind {
    case .assignment: return tree.assign(parent).flatMap { fetched($0.value, depth: 0) }
    case .named: return tree.namedExpr(parent).flatMap { fetched($0.value, depth: 0) }
    case .forTarget, .comprehensionTarget:
      guard
        let iterable = tree.forStmt(parent)?.iterable ?? tree.comprehensionFor(parent)?.iterable
      else { return nil }
      return fetched(iterable, depth: 0)
    default: return nil
    }
  }

  /// The model that an expression fetches: `await session.get(Post, 1)`, `result.scalar_one()`.
  private func fetched(_ node: NodeID, depth: Int) -> SymbolID? {
    guard depth < 12 else { return nil }
    if let operand = tree.awaitExpr(node)?.value { return fetched(operand, depth: depth + 1) }
    if tree.kind(node) == .name {
      return variable(node).flatMap { soleValue(of: $0) }.flatMap { fetched($0, depth: depth + 1) }
    }
    guard let call = tree.call(node), let method = tree.attribute(call.function) else { return nil }
    if let cls = resolver.instanceClass(of: method.value),
      knowledge.fact(cls, trait: "orm-session") != nil
    {
      guard let first = tree.nodes(call.arguments).first else { return nil }
      if isNamed(method.name, ["get", "get_one"]) {
        return call.keywords.isEmpty ? mappedClass(first) : nil
      }
      guard isNamed(method.name, ["execute", "scalar", "scalars"]) else { return nil }
      return selected(first, depth: depth + 1)
    }
    guard
      isNamed(
        method.name,
        [
          "scalar", "scalars", "scalar_one", "scalar_one_or_none", "one", "one_or_none", "first",
          "all", "unique",
        ])
    else { return nil }
    return fetched(method.value, depth: depth + 1)
  }

  /// The model of a `select(Post).where(…)` without `options`.
  private func selected(_ node: NodeID, depth: Int) -> SymbolID? {
    guard depth < 12 else { return nil }
    if tree.kind(node) == .name {
      return variable(node).flatMap { soleValue(of: $0) }.flatMap { selected($0, depth: depth + 1) }
    }
    guard let call = tree.call(node) else { return nil }
    if fact(ofCall: node, trait: "orm-select") != nil {
      let arguments = tree.nodes(call.arguments)
      return arguments.count == 1 ? mappedClass(arguments[0]) : nil
    }
    guard let method = tree.attribute(call.function), !isNamed(method.name, ["options"]) else {
      return nil
    }
    return selected(method.value, depth: depth + 1)
  }

  private func mappedClass(_ node: NodeID) -> SymbolID? {
    symbol(of: node).flatMap { project.cls($0) == nil ? nil : $0 }
  }

  /// Whether a field of a model is a `relationship` that is loaded when it is read.
  fileprivate func isLazyRelation(_ name: NameID, of cls: SymbolID) -> Bool {
    let text = tree.text(of: name)
    var open = [cls]
    var seen = 0
    while let current = open.popLast(), seen < 16 {
      seen += 1
      guard let definition = project.cls(current) else { continue }
      open += definition.bases
      let other = project[definition.module].model.tree
      guard let view = other.classDef(definition.node) else { continue }
      for statement in other.nodes(view.body) {
        let target: NodeID?
        let value: NodeID?
        if let assign = other.annAssign(statement) {
          (target, value) = (assign.target, assign.value)
        } else if let assign = other.assign(statement) {
          (target, value) = (other.nodes(assign.targets).first, assign.value)
        } else {
          continue
        }
        guard let target, let field = other.name(target)?.name,
          other.text(of: field).elementsEqual(text)
        else { continue }
        return value.map { isLazyRelationship($0, in: other) } ?? false
      }
    }
    return false
  }

  private func isLazyRelationship(_ value: NodeID, in other: SyntaxTree) -> Bool {
    guard let call = other.call(value),
      let name = other.name(call.function)?.name ?? other.attribute(call.function)?.name,
      other.text(of: name).elementsEqual(StaticString("relationship").bytes)
    else { return false }
    return !other.nodes(call.keywords).contains { node in
      guard let keyword = other.keyword(node) else { return false }
      // `**options` may hold anything.
      guard let name = keyword.name else { return true }
      return other.text(of: name).elementsEqual(StaticString("lazy").bytes)
    }
  }
}
