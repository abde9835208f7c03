import PythonSemantics
import PythonSyntax

extension Check {
  /// A lock that is made by the very call that takes it, so that nobody else can hold it.
  static let lockCreatedInline = Check(
    name: "lock-created-inline",
    messages: [
      CheckMessage("inline", ["class"]),
      CheckMessage("local", ["class", "name", "function"]),
    ],
    traits: ["task-lock", "thread-lock"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard
      let fact = context.fact(ofCall: node, trait: "task-lock")
        ?? context.fact(ofCall: node, trait: "thread-lock"),
      let parent = tree.parent(of: node)
    else { return }
    if context.isEntered(node) {
      context.report(
        "inline", span: tree.span(node), [("class", fact.shownName)]
      ) { context.hoisting(node, fact) }
      return
    }
    guard let assign = tree.assign(parent), assign.targets.count == 1,
      let target = tree.nodes(assign.targets).first, let variable = context.variable(target),
      context.model[variable].bindings.count == 1, context.isPrivate(variable),
      let function = context.function(around: node)
    else { return }
    let name = tree.functionDef(function).map { Array(tree.text(of: $0.name)) } ?? []
    context.report(
      "local", span: tree.span(node),
      [
        ("class", fact.shownName), ("name", Array(tree.text(of: context.model[variable].name))),
        ("function", name),
      ])
  }
}

extension CheckContext {
  /// Whether a node is the context of a `with` or `async with`.
  func isEntered(_ node: NodeID) -> Bool {
    tree.parent(of: node).flatMap { tree.withItem($0) }?.contextExpr == node
  }

  /// Whether only the code of one function, and no function in it, takes and releases what a
  /// variable holds.
  fileprivate func isPrivate(_ variable: VariableID) -> Bool {
    let scope = model[variable].scope
    switch model[scope].kind {
    case .function, .asyncFunction: break
    default: return false
    }
    let uses = references[variable]
    return !uses.isEmpty
      && uses.allSatisfy { use in
        isRun(use, by: scope) && model[model.scope(of: use)].kind != .generatorExpression
          && !isInLoopOfTasks(use) && (isEntered(use) || isTaken(use))
      } && uses.contains { isEntered($0) }
  }

  private func isTaken(_ use: NodeID) -> Bool {
    guard let attribute = tree.parent(of: use), tree.attribute(attribute)?.value == use,
      let call = tree.parent(of: attribute), tree.call(call)?.function == attribute
    else { return false }
    return isNamed(attribute, ["acquire", "release", "locked"])
  }

  /// An async generator that yields with a lock in hand may be entered again by nobody but itself.
  private func isInLoopOfTasks(_ use: NodeID) -> Bool {
    guard let function = function(around: use), let scope = model.scope(openedBy: function) else {
      return false
    }
    return model[scope].isGenerator
  }

  /// The fix that makes the lock once, above the definition that uses it.
  fileprivate func hoisting(_ node: NodeID, _ fact: KnownCallable) -> Fix? {
    guard let call = tree.call(node), call.arguments.allSatisfyConstant(in: tree),
      call.keywords.isEmpty,
      fact.qualifiedName.starts(with: StaticString("asyncio.").bytes)
        || fact.qualifiedName.starts(with: StaticString("threading.").bytes),
      tree.nameTable.id(of: "_lock") == nil
    else { return nil }
    let bound = StaticString("_lock").bytes
    var top = node
    while let parent = tree.parent(of: top), parent != tree.root { top = parent }
    guard tree.functionDef(top) != nil || tree.classDef(top) != nil else { return nil }
    let definition =
      bound + StaticString(" = ").bytes + Array(tree.text(of: node)) + lineEnd + lineEnd + lineEnd
    let edits = [
      insertion(definition, before: top), Edit(span: tree.span(node), replacement: bound),
    ]
    return .unsafe(StaticString("make one lock for all callers").bytes, edits)
  }
}

extension NodeList {
  /// Whether every expression of the list is a literal.
  fileprivate func allSatisfyConstant(in tree: SyntaxTree) -> Bool {
    tree.nodes(self).allSatisfy { tree.constant($0) != nil }
  }
}
