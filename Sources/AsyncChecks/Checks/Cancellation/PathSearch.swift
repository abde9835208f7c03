import PythonSyntax

/// The ways in which control can leave a block.
struct Exits: OptionSet, Sendable {
  /// One bit for each way.
  let rawValue: UInt8

  /// It reaches the statement after the block.
  static let end = Exits(rawValue: 1)
  /// It meets a `return`.
  static let returns = Exits(rawValue: 2)
  /// It meets a `break` of a loop around the block.
  static let breaks = Exits(rawValue: 4)
  /// It meets a `continue` of a loop around the block.
  static let continues = Exits(rawValue: 8)
  /// It meets a `raise`.
  static let raises = Exits(rawValue: 16)
}

/// Follows the paths through statements that do not meet an event: `await`, or `raise`.
///
/// Only what is written counts: an exception that a call may raise starts no path of its own, but
/// for the handlers of a `try`, which may run as soon as its body was entered.
struct PathSearch {
  /// The tree of the statements.
  let tree: SyntaxTree
  /// Whether the handlers of a `try` may run before its body met the event.
  var followsHandlers = true
  /// Whether a simple statement, or the head of a compound one, is the event.
  let isEvent: (NodeID) -> Bool

  /// How control can leave a list of statements without having met the event.
  func exits(_ statements: some Sequence<NodeID>) -> Exits {
    var result: Exits = []
    for statement in statements {
      let exits = exits(of: statement)
      result.formUnion(exits.subtracting(.end))
      guard exits.contains(.end) else { return result }
    }
    return result.union(.end)
  }

  /// How control can leave the statements of a list field without having met the event.
  func exits(_ list: NodeList) -> Exits { exits(tree.nodes(list)) }

  private func exits(of statement: NodeID) -> Exits {
    switch tree.kind(statement) {
    case .functionDef, .asyncFunctionDef, .classDef: return .end
    case .ifStmt:
      guard let view = tree.ifStmt(statement), !isEvent(view.test) else { return [] }
      if isTrue(view.test) { return exits(view.body) }
      return exits(view.body).union(exits(view.orElse))
    case .whileStmt:
      guard let view = tree.whileStmt(statement), !isEvent(view.test) else { return [] }
      return loop(view.body, view.orElse, isEndless: isTrue(view.test))
    case .forStmt, .asyncFor:
      guard let view = tree.forStmt(statement), !isEvent(statement), !isEvent(view.iterable) else {
        return []
      }
      return loop(view.body, view.orElse, isEndless: false)
    case .withStmt, .asyncWith:
      guard let view = tree.withStmt(statement), !isEvent(statement) else { return [] }
      for item in tree.nodes(view.items) where isEvent(item) { return [] }
      return exits(view.body)
    case .matchStmt: return exits(ofMatch: statement)
    case .tryStmt, .tryStar: return exits(ofTry: statement)
    default:
      if isEvent(statement) { return [] }
      switch tree.kind(statement) {
      case .returnStmt: return .returns
      case .raiseStmt: return .raises
      case .breakStmt: return .breaks
      case .continueStmt: return .continues
      default: return .end
      }
    }
  }

  private func loop(_ body: NodeList, _ orElse: NodeList, isEndless: Bool) -> Exits {
    let inside = exits(body)
    var result = inside.subtracting([.end, .breaks, .continues])
    if inside.contains(.breaks) { result.formUnion(.end) }
    if !isEndless { result.formUnion(exits(orElse)) }
    return result
  }

  private func exits(ofMatch statement: NodeID) -> Exits {
    guard let view = tree.matchStmt(statement), !isEvent(view.subject) else { return [] }
    var result: Exits = []
    var isExhaustive = false
    for branch in tree.nodes(view.cases) {
      guard let view = tree.matchCase(branch) else { continue }
      result.formUnion(exits(view.body))
      if view.guardExpr == nil, let pattern = tree.matchAs(view.pattern), pattern.pattern == nil {
        isExhaustive = true
      }
    }
    return isExhaustive ? result : result.union(.end)
  }

  private func exits(ofTry statement: NodeID) -> Exits {
    guard let view = tree.tryStmt(statement) else { return [] }
    var result = exits(view.body)
    if result.contains(.end) {
      result = result.subtracting(.end).union(exits(view.orElse))
    }
    if result.contains(.raises), !view.handlers.isEmpty { result.remove(.raises) }
    for handler in tree.nodes(view.handlers) where followsHandlers {
      guard let view = tree.exceptHandler(handler) else { continue }
      result.formUnion(exits(view.body))
    }
    guard !view.finalBody.isEmpty else { return result }
    let last = exits(view.finalBody)
    // What leaves the `finally` itself replaces the way that led into it.
    guard last.contains(.end) else { return last }
    return result.union(last.subtracting(.end))
  }

  private func isTrue(_ test: NodeID) -> Bool {
    if tree.constantKind(test) == .true { return true }
    return tree.integerValue(test).map { $0 != 0 } ?? false
  }
}
