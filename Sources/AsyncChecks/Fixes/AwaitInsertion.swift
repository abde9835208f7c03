import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// The fix that puts `await` before a call, where that is legal.
  func awaitInsertion(_ node: NodeID, _ applicability: Applicability) -> Fix? {
    guard canAwait(at: node) else { return nil }
    let span = tree.span(node)
    let before = Edit(
      span: ByteSpan(start: span.start, end: span.start),
      replacement: StaticString("await ").bytes)
    let title = StaticString("insert `await`").bytes
    guard needsParentheses(node) else { return fix(applicability, title, [before]) }
    let open = Edit(span: before.span, replacement: StaticString("(await ").bytes)
    let close = Edit(
      span: ByteSpan(start: span.end, end: span.end), replacement: StaticString(")").bytes)
    return fix(applicability, title, [open, close])
  }

  /// The fix that awaits another callable with the same arguments: `time.sleep(` becomes
  /// `await asyncio.sleep(`.
  func awaitedReplacement(
    of node: NodeID, by name: [UInt8], _ applicability: Applicability,
  ) -> Fix? {
    guard canAwait(at: node), let call = tree.call(node),
      let spelling = spelling(of: name, at: node)
    else { return nil }
    let isNested = needsParentheses(node)
    let start: StaticString = isNested ? "(await " : "await "
    var edits: [Edit] = []
    if let edit = spelling.importEdit { edits.append(edit) }
    edits.append(
      Edit(span: tree.span(call.function), replacement: start.bytes + spelling.text))
    if isNested {
      let end = tree.span(node).end
      edits.append(
        Edit(span: ByteSpan(start: end, end: end), replacement: StaticString(")").bytes))
    }
    let title = StaticString("replace by `await ").bytes + name + StaticString("(…)`").bytes
    return fix(applicability, title, edits)
  }

  /// The fix by a drop-in replacement: another function, or a method of the same class.
  ///
  /// - Parameter isMethod: Whether the call is known to be one of a method, although the class of
  ///   the receiver is not known to the resolver.
  func dropInFix(
    _ node: NodeID, _ fact: KnownCallable, _ applicability: Applicability, isMethod: Bool = false,
  ) -> Fix? {
    guard fact.isDropIn, let name = named(fact), let call = tree.call(node) else { return nil }
    guard let attribute = tree.attribute(call.function),
      isMethod || resolver.instanceClass(of: attribute.value) != nil
    else { return awaitedReplacement(of: node, by: name, applicability) }
    let dot = UInt8(ascii: ".")
    guard let end = name.lastIndex(of: dot), let own = fact.qualifiedName.lastIndex(of: dot),
      name[..<end].elementsEqual(fact.qualifiedName[..<own]),
      let inserted = awaitInsertion(node, applicability)
    else { return nil }
    let last = Array(name[(end + 1)...])
    let span = tree.nameSpan(ofAttribute: call.function)
    let edits = (inserted.edits + [Edit(span: span, replacement: last)]).sorted {
      ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end)
    }
    let title = StaticString("replace by `await ….").bytes + last + StaticString("(…)`").bytes
    return fix(applicability, title, edits)
  }

  func fix(_ applicability: Applicability, _ title: [UInt8], _ edits: [Edit]) -> Fix {
    switch applicability {
    case .safe: .safe(title, edits)
    case .unsafe: .unsafe(title, edits)
    case .displayOnly: .displayOnly(title, edits)
    }
  }

  /// Whether `await` is legal at a node: its function is a coroutine function, and no lambda or
  /// generator expression lies between.
  func canAwait(at node: NodeID) -> Bool {
    var scope = model.scope(of: node)
    while true {
      let current = model[scope]
      switch current.kind {
      case .asyncFunction: return true
      case .module: return model.isNotebook
      case .comprehension, .typeParameters: scope = current.parent
      case .classBody, .function, .lambda, .generatorExpression: return false
      }
    }
  }

  /// Whether an `await` before the node would take in what stands after it.
  private func needsParentheses(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node) else { return false }
    switch tree.kind(parent) {
    case .attribute: return tree.attribute(parent)?.value == node
    case .subscript: return tree.subscript(parent)?.value == node
    case .call: return tree.call(parent)?.function == node
    default: return false
    }
  }
}
