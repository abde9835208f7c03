import PythonSemantics
import PythonSyntax

extension Check {
  /// `sleep(0)` with a library that has a checkpoint of its own.
  static let sleepZero = Check(
    name: "sleep-zero",
    messages: [CheckMessage("sleep", ["call", "checkpoint"])],
    traits: ["checkpoint-sleep"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "checkpoint-sleep"),
      let call = tree.call(node),
      let value = context.argument(call, 0, "seconds")
        ?? context.keyword(call, "delay"), context.number(value) == 0
    else { return }
    let module = fact.qualifiedName.prefix { $0 != UInt8(ascii: ".") }
    context.report(
      "sleep", fact: fact, span: tree.span(node),
      [
        ("call", context.written(node)),
        ("checkpoint", Array(module) + StaticString(".lowlevel.checkpoint()").bytes),
      ]
    ) {
      // A constant may get another value one day.
      tree.constant(value) == nil
        ? nil : context.renaming(node, call, to: "lowlevel.checkpoint", .safe)
    }
  }

  /// A sleep of more than a day, where none that ends is meant.
  static let sleepVeryLong = Check(
    name: "sleep-very-long",
    messages: [CheckMessage("sleep", ["call", "forever"])],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "checkpoint-sleep"),
      let call = tree.call(node),
      let value = context.argument(call, 0, "seconds")
        ?? context.keyword(call, "delay"), context.isVeryLong(value)
    else { return }
    let module = fact.qualifiedName.prefix { $0 != UInt8(ascii: ".") }
    context.report(
      "sleep", fact: fact, span: tree.span(node),
      [
        ("call", context.written(node)),
        ("forever", Array(module) + StaticString(".sleep_forever()").bytes),
      ]
    ) { context.renaming(node, call, to: "sleep_forever", .unsafe) }
  }
}

extension CheckContext {
  /// Whether a time is more than a day.
  fileprivate func isVeryLong(_ node: NodeID) -> Bool {
    number(node).map { $0 > 86_400 } ?? false
  }

  /// The fix that calls another member of the same module without arguments.
  fileprivate func renaming(
    _ node: NodeID, _ call: Call, to name: StaticString, _ applicability: Applicability,
  ) -> Fix? {
    guard let attribute = tree.attribute(call.function), tree.kind(attribute.value) == .name else {
      return nil
    }
    let replacement = name.bytes + StaticString("()").bytes
    let span = ByteSpan(
      start: tree.nameSpan(ofAttribute: call.function).start, end: tree.span(node).end)
    let title =
      StaticString("replace by `").bytes + written(attribute.value) + StaticString(".").bytes
      + replacement + StaticString("`").bytes
    return fix(applicability, title, [Edit(span: span, replacement: replacement)])
  }
}
