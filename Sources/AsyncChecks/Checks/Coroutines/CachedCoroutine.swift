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
    ],
    traits: ["caches-result", "caches-property"],
    kinds: [.asyncFunctionDef, .call]
  ) { node, context in
    let tree = context.tree
    if let function = tree.functionDef(node) {
      context.checkCaches(of: function)
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
}
