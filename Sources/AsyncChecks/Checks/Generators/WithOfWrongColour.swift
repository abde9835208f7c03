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
    let tree = context.tree
    guard let statement = tree.withStmt(node) else { return }
    let items = tree.nodes(statement.items).compactMap { tree.withItem($0)?.contextExpr }
    for item in items {
      let values = [(placeholder: "manager" as StaticString, value: context.managerName(item))]
      switch context.managerColour(of: item) {
      case .async:
        context.report("manager", span: tree.span(item), values) {
          items.count == 1 ? context.asyncInsertion(before: node) : nil
        }
      case .coroutine: context.report("coroutine", span: tree.span(item), values)
      case .sync, .unknown: continue
      }
    }
  }

  /// `async with` on an object that only `with` can enter.
  static let asyncWithOnSyncManager = Check(
    name: "async-with-on-sync-manager",
    messages: [CheckMessage("manager", ["manager"]), CheckMessage("coroutine", ["manager"])],
    traits: ["sync-manager"],
    kinds: [.asyncWith]
  ) { node, context in
    let tree = context.tree
    guard let statement = tree.withStmt(node) else { return }
    let items = tree.nodes(statement.items).compactMap { tree.withItem($0)?.contextExpr }
    for item in items {
      let values = [(placeholder: "manager" as StaticString, value: context.managerName(item))]
      switch context.managerColour(of: item) {
      case .sync:
        context.report("manager", span: tree.span(item), values) {
          items.count == 1 ? context.asyncRemoval(from: tree.span(node).start) : nil
        }
      case .coroutine: context.report("coroutine", span: tree.span(item), values)
      case .async, .unknown: continue
      }
    }
  }
}

extension CheckContext {
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
