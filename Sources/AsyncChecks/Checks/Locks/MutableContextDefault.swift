import PythonSemantics
import PythonSyntax

extension Check {
  /// A list, dict or set as the default of a context variable: all contexts share the one object.
  static let mutableContextDefault = Check(
    name: "mutable-context-default",
    messages: [CheckMessage("default", ["default"])],
    traits: ["context-variable", "mutable-collection"],
    traitsOutsideCoroutines: ["context-variable"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "context-variable"),
      let call = tree.call(node),
      let value = context.argument(of: call, at: 99, keywords: ["default"]),
      context.isMutable(value)
    else { return }
    context.report(
      "default", fact: fact, span: tree.span(value), [("default", context.written(value))])
  }
}

extension CheckContext {
  /// Whether an expression makes an object that its holders may change.
  fileprivate func isMutable(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .list, .dict, .set, .listComp, .dictComp, .setComp: return true
    case .call:
      guard let call = tree.call(node) else { return false }
      return isBuiltin(call.function, ["list", "dict", "set", "bytearray"])
        || fact(ofCall: node, trait: "mutable-collection") != nil
    case .name:
      guard let variable = variable(node), let value = soleValue(of: variable) else {
        return false
      }
      return tree.kind(value) != .name && isMutable(value)
    default: return false
    }
  }
}
