import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether calling a function of the project certainly gives something that can be neither
  /// awaited nor called: a plain value by its annotation, a generator, or `None`.
  func isPlainResult(of function: FunctionDefinition) -> Bool {
    guard !function.isAmbiguous, function.decoration.keepsCalls else { return false }
    switch function.colour {
    case .coroutine: return false
    case .generator, .asyncGenerator: return !isOverridden(function)
    case .sync: break
    }
    let model = project[function.module].model
    guard let view = model.tree.functionDef(function.node) else { return false }
    let isPlain =
      view.returns.map { isPlainAnnotation($0, in: model) }
      ?? returnsNothing(view, function.node, in: model)
    return isPlain && !isOverridden(function)
  }

  /// Whether an annotation names `None` or builtin classes only.
  func isPlainAnnotation(_ node: NodeID, in model: SemanticModel) -> Bool {
    let tree = model.tree
    switch tree.kind(node) {
    case .constant: return tree.constant(node)?.kind == ConstantKind.none
    case .name:
      guard let name = tree.name(node)?.name,
        model.lookUp(name, from: model.scope(of: node)) == nil
      else { return false }
      let text = tree.text(of: name)
      let plain: [StaticString] = [
        "str", "int", "float", "bool", "bytes", "bytearray", "complex", "list", "dict", "tuple",
        "set", "frozenset",
      ]
      return plain.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
    case .subscript:
      return tree.subscript(node).map { isPlainAnnotation($0.value, in: model) } ?? false
    case .binOp:
      guard let union = tree.binOp(node), union.operator == .bitOr else { return false }
      return isPlainAnnotation(union.left, in: model) && isPlainAnnotation(union.right, in: model)
    default: return false
    }
  }

  /// Whether a function has a body worth the name and no `return` with a value.
  private func returnsNothing(_ view: FunctionDef, _ node: NodeID, in model: SemanticModel) -> Bool
  {
    let tree = model.tree
    guard let scope = model.scope(openedBy: node) else { return false }
    // A stub says nothing about what overrides or replaces it.
    let isStub = tree.nodes(view.body).allSatisfy { statement in
      switch tree.kind(statement) {
      case .passStmt, .raiseStmt: true
      case .exprStmt: tree.exprStmt(statement).map { tree.kind($0.value) == .constant } ?? true
      default: false
      }
    }
    if isStub { return false }
    // A function whose last statement raises never returns normally.
    if let last = tree.nodes(view.body).last, tree.kind(last) == .raiseStmt { return false }
    for index in tree.subtree(of: node) {
      guard tree.kind(index) == .returnStmt, let value = tree.returnStmt(index)?.value,
        model.executionScope(of: model.scope(of: index)) == scope
      else { continue }
      if tree.constant(value)?.kind != ConstantKind.none { return false }
    }
    return true
  }

  /// Whether a subclass in the project defines the method anew.
  func isOverridden(_ function: FunctionDefinition) -> Bool {
    guard let owner = function.owner else { return false }
    return functions.isOverridden(function.symbol, of: owner)
  }
}

extension SyntaxTree {
  /// The nodes of a subtree: a run of ids that ends with its root.
  func subtree(of root: NodeID) -> [NodeID] {
    let start = span(root).start
    var nodes: [NodeID] = []
    var index = root.index
    while index > 0 {
      index -= 1
      let node = NodeID(UInt32(index))
      if span(node).start < start { break }
      nodes.append(node)
    }
    return nodes
  }
}
