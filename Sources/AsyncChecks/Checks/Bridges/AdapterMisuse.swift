import PythonSemantics
import PythonSyntax

extension Check {
  /// An adapter such as `sync_to_async` that got the result of a call, or that is awaited itself.
  static let adapterOfResult = Check(
    name: "adapter-of-result",
    messages: [
      CheckMessage("called", ["adapter", "function", "call"]),
      CheckMessage("uncalled", ["adapter", "function"]),
      CheckMessage("result", ["adapter", "function", "call"]),
    ],
    traits: ["async-to-sync"],
    traitsOutsideCoroutines: ["async-to-sync"],
    kinds: [.call]
  ) { node, context in
    guard let (fact, argument) = context.adapterCall(node) else { return }
    let tree = context.tree
    let isAwaited = tree.parent(of: node).map { tree.kind($0) == .awaitExpr } ?? false
    let inner = tree.call(argument)
    let function = context.written(inner?.function ?? argument)
    let values: [(placeholder: StaticString, value: [UInt8])] = [
      ("adapter", fact.lastName), ("function", function), ("call", context.written(argument)),
    ]
    if isAwaited, fact.role == .bridge {
      if inner == nil {
        guard context.mayBeFunction(argument) else { return }
        context.report("uncalled", fact: fact, span: tree.span(node), values)
      } else {
        context.report("called", fact: fact, span: tree.span(node), values) {
          context.callMoved(out: node, argument)
        }
      }
      return
    }
    guard inner != nil, context.givesNoFunction(argument) else { return }
    context.report("result", fact: fact, span: tree.span(node), values) {
      let isCalled = tree.parent(of: node).flatMap { tree.call($0) }?.function == node
      return isCalled ? nil : context.callMoved(out: node, argument)
    }
  }

  /// `async_to_sync` around a function that is synchronous already.
  static let asyncToSyncOfFunction = Check(
    name: "async-to-sync-of-function",
    messages: [
      CheckMessage("call", ["function"]),
      CheckMessage("decorator", ["function"]),
    ],
    traits: ["async-to-sync"],
    traitsOutsideCoroutines: ["async-to-sync"],
    kinds: [.call, .functionDef]
  ) { node, context in
    let tree = context.tree
    if let function = tree.functionDef(node) {
      for decorator in tree.nodes(function.decorators) {
        guard let symbol = context.symbol(of: tree.call(decorator)?.function ?? decorator),
          let fact = context.knowledge.fact(symbol, trait: "async-to-sync"),
          context.returnsPlainValue(node, in: tree)
        else { continue }
        context.report(
          "decorator", fact: fact, span: tree.span(decorator),
          [("function", Array(tree.text(of: function.name)))])
      }
      return
    }
    guard let fact = context.fact(ofCall: node, trait: "async-to-sync"),
      let call = tree.call(node), let argument = tree.nodes(call.arguments).first,
      let symbol = context.symbol(of: argument), let function = context.project.function(symbol),
      function.colour == .sync, !function.isAmbiguous, function.decoration.keepsCalls,
      context.returnsPlainValue(
        function.node, in: context.project[function.module].model.tree)
    else { return }
    context.report(
      "call", fact: fact, span: tree.span(node), [("function", context.written(argument))])
  }
}

extension KnownCallable {
  /// The last part of its name.
  var lastName: [UInt8] {
    qualifiedName.split(separator: UInt8(ascii: ".")).last.map(Array.init) ?? qualifiedName
  }
}

extension CheckContext {
  /// The adapter that a call makes and the argument that it adapts.
  fileprivate func adapterCall(_ node: NodeID) -> (KnownCallable, NodeID)? {
    guard let call = tree.call(node),
      let fact = fact(ofCall: node, .bridge) ?? fact(ofCall: node, trait: "async-to-sync"),
      let argument = tree.nodes(call.arguments).first, tree.kind(argument) != .starred
    else { return nil }
    return (fact, argument)
  }

  /// Whether a call stands where an adapter such as `sync_to_async` wants the function itself.
  func isHandedToAdapter(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node), let (_, argument) = adapterCall(parent) else {
      return false
    }
    return argument == node
  }

  /// Whether an expression may stand for a function: a name or attribute, or a lambda.
  fileprivate func mayBeFunction(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .name, .attribute, .lambda: true
    default: false
    }
  }

  /// Whether a call certainly gives something that cannot be called.
  fileprivate func givesNoFunction(_ node: NodeID) -> Bool {
    if coroutineCall(node) != nil { return true }
    if fact(ofCall: node, .evaluator) != nil || fact(ofCall: node, .blocking) != nil {
      return true
    }
    guard let function = projectFunction(ofCall: node), function.colour == .sync,
      !function.isAmbiguous, function.decoration.keepsCalls
    else { return false }
    let tree = project[function.module].model.tree
    return returnsPlainValue(function.node, in: tree)
  }

  /// Whether a function certainly returns something that is neither awaitable nor callable: its
  /// annotation is a builtin type, or every `return` gives a literal, a display or nothing.
  fileprivate func returnsPlainValue(_ function: NodeID, in tree: SyntaxTree) -> Bool {
    guard let view = tree.functionDef(function), !isStub(view, in: tree) else { return false }
    if let annotation = view.returns {
      let named = tree.subscript(annotation)?.value ?? annotation
      if tree.constant(named)?.kind == ConstantKind.none { return true }
      guard let name = tree.name(named)?.name else { return false }
      let text = tree.text(of: name)
      let plain: [StaticString] = [
        "int", "str", "bool", "float", "bytes", "list", "dict", "set", "tuple", "frozenset",
      ]
      return plain.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
    }
    var stack = Array(tree.nodes(view.body))
    while let node = stack.popLast() {
      switch tree.kind(node) {
      case .functionDef, .asyncFunctionDef, .classDef, .lambda: continue
      case .yieldExpr, .yieldFrom: return false
      case .returnStmt:
        if let value = tree.returnStmt(node)?.value, !isPlain(value, in: tree) { return false }
      default: tree.forEachChild(of: node) { stack.append($0) }
      }
    }
    return true
  }

  /// Whether a function has no body of its own, so that others override it.
  private func isStub(_ view: FunctionDef, in tree: SyntaxTree) -> Bool {
    tree.nodes(view.body).allSatisfy { statement in
      switch tree.kind(statement) {
      case .passStmt, .raiseStmt: true
      case .exprStmt:
        tree.exprStmt(statement).map { tree.kind($0.value) == .constant } ?? false
      default: false
      }
    }
  }

  private func isPlain(_ node: NodeID, in tree: SyntaxTree) -> Bool {
    switch tree.kind(node) {
    case .constant, .joinedStr, .list, .tuple, .set, .dict, .listComp, .setComp, .dictComp,
      .compare:
      true
    default: false
    }
  }

  /// The fix that makes `adapter(f(x))` into `adapter(f)(x)`.
  fileprivate func callMoved(out node: NodeID, _ argument: NodeID) -> Fix? {
    guard let outer = tree.call(node), outer.arguments.count == 1, outer.keywords.isEmpty,
      let inner = tree.call(argument)
    else { return nil }
    let function = tree.span(inner.function).end
    let last = ByteSpan(start: tree.span(argument).end, end: tree.span(node).end)
    // Only the bracket, perhaps with a comma and space before it.
    guard !written(last).contains(UInt8(ascii: "#")) else { return nil }
    return .safe(
      StaticString("call the adapter's result").bytes,
      [
        Edit(
          span: ByteSpan(start: function, end: function), replacement: StaticString(")").bytes),
        Edit(span: last, replacement: []),
      ])
  }
}
