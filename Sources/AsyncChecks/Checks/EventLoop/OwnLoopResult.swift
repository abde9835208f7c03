import PythonSemantics
import PythonSyntax

extension Check {
  /// Waiting in a thread for a coroutine that was handed to the loop of the very same thread.
  static let ownLoopResult = Check(
    name: "own-loop-result",
    messages: [CheckMessage("result", ["call", "loop"])],
    kinds: [.call]
  ) { node, context in
    guard let wait = context.waitForOwnLoop(node) else { return }
    let note = Note(
      file: nil, span: context.tree.span(wait.submission),
      message: StaticString("the coroutine is handed to the loop here").bytes)
    let isSameLine = context.tree.span(node).contains(context.tree.span(wait.submission))
    context.report(
      "result", span: context.tree.span(node),
      [("call", context.written(node)), ("loop", context.written(wait.loop))],
      notes: isSameLine ? [] : [note])
  }
}

/// A wait for what only the waiting thread's own loop can do.
struct OwnLoopWait {
  /// The call that hands the coroutine over.
  let submission: NodeID
  /// The argument that is the loop.
  let loop: NodeID
}

extension CheckContext {
  /// The wait that a call of `result` or `exception` is, if the loop is that of the same thread.
  func waitForOwnLoop(_ node: NodeID) -> OwnLoopWait? {
    guard let call = tree.call(node), let attribute = tree.attribute(call.function),
      isNamed(call.function, ["result", "exception"]), call.arguments.isEmpty,
      call.keywords.isEmpty
    else { return nil }
    let submission = origin(attribute.value)
    guard let handed = tree.call(submission), let callee = callee(of: submission),
      isName(callee, "asyncio.run_coroutine_threadsafe"),
      let loop = argument(of: handed, at: 1, keywords: ["loop"]),
      model.executionScope(of: model.scope(of: submission))
        == model.executionScope(of: model.scope(of: node))
    else { return nil }
    let source = origin(loop)
    guard let made = self.callee(of: source),
      isName(made, "asyncio.get_running_loop") || isName(made, "asyncio.get_event_loop"),
      // A loop that an enclosing function has looked up may be another thread's.
      model.executionScope(of: model.scope(of: source))
        == model.executionScope(of: model.scope(of: node))
    else { return nil }
    return OwnLoopWait(submission: submission, loop: loop)
  }

  /// Whether a symbol has this dotted name.
  func isName(_ symbol: SymbolID, _ name: StaticString) -> Bool {
    project.symbols.symbol(dotted: name.bytes) == symbol
  }
}
