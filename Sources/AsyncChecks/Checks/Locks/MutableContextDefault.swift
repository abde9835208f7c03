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
      context.isMutable(value), !context.isOnlyRead(node)
    else { return }
    context.report(
      "default", fact: fact, span: tree.span(value), [("default", context.written(value))])
  }
}

extension CheckContext {
  /// Whether the module takes the value of a context variable and each time only reads it or makes
  /// a copy, so that nobody changes the default: `stack.get().copy()`, `stack.get()[-1]`.
  fileprivate func isOnlyRead(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node),
      let target = tree.assign(parent).flatMap({ tree.nodes($0.targets).first })
        ?? tree.annAssign(parent)?.target,
      let variable = variable(target)
    else { return false }
    var isRead = false
    for reference in references[variable] {
      guard let method = tree.parent(of: reference), tree.attribute(method)?.value == reference,
        let call = tree.parent(of: method), tree.call(call)?.function == method
      else { return false }
      // A default of its own is given instead.
      guard isNamed(method, ["get"]), tree.call(call)?.arguments.isEmpty == true else { continue }
      guard isReading(call) else { return false }
      isRead = true
    }
    return isRead
  }

  /// Whether the code around a value reads it and does not keep it.
  private func isReading(_ value: NodeID) -> Bool {
    guard let parent = tree.parent(of: value) else { return false }
    switch tree.kind(parent) {
    case .subscript: return tree.subscript(parent)?.context == .load
    case .attribute: return isNamed(parent, ["copy", "keys", "items", "values", "index", "count"])
    case .call:
      guard let call = tree.call(parent) else { return false }
      return isBuiltin(
        call.function,
        [
          "list", "dict", "set", "tuple", "frozenset", "len", "sorted", "any", "all", "iter", "sum",
          "bool", "min", "max",
        ])
    case .starred, .compare, .unaryOp: return true
    case .ifStmt: return tree.ifStmt(parent)?.test == value
    case .ifExp: return tree.ifExp(parent)?.test == value
    case .forStmt: return tree.forStmt(parent)?.iterable == value
    case .comprehension: return tree.comprehensionFor(parent)?.iterable == value
    default: return false
    }
  }

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
