import PythonSemantics
import PythonSyntax

extension Check {
  /// A client or connection that is kept in a local name only and never closed.
  static let clientNeverClosed = Check(
    name: "client-never-closed",
    messages: [
      CheckMessage("name", ["client", "name"]),
      CheckMessage("in-place", ["client"]),
      CheckMessage("attribute", ["client", "name", "class"]),
    ],
    traits: ["must-close"],
    kinds: [.call]
  ) { node, context in
    guard let made = context.madeValue(by: node, trait: "must-close"),
      !context.usesSharedTransport(node)
    else { return }
    let fact = made.fact
    let tree = context.tree
    var value = node
    if let parent = tree.parent(of: node), tree.kind(parent) == .awaitExpr { value = parent }
    guard let parent = tree.parent(of: value) else { return }
    let span = tree.span(node)
    switch tree.kind(parent) {
    case .attribute:
      guard let use = tree.attribute(parent), !context.closes(use.name),
        let outer = tree.parent(of: parent), tree.call(outer)?.function == parent
      else { return }
      context.report(
        "in-place", fact: fact, span: span, [("client", fact.shownName)], notes: made.notes)
    case .exprStmt:
      // A client that is only made has opened nothing yet; `await connect()` has.
      guard value != node else { return }
      context.report(
        "in-place", fact: fact, span: span, [("client", fact.shownName)], notes: made.notes)
    case .assign:
      guard let assign = tree.assign(parent), assign.targets.count == 1,
        let target = tree.nodes(assign.targets).first
      else { return }
      if tree.kind(target) == .name {
        guard let name = context.unclosedName(target) else { return }
        context.report(
          "name", fact: fact, span: span, [("client", fact.shownName), ("name", name)],
          notes: made.notes)
      } else if let (name, cls) = context.unclosedAttribute(target) {
        context.report(
          "attribute", fact: fact, span: span,
          [("client", fact.shownName), ("name", name), ("class", cls)], notes: made.notes)
      }
    default: return
    }
  }
}

extension CheckContext {
  /// Whether a method of this name closes, or hands the client on to what closes it.
  fileprivate func closes(_ name: NameID) -> Bool {
    let text = tree.text(of: name)
    let words: [StaticString] = [
      "close", "aclose", "dispose", "disconnect", "detach", "terminate", "stop", "shutdown",
      "quit", "release", "connection_pool", "connector", "__aenter__", "__aexit__",
    ]
    return words.contains { text.elementsEqual($0.bytes) }
  }

  /// Whether a client works with a transport or connector that was made elsewhere, and that closing
  /// the client would close for all.
  func usesSharedTransport(_ node: NodeID) -> Bool {
    guard let call = tree.call(node) else { return false }
    return ["transport", "connector"].contains { (name: StaticString) in
      keyword(call, name).map { tree.kind($0) == .name || tree.kind($0) == .attribute } ?? false
    }
  }

  /// The local name that a client is bound to, if nothing closes it or hands it on.
  func unclosedName(_ target: NodeID) -> [UInt8]? {
    guard let name = tree.name(target),
      let variable = model.lookUp(name.name, from: model.scope(of: target))
    else { return nil }
    let view = model[variable]
    switch model[view.scope].kind {
    case .function, .asyncFunction: break
    default: return nil
    }
    guard view.bindings.count == 1 else { return nil }
    for reference in references[variable] {
      guard let parent = tree.parent(of: reference), let use = tree.attribute(parent),
        use.value == reference, use.context == .load, !closes(use.name),
        let outer = tree.parent(of: parent), tree.call(outer)?.function == parent
      else { return nil }
    }
    return Array(tree.text(of: name.name))
  }

  /// Whether no other module of the project has a name.
  private func isNamedHereOnly(_ name: NameID) -> Bool {
    let text = Array(tree.text(of: name))
    return project.modules.allSatisfy { module in
      module.symbol == resolver.module.symbol || module.model.tree.nameTable.id(of: text) == nil
    }
  }

  /// The attribute of `self` that a client is kept in, if nothing in its class closes it. One that
  /// is not private must not be named elsewhere in the project either.
  fileprivate func unclosedAttribute(_ target: NodeID) -> (name: [UInt8], class: [UInt8])? {
    guard let attribute = tree.attribute(target),
      tree.text(of: attribute.name).first == UInt8(ascii: "_") || isNamedHereOnly(attribute.name),
      let owner = resolver.instanceClass(of: attribute.value), let cls = project.cls(owner),
      cls.module == resolver.moduleID, cls.bases.isEmpty, !cls.hasUnknownBase,
      let view = tree.classDef(cls.node)
    else { return nil }
    var stack = Array(tree.nodes(view.body))
    while let node = stack.popLast() {
      if let use = tree.attribute(node) {
        if closes(use.name) { return nil }
        if use.name == attribute.name, use.context == .load {
          guard let parent = tree.parent(of: node), tree.attribute(parent)?.value == node else {
            return nil
          }
        }
      }
      tree.forEachChild(of: node) { stack.append($0) }
    }
    // Other code of the file may still use it.
    let span = tree.span(cls.node)
    for node in tree.nodes where tree.kind(node) == .attribute && !span.contains(tree.span(node)) {
      if tree.attribute(node)?.name == attribute.name { return nil }
    }
    return (Array(tree.text(of: attribute.name)), Array(tree.text(of: view.name)))
  }
}
