import PythonSemantics
import PythonSyntax

extension Check {
  /// `with` on an object that only `async with` can enter.
  static let withOnAsyncManager = Check(
    name: "with-on-async-manager",
    messages: [CheckMessage("manager", ["manager"]), CheckMessage("coroutine", ["manager"])],
    traits: ["async-manager"],
    kinds: [.withStmt]
  ) { node, context in
    context.reportManagers(of: node, that: .async) { context.asyncInsertion(before: node) }
  }

  /// `async with` on an object that only `with` can enter.
  static let asyncWithOnSyncManager = Check(
    name: "async-with-on-sync-manager",
    messages: [CheckMessage("manager", ["manager"]), CheckMessage("coroutine", ["manager"])],
    traits: ["sync-manager"],
    kinds: [.asyncWith]
  ) { node, context in
    context.reportManagers(of: node, that: .sync) {
      context.asyncRemoval(from: context.tree.span(node).start)
    }
  }
}

extension CheckContext {
  /// Reports the managers of a statement that are of the colour it cannot enter, and coroutines,
  /// which nothing can enter; the fix changes the statement, so it is for a lone manager.
  fileprivate func reportManagers(
    of node: NodeID, that colour: ManagerColour, fix: () -> Fix?,
  ) {
    guard let statement = tree.withStmt(node), !isExpectedToRaise(node) else { return }
    let items = tree.nodes(statement.items).compactMap { tree.withItem($0)?.contextExpr }
    for item in items {
      let values = [(placeholder: "manager" as StaticString, value: managerName(item))]
      let found = managerColour(of: item)
      if found == .coroutine {
        report("coroutine", span: tree.span(item), values)
      } else if found == colour {
        report("manager", span: tree.span(item), values) { items.count == 1 ? fix() : nil }
      }
    }
  }

  /// What messages call a manager: what is called, or the expression as written.
  fileprivate func managerName(_ node: NodeID) -> [UInt8] {
    tree.call(node).map { written($0.function) } ?? written(node)
  }

  /// The fix that puts `async` before a statement or clause, where that is legal.
  func asyncInsertion(before node: NodeID) -> Fix? {
    guard canAwait(at: node) else { return nil }
    let start = tree.span(node).start
    let edit = Edit(
      span: ByteSpan(start: start, end: start), replacement: StaticString("async ").bytes)
    return .safe(StaticString("insert `async`").bytes, [edit])
  }

  /// The fix that takes the `async` at an offset out, with the space behind it.
  func asyncRemoval(from start: UInt32) -> Fix? {
    let bytes = tree.source.bytes
    var end = Int(start) + 5
    guard end < bytes.count, bytes[Int(start)] == UInt8(ascii: "a") else { return nil }
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    let edit = Edit(span: ByteSpan(start: start, end: UInt32(end)), replacement: [])
    return .safe(StaticString("remove `async`").bytes, [edit])
  }
}
