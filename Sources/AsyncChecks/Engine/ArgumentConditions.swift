import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether a condition on the arguments holds, or may hold because of `*args` or `**kwargs`.
  func holds(_ condition: ArgumentCondition, for call: Call) -> Bool {
    var argument: NodeID?
    var isOpen = false
    let positional = tree.nodes(call.arguments)
    if let position = condition.position.map(Int.init) {
      for (index, node) in positional.enumerated() {
        if tree.kind(node) == .starred {
          isOpen = true
          break
        }
        if index == position {
          argument = node
          break
        }
      }
    }
    if argument == nil, !condition.keyword.isEmpty {
      for node in tree.nodes(call.keywords) {
        guard let keyword = tree.keyword(node) else { continue }
        guard let name = keyword.name else {
          isOpen = true
          continue
        }
        if tree.text(of: name).elementsEqual(condition.keyword) { argument = keyword.value }
      }
    }
    guard let argument else {
      // Nobody knows what `**kwargs` holds; the fact is then not certain.
      return isOpen || condition.isNegated
    }
    if condition.isNegated { return false }
    return condition.value.isEmpty || isValue(argument, condition.value)
  }

  /// Whether an argument is written as the value, resolves to it, or is a union with it.
  private func isValue(_ node: NodeID, _ value: [UInt8]) -> Bool {
    if written(node).elementsEqual(value) { return true }
    if let operation = tree.binOp(node), operation.operator == .bitOr {
      return isValue(operation.left, value) || isValue(operation.right, value)
    }
    return resolver.dottedName(of: node).map { $0.elementsEqual(value) } ?? false
  }

  /// The argument at a position, or the one with a keyword's name.
  func argument(of call: Call, at position: Int, keywords: [StaticString]) -> NodeID? {
    for (index, node) in tree.nodes(call.arguments).enumerated() {
      if tree.kind(node) == .starred { break }
      if index == position { return node }
    }
    for node in tree.nodes(call.keywords) {
      guard let keyword = tree.keyword(node), let name = keyword.name else { continue }
      let text = tree.text(of: name)
      if keywords.contains(where: { $0.withUTF8Buffer { text.elementsEqual($0) } }) {
        return keyword.value
      }
    }
    return nil
  }
}
