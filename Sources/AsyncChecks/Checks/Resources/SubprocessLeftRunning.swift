import PythonSemantics
import PythonSyntax

extension Check {
  /// Waiting for a subprocess with a limit of time, and nothing that ends it when the limit is over.
  static let subprocessLeftRunning = Check(
    name: "subprocess-left-running",
    messages: [CheckMessage("limit", ["process", "wait"])],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard context.fact(ofCall: node, trait: "subprocess-with-pipes") != nil,
      let scope = context.coroutineScope(of: node), let process = context.variable(givenBy: node)
    else { return }
    let uses = context.references[process]
    // Whoever is handed the process, or one of its pipes, may end it.
    guard uses.allSatisfy({ context.isRun($0, by: scope) && context.isHarmlessUse($0) }) else {
      return
    }
    for use in uses {
      guard let wait = context.limitedWait(use) else { continue }
      let note = Note(
        span: tree.span(node), message: StaticString("the process is started here").bytes)
      context.report(
        "limit", span: tree.span(wait),
        [("process", context.written(use)), ("wait", context.written(wait))], notes: [note])
      return
    }
  }
}

extension CheckContext {
  /// Whether a use of a process neither ends it nor lets others do so.
  fileprivate func isHarmlessUse(_ use: NodeID) -> Bool {
    guard let parent = tree.parent(of: use), let attribute = tree.attribute(parent),
      attribute.value == use
    else { return false }
    return isNamed(
      attribute.name, ["wait", "communicate", "stdout", "stderr", "returncode", "pid"])
      && !(isNamed(attribute.name, ["pid"]) && isArgument(parent))
  }

  private func isArgument(_ node: NodeID) -> Bool {
    tree.parent(of: node).map { tree.kind($0) == .call } ?? false
  }

  /// The `process.communicate()` or `process.wait()` that has a limit of time: by `wait_for`, or by
  /// an `asyncio.timeout` or `timeout_at` around it.
  fileprivate func limitedWait(_ use: NodeID) -> NodeID? {
    guard let attribute = tree.parent(of: use), isNamed(attribute, ["wait", "communicate"]),
      let call = tree.parent(of: attribute), tree.call(call)?.function == attribute
    else { return nil }
    if isLimitedInTime(call) { return call }
    guard isAwaited(call) else { return nil }
    for (parent, child) in surroundings(of: call) where isBody(child, ofWith: parent) {
      guard tree.kind(parent) == .asyncWith,
        let (item, _) = item(of: parent, ["relative-timeout", "absolute-deadline"]),
        let expression = tree.withItem(item)?.contextExpr,
        let name = resolver.dottedName(of: tree.call(expression)?.function ?? expression)
      else { continue }
      if name.starts(with: StaticString("asyncio.").bytes) { return call }
    }
    return nil
  }
}
