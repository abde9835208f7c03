import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Reports `self.total = seen + 1` where `seen` was read from `self.total` before an `await`.
  func checkStaleCopy(_ node: NodeID, _ target: NodeID, _ value: NodeID, _ scope: ScopeID) {
    guard isShared(target, in: scope), tree.kind(value) == .binOp || tree.kind(value) == .name,
      let name = copiedName(in: value), let copy = variable(name), model[copy].scope == scope,
      let (source, parent, isGrown) = copied(copy),
      isCopy(source, of: target, isChanged: isGrown || tree.kind(value) == .binOp),
      suspends(between: parent, and: node, in: scope), !isLocked(node),
      isOnlyWrite(to: target, after: parent, before: node)
    else { return }
    report(
      "stale", span: tree.span(node),
      [("target", written(target)), ("name", written(name))])
  }

  /// What a local name was given, in which statement, and whether only `+=` and the like changed it
  /// since.
  private func copied(
    _ variable: VariableID
  ) -> (source: NodeID, statement: NodeID, isGrown: Bool)? {
    let bindings = model[variable].bindings
    guard let first = bindings.first, bindings.dropFirst().allSatisfy({ $0.kind == .augmented }),
      let statement = tree.parent(of: first.node)
    else { return nil }
    if let value = soleValue(of: variable) { return (value, statement, false) }
    guard first.kind == .assignment, bindings.count <= 4, let assign = tree.assign(statement),
      assign.targets.count == 1
    else { return nil }
    return (assign.value, statement, true)
  }

  /// The name that the new value is computed from: `seen + 1`, or `seen` alone.
  private func copiedName(in value: NodeID) -> NodeID? {
    if tree.kind(value) == .name { return value }
    guard let operation = tree.binOp(value) else { return nil }
    if tree.kind(operation.left) == .name { return operation.left }
    return tree.kind(operation.right) == .name ? operation.right : nil
  }

  /// Whether an expression is what a target holds, or that with something added.
  private func isCopy(_ source: NodeID, of target: NodeID, isChanged: Bool) -> Bool {
    let text = written(target)
    if isChanged { return written(source) == text || isLookUp(source, of: target) }
    guard let operation = tree.binOp(source) else { return false }
    return written(operation.left) == text || written(operation.right) == text
  }

  /// `counts.get(key, 0)`, where the target is `counts[key]`.
  func isLookUp(_ source: NodeID, of target: NodeID) -> Bool {
    guard let call = tree.call(source), let method = tree.attribute(call.function),
      isNamed(method.name, ["get"]), let key = tree.nodes(call.arguments).first,
      let place = tree.subscript(target)
    else { return false }
    return written(method.value) == written(place.value) && written(key) == written(place.slice)
  }

  /// Whether two statements stand in one block and the function may be suspended between them.
  private func suspends(between first: NodeID, and last: NodeID, in scope: ScopeID) -> Bool {
    guard let parent = tree.parent(of: first),
      let block = resolver.block(of: parent, holding: first),
      let start = block.firstIndex(of: first)
    else { return false }
    for statement in block[(start + 1)...] {
      if statement == last { return false }
      guard let found = firstSuspension(below: statement, in: scope) else { continue }
      // What comes later in the block, or in the same loop behind the suspension.
      return tree.span(found.node).start < tree.span(last).start
        && block.contains { isInside(last, $0) }
    }
    return false
  }

  /// Whether nothing between two statements writes to the target.
  private func isOnlyWrite(to target: NodeID, after first: NodeID, before last: NodeID) -> Bool {
    let text = written(target)
    let (start, end) = (tree.span(first).end, tree.span(last).start)
    return !tree.nodes.contains { node in
      let span = tree.span(node)
      guard span.start >= start, span.end <= end else { return false }
      if let assign = tree.assign(node) {
        return tree.nodes(assign.targets).contains { written($0) == text }
      }
      return tree.augAssign(node).map { written($0.target) == text } ?? false
    }
  }
}
