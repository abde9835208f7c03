import PythonSemantics
import PythonSyntax

extension Check {
  /// A shielded call that uses a resource which a cancellation closes under it.
  static let shieldInAsyncWith = Check(
    name: "shield-in-async-with",
    messages: [CheckMessage("shield", ["name", "call"])],
    traits: ["shield"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "shield"), let call = tree.call(node),
      let argument = tree.nodes(call.arguments).first, tree.kind(argument) == .call,
      context.isAwaited(node)
    else { return }
    var found: NodeID?
    context.forEachOwnNode(in: argument) { name in
      if found == nil, tree.kind(name) == .name, context.isResource(name, around: node) {
        found = name
      }
    }
    guard let found else { return }
    context.report(
      "shield", fact: fact, span: tree.span(node),
      [("name", context.written(found)), ("call", fact.shownName)])
  }
}

extension CheckContext {
  /// Whether a name is only what a `with` around a node opened, other than a scope.
  func isResource(_ name: NodeID, around node: NodeID) -> Bool {
    guard let variable = variable(name), model[variable].bindings.count == 1,
      let binding = model[variable].bindings.first, binding.kind == .withTarget,
      let item = tree.parent(of: binding.node), let view = tree.withItem(item),
      let statement = tree.parent(of: item),
      fact(ofCall: view.contextExpr, trait: "cancel-scope") == nil,
      fact(ofCall: view.contextExpr, trait: "task-group") == nil
    else { return false }
    return surroundings(of: node).contains { $0.parent == statement && $0.child != item }
  }
}
