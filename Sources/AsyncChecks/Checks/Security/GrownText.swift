import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// The values that a local text is made of, in the order of the source, when `+=` adds to it:
  /// what the last certain assignment before a place gave it, and what may have come later.
  func pieces(of variable: VariableID, before place: NodeID) -> [NodeID]? {
    let bindings = model[variable].bindings
    guard bindings.contains(where: { $0.kind == .augmented }), bindings.count <= 32,
      model[variable].scope == model.executionScope(of: model.scope(of: place))
    else { return nil }
    let start = tree.span(place).start
    var found: [NodeID] = []
    for binding in bindings where tree.span(binding.node).start < start {
      guard let statement = tree.parent(of: binding.node), let block = tree.parent(of: statement),
        mayReach(place, from: statement)
      else { continue }
      if let assign = tree.assign(statement), binding.kind == .assignment {
        if isInside(place, block) { found = [] }
        found.append(assign.value)
      } else if let assign = tree.annAssign(statement), let value = assign.value {
        if isInside(place, block) { found = [] }
        found.append(value)
      } else if let update = tree.augAssign(statement), update.operator == .add {
        found.append(update.value)
      } else {
        return nil
      }
    }
    return found
  }

  /// Whether a place can be reached from an earlier statement: it is not in the other branch, and
  /// the branch of the statement does not leave the function.
  private func mayReach(_ place: NodeID, from statement: NodeID) -> Bool {
    var child = statement
    while let parent = tree.parent(of: child), !isInside(place, parent) {
      if let last = resolver.block(of: parent, holding: child)?.last, leaves(last) { return false }
      child = parent
    }
    guard let common = tree.parent(of: child), let choice = tree.ifStmt(common) else { return true }
    return tree.nodes(choice.body).contains(child)
      == tree.nodes(choice.body).contains { isInside(place, $0) }
  }

  private func leaves(_ statement: NodeID) -> Bool {
    switch tree.kind(statement) {
    case .returnStmt, .raiseStmt, .breakStmt, .continueStmt: return true
    default: return false
    }
  }

  func interpolations(ofPieces pieces: [NodeID], depth: Int) -> [Interpolation] {
    var all: [Interpolation] = []
    var before: ArraySlice<UInt8> = []
    for (index, piece) in pieces.enumerated() {
      var inner = interpolations(of: piece, depth: depth + 1)
      if inner.isEmpty, index > 0, !isTextual(piece) {
        inner = [Interpolation(value: piece, before: [], isPiece: true)]
      }
      if index > 0 {
        for index in inner.indices { inner[index].isPiece = true }
        if let first = inner.first, first.before.isEmpty { inner[0].before = before }
      }
      all += inner
      before = tail(of: piece)
    }
    return all
  }

  /// The values in the list of `"…".join(list)`; `nil` for another call.
  func interpolations(ofJoin node: NodeID, depth: Int) -> [Interpolation]? {
    guard let call = tree.call(node), let method = tree.attribute(call.function),
      isText(method.name, ["join"]), tree.constant(method.value)?.kind == .string,
      let list = tree.nodes(call.arguments).first
    else { return nil }
    return interpolations(ofList: list, depth: depth + 1)
  }

  private func interpolations(ofList node: NodeID, depth: Int) -> [Interpolation] {
    guard depth < 6 else { return [] }
    let elements: [NodeID]
    switch tree.kind(node) {
    case .list, .tuple:
      elements =
        (tree.list(node)?.elements ?? tree.tuple(node)?.elements)
        .map { Array(tree.nodes($0)) } ?? []
    case .listComp, .generatorExp:
      elements = tree.comprehension(node).map { [$0.element] } ?? []
    case .name:
      guard let variable = variable(node) else { return [] }
      guard let value = soleValue(of: variable) else {
        return [Interpolation(value: node, before: [], isPiece: true)]
      }
      let added = appended(to: variable, before: node)
      return interpolations(ofList: value, depth: depth + 1)
        + added.flatMap { interpolations(ofElement: $0, depth: depth) }
    case .attribute:
      return [Interpolation(value: node, before: [], isPiece: true)]
    default: return []
    }
    return elements.flatMap { interpolations(ofElement: $0, depth: depth) }
  }

  private func interpolations(ofElement node: NodeID, depth: Int) -> [Interpolation] {
    if tree.constant(node) != nil || tree.kind(node) == .starred { return [] }
    var inner = interpolations(of: node, depth: depth + 1)
    if inner.isEmpty, tree.kind(node) != .joinedStr {
      inner = [Interpolation(value: node, before: [])]
    }
    for index in inner.indices { inner[index].isPiece = true }
    return inner
  }

  /// What `list.append(…)` adds to a list before a place.
  private func appended(to list: VariableID, before place: NodeID) -> [NodeID] {
    let start = tree.span(place).start
    return references[list].compactMap { reference in
      guard tree.span(reference).start < start, let use = tree.parent(of: reference),
        let method = tree.attribute(use), method.value == reference,
        isText(method.name, ["append"]), let outer = tree.parent(of: use),
        let call = tree.call(outer), call.function == use,
        mayReach(place, from: statement(of: outer))
      else { return nil }
      return tree.nodes(call.arguments).first
    }
  }

  /// The arguments that a function of the module puts into the text that it returns.
  func interpolations(ofFunction node: NodeID, depth: Int) -> [Interpolation] {
    guard let call = tree.call(node), let function = projectFunction(ofCall: node),
      function.module == resolver.moduleID, function.colour == .sync, !function.isAmbiguous,
      function.decoration.keepsCalls, let view = tree.functionDef(function.node),
      let last = tree.nodes(view.body).last, let result = tree.returnStmt(last)?.value
    else { return [] }
    let isMethod = function.owner != nil && function.decoration != .staticMethod
    return interpolations(of: result, depth: depth + 1).compactMap { part in
      guard comesFromCaller(part.value), let name = tree.name(part.value)?.name,
        let position = parameterIndex(of: part.value, in: function.node),
        position >= (isMethod ? 1 : 0),
        let value = argument(
          of: call, at: isMethod ? position - 1 : position, named: name)
      else { return nil }
      return Interpolation(value: value, before: part.before, isPiece: true)
    }
  }

  /// The position of the parameter that a name means.
  private func parameterIndex(of name: NodeID, in function: NodeID) -> Int? {
    guard let variable = variable(name), model[variable].bindings.count == 1,
      let parameters = tree.functionDef(function).flatMap({ tree.arguments($0.arguments) })
    else { return nil }
    let nodes =
      Array(tree.nodes(parameters.positionalOnly)) + Array(tree.nodes(parameters.positional))
    return nodes.firstIndex(of: model[variable].bindings[0].node)
  }

  private func argument(of call: Call, at position: Int, named name: NameID) -> NodeID? {
    if let value = argument(of: call, at: position, keywords: []) { return value }
    for node in tree.nodes(call.keywords) {
      if let keyword = tree.keyword(node), keyword.name == name { return keyword.value }
    }
    return nil
  }
}
