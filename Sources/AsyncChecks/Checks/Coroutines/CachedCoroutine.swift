import PythonSemantics
import PythonSyntax

extension Check {
  /// A cache round a coroutine function: it keeps the coroutine object, which can be awaited once.
  static let cachedCoroutine = Check(
    name: "cached-coroutine",
    messages: [
      CheckMessage("decorated", ["cache", "function"]),
      CheckMessage("property", ["cache", "function"]),
      CheckMessage("wrapped", ["cache", "function"]),
      CheckMessage("stored", ["cache", "function"]),
    ],
    traits: ["caches-result", "caches-property"],
    kinds: [.asyncFunctionDef, .call, .assign]
  ) { node, context in
    let tree = context.tree
    if let function = tree.functionDef(node) {
      context.checkCaches(of: function)
      return
    }
    if let assign = tree.assign(node) {
      context.checkOwnCache(assign, node)
      return
    }
    guard let call = tree.call(node), call.keywords.isEmpty, call.arguments.count == 1,
      let fact = context.fact(ofCall: node, trait: "caches-result"),
      let argument = tree.nodes(call.arguments).first,
      let name = context.coroutineFunctionName(argument)
    else { return }
    context.report(
      "wrapped", fact: fact, span: tree.span(node),
      [("cache", fact.shownName), ("function", name)])
  }
}

extension CheckContext {
  /// Looks at the decorators from the function outwards, as long as they leave it what it is.
  fileprivate func checkCaches(of function: FunctionDef) {
    for decorator in tree.nodes(function.decorators).reversed() {
      guard let symbol = symbol(of: tree.call(decorator)?.function ?? decorator) else { return }
      let values: [(placeholder: StaticString, value: [UInt8])] = [
        ("function", Array(tree.text(of: function.name)))
      ]
      if let fact = knowledge.fact(symbol, trait: "caches-result") {
        report(
          "decorated", fact: fact, span: tree.span(decorator),
          values + [("cache", fact.shownName)])
        return
      }
      if let fact = knowledge.fact(symbol, trait: "caches-property") {
        report(
          "property", fact: fact, span: tree.span(decorator),
          values + [("cache", fact.shownName)])
        return
      }
      guard resolver.keepsFunction(decorator: decorator) else { return }
    }
  }

  /// Looks at `if key not in cache: cache[key] = load(key)`: the second who looks finds a coroutine
  /// that was awaited already.
  fileprivate func checkOwnCache(_ assign: Assign, _ node: NodeID) {
    guard assign.targets.count == 1, let target = tree.nodes(assign.targets).first,
      let place = tree.subscript(target), let coroutine = coroutineCall(assign.value),
      let parent = tree.parent(of: node), let choice = tree.ifStmt(parent),
      tree.nodes(choice.body).contains(node), isMissing(place, choice.test),
      isReadAgain(place, after: parent)
    else { return }
    report(
      "stored", fact: coroutine.fact, span: tree.span(assign.value),
      [("cache", written(place.value)), ("function", coroutine.name)])
  }

  /// Whether a test asks whether a key is missing: `key not in cache`.
  private func isMissing(_ place: Subscript, _ test: NodeID) -> Bool {
    guard let comparison = tree.compare(test), comparison.comparators.count == 1,
      let cache = tree.nodes(comparison.comparators).first
    else { return false }
    return tree.comparisonOperator(comparison, at: 0) == .notIn
      && written(comparison.left) == written(place.slice)
      && written(cache) == written(place.value)
  }

  /// Whether the statements behind the test give what the cache holds to the caller.
  private func isReadAgain(_ place: Subscript, after statement: NodeID) -> Bool {
    guard let parent = tree.parent(of: statement),
      let block = resolver.block(of: parent, holding: statement),
      let index = block.firstIndex(of: statement)
    else { return false }
    let (cache, key) = (written(place.value), written(place.slice))
    return block[(index + 1)...].contains { later in
      subtree(later).contains { node in
        guard let view = tree.subscript(node), view.context == .load,
          written(view.value) == cache, written(view.slice) == key,
          let parent = tree.parent(of: node)
        else { return false }
        return tree.kind(parent) == .returnStmt
      }
    }
  }
}
