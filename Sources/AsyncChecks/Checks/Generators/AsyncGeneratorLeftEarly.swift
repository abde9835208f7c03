import PythonSemantics
import PythonSyntax

extension Check {
  /// `async for` over a generator with clean-up, left by `break` or `return`.
  static let asyncGeneratorLeftEarly = Check(
    name: "async-generator-left-early",
    messages: [CheckMessage("left", ["statement", "generator"])],
    kinds: [.asyncFor]
  ) { node, context in
    let tree = context.tree
    guard let loop = tree.forStmt(node), let call = tree.call(loop.iterable),
      let function = context.projectFunction(ofCall: loop.iterable),
      function.colour == .asyncGenerator, !function.isAmbiguous, function.decoration.keepsCalls,
      context.cleansUp(function), !context.isTestFile, let exit = context.exit(of: node, loop)
    else { return }
    let words = tree.text(of: exit).prefix { $0 != 0x20 && $0 != 0x28 }
    let note = Note(
      file: nil, span: tree.span(exit),
      message: StaticString("the loop is left here").bytes)
    context.report(
      "left", span: tree.span(loop.iterable),
      [("statement", Array(words)), ("generator", context.written(call.function))],
      notes: [note]
    ) { context.closingFix(of: node, loop) }
  }
}

extension CheckContext {
  /// Whether a generator has something to do when it is closed at one of its `yield`s.
  fileprivate func cleansUp(_ function: FunctionDefinition) -> Bool {
    let other = project[function.module].model
    for node in other.tree.nodes where other.tree.kind(node) == .yieldExpr {
      guard other[other.executionScope(of: other.scope(of: node))].node == function.node else {
        continue
      }
      var child = node
      while let parent = other.tree.parent(of: child), parent != function.node {
        if let view = other.tree.tryStmt(parent), !view.finalBody.isEmpty,
          !other.tree.nodes(view.finalBody).contains(child)
        {
          return true
        }
        if other.tree.withStmt(parent) != nil, other.tree.kind(child) != .withItem { return true }
        child = parent
      }
    }
    return false
  }

  /// The first statement by which a loop is left before its end.
  fileprivate func exit(of loop: NodeID, _ view: ForStmt) -> NodeID? {
    var found: NodeID?
    for statement in tree.nodes(view.body) where !opensFunction(statement) {
      forEachOwnNode(in: statement) { node in
        switch tree.kind(node) {
        case .returnStmt: break
        case .breakStmt:
          guard surroundings(of: node).first(where: { isLoop($0.parent) })?.parent == loop else {
            return
          }
        default: return
        }
        if found.map({ tree.span(node).start < tree.span($0).start }) ?? true { found = node }
      }
    }
    return found
  }

  // MARK: The fix

  /// The fix that puts the loop into `async with aclosing(…)`.
  fileprivate func closingFix(of node: NodeID, _ loop: ForStmt) -> Fix? {
    guard let indent = ownIndentation(of: node), !hasLongText(node),
      let spelling = spelling(of: StaticString("contextlib.aclosing").bytes, at: node),
      let name = freeName(at: node)
    else { return nil }
    let bytes = tree.source.bytes
    let (span, iterable) = (tree.span(node), tree.span(loop.iterable))
    var text = StaticString("async with ").bytes + spelling.text + StaticString("(").bytes
    text += bytes[iterable.indices]
    text += StaticString(") as ").bytes + name + StaticString(":\n").bytes + indent
    text += StaticString("    ").bytes
    let own =
      Array(bytes[Int(span.start)..<Int(iterable.start)]) + name
      + Array(bytes[Int(iterable.end)..<Int(span.end)])
    for (index, line) in own.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if index > 0 { text += line.isEmpty ? [0x0A] : StaticString("\n    ").bytes }
      text += line
    }
    var edits: [Edit] = []
    if let edit = spelling.importEdit { edits.append(edit) }
    edits.append(Edit(span: span, replacement: text))
    return .unsafe(StaticString("close the generator with `aclosing`").bytes, edits)
  }

  /// Whether a text goes over several lines, which must not be indented.
  private func hasLongText(_ node: NodeID) -> Bool {
    var stack = [node]
    while let current = stack.popLast() {
      switch tree.kind(current) {
      case .constant, .joinedStr, .templateStr:
        if tree.text(of: current).contains(0x0A) { return true }
      default: break
      }
      tree.forEachChild(of: current) { stack.append($0) }
    }
    return false
  }

  /// A name for the generator that the file does not use.
  private func freeName(at node: NodeID) -> [UInt8]? {
    let names: [StaticString] = ["items", "generator", "values"]
    return names.first { tree.nameTable.id(of: $0.bytes) == nil }?.bytes
  }
}
