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
      view.returns.map { annotation in
        // `-> None` is not true of a function that returns something.
        isPlainAnnotation(annotation, in: model)
          && (model.tree.kind(annotation) != .constant || !returnsValue(function.node, in: model))
      }
      ?? (returnsNothing(view, function.node, in: model, isMethod: function.owner != nil)
        || returnsPlainValues(function.node, in: model))
    return isPlain && !isOverridden(function)
  }

  /// Whether calling a function gives an object of the project that nobody can call or await.
  func isPlainObject(of function: FunctionDefinition) -> Bool {
    guard !function.isAmbiguous, function.decoration.keepsCalls, function.colour == .sync,
      function.owner == nil, let cls = function.result, hasOwnBasesOnly(cls)
    else { return false }
    let special: [StaticString] = ["__call__", "__await__", "__getattr__"]
    return special.allSatisfy { resolver.method($0, of: cls) == nil }
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
  private func returnsNothing(
    _ view: FunctionDef, _ node: NodeID, in model: SemanticModel, isMethod: Bool,
  ) -> Bool {
    let tree = model.tree
    // A stub of a class says nothing about what overrides or replaces it.
    let isStub = tree.nodes(view.body).allSatisfy { statement in
      switch tree.kind(statement) {
      case .passStmt: isMethod
      case .raiseStmt: true
      case .exprStmt:
        isMethod && tree.exprStmt(statement).map { tree.kind($0.value) == .constant } ?? true
      default: false
      }
    }
    if isStub { return false }
    // A function whose last statement raises never returns normally.
    if let last = tree.nodes(view.body).last, tree.kind(last) == .raiseStmt { return false }
    return !returnsValue(node, in: model)
  }

  /// Whether a function has a `return` with a value that is not `None`.
  private func returnsValue(_ node: NodeID, in model: SemanticModel) -> Bool {
    let tree = model.tree
    guard let scope = model.scope(openedBy: node) else { return true }
    return tree.subtree(of: node).contains { index in
      guard tree.kind(index) == .returnStmt, let value = tree.returnStmt(index)?.value,
        model.executionScope(of: model.scope(of: index)) == scope
      else { return false }
      return tree.constant(value)?.kind != ConstantKind.none
    }
  }

  /// Whether all `return` statements of a function give displays, texts, numbers and the like.
  private func returnsPlainValues(_ function: NodeID, in model: SemanticModel) -> Bool {
    let tree = model.tree
    guard let scope = model.scope(openedBy: function) else { return false }
    var count = 0
    for node in tree.subtree(of: function) {
      guard tree.kind(node) == .returnStmt,
        model.executionScope(of: model.scope(of: node)) == scope
      else { continue }
      guard let value = tree.returnStmt(node)?.value,
        isPlainValue(value, in: model, scope, depth: 0)
      else { return false }
      count += 1
    }
    return count > 0
  }

  /// Whether an expression certainly gives something that can be neither awaited nor called.
  private func isPlainValue(
    _ node: NodeID, in model: SemanticModel, _ scope: ScopeID, depth: Int,
  ) -> Bool {
    let tree = model.tree
    guard depth < 4 else { return false }
    switch tree.kind(node) {
    case .constant: return tree.constant(node)?.kind != ConstantKind.none
    case .joinedStr, .list, .dict, .set, .tuple, .compare, .listComp, .dictComp, .setComp:
      return true
    case .unaryOp: return tree.unaryOp(node)?.operator == .not
    case .binOp:
      guard let operation = tree.binOp(node) else { return false }
      return isPlainValue(operation.left, in: model, scope, depth: depth + 1)
        || isPlainValue(operation.right, in: model, scope, depth: depth + 1)
    case .call:
      guard let call = tree.call(node), let name = tree.name(call.function)?.name else {
        return false
      }
      let plain: [StaticString] = [
        "len", "str", "int", "float", "bool", "bytes", "list", "dict", "set", "tuple", "sorted",
        "repr", "round", "isinstance",
      ]
      return model.lookUp(name, from: model.scope(of: node)) == nil
        && plain.contains { tree.text(of: name).elementsEqual($0.bytes) }
    case .name:
      guard let name = tree.name(node)?.name, let variable = model.variable(name, in: scope) else {
        return false
      }
      return model[variable].bindings.allSatisfy { binding in
        switch binding.kind {
        case .augmented: return true
        case .assignment:
          guard let assign = tree.parent(of: binding.node).flatMap({ tree.assign($0) }) else {
            return false
          }
          return isPlainValue(assign.value, in: model, scope, depth: depth + 1)
        default: return false
        }
      }
    default: return false
    }
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
