package import PythonSyntax

extension SemanticModel {
  /// Whether running a function's body certainly runs a node of it: no branch, loop or handler
  /// lies between, and no statement before it may return.
  ///
  /// Exceptions do not count: a check that raises is there to be passed.
  package func runsAlways(_ node: NodeID, in scope: ScopeID) -> Bool {
    let function = self[scope].node
    var child = node
    while child != function, let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .ifStmt:
        if tree.ifStmt(parent)?.test != child { return false }
      case .ifExp:
        if tree.ifExp(parent)?.test != child { return false }
      case .boolOp:
        if tree.boolOp(parent).flatMap({ tree.nodes($0.values).first }) != child { return false }
      case .whileStmt:
        if tree.whileStmt(parent)?.test != child { return false }
      // A loop over nothing is the exception.
      case .forStmt: break
      case .asyncFor:
        if tree.forStmt(parent)?.iterable != child { return false }
      case .exceptHandler, .matchCase, .comprehension: return false
      case .listComp, .setComp, .dictComp, .generatorExp: return false
      default: break
      }
      if mayReturn(in: parent, before: child) { return false }
      child = parent
    }
    return true
  }

  /// Whether a function's body runs a node of it unless it returns early: the node stands in no
  /// branch of a condition, no handler and no `case`.
  ///
  /// - Parameter isIgnored: Whether an `if` with a test counts as no condition for its body.
  package func runsUsually(
    _ node: NodeID, ignoring isIgnored: (_ test: NodeID) -> Bool = { _ in false },
  ) -> Bool {
    var child = node
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef, .lambda, .classDef, .module: return true
      case .ifStmt:
        guard let view = tree.ifStmt(parent) else { return false }
        let isBody = tree.nodes(view.body).contains(child)
        if view.test != child, !isBody || !isIgnored(view.test) { return false }
      case .ifExp:
        if tree.ifExp(parent)?.test != child { return false }
      case .boolOp:
        if tree.boolOp(parent).flatMap({ tree.nodes($0.values).first }) != child { return false }
      case .exceptHandler where isInLoop(parent): break
      case .exceptHandler, .matchCase: return false
      default: break
      }
      child = parent
    }
    return true
  }

  /// Whether a handler stands in a loop of its function: the pause of a retry.
  private func isInLoop(_ handler: NodeID) -> Bool {
    var child = handler
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef, .lambda, .classDef, .module: return false
      case .forStmt, .whileStmt: return true
      default: child = parent
      }
    }
    return false
  }

  /// Whether a `return` stands in an earlier statement of the same block.
  private func mayReturn(in parent: NodeID, before child: NodeID) -> Bool {
    let start = tree.span(child).start
    let first = tree.span(parent).start
    // The subtree of the parent is the run of ids that ends with it.
    var index = child.index
    while index > 0 {
      index -= 1
      let node = NodeID(UInt32(index))
      let span = tree.span(node)
      if span.start < first { return false }
      guard tree.kind(node) == .returnStmt, span.start < start, scope(of: node) == scope(of: child)
      else { continue }
      return true
    }
    return false
  }
}
