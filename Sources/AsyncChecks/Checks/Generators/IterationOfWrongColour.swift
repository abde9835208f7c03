import PythonSemantics
import PythonSyntax

extension Check {
  /// `for`, or a builtin that iterates, on something that only `async for` can iterate.
  static let forOverAsyncIterable = Check(
    name: "for-over-async-iterable",
    messages: [
      CheckMessage("loop", ["iterable"]), CheckMessage("call", ["iterable", "function"]),
    ],
    traits: ["async-iterable"],
    kinds: [.forStmt, .comprehension, .call, .starred, .assign, .augAssign, .compare, .yieldFrom]
  ) { node, context in
    let tree = context.tree
    if let (iterable, taker) = context.takenApart(by: node) {
      if context.iterableColour(of: iterable) == .async {
        context.report(
          "call", span: tree.span(iterable),
          [("iterable", context.iterableName(iterable)), ("function", taker)])
      }
      return
    }
    if let call = tree.call(node) {
      let names: [StaticString] = [
        "list", "tuple", "set", "dict", "sorted", "sum", "min", "max", "any", "all", "enumerate",
        "zip", "map", "filter", "iter", "next",
      ]
      guard context.isBuiltin(call.function, names) else { return }
      for argument in tree.nodes(call.arguments)
      where context.iterableColour(of: argument) == .async {
        context.report(
          "call", span: tree.span(argument),
          [
            ("iterable", context.iterableName(argument)),
            ("function", context.written(call.function)),
          ])
      }
      return
    }
    let clause = tree.comprehensionFor(node)
    guard clause?.isAsync != true, let iterable = clause?.iterable ?? tree.forStmt(node)?.iterable,
      context.iterableColour(of: iterable) == .async
    else { return }
    context.report(
      "loop", span: tree.span(iterable), [("iterable", context.iterableName(iterable))]
    ) {
      let isLazy = tree.parent(of: node).map { tree.kind($0) == .generatorExp } ?? false
      return isLazy ? nil : context.asyncInsertion(before: node)
    }
  }

  /// `async for` on something that only `for` can iterate.
  static let asyncForOverIterable = Check(
    name: "async-for-over-iterable",
    messages: [CheckMessage("loop", ["iterable"]), CheckMessage("coroutine", ["iterable"])],
    kinds: [.asyncFor, .comprehension]
  ) { node, context in
    let tree = context.tree
    let clause = tree.comprehensionFor(node)
    guard clause?.isAsync != false, let iterable = clause?.iterable ?? tree.forStmt(node)?.iterable
    else { return }
    let values = [(placeholder: "iterable" as StaticString, value: context.iterableName(iterable))]
    switch context.iterableColour(of: iterable) {
    case .sync:
      context.report("loop", span: tree.span(iterable), values) {
        context.asyncRemoval(from: tree.span(node).start)
      }
    case .coroutine:
      context.report("coroutine", span: tree.span(iterable), values) {
        guard let removal = context.asyncRemoval(from: tree.span(node).start),
          let insertion = context.awaitInsertion(iterable, .unsafe)
        else { return nil }
        return .unsafe(
          StaticString("iterate over the awaited result").bytes, removal.edits + insertion.edits)
      }
    case .async, .unknown: return
    }
  }
}

extension CheckContext {
  /// What an operator, statement or method iterates over, and what a message calls that: `*pages()`,
  /// `first, second = pages()`, `text in pages()`, `found.extend(pages())`.
  fileprivate func takenApart(by node: NodeID) -> (iterable: NodeID, taker: [UInt8])? {
    switch tree.kind(node) {
    case .starred:
      guard let value = tree.starred(node)?.value else { return nil }
      return (value, StaticString("*").bytes)
    case .yieldFrom:
      guard let value = tree.yieldFrom(node)?.value else { return nil }
      return (value, StaticString("yield from").bytes)
    case .assign:
      guard let assign = tree.assign(node), let target = tree.nodes(assign.targets).first,
        tree.kind(target) == .tuple || tree.kind(target) == .list
      else { return nil }
      return (assign.value, written(target) + StaticString(" = …").bytes)
    case .augAssign:
      guard let assign = tree.augAssign(node), assign.operator == .add, isList(assign.target) else {
        return nil
      }
      return (assign.value, StaticString("+=").bytes)
    case .compare:
      guard let comparison = tree.compare(node), comparison.comparators.count == 1,
        [.in, .notIn].contains(tree.comparisonOperator(comparison, at: 0)),
        let container = tree.nodes(comparison.comparators).first,
        resolver.instanceClass(of: container).map({ resolver.method("__contains__", of: $0) })
          ?? nil == nil
      else { return nil }
      return (container, StaticString("in").bytes)
    case .call:
      guard let call = tree.call(node), let method = tree.attribute(call.function),
        let argument = tree.nodes(call.arguments).first, call.arguments.count == 1,
        isNamed(method.name, ["join"]) && tree.constantKind(method.value) == .string
          || isNamed(method.name, ["extend"]) && isList(method.value)
      else { return nil }
      return (argument, written(call.function))
    default: return nil
    }
  }

  /// Whether a name holds a list that was written as such, and that nothing but `+=` changes.
  private func isList(_ node: NodeID) -> Bool {
    guard let variable = variable(node) else { return false }
    let bindings = model[variable].bindings
    guard let first = bindings.first, first.kind == .assignment,
      bindings.dropFirst().allSatisfy({ $0.kind == .augmented }),
      let assign = tree.parent(of: first.node).flatMap({ tree.assign($0) }),
      assign.targets.count == 1
    else { return false }
    return tree.kind(assign.value) == .list || tree.kind(assign.value) == .listComp
  }

  /// What messages call an iterable: what is called, or the expression as written.
  fileprivate func iterableName(_ node: NodeID) -> [UInt8] {
    tree.call(node).map { written($0.function) } ?? written(node)
  }
}
