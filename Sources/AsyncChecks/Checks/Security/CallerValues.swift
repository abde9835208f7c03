import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether a value certainly comes from the caller as it is: a parameter of the function, an
  /// attribute or element of one, or such a text stripped or changed in case.
  func comesFromCaller(_ node: NodeID, depth: Int = 0) -> Bool {
    guard depth < 6 else { return false }
    switch tree.kind(node) {
    case .name:
      guard let variable = variable(node), !isSelf(node) else { return false }
      if let value = soleValue(of: variable) { return comesFromCaller(value, depth: depth + 1) }
      guard let binding = model[variable].bindings.first, model[variable].bindings.count == 1
      else { return false }
      switch binding.kind {
      case .parameter:
        guard let parameter = tree.arg(binding.node) else { return false }
        return !isHarmless(annotation: parameter.annotation)
      case .forTarget, .comprehensionTarget, .unpacked:
        guard let source = iterated(binding.node) else { return false }
        return comesFromCaller(source, depth: depth + 1)
      default: return false
      }
    case .attribute:
      return tree.attribute(node).map { comesFromCaller($0.value, depth: depth + 1) } ?? false
    case .subscript:
      return tree.subscript(node).map { comesFromCaller($0.value, depth: depth + 1) } ?? false
    case .call:
      guard let call = tree.call(node) else { return false }
      if isBuiltin(call.function, ["str"]), let first = tree.nodes(call.arguments).first {
        return comesFromCaller(first, depth: depth + 1)
      }
      guard let method = tree.attribute(call.function),
        isText(method.name, ["strip", "lower", "upper", "title", "lstrip", "rstrip", "get"])
      else { return false }
      return comesFromCaller(method.value, depth: depth + 1)
    default: return false
    }
  }

  /// The collection whose elements a loop gives to a name: `x` in `for name in x`, and in
  /// `for key, name in x.items()`.
  private func iterated(_ target: NodeID) -> NodeID? {
    guard let parent = tree.parent(of: target) else { return nil }
    if let iterable = iterable(of: parent) {
      return tree.name(iterable) != nil || tree.attribute(iterable) != nil ? iterable : nil
    }
    guard let pair = tree.tuple(parent), Array(tree.nodes(pair.elements)).last == target,
      pair.elements.count == 2, let loop = tree.parent(of: parent),
      let items = iterable(of: loop).flatMap({ tree.call($0) }),
      let method = tree.attribute(items.function), isText(method.name, ["items"]),
      let owner = variable(method.value), let binding = model[owner].bindings.first,
      binding.kind == .parameter,
      // `dict[str, int]`
      let annotation = tree.arg(binding.node)?.annotation,
      let types = tree.subscript(annotation).flatMap({ tree.tuple($0.slice) }),
      let last = Array(tree.nodes(types.elements)).last, isNamed(last, ["str", "Any"])
    else { return nil }
    return method.value
  }

  private func iterable(of loop: NodeID) -> NodeID? {
    tree.forStmt(loop)?.iterable ?? tree.comprehensionFor(loop)?.iterable
  }

  /// Whether a parameter is annotated as a number, or as an object whose text is not free.
  private func isHarmless(annotation: NodeID?) -> Bool {
    guard let annotation else { return false }
    return !subtree(annotation).contains { node in
      isNamed(
        node, ["str", "Path", "PurePath", "PathLike", "AnyStr", "Any", "Request", "dict", "Dict"])
        || tree.constant(node)?.kind == .string
    }
  }
}
