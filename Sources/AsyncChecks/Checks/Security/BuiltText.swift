import PythonSemantics
import PythonSyntax

/// A value that is put into a text, and the literal text just before it.
struct Interpolation {
  let value: NodeID
  /// Empty when it is not known.
  let before: ArraySlice<UInt8>
}

extension CheckContext {
  /// The values that a text is put together from: by an f-string, `%`, `+` or `format`; empty for
  /// any other expression.
  func interpolations(of node: NodeID, depth: Int = 0) -> [Interpolation] {
    guard depth < 6 else { return [] }
    switch tree.kind(node) {
    case .joinedStr: return interpolations(ofJoined: node)
    case .binOp: return interpolations(ofOperation: node, depth: depth)
    case .call:
      guard let call = tree.call(node), let method = tree.attribute(call.function),
        isText(method.name, ["format"]), isTextual(method.value)
      else { return [] }
      let named = tree.nodes(call.keywords).compactMap { tree.keyword($0)?.value }
      return (Array(tree.nodes(call.arguments)) + named).map {
        Interpolation(value: $0, before: [])
      }
    case .name:
      guard let variable = variable(node) else { return [] }
      if let value = soleValue(of: variable) {
        return interpolations(of: value, depth: depth + 1)
      }
      guard let binding = resolver.definiteBinding(of: variable, at: node),
        let value = tree.parent(of: binding.node).flatMap({ tree.assign($0)?.value })
      else { return [] }
      return interpolations(of: value, depth: depth + 1)
    default: return []
    }
  }

  private func interpolations(ofJoined node: NodeID) -> [Interpolation] {
    guard let text = tree.joinedStr(node) else { return [] }
    let bytes = tree.source.bytes
    var start = Int(tree.span(node).start)
    return tree.nodes(text.values).compactMap { part in
      guard let field = tree.formattedValue(part) else { return nil }
      let end = Int(tree.span(field.value).start)
      let before = bytes[start..<max(start, end)]
      start = Int(tree.span(part).end)
      return Interpolation(value: field.value, before: before)
    }
  }

  private func interpolations(ofOperation node: NodeID, depth: Int) -> [Interpolation] {
    guard let operation = tree.binOp(node) else { return [] }
    switch operation.operator {
    case .mod:
      guard isTextual(operation.left) else { return [] }
      let values = tree.tuple(operation.right).map { Array(tree.nodes($0.elements)) }
      return (values ?? [operation.right]).map { Interpolation(value: $0, before: []) }
    case .add:
      let sides = [operation.left, operation.right]
      guard sides.contains(where: { isTextual($0) || tree.kind($0) == .binOp }) else { return [] }
      return sides.flatMap { side -> [Interpolation] in
        if tree.constant(side) != nil { return [] }
        let inner = interpolations(of: side, depth: depth + 1)
        return inner.isEmpty && tree.kind(side) != .binOp
          ? [Interpolation(value: side, before: [])] : inner
      }
    default: return []
    }
  }

  private func isTextual(_ node: NodeID) -> Bool {
    if tree.kind(node) == .joinedStr { return true }
    return tree.constant(node)?.kind == .string
  }

  /// Whether a value certainly comes from the caller as it is: a parameter of the function, an
  /// attribute or element of one, or such a text stripped or changed in case.
  func comesFromCaller(_ node: NodeID, depth: Int = 0) -> Bool {
    guard depth < 6 else { return false }
    switch tree.kind(node) {
    case .name:
      guard let variable = variable(node), !isSelf(node) else { return false }
      if let value = soleValue(of: variable) { return comesFromCaller(value, depth: depth + 1) }
      guard let binding = model[variable].bindings.first, binding.kind == .parameter,
        model[variable].bindings.count == 1, let parameter = tree.arg(binding.node)
      else { return false }
      return !isHarmless(annotation: parameter.annotation)
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
