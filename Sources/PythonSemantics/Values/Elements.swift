package import PythonSyntax

/// What is known of the elements of a collection.
package struct CollectionElements: Equatable, Sendable {
  /// What each element is; for a mapping, what each of its values is.
  package let value: Value
  /// Whether iterating gives keys, and a key in brackets gives an element.
  package let isMapping: Bool
}

/// The elements of displays, annotated collections and what methods of collections give of them.
extension Resolver {
  /// The elements of the collection that an expression is.
  package func elements(of node: NodeID) -> CollectionElements? {
    guard enter() else { return nil }
    defer { leave() }
    switch tree.kind(node) {
    case .list, .tuple, .set:
      let display = tree.list(node) ?? tree.tuple(node) ?? tree.set(node)
      return display.flatMap { agreed(tree.nodes($0.elements), isMapping: false) }
    case .dict: return tree.dict(node).flatMap { agreed(tree.nodes($0.values), isMapping: true) }
    case .listComp, .setComp, .generatorExp:
      guard let element = tree.comprehension(node)?.element else { return nil }
      return known(value(of: element), isMapping: false)
    case .dictComp:
      guard let element = tree.comprehension(node)?.value else { return nil }
      return known(value(of: element), isMapping: true)
    case .name: return elements(ofName: node)
    case .attribute: return elements(ofAttribute: node)
    case .call: return elements(ofCall: node)
    case .awaitExpr:
      guard let operand = tree.awaitExpr(node)?.value, tree.kind(operand) == .call else {
        return nil
      }
      return returnedElements(of: operand, colour: .coroutine)
    case .subscript:
      guard let view = tree.subscript(node) else { return nil }
      return tree.kind(view.slice) == .slice
        ? elements(of: view.value) : elements(ofValuesIn: view.value)
    case .boolOp:
      guard let operation = tree.boolOp(node), !operation.isAnd,
        let first = tree.nodes(operation.values).first
      else { return nil }
      return elements(of: first)
    default: return nil
    }
  }

  /// What a name of a loop over a collection stands for.
  func element(ofIterating iterable: NodeID) -> Value {
    guard let found = elements(of: iterable), !found.isMapping else { return .unknown }
    return found.value
  }

  /// What a name in the tuple of a loop's targets stands for: `for key, item in items.items()`.
  func value(ofLoopTarget node: NodeID, at position: Int, of count: Int, in iterable: NodeID)
    -> Value
  {
    guard let call = tree.call(iterable), call.keywords.isEmpty else { return .unknown }
    let arguments = tree.nodes(call.arguments)
    if let method = tree.attribute(call.function), arguments.isEmpty, count == 2, position == 1,
      isText(method.name, "items")
    {
      guard let found = elements(of: method.value), found.isMapping else { return .unknown }
      return found.value
    }
    guard let name = tree.name(call.function)?.name else { return .unknown }
    if isBuiltin(name, "enumerate", at: call.function), arguments.count == 1, count == 2,
      position == 1
    {
      return element(ofIterating: arguments[0])
    }
    if isBuiltin(name, "zip", at: call.function), arguments.count == count {
      return element(ofIterating: arguments[position])
    }
    return .unknown
  }

  /// What a method of a collection or a builtin gives of its elements: `handlers.get(name)`.
  func element(ofCalling call: Call) -> Value {
    if let method = tree.attribute(call.function) {
      guard isPath(method.value) else { return .unknown }
      let count = tree.nodes(call.arguments).count
      if isText(method.name, "get"), count == 1 || count == 2 {
        guard let found = elements(of: method.value), found.isMapping else { return .unknown }
        if count == 1 { return found.value }
        return merged(found.value, value(of: tree.nodes(call.arguments)[1]))
      }
      if isText(method.name, "pop"), count <= 2 {
        guard let found = elements(of: method.value), found.isMapping == (count > 0) || count == 1
        else { return .unknown }
        return found.value
      }
      if isText(method.name, "popleft") || isText(method.name, "get_nowait"), count == 0 {
        return element(ofIterating: method.value)
      }
      return .unknown
    }
    guard let name = tree.name(call.function)?.name,
      let first = tree.nodes(call.arguments).first
    else { return .unknown }
    for builtin in ["next", "min", "max"] as [StaticString]
    where isBuiltin(name, builtin, at: call.function) {
      return element(ofIterating: first)
    }
    return .unknown
  }

  /// What `await queue.get()` gives, where the queue's annotation names the class of its elements.
  func element(ofAwaiting node: NodeID) -> Value {
    guard let call = tree.call(node), call.arguments.isEmpty, call.keywords.isEmpty,
      let method = tree.attribute(call.function), isText(method.name, "get"), isPath(method.value)
    else { return .unknown }
    return element(ofIterating: method.value)
  }

  /// Whether an expression is a name or attributes of one: following calls in chains of calls twice
  /// would take time that doubles with each.
  private func isPath(_ node: NodeID) -> Bool {
    var current = node
    while let attribute = tree.attribute(current) { current = attribute.value }
    return tree.kind(current) == .name
  }

  // MARK: Kinds of collections

  private func agreed(_ nodes: Nodes, isMapping: Bool) -> CollectionElements? {
    var result = Value.none
    for node in nodes {
      // `*others` and `**others` may be anything.
      if tree.kind(node) == .starred { return nil }
      result = merged(result, value(of: node))
      if result == .unknown { return nil }
    }
    return known(result, isMapping: isMapping)
  }

  /// The elements of a collection whose elements are all like a value.
  func known(_ value: Value, isMapping: Bool) -> CollectionElements? {
    switch value {
    case .unknown, .none, .coroutine: nil
    case .object, .instance: CollectionElements(value: value, isMapping: isMapping)
    }
  }

  private func elements(ofName node: NodeID) -> CollectionElements? {
    guard let name = tree.name(node) else { return nil }
    guard let variable = model.lookUp(name.name, from: model.scope(of: node)) else { return nil }
    return elements(of: variable)
  }

  /// The elements of the collection that a variable holds.
  func elements(of variable: VariableID) -> CollectionElements? {
    if let known = knownElements(of: variable) { return known }
    let found = findElements(of: variable)
    // That there are none may be because the variable is being resolved.
    if let found { remember(found, of: variable) }
    return found
  }

  private func findElements(of variable: VariableID) -> CollectionElements? {
    guard model[variable].bindings.count == 1 else { return nil }
    let binding = model[variable].bindings[0]
    switch binding.kind {
    case .parameter:
      guard let annotation = tree.arg(binding.node)?.annotation else { return nil }
      if let list = tree.parent(of: binding.node), let view = tree.arguments(list) {
        // `*paths: Path` is a tuple of paths.
        if view.variadic == binding.node {
          return annotatedClass(annotation).map {
            CollectionElements(value: .instance($0), isMapping: false)
          }
        }
        if view.keywordVariadic == binding.node {
          return annotatedClass(annotation).map {
            CollectionElements(value: .instance($0), isMapping: true)
          }
        }
      }
      return annotatedElements(annotation)
    case .annotated:
      guard let view = tree.parent(of: binding.node).flatMap({ tree.annAssign($0) }) else {
        return nil
      }
      return annotatedElements(view.annotation)
    case .assignment:
      guard let view = tree.parent(of: binding.node).flatMap({ tree.assign($0) }),
        view.targets.count == 1,
        let found = guarded(variable, else: nil, { elements(of: view.value) }),
        !module.changedCollections.contains(model[variable].name)
      else { return nil }
      return found
    case .import, .importFrom:
      guard let symbol = symbol(ofImport: binding.node), !isLocal(symbol) else { return nil }
      return project.elements(of: symbol)
    default: return nil
    }
  }

  private func elements(ofAttribute node: NodeID) -> CollectionElements? {
    guard let attribute = tree.attribute(node) else { return nil }
    let atom = atom(attribute.name)
    guard atom.rawValue < Self.firstLocalAtom else { return nil }
    switch value(of: attribute.value) {
    case .instance(let cls), .object(let cls):
      guard !isLocal(cls) else { return nil }
      if let member = project.instanceMember(atom, of: cls, ofCollections: true) {
        guard let function = project.function(member) else { return project.elements(of: member) }
        // `@property def paths(self) -> list[Path]`.
        return function.decoration == .property && !function.isAmbiguous && function.colour == .sync
          ? function.elements : nil
      }
      return project.member(atom, of: cls).flatMap { project.elements(of: $0) }
    case .unknown, .none, .coroutine: return nil
    }
  }

  private func elements(ofCall node: NodeID) -> CollectionElements? {
    guard let call = tree.call(node) else { return nil }
    if let kept = keptClass(byKey: call) {
      return CollectionElements(value: .instance(kept), isMapping: false)
    }
    if let method = tree.attribute(call.function), isText(method.name, "get"),
      let found = elements(ofValuesIn: method.value)
    {
      return found
    }
    if let method = tree.attribute(call.function), call.arguments.isEmpty {
      if isText(method.name, "values") {
        guard let found = elements(of: method.value), found.isMapping else { return nil }
        return CollectionElements(value: found.value, isMapping: false)
      }
      if isText(method.name, "copy") { return elements(of: method.value) }
    }
    if let name = tree.name(call.function)?.name, let first = tree.nodes(call.arguments).first {
      let keeping: [StaticString] = [
        "list", "tuple", "set", "frozenset", "sorted", "reversed", "iter",
      ]
      for builtin in keeping where isBuiltin(name, builtin, at: call.function) {
        guard let found = elements(of: first), !found.isMapping else { return nil }
        return found
      }
    }
    return returnedElements(of: node, colour: .sync)
  }

  /// The class of what an application of aiohttp keeps below a key:
  /// `POOL = web.AppKey("pool", Pool)`.
  private func keptClass(byKey call: Call) -> SymbolID? {
    guard let name = tree.attribute(call.function)?.name ?? tree.name(call.function)?.name,
      isText(name, "AppKey"), call.arguments.count == 2
    else { return nil }
    return annotatedClass(tree.nodes(call.arguments)[1])
  }

  /// What `app[POOL]` gives, where `POOL` is a key of aiohttp.
  func kept(by view: Subscript) -> Value? {
    guard tree.kind(view.slice) == .name || tree.kind(view.slice) == .attribute,
      let keys = project.symbols.symbol(dotted: StaticString("aiohttp.web.AppKey").utf8Text),
      instanceClass(of: view.slice) == keys
    else { return nil }
    return elements(of: view.slice)?.value
  }

  private func returnedElements(of node: NodeID, colour: FunctionColour) -> CollectionElements? {
    guard let call = tree.call(node), case .object(let callee) = value(of: call.function),
      !isLocal(callee), let function = project.function(callee), function.colour == colour,
      !function.isAmbiguous, function.decoration.keepsCalls
    else { return nil }
    return function.elements
  }

  /// What an annotation says of a collection's elements: `list[Path]`, `dict[str, Path]`.
  func annotatedElements(_ annotation: NodeID) -> CollectionElements? {
    if let element = annotatedElement(annotation) {
      return CollectionElements(value: .instance(element), isMapping: false)
    }
    if let union = tree.binOp(annotation), union.operator == .bitOr {
      return annotatedElements(union.left) ?? annotatedElements(union.right)
    }
    if tree.constant(annotation)?.kind == .string, let text = stringText(annotation) {
      return annotatedElements(text: text[...], at: annotation)
    }
    guard let view = tree.subscript(annotation),
      let name = tree.name(view.value)?.name ?? tree.attribute(view.value)?.name
    else { return nil }
    if isText(name, "Optional") || isText(name, "Final") || isText(name, "ClassVar") {
      return annotatedElements(view.slice)
    }
    guard Self.mappingNames.contains(where: { isText(name, $0) }),
      let pair = tree.tuple(view.slice),
      pair.elements.count == 2, let element = annotatedValue(tree.nodes(pair.elements)[1])
    else { return nil }
    return CollectionElements(value: element, isMapping: true)
  }

  func isText(_ name: NameID, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { tree.text(of: name).elementsEqual($0) }
  }
}
