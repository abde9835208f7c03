import PythonSemantics
import PythonSyntax

extension Check {
  /// A server that is told to start processes of its own, and handed an object they cannot import.
  static let serverRunWithObject = Check(
    name: "server-run-with-object",
    messages: [CheckMessage("object", ["call", "option", "app"])],
    traits: ["imports-application"], traitsOutsideCoroutines: ["imports-application"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "imports-application"),
      let call = tree.call(node), let app = context.argument(of: call, at: 0, keywords: ["app"]),
      context.isObject(app), let option = context.processOption(call)
    else { return }
    context.report(
      "object", fact: fact, span: tree.span(node),
      [
        ("call", fact.shownName), ("option", context.written(option)),
        ("app", context.written(app)),
      ])
  }
}

extension CheckContext {
  /// Whether an expression is certainly an object and not the text of an import.
  fileprivate func isObject(_ node: NodeID) -> Bool {
    let made = origin(node)
    if tree.kind(made) == .call {
      if fact(ofCall: made, .asgiApp) != nil { return true }
      guard let function = projectFunction(ofCall: made), !function.isAmbiguous else {
        return false
      }
      // `def make_app() -> FastAPI`; without the annotation it may be the text as well.
      return project[function.module].model.tree.functionDef(function.node)?.returns != nil
        && !returnsText(function)
    }
    if resolver.instanceClass(of: node) != nil { return true }
    if case .object(let symbol) = resolver.value(of: node) {
      return !resolver.isLocal(symbol) && project.function(symbol) != nil
    }
    return false
  }

  private func returnsText(_ function: FunctionDefinition) -> Bool {
    let tree = project[function.module].model.tree
    guard let returns = tree.functionDef(function.node)?.returns else { return true }
    return tree.text(of: returns).elementsEqual(StaticString("str").bytes)
  }

  /// The keyword that asks for more processes: `reload=True` or `workers=2`.
  fileprivate func processOption(_ call: Call) -> NodeID? {
    tree.nodes(call.keywords).first { node in
      guard let keyword = tree.keyword(node), let name = keyword.name,
        let constant = tree.constant(keyword.value)
      else { return false }
      if isText(name, ["reload"]) { return constant.kind == .true }
      guard isText(name, ["workers"]), constant.kind == .int else { return false }
      let text = tree.text(of: keyword.value)
      return !text.elementsEqual(StaticString("1").bytes)
        && !text.elementsEqual(StaticString("0").bytes)
    }
  }
}
