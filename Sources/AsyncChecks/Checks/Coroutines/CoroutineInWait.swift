import PythonSemantics
import PythonSyntax

extension Check {
  /// Coroutines in the collection that `asyncio.wait` gets, which takes tasks only.
  static let coroutineInWait = Check(
    name: "coroutine-in-wait",
    messages: [
      CheckMessage("element", ["call", "coroutine"]),
      CheckMessage("single", ["call", "coroutine"]),
    ],
    traits: ["waits-for-tasks"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "waits-for-tasks"),
      let call = tree.call(node),
      let argument = context.argument(of: call, at: 0, keywords: ["fs"])
    else { return }
    if let coroutine = context.coroutineCall(argument) {
      guard !context.isVersionGuarded(node) else { return }
      context.report(
        "single", fact: fact, span: tree.span(argument),
        [("call", fact.shownName), ("coroutine", coroutine.name)])
      return
    }
    for display in context.displays(of: argument) ?? [argument] {
      for element in context.elements(of: display) {
        guard let coroutine = context.coroutineCall(element), !context.isVersionGuarded(element)
        else { continue }
        let isElsewhere = display != argument && !context.isInside(display, argument)
        let note = Note(
          file: nil, span: tree.span(element),
          message: StaticString("the coroutine is made here").bytes)
        context.report(
          "element", fact: fact, span: tree.span(isElsewhere ? argument : element),
          [("call", fact.shownName), ("coroutine", coroutine.name)],
          notes: isElsewhere ? [note] : []
        ) { context.taskWrapping(element) }
        if isElsewhere { break }
      }
    }
  }
}

extension CheckContext {
  /// The fix that makes a task of a coroutine: `asyncio.create_task(…)`.
  fileprivate func taskWrapping(_ node: NodeID) -> Fix? {
    guard let spelling = spelling(of: StaticString("asyncio.create_task").bytes, at: node) else {
      return nil
    }
    let span = tree.span(node)
    var edits = [spelling.importEdit].compactMap { $0 }
    edits.append(
      Edit(
        span: ByteSpan(start: span.start, end: span.start),
        replacement: spelling.text + StaticString("(").bytes))
    edits.append(
      Edit(span: ByteSpan(start: span.end, end: span.end), replacement: StaticString(")").bytes))
    return .safe(StaticString("make a task of it").bytes, edits)
  }
}
