import PythonSemantics
import PythonSyntax

extension Check {
  /// A list of awaitables handed to a callable that wants them one by one.
  static let gatherOfList = Check(
    name: "gather-of-list",
    messages: [CheckMessage("argument", ["call", "argument"])],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, .concurrent), let call = tree.call(node) else {
      return
    }
    for argument in tree.nodes(call.arguments) {
      guard context.isCollection(argument) else { continue }
      let span = context.argumentSpan(argument, in: call)
      context.report(
        "argument", fact: fact, span: span,
        [("call", fact.shownName), ("argument", context.written(span))]
      ) { context.starInsertion(argument, span, in: call) }
    }
  }
}

extension CheckContext {
  /// Whether an expression is a display or comprehension, or a name that only such were given.
  func isCollection(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .list, .tuple, .set, .listComp, .setComp, .generatorExp: return true
    case .call:
      guard let call = tree.call(node) else { return false }
      return isBuiltin(call.function, ["list", "tuple", "set"])
    case .name: return displays(of: node) != nil
    default: return false
    }
  }

  /// The displays and comprehensions that a name was given; `nil` if it may hold anything else.
  func displays(of node: NodeID) -> [NodeID]? {
    guard let name = tree.name(node),
      let variable = model.lookUp(name.name, from: model.scope(of: node))
    else { return nil }
    var bindings = model[variable].bindings
    if bindings.count > 1, let last = resolver.definiteBinding(of: variable, at: node) {
      bindings = [last]
    }
    var values: [NodeID] = []
    for binding in bindings {
      guard let statement = tree.parent(of: binding.node) else { return nil }
      let value: NodeID?
      switch binding.kind {
      case .assignment: value = tree.assign(statement)?.value
      case .annotated: value = tree.annAssign(statement)?.value
      case .augmented: continue
      default: return nil
      }
      guard let value else { return nil }
      switch tree.kind(value) {
      case .list, .tuple, .set, .listComp, .setComp, .generatorExp: values.append(value)
      default: return nil
      }
    }
    return values.isEmpty ? nil : values
  }

  /// The span of an argument; a sole generator expression has the call's brackets in its own span,
  /// which are left out.
  fileprivate func argumentSpan(_ argument: NodeID, in call: Call) -> ByteSpan {
    let span = tree.span(argument)
    guard tree.kind(argument) == .generatorExp, opening(of: call) == Int(span.start) else {
      return span
    }
    let bytes = tree.source.bytes
    var start = span.start + 1
    var end = span.end - 1
    while start < end, isSpace(bytes[Int(start)]) { start += 1 }
    while end > start, isSpace(bytes[Int(end) - 1]) { end -= 1 }
    return ByteSpan(start: start, end: end)
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// The offset of a call's opening bracket: only white space and brackets stand before it.
  private func opening(of call: Call) -> Int {
    let bytes = tree.source.bytes
    var index = Int(tree.span(call.function).end)
    while index < bytes.count, bytes[index] != 0x28 { index += 1 }
    return index
  }

  /// The fix that unpacks an argument.
  fileprivate func starInsertion(_ argument: NodeID, _ span: ByteSpan, in call: Call) -> Fix? {
    let star = StaticString("*").bytes
    let title = StaticString("insert the missing `*`").bytes
    if span != tree.span(argument) {
      let open = Edit(
        span: ByteSpan(start: span.start, end: span.start),
        replacement: StaticString("*(").bytes)
      let close = Edit(
        span: ByteSpan(start: span.end, end: span.end), replacement: StaticString(")").bytes)
      return .safe(title, [open, close])
    }
    let start = openParenthesis(before: span.start, in: call) ?? span.start
    let edit = Edit(span: ByteSpan(start: start, end: start), replacement: star)
    return .safe(title, [edit])
  }

  /// A parenthesis around the argument belongs behind the star.
  private func openParenthesis(before start: UInt32, in call: Call) -> UInt32? {
    let bytes = tree.source.bytes
    let opening = opening(of: call)
    var index = Int(start)
    var found: UInt32?
    while index > opening + 1 {
      index -= 1
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      case 0x28: found = UInt32(index)
      default: return found
      }
    }
    return found
  }
}
