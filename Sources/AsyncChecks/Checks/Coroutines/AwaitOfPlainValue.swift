import PythonSemantics
import PythonSyntax

extension Check {
  /// `await` of something that cannot be awaited.
  static let awaitOfPlainValue = Check(
    name: "await-of-plain-value",
    messages: [
      CheckMessage("function", ["call"]),
      CheckMessage("library", ["call", "replacement"]),
      CheckMessage("generator", ["call"]),
      CheckMessage("collection", ["value"]),
      CheckMessage("value", ["value"]),
    ],
    traits: ["not-awaitable"],
    kinds: [.awaitExpr]
  ) { node, context in
    let tree = context.tree
    guard let operand = tree.awaitExpr(node)?.value else { return }
    let span = tree.span(operand)
    switch tree.kind(operand) {
    case .list, .tuple, .set, .listComp, .setComp, .generatorExp, .dict, .dictComp:
      context.report("collection", span: span, [("value", context.written(operand))]) {
        context.gathering(node, operand)
      }
    case .constant, .joinedStr, .compare, .lambda:
      context.report("value", span: span, [("value", context.written(operand))]) {
        context.awaitRemoval(node)
      }
    case .call: context.checkAwaited(operand, in: node)
    default: return
    }
  }
}

extension CheckContext {
  fileprivate func checkAwaited(_ operand: NodeID, in node: NodeID) {
    guard let call = tree.call(operand) else { return }
    let span = tree.span(operand)
    if let fact = fact(ofCall: operand, trait: "not-awaitable") {
      report(
        "library", fact: fact, span: span,
        [("call", fact.shownName), ("replacement", named(fact) ?? [])]
      ) { awaitRemoval(node) }
      return
    }
    guard let function = projectFunction(ofCall: operand), isPlainResult(of: function),
      !hasAsyncTwin(function)
    else { return }
    let values = [(placeholder: "call" as StaticString, value: written(call.function))]
    if function.colour == .asyncGenerator {
      report("generator", span: span, values)
    } else {
      report("function", span: span, values) { awaitRemoval(node) }
    }
  }

  /// Whether the project has the method as a coroutine in the class `AsyncHandler` beside `Handler`:
  /// an annotation often names only one of them.
  private func hasAsyncTwin(_ function: FunctionDefinition) -> Bool {
    guard let owner = function.owner else { return false }
    let symbols = project.symbols
    let twin = StaticString("Async").bytes + symbols.text(of: symbols.atom(of: owner))
    let method = symbols.text(of: symbols.atom(of: function.symbol))
    return project.classes.contains { cls in
      guard symbols.text(of: symbols.atom(of: cls.symbol)).elementsEqual(twin) else { return false }
      return project.functions.contains {
        $0.owner == cls.symbol && $0.colour == .coroutine
          && symbols.text(of: symbols.atom(of: $0.symbol)).elementsEqual(method)
      }
    }
  }

  /// The fix that takes the `await` out.
  fileprivate func awaitRemoval(_ node: NodeID) -> Fix? {
    let start = tree.span(node).start
    let text = tree.text(of: node).dropFirst(5)
    // Brackets around the operand stay.
    let blanks = text.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let edit = Edit(
      span: ByteSpan(start: start, end: start + 5 + UInt32(blanks)), replacement: [])
    return .safe(StaticString("remove `await`").bytes, [edit])
  }

  /// The fix that runs the coroutines of a list: `await asyncio.gather(*[…])`.
  fileprivate func gathering(_ node: NodeID, _ operand: NodeID) -> Fix? {
    guard dialect == .asyncio, elements(of: operand).contains(where: { coroutineCall($0) != nil }),
      let spelling = spelling(of: StaticString("asyncio.gather").bytes, at: node)
    else { return nil }
    var edits = [spelling.importEdit].compactMap { $0 }
    let span = tree.span(operand)
    edits.append(
      Edit(
        span: ByteSpan(start: span.start, end: span.start),
        replacement: spelling.text + StaticString("(*").bytes))
    edits.append(
      Edit(span: ByteSpan(start: span.end, end: span.end), replacement: StaticString(")").bytes))
    return .unsafe(StaticString("await `asyncio.gather(…)`").bytes, edits)
  }

  /// The elements of a display or comprehension.
  func elements(of node: NodeID) -> [NodeID] {
    if let comprehension = tree.comprehension(node) { return [comprehension.element] }
    let list = tree.list(node) ?? tree.tuple(node) ?? tree.set(node)
    return list.map { Array(tree.nodes($0.elements)) } ?? []
  }
}
