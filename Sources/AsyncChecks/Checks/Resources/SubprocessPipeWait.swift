import PythonSemantics
import PythonSyntax

extension Check {
  /// Waiting for a subprocess to end while nobody reads what it writes into a pipe.
  static let subprocessPipeWait = Check(
    name: "subprocess-pipe-wait",
    messages: [CheckMessage("wait", ["wait", "pipes"]), CheckMessage("again", ["process"])],
    traits: ["subprocess-with-pipes"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard context.fact(ofCall: node, trait: "subprocess-with-pipes") != nil,
      let call = tree.call(node), let scope = context.coroutineScope(of: node)
    else { return }
    let pipes = context.outputPipes(call)
    guard !pipes.isEmpty else { return }
    guard let process = context.variable(givenBy: node) else {
      context.checkKeptProcess(node, pipes)
      return
    }
    let uses = context.references[process]
    guard uses.allSatisfy({ context.isRun($0, by: scope) && tree.attribute(of: $0) != nil }) else {
      return
    }
    context.checkCommunicating(uses)
    let reads = uses.filter { context.isReading($0) }
    for use in uses {
      guard let wait = context.waitCall(use), !context.isInLoop(wait),
        reads.allSatisfy({ tree.span($0).start > tree.span(wait).end })
      else { continue }
      let note = Note(
        span: tree.span(node), message: StaticString("the pipe is made here").bytes)
      context.report(
        "wait", span: tree.span(wait),
        [("wait", context.written(wait)), ("pipes", context.listed(pipes))], notes: [note]
      ) { reads.isEmpty ? context.communicating(wait) : nil }
    }
  }
}

extension SyntaxTree {
  /// The attribute that is looked up on a node.
  fileprivate func attribute(of node: NodeID) -> Attribute? {
    parent(of: node).flatMap { attribute($0) }.flatMap { $0.value == node ? $0 : nil }
  }
}

extension CheckContext {
  /// Reports `await self.process.wait()` where `self.process` is given a process with pipes once and
  /// nothing of the file reads them.
  fileprivate func checkKeptProcess(_ node: NodeID, _ pipes: [NameID]) {
    guard let awaited = tree.parent(of: node), tree.kind(awaited) == .awaitExpr,
      let assign = tree.parent(of: awaited).flatMap({ tree.assign($0) }),
      assign.targets.count == 1, let target = tree.nodes(assign.targets).first,
      let kept = tree.attribute(target), isSelf(kept.value)
    else { return }
    let others = tree.nodes.filter { other in
      other != target && tree.attribute(other)?.name == kept.name
    }
    let uses = others.filter { tree.attribute($0)?.context == .load }
    let isGivenOnce = others.allSatisfy { other in
      uses.contains(other)
        || tree.parent(of: other).flatMap { tree.assign($0) }
          .map { tree.constant($0.value)?.kind == ConstantKind.none } == true
    }
    let isPrivate = uses.allSatisfy { use in
      isSelf(tree.attribute(use)?.value ?? use)
        && (tree.attribute(of: use) != nil || isTested(use))
    }
    guard isGivenOnce, isPrivate, !uses.contains(where: { isReading($0) }) else { return }
    for use in uses {
      guard let wait = waitCall(use), coroutineScope(of: wait) != nil else { continue }
      let note = Note(
        span: tree.span(node), message: StaticString("the pipe is made here").bytes)
      report(
        "wait", span: tree.span(wait), [("wait", written(wait)), ("pipes", listed(pipes))],
        notes: [note])
    }
  }

  /// Whether a value is only asked for: `if self.process:`, `self.process is None`.
  private func isTested(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node) else { return false }
    switch tree.kind(parent) {
    case .ifStmt, .whileStmt, .compare, .unaryOp, .boolOp: return true
    default: return false
    }
  }

  /// Reports a `communicate` after another one of the same process.
  fileprivate func checkCommunicating(_ uses: ArraySlice<NodeID>) {
    let calls = uses.filter { use in
      guard let attribute = tree.parent(of: use), isNamed(attribute, ["communicate"]),
        let call = tree.parent(of: attribute), tree.call(call)?.function == attribute,
        let parent = tree.parent(of: call)
      else { return false }
      return tree.kind(parent) == .awaitExpr && !isInLoop(call)
    }
    for (earlier, later) in zip(calls, calls.dropFirst()) where precedes(earlier, later) {
      guard let call = tree.parent(of: later).flatMap({ tree.parent(of: $0) }) else { continue }
      report("again", span: tree.span(call), [("process", written(later))])
    }
  }

  /// The keywords of a call that connect an output to a pipe.
  fileprivate func outputPipes(_ call: Call) -> [NameID] {
    tree.nodes(call.keywords).compactMap { node in
      guard let keyword = tree.keyword(node), let name = keyword.name,
        isText(name, ["stdout", "stderr"]), isNamed(keyword.value, ["PIPE"])
      else { return nil }
      return name
    }
  }

  fileprivate func listed(_ names: [NameID]) -> [UInt8] {
    var text: [UInt8] = []
    for name in names {
      if !text.isEmpty { text += StaticString(" and ").bytes }
      text += tree.text(of: name)
    }
    return text
  }

  func isText(_ name: NameID, _ texts: [StaticString]) -> Bool {
    let text = tree.text(of: name)
    return texts.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
  }

  /// The local variable that is bound to the awaited value of a call, and to nothing else.
  func variable(givenBy call: NodeID) -> VariableID? {
    guard let awaited = tree.parent(of: call), tree.kind(awaited) == .awaitExpr,
      let statement = tree.parent(of: awaited), let assign = tree.assign(statement),
      assign.targets.count == 1, let target = tree.nodes(assign.targets).first,
      let variable = variable(target), model[variable].bindings.count == 1,
      model[variable].scope != .module
    else { return nil }
    return variable
  }

  /// Whether a use of the process reads its output, or hands its pipe to somebody.
  fileprivate func isReading(_ use: NodeID) -> Bool {
    tree.parent(of: use).map { isNamed($0, ["stdout", "stderr", "communicate"]) } ?? false
  }

  /// The `process.wait()` that is awaited by itself, perhaps with a limit of time.
  fileprivate func waitCall(_ use: NodeID) -> NodeID? {
    guard let attribute = tree.parent(of: use), isNamed(attribute, ["wait"]),
      let call = tree.parent(of: attribute), tree.call(call)?.function == attribute,
      let parent = tree.parent(of: call)
    else { return nil }
    guard tree.kind(parent) == .awaitExpr || isLimitedInTime(call) else { return nil }
    return call
  }

  /// The fix that reads the output while it waits; the value of `wait()` must not be used.
  fileprivate func communicating(_ wait: NodeID) -> Fix? {
    guard let call = tree.call(wait), tree.attribute(call.function) != nil else {
      return nil
    }
    let statement = statement(of: wait)
    guard tree.kind(statement) == .exprStmt else { return nil }
    return .safe(
      StaticString("read the output with `communicate`").bytes,
      [
        Edit(
          span: tree.nameSpan(ofAttribute: call.function),
          replacement: StaticString("communicate").bytes)
      ])
  }
}
