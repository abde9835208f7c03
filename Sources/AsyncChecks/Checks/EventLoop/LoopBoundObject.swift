import PythonSemantics
import PythonSyntax

extension Check {
  /// A lock, queue or event that is made once, in a file that starts several event loops.
  static let loopBoundObject = Check(
    name: "loop-bound-object",
    messages: [CheckMessage("shared", ["class", "name"])],
    traits: ["loop-bound"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "loop-bound"),
      let name = context.sharedName(node), context.isUsedByCoroutine(name, node),
      let start = context.secondStart
    else { return }
    let note = Note(
      span: tree.span(start), message: StaticString("more than one loop is started here").bytes)
    context.report(
      "shared", fact: fact, span: tree.span(node),
      [("class", fact.shownName), ("name", Array(tree.text(of: name)))], notes: [note])
  }
}

extension CheckContext {
  /// The name by which an object is kept that is made while the file is imported: a variable of the
  /// module or of a class, or a parameter whose default it is.
  fileprivate func sharedName(_ node: NodeID) -> NameID? {
    switch model.executionContext(of: node) {
    case .module, .classBody: break
    default: return nil
    }
    guard let parent = tree.parent(of: node) else { return nil }
    if let assign = tree.assign(parent) {
      return tree.nodes(assign.targets).first.flatMap { tree.name($0)?.name }
    }
    if let assign = tree.annAssign(parent) { return tree.name(assign.target)?.name }
    guard let list = tree.arguments(parent) else { return nil }
    let positional = Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
    let defaults = Array(tree.nodes(list.defaults))
    if let index = defaults.firstIndex(of: node) {
      return tree.arg(positional[positional.count - defaults.count + index])?.name
    }
    let keywords = Array(tree.nodes(list.keywordOnly))
    for (index, value) in tree.optionalNodes(list.keywordDefaults).enumerated() where value == node
    {
      return tree.arg(keywords[index])?.name
    }
    return nil
  }

  /// Whether code of a coroutine names the object.
  fileprivate func isUsedByCoroutine(_ name: NameID, _ made: NodeID) -> Bool {
    tree.nodes.contains { node in
      guard tree.name(node)?.name == name || tree.attribute(node)?.name == name else {
        return false
      }
      return coroutineScope(of: node) != nil
    }
  }

  /// A place where the file certainly starts a further loop after one has ended: in a loop, behind
  /// another start of the same block, or in a function that the file calls several times.
  fileprivate var secondStart: NodeID? {
    var blocks: [NodeID] = []
    for node in tree.nodes where tree.kind(node) == .call {
      guard fact(ofCall: node, .runner) != nil, coroutineScope(of: node) == nil, !isAwaited(node)
      else { continue }
      if isInLoop(node) { return node }
      let statement = statement(of: node)
      // The branches of an `if` are blocks of one parent, so the first statement stands for each.
      if let parent = tree.parent(of: statement),
        let block = resolver.block(of: parent, holding: statement), let first = block.first
      {
        if blocks.contains(first) { return node }
        blocks.append(first)
      }
      if let function = function(around: node), let variable = variable(ofDefinition: function) {
        let calls = references[variable].filter { use in
          tree.parent(of: use).flatMap { tree.call($0) }?.function == use
        }
        if calls.count > 1 || calls.contains(where: { isInLoop($0) }) { return node }
      }
    }
    return nil
  }
}
