import PythonSemantics
import PythonSyntax

extension Check {
  /// A mark of pytest on a fixture, where marks do nothing.
  static let markOnFixture = Check(
    name: "mark-on-fixture",
    messages: [CheckMessage("mark", ["mark", "function"])],
    traits: ["fixture", "mark"],
    kinds: [.functionDef, .asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node) else { return }
    let decorators = Array(tree.nodes(function.decorators))
    guard decorators.contains(where: { context.decorator($0, has: "fixture") }) else { return }
    for decorator in decorators where context.decorator(decorator, has: "mark") {
      context.report(
        "mark", span: tree.span(decorator),
        [
          ("mark", context.written(decorator)),
          ("function", Array(tree.text(of: function.name))),
        ]
      ) { context.lineRemoved(decorator) }
    }
  }

  /// A function that the whole program shares, replaced by a mock: `patch("asyncio.sleep")`.
  static let sharedFunctionPatched = Check(
    name: "shared-function-patched",
    messages: [CheckMessage("patched", ["function"])],
    traits: ["patcher", "shared-clock"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let call = tree.call(node), context.isPatcher(node, call),
      let target = context.patchedFunction(call)
    else { return }
    // With a replacement the author decides what it does.
    context.report("patched", span: tree.span(target.node), [("function", target.name)])
  }
}

extension CheckContext {
  /// Whether a decorator, or what it is a call of, is known by a trait.
  fileprivate func decorator(_ node: NodeID, has trait: StaticString) -> Bool {
    let callee = tree.call(node)?.function ?? node
    return symbol(of: callee).flatMap { knowledge.fact($0, trait: trait) } != nil
  }

  /// The fix that removes the line of a decorator.
  fileprivate func lineRemoved(_ decorator: NodeID) -> Fix? {
    let bytes = tree.source.bytes
    var start = Int(tree.span(decorator).start)
    while start > 0, bytes[start - 1] != 0x0A {
      start -= 1
      guard bytes[start] == 0x20 || bytes[start] == 0x09 || bytes[start] == UInt8(ascii: "@")
      else { return nil }
    }
    var end = Int(tree.span(decorator).end)
    while end < bytes.count, bytes[end] != 0x0A {
      guard bytes[end] == 0x20 || bytes[end] == 0x0D else { return nil }
      end += 1
    }
    guard end < bytes.count else { return nil }
    return .safe(
      StaticString("remove the mark").bytes,
      [Edit(span: ByteSpan(start: UInt32(start), end: UInt32(end + 1)), replacement: [])])
  }

  /// Whether a call replaces something by a mock: `mock.patch(…)`, `mocker.patch(…)`.
  fileprivate func isPatcher(_ node: NodeID, _ call: Call) -> Bool {
    if fact(ofCall: node, trait: "patcher") != nil { return true }
    guard let method = tree.attribute(call.function) else { return false }
    // The fixtures of pytest-mock and pytest come as parameters without annotations.
    if let receiver = tree.name(method.value)?.name {
      if isOneOf(receiver, ["mocker"]) { return isOneOf(method.name, ["patch"]) }
    }
    return false
  }

  /// The shared function that the first argument of a patcher names.
  fileprivate func patchedFunction(_ call: Call) -> (node: NodeID, name: [UInt8])? {
    guard let argument = tree.nodes(call.arguments).first, call.arguments.count == 1,
      tree.constant(argument)?.kind == .string
    else { return nil }
    let text = tree.source.text(of: tree.span(argument)).filter {
      $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'")
    }
    // A replacement of the author's own may do the right thing.
    for keyword in tree.nodes(call.keywords) {
      guard let name = tree.keyword(keyword)?.name else { return nil }
      if isOneOf(name, ["new", "side_effect", "wraps", "new_callable"]) { return nil }
    }
    let parts = text.split(separator: UInt8(ascii: "."))
    guard parts.count >= 2 else { return nil }
    // `shop.poller.asyncio.sleep` is the same object as `asyncio.sleep`.
    let last = parts.suffix(2)
    let name = Array(last.first ?? []) + [UInt8(ascii: ".")] + Array(last.last ?? [])
    guard let symbol = project.symbols.symbol(dotted: name),
      knowledge.fact(symbol, trait: "shared-clock") != nil
    else { return nil }
    return (argument, name)
  }
}
