import PythonSemantics
import PythonSyntax

extension Check {
  /// A shared value that is read before an `await` and written after it, in one statement.
  static let updateAcrossAwait = Check(
    name: "update-across-await",
    messages: [
      CheckMessage("update", ["target", "statement"]), CheckMessage("stale", ["target", "name"]),
    ],
    kinds: [.augAssign, .assign]
  ) { node, context in
    let tree = context.tree
    guard let scope = context.coroutineScope(of: node), !context.isTestFile else { return }
    let target: NodeID
    let value: NodeID
    if let update = tree.augAssign(node) {
      (target, value) = (update.target, update.value)
    } else if let assign = tree.assign(node), assign.targets.count == 1,
      let only = tree.nodes(assign.targets).first
    {
      (target, value) = (only, assign.value)
    } else {
      return
    }
    if context.tree.kind(node) == .assign {
      context.checkStaleCopy(node, target, value, scope)
    }
    guard context.isShared(target, in: scope),
      let suspension = context.firstSuspension(below: value, in: scope),
      suspension.keyword.bytes == StaticString("await").bytes,
      tree.kind(node) == .augAssign
        ? context.holdsPlainValue(target)
        : context.reads(target, in: value, before: suspension.node),
      !context.isLocked(node)
    else { return }
    context.report(
      "update", span: tree.span(node),
      [("target", context.written(target)), ("statement", context.written(node))]
    ) { context.splitting(node, value, scope) }
  }
}

extension CheckContext {
  /// Whether other tasks can see what a target holds: an attribute, or a name of an outer scope.
  func isShared(_ target: NodeID, in scope: ScopeID) -> Bool {
    switch tree.kind(target) {
    case .attribute:
      guard let base = tree.attribute(target)?.value else { return false }
      return isSharedBase(base, in: scope)
    case .subscript:
      guard let base = tree.subscript(target)?.value else { return false }
      return isSharedBase(base, in: scope)
    case .name: return variable(target).map { model[$0].scope != scope } ?? false
    default: return false
    }
  }

  private func isSharedBase(_ base: NodeID, in scope: ScopeID) -> Bool {
    if tree.attribute(base) != nil || tree.subscript(base) != nil {
      return isShared(base, in: scope)
    }
    guard let variable = variable(base) else { return false }
    if model[variable].scope != scope || isSelf(base) { return true }
    return soleValue(of: variable).map { isElement($0, in: scope) } ?? false
  }

  /// Whether an expression takes an object out of a shared one: `self.users[key]`,
  /// `self.users.get(key)`.
  private func isElement(_ value: NodeID, in scope: ScopeID) -> Bool {
    if let call = tree.call(value), let method = tree.attribute(call.function) {
      return isNamed(method.name, ["get"]) && isShared(method.value, in: scope)
    }
    return (tree.attribute(value) != nil || tree.subscript(value) != nil)
      && isShared(value, in: scope)
  }

  /// Whether the file gives a target a number or text somewhere. A list or set is changed in place by
  /// `+=` and `|=`, and nothing is lost then.
  fileprivate func holdsPlainValue(_ target: NodeID) -> Bool {
    let text = tree.text(of: target)
    return tree.nodes.contains { node in
      let value: NodeID?
      let targets: [NodeID]
      if let assign = tree.assign(node) {
        (targets, value) = (Array(tree.nodes(assign.targets)), assign.value)
      } else if let assign = tree.annAssign(node) {
        (targets, value) = ([assign.target], assign.value)
      } else {
        return false
      }
      if let annotated = tree.annAssign(node), isNumber(annotated.annotation),
        tree.text(of: annotated.target).elementsEqual(text)
      {
        return true
      }
      if let annotated = tree.annAssign(node), let place = tree.subscript(target),
        let types = tree.subscript(annotated.annotation).flatMap({ tree.tuple($0.slice) }),
        let last = Array(tree.nodes(types.elements)).last, isNumber(last)
      {
        return tree.text(of: annotated.target).elementsEqual(tree.text(of: place.value))
      }
      if let value, isNumberParameter(value) {
        return targets.contains { tree.text(of: $0).elementsEqual(text) }
      }
      guard let kind = value.flatMap({ tree.constant($0)?.kind }) else { return false }
      switch kind {
      case .int, .float, .complex, .string, .bytes: break
      case .none, .true, .false, .ellipsis: return false
      }
      return targets.contains {
        tree.text(of: $0).elementsEqual(text) || isClassAttribute($0, named: target)
      }
    }
  }

  private func isNumber(_ annotation: NodeID) -> Bool {
    isBuiltin(annotation, ["int", "float", "str"])
  }

  /// Whether an expression is a parameter that is annotated as a number or text.
  private func isNumberParameter(_ node: NodeID) -> Bool {
    guard let variable = variable(node), model[variable].bindings.count == 1,
      model[variable].bindings[0].kind == .parameter,
      let annotation = tree.arg(model[variable].bindings[0].node)?.annotation
    else { return false }
    return isNumber(annotation)
  }

  /// Whether a name in the body of a class is the attribute that `self.name` in one of its methods
  /// reads.
  private func isClassAttribute(_ name: NodeID, named target: NodeID) -> Bool {
    guard let attribute = tree.attribute(target), tree.name(name)?.name == attribute.name,
      let base = tree.name(attribute.value),
      tree.text(of: base.name).elementsEqual(StaticString("self").bytes),
      let owner = tree.parent(of: name).flatMap({ tree.parent(of: $0) }),
      tree.kind(owner) == .classDef
    else { return false }
    return tree.span(owner).start < tree.span(target).start
      && tree.span(target).end <= tree.span(owner).end
  }

  /// Whether an expression reads a target before a place in it.
  fileprivate func reads(_ target: NodeID, in value: NodeID, before place: NodeID) -> Bool {
    let text = tree.text(of: target)
    let start = tree.span(place).start
    return subtree(value).contains {
      tree.span($0).end <= start && isReadAlone($0)
        && (tree.kind($0) == tree.kind(target) && tree.text(of: $0).elementsEqual(text)
          || isLookUp($0, of: target))
    }
  }

  /// A name that is called or looked into is not the value that is written back.
  private func isReadAlone(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node) else { return false }
    switch tree.kind(parent) {
    case .binOp, .ifExp, .boolOp: return true
    default: return false
    }
  }

  /// Whether a node stands in a `with` of something that may be a lock.
  func isLocked(_ node: NodeID) -> Bool {
    var child = node
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .withStmt, .asyncWith:
        if let statement = tree.withStmt(parent),
          tree.nodes(statement.items).contains(where: { mayLock($0) })
        {
          return true
        }
      case .functionDef, .asyncFunctionDef, .lambda: return false
      default: break
      }
      child = parent
    }
    return false
  }

  private func mayLock(_ item: NodeID) -> Bool {
    guard let expression = tree.withItem(item)?.contextExpr else { return false }
    if let cls = resolver.instanceClass(of: expression),
      knowledge.fact(cls, trait: "task-lock") != nil
    {
      return true
    }
    let text = written(expression).map { $0 | 0x20 }
    let words: [StaticString] = ["lock", "mutex", "sem", "guard", "cond", "limit", "transaction"]
    return words.contains { contains(text, $0.bytes) }
  }

  /// Whether a text has a word in it.
  func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
    guard text.count >= word.count else { return false }
    return (0...(text.count - word.count)).contains { text[$0...].starts(with: word) }
  }

  /// The fix that awaits first: `delta = await f()`, then `total += delta`.
  fileprivate func splitting(_ node: NodeID, _ value: NodeID, _ scope: ScopeID) -> Fix? {
    guard tree.kind(node) == .augAssign, tree.kind(value) == .awaitExpr,
      tree.nameTable.id(of: "delta") == nil
    else { return nil }
    let start = tree.span(node).start
    let before =
      StaticString("delta = ").bytes + Array(tree.text(of: value)) + lineEnd
      + indentation(of: node)
    guard indentation(of: node).count == column(of: start) else { return nil }
    return .unsafe(
      StaticString("await before the value is read").bytes,
      [
        Edit(span: ByteSpan(start: start, end: start), replacement: before),
        Edit(span: tree.span(value), replacement: StaticString("delta").bytes),
      ])
  }

  /// The number of bytes before an offset on its line.
  func column(of offset: UInt32) -> Int {
    let bytes = tree.source.bytes
    var start = Int(offset)
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    return Int(offset) - start
  }
}
