import PythonSemantics
import PythonSyntax

extension Check {
  /// A task that nobody keeps: the event loop holds it weakly.
  static let danglingTask = Check(
    name: "dangling-task",
    messages: [
      CheckMessage("dropped", ["call"]),
      CheckMessage("unused", ["call", "name"]),
    ],
    traits: ["task-spawner"], traitsOutsideCoroutines: ["task-spawner"],
    kinds: [.exprStmt, .assign, .annAssign]
  ) { node, context in
    let tree = context.tree
    if let value = tree.exprStmt(node)?.value {
      // `[create_task(work(item)) for item in items]` drops the list with the tasks.
      guard let call = context.spawn(in: tree.comprehension(value)?.element ?? value) else {
        return
      }
      context.report(
        "dropped", fact: call.fact, span: tree.span(call.node), [("call", call.name)],
        notes: call.notes
      ) { call.node == value ? context.keepingFix(of: node, call.node) : nil }
      return
    }
    guard let (target, value) = context.assignment(node), let call = context.spawn(in: value),
      call.node == value, context.isLostAtOnce(target, after: node)
    else { return }
    context.report(
      "unused", fact: call.fact, span: tree.span(call.node),
      [("call", call.name), ("name", context.written(target))], notes: call.notes)
  }
}

extension CheckContext {
  /// The call that makes a task, directly or under `.add_done_callback(…)`.
  fileprivate func spawn(in value: NodeID) -> (
    node: NodeID, fact: KnownCallable?, name: [UInt8], notes: [Note]
  )? {
    let maker = tree.awaitExpr(value)?.value ?? value
    if let made = madeValue(by: maker, trait: "task-spawner"),
      maker == value || !made.notes.isEmpty
    {
      return (maker, made.fact, made.name, made.notes)
    }
    guard let call = tree.call(value), let method = tree.attribute(call.function) else {
      return nil
    }
    if isNamed(method.name, ["add_done_callback"]), tree.kind(method.value) == .call {
      return spawn(in: method.value)
    }
    // A loop that came as a parameter or attribute: `self.loop.create_task(…)`.
    guard isNamed(method.name, ["create_task"]), let last = lastName(method.value),
      isNamed(last, ["loop", "_loop", "event_loop"]),
      resolver.instanceClass(of: method.value) == nil
    else { return nil }
    return (value, nil, written(call.function), [])
  }

  /// The target and value of an assignment to one target, with or without an annotation.
  fileprivate func assignment(_ node: NodeID) -> (target: NodeID, value: NodeID)? {
    if let view = tree.annAssign(node) { return view.value.map { (view.target, $0) } }
    guard let view = tree.assign(node), view.targets.count == 1 else { return nil }
    return tree.nodes(view.targets).first.map { ($0, view.value) }
  }

  /// Whether a local name is never read and its function waits for nothing after the statement, so
  /// that the name is gone as soon as the task exists.
  fileprivate func isLostAtOnce(_ target: NodeID, after statement: NodeID) -> Bool {
    guard let variable = variable(target), references[variable].isEmpty,
      let function = owner(of: statement), tree.functionDef(function) != nil,
      model.scope(openedBy: function) == model[variable].scope
    else { return false }
    let end = tree.span(statement).end
    // A loop around it comes back, perhaps after waiting.
    let isInLoop = surroundings(of: statement).contains { parent, _ in
      switch tree.kind(parent) {
      case .forStmt, .asyncFor, .whileStmt: true
      default: false
      }
    }
    if isInLoop { return false }
    return endOfLastCheckpoint(in: function) <= end
  }

  // MARK: The fix

  /// The fix that keeps the task in a set of the module until it is done.
  fileprivate func keepingFix(of statement: NodeID, _ call: NodeID) -> Fix? {
    let scope = model.scope(of: statement)
    let names: (set: StaticString, task: StaticString) = ("background_tasks", "task")
    guard scope != .module, let indent = ownIndentation(of: statement) else { return nil }
    if let task = tree.nameTable.id(of: names.task.bytes), model.lookUp(task, from: scope) != nil {
      return nil
    }
    var edits: [Edit] = []
    if let set = tree.nameTable.id(of: names.set.bytes), let known = model.lookUp(set, from: scope)
    {
      guard model[known].scope == .module, isSet(known) else { return nil }
    } else {
      guard let position = endOfImports else { return nil }
      edits.append(
        Edit(
          span: ByteSpan(start: position, end: position),
          replacement: StaticString("\nbackground_tasks = set()\n").bytes))
    }
    let span = tree.span(call)
    let before = Edit(
      span: ByteSpan(start: span.start, end: span.start),
      replacement: StaticString("task = ").bytes)
    let lines =
      StaticString("\n").bytes + indent + StaticString("background_tasks.add(task)\n").bytes
      + indent + StaticString("task.add_done_callback(background_tasks.discard)").bytes
    let end = tree.span(statement).end
    edits += [before, Edit(span: ByteSpan(start: end, end: end), replacement: lines)]
    return .safe(StaticString("keep the task in a set until it is done").bytes, edits)
  }

  private func isSet(_ variable: VariableID) -> Bool {
    model[variable].bindings.allSatisfy { binding in
      guard let parent = tree.parent(of: binding.node),
        let value = tree.assign(parent)?.value ?? tree.annAssign(parent)?.value,
        let call = tree.call(value)
      else { return false }
      return isBuiltin(call.function, ["set"])
    }
  }

  /// The white space before a statement that stands on a line of its own.
  func ownIndentation(of statement: NodeID) -> [UInt8]? {
    let bytes = tree.source.bytes
    let span = tree.span(statement)
    var start = Int(span.start)
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    guard start == 0 || bytes[start - 1] == 0x0A else { return nil }
    var end = Int(span.end)
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    guard end == bytes.count || bytes[end] == 0x0A else { return nil }
    return Array(bytes[start..<Int(span.start)])
  }

  /// The start of the line after the imports at the top of the module.
  private var endOfImports: UInt32? {
    guard let list = tree.module(tree.root) else { return nil }
    var last: NodeID?
    for statement in tree.nodes(list) {
      switch tree.kind(statement) {
      case .importStmt, .importFrom: last = statement
      case .exprStmt where last == nil: continue
      default: break
      }
      if last != statement, last != nil { break }
    }
    guard let last else { return nil }
    let bytes = tree.source.bytes
    var end = Int(tree.span(last).end)
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    guard end < bytes.count else { return nil }
    return UInt32(end + 1)
  }
}
