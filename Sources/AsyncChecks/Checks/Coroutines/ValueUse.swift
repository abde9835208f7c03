import PythonSemantics
import PythonSyntax

/// What the code around an expression does with its value.
enum ValueUse {
  /// Awaits it, or hands it to somebody who may.
  case consumed
  /// Treats it as a plain value; the message that says how.
  case misuse(StaticString)
  /// Stores it in an attribute of `self`; the target.
  case stored(NodeID)
  /// Gives it a name, and nothing else.
  case bound(VariableID)
  /// Puts it into a list, tuple, set or comprehension.
  case element(NodeID)
  /// Drops it.
  case dropped
}

extension CheckContext {
  /// What is done with the value of a node.
  func use(of node: NodeID) -> ValueUse {
    guard let parent = tree.parent(of: node) else { return .consumed }
    switch tree.kind(parent) {
    case .formattedValue, .interpolation:
      return tree.kind(parent) == .formattedValue ? .misuse("formatted") : .consumed
    case .compare: return useInComparison(node, parent)
    case .binOp, .augAssign: return .misuse("operand")
    case .unaryOp:
      return tree.unaryOp(parent)?.operator == .not ? .misuse("condition") : .misuse("operand")
    case .boolOp:
      guard let operation = tree.boolOp(parent) else { return .consumed }
      return tree.nodes(operation.values).last == node ? use(of: parent) : .misuse("condition")
    case .ifStmt, .whileStmt: return .misuse("condition")
    case .matchCase:
      return tree.matchCase(parent)?.guardExpr == node ? .misuse("condition") : .consumed
    case .assertStmt:
      return tree.assertStmt(parent)?.test == node ? .misuse("condition") : .consumed
    case .ifExp:
      guard let choice = tree.ifExp(parent) else { return .consumed }
      return choice.test == node ? .misuse("condition") : use(of: parent)
    case .forStmt: return .misuse("iterated")
    case .comprehension: return useInClause(node, parent)
    case .attribute: return useOfAttribute(parent)
    case .subscript:
      return tree.subscript(parent)?.value == node ? .misuse("subscript") : .consumed
    case .call: return useAsArgument(node, parent)
    case .keyword:
      return tree.parent(of: parent).map { useAsArgument(parent, $0) } ?? .consumed
    case .tuple: return variable(unpacking: parent, at: node).map { .bound($0) } ?? .element(parent)
    case .list, .set: return .element(parent)
    case .dict:
      guard let display = tree.dict(parent), tree.nodes(display.values).contains(node) else {
        return .consumed
      }
      return .element(parent)
    case .dictComp:
      return tree.comprehension(parent)?.value == node ? .element(parent) : .consumed
    case .listComp, .setComp:
      return tree.comprehension(parent)?.element == node ? .element(parent) : .consumed
    case .generatorExp:
      guard tree.comprehension(parent)?.element == node, isConsumedAsValues(parent) else {
        return .consumed
      }
      return .misuse("collected")
    case .returnStmt: return returnsPlainValue(parent) ? .misuse("returned") : .consumed
    case .assign: return useInAssignment(parent)
    case .annAssign: return useInAnnotated(parent)
    case .namedExpr:
      // Whatever becomes of the name, a coroutine as a condition is always true.
      if case .misuse(let message) = use(of: parent) { return .misuse(message) }
      return .consumed
    case .exprStmt: return .dropped
    default: return .consumed
    }
  }

  private func useInComparison(_ node: NodeID, _ parent: NodeID) -> ValueUse {
    guard let comparison = tree.compare(parent) else { return .consumed }
    let comparators = tree.nodes(comparison.comparators)
    for index in comparators.indices {
      switch tree.comparisonOperator(comparison, at: index) {
      // Comparing objects for identity is what one may do with a coroutine.
      case .is, .isNot:
        guard let other = comparators.first, let constant = tree.constant(other)?.kind,
          comparison.left == node
        else { return .consumed }
        switch constant {
        case .none, .true, .false: return .misuse("compared")
        default: return .consumed
        }
      case .in, .notIn:
        return comparison.left == node ? .misuse("compared") : .misuse("iterated")
      case .eq, .notEq, .lt, .ltE, .gt, .gtE: continue
      }
    }
    return .misuse("compared")
  }

  private func useInClause(_ node: NodeID, _ parent: NodeID) -> ValueUse {
    guard let clause = tree.comprehensionFor(parent) else { return .consumed }
    if clause.iterable == node { return clause.isAsync ? .consumed : .misuse("iterated") }
    return .misuse("condition")
  }

  private func useOfAttribute(_ parent: NodeID) -> ValueUse {
    guard let attribute = tree.attribute(parent) else { return .consumed }
    let text = tree.text(of: attribute.name)
    // What can be awaited may be a manager too, entered by hand: `await opening.__aenter__()`.
    if text.starts(with: StaticString("__").bytes) { return .consumed }
    let own: [StaticString] = ["send", "throw", "close"]
    // Nobody awaits what a coroutine object's own methods give.
    if let call = tree.parent(of: parent), tree.call(call)?.function == parent,
      let outer = tree.parent(of: call), tree.kind(outer) == .awaitExpr
    {
      return .misuse("attribute")
    }
    // A coroutine's `send` and `throw` want to know what; those of others may not.
    if let call = tree.parent(of: parent).flatMap({ tree.call($0) }), call.function == parent,
      call.arguments.isEmpty, call.keywords.isEmpty, isNamed(attribute.name, ["send", "throw"])
    {
      return .misuse("attribute")
    }
    // The attributes of coroutine objects themselves: `cr_frame` and so on.
    if own.contains(where: { $0.withUTF8Buffer { text.elementsEqual($0) } })
      || text.starts(with: StaticString("cr_").bytes)
    {
      return .consumed
    }
    return .misuse("attribute")
  }

  private func useInAssignment(_ parent: NodeID) -> ValueUse {
    guard let assign = tree.assign(parent), assign.targets.count == 1,
      let target = tree.nodes(assign.targets).first
    else { return .consumed }
    if tree.kind(target) == .tuple || tree.kind(target) == .list { return .misuse("iterated") }
    if let attribute = tree.attribute(target), let receiver = tree.name(attribute.value),
      tree.text(of: receiver.name).elementsEqual(StaticString("self").bytes)
    {
      return .stored(target)
    }
    guard let name = tree.name(target),
      let variable = model.lookUp(name.name, from: model.scope(of: target))
    else { return .consumed }
    return .bound(variable)
  }

  /// An annotation such as `Coroutine[…]` says that the coroutine is meant; a known class that it
  /// is not.
  private func useInAnnotated(_ parent: NodeID) -> ValueUse {
    guard let view = tree.annAssign(parent), let name = tree.name(view.target),
      let variable = model.lookUp(name.name, from: model.scope(of: view.target)),
      isPlain(view.annotation)
    else { return .consumed }
    return .bound(variable)
  }

  /// Whether an annotation names something that nobody can await.
  func isPlain(_ annotation: NodeID) -> Bool {
    if let view = tree.subscript(annotation) {
      return isPlain(isNamed(view.value, ["Optional"]) ? view.slice : view.value)
    }
    if let union = tree.binOp(annotation) { return isPlain(union.left) && isPlain(union.right) }
    if tree.constant(annotation)?.kind == ConstantKind.none { return true }
    let builtins: [StaticString] = [
      "int", "str", "bytes", "float", "bool", "dict", "list", "set", "tuple", "Dict", "List",
      "Set", "Tuple",
    ]
    if isNamed(annotation, builtins) { return true }
    guard let cls = symbol(of: annotation), project.cls(cls) != nil else { return false }
    return resolver.method("__await__", of: cls) == nil
  }

  /// The name that gets one element of a tuple: `a` of `first()` in `a, b = first(), second()`.
  private func variable(unpacking tuple: NodeID, at element: NodeID) -> VariableID? {
    guard let parent = tree.parent(of: tuple), let assign = tree.assign(parent),
      assign.targets.count == 1, let target = tree.nodes(assign.targets).first,
      let names = tree.tuple(target)?.elements, let values = tree.tuple(tuple)?.elements,
      names.count == values.count,
      !tree.nodes(names).contains(where: { tree.kind($0) == .starred }),
      !tree.nodes(values).contains(where: { tree.kind($0) == .starred }),
      let index = tree.nodes(values).firstIndex(of: element),
      let name = tree.name(tree.nodes(names)[index])
    else { return nil }
    return model.lookUp(name.name, from: model.scope(of: target))
  }
}
