import PythonSyntax

/// Parameters without annotation.
extension Resolver {
  /// What a parameter without annotation stands for: by its default, by the fixture of its name, or
  /// by what all calls of the function hand over.
  func value(ofPlainParameter node: NodeID, of function: SymbolID, in list: Arguments) -> Value {
    guard let name = tree.arg(node)?.name else { return .unknown }
    if let found = defaultValue(of: node, in: list) {
      if let dependency = dependency(found) { return dependency }
      if case .instance = value(of: found) { return value(of: found) }
    }
    let atom = atom(name)
    if atom.rawValue < Self.firstLocalAtom {
      let handed = project.arguments[atom, of: function]
      if handed != .unknown { return isWeighed(handed) ? .unknown : handed }
      if let cls = inheritedClass(of: atom, of: function) { return .instance(cls) }
      if let cls = decoratedClass(of: atom, of: function) { return .instance(cls) }
    }
    if isText(name, "loop"), tree.nameTable.id(of: "asyncio") != nil,
      let loop = project.symbols.symbol(
        dotted: StaticString("asyncio.AbstractEventLoop").utf8Text)
    {
      return .instance(loop)
    }
    return fixture(named: name, usedBy: node)
  }

  /// Whether a binding is a parameter without annotation that is `None` unless somebody gives it.
  func isOptionalParameter(_ binding: Binding) -> Bool {
    guard binding.kind == .parameter, tree.arg(binding.node)?.annotation == nil,
      let list = tree.parent(of: binding.node).flatMap({ tree.arguments($0) }),
      let found = defaultValue(of: binding.node, in: list)
    else { return false }
    return tree.constant(found)?.kind == ConstantKind.none
  }

  /// Whether a parameter holds a function and the module asks functions for their colour.
  private func isWeighed(_ value: Value) -> Bool {
    guard case .object = value else { return false }
    return asksForColour
  }

  /// Whether the module asks functions or values for their colour, so that a branch may know more
  /// than an annotation says.
  package var asksForColour: Bool {
    let questions: [StaticString] = [
      "iscoroutinefunction", "isawaitable", "iscoroutine", "is_async_callable",
    ]
    return questions.contains { tree.nameTable.id(of: $0) != nil }
  }

  /// The class of a parameter that the annotation of the method says that this one replaces, or
  /// that a library hands to it.
  private func inheritedClass(of parameter: AtomID, of function: SymbolID) -> SymbolID? {
    guard let owner = project.function(function)?.owner, let cls = project.cls(owner) else {
      return nil
    }
    let method = project.symbols.atom(of: function)
    for base in cls.bases {
      if let found = declaredClass(of: parameter, method, base, depth: 0) { return found }
    }
    return nil
  }

  private func declaredClass(
    of parameter: AtomID, _ method: AtomID, _ cls: SymbolID, depth: Int,
  ) -> SymbolID? {
    if let replaced = project.symbols.child(of: cls, method) {
      if let found = project.annotatedArguments[parameter, of: replaced].instanceClass {
        return found
      }
      if let name = project.symbols.child(of: replaced, parameter),
        let found = project.vocabulary.result(of: name)
      {
        return found
      }
    }
    guard depth < 16, let definition = project.cls(cls) else { return nil }
    for base in definition.bases {
      if let found = declaredClass(of: parameter, method, base, depth: depth + 1) { return found }
    }
    return nil
  }

  /// The class of a parameter that a library hands to what its decorator is put on:
  /// `@app.middleware("http")`.
  private func decoratedClass(of parameter: AtomID, of function: SymbolID) -> SymbolID? {
    guard let definition = project.function(function), definition.module == moduleID,
      let view = tree.functionDef(definition.node)
    else { return nil }
    for decorator in tree.nodes(view.decorators) {
      let named = tree.call(decorator)?.function ?? decorator
      guard case .object(let symbol) = value(of: named), !isLocal(symbol),
        let name = project.symbols.child(of: symbol, parameter),
        let cls = project.vocabulary.result(of: name)
      else { continue }
      return cls
    }
    return nil
  }

  private func defaultValue(of node: NodeID, in list: Arguments) -> NodeID? {
    let positional = Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
    let defaults = Array(tree.nodes(list.defaults))
    if let index = positional.firstIndex(of: node) {
      let place = index - (positional.count - defaults.count)
      return place >= 0 ? defaults[place] : nil
    }
    guard let index = tree.nodes(list.keywordOnly).firstIndex(of: node) else { return nil }
    let keywordDefaults = tree.optionalNodes(list.keywordDefaults)
    return index < keywordDefaults.count ? keywordDefaults[index] : nil
  }

  /// What FastAPI hands over for `Depends(f)`: what `f` returns or yields.
  private func dependency(_ node: NodeID) -> Value? {
    guard let call = tree.call(node), let first = tree.nodes(call.arguments).first,
      let name = tree.name(call.function)?.name ?? tree.attribute(call.function)?.name,
      isText(name, "Depends"), case .object(let symbol) = value(of: first), !isLocal(symbol)
    else { return nil }
    if let function = project.function(symbol) {
      return function.result.map(Value.instance) ?? .unknown
    }
    return project.isKnownClass(symbol) ? .instance(symbol) : .unknown
  }

  /// What a pytest fixture of the module, or of a `conftest` of the packages around it, gives to a
  /// test's parameter of its name.
  private func fixture(named name: NameID, usedBy parameter: NodeID) -> Value {
    if let variable = model.variable(name, in: .module) {
      guard model[variable].bindings.count == 1, model[variable].bindings[0].kind == .function,
        let symbol = module.symbol(ofDefinition: model[variable].bindings[0].node)
      else { return .unknown }
      return fixture(symbol)
    }
    guard let conftest = project.symbols.atom(StaticString("conftest").utf8Text) else {
      return .unknown
    }
    let atom = atom(name)
    guard atom.rawValue < Self.firstLocalAtom else { return .unknown }
    var package = module.symbol
    while package != .root {
      package = project.symbols.parent(of: package)
      guard let module = project.symbols.child(of: package, conftest),
        let found = project.symbols.child(of: module, atom)
      else { continue }
      return fixture(project.canonical(found))
    }
    return .unknown
  }

  private func fixture(_ symbol: SymbolID) -> Value {
    guard let function = project.function(symbol) else { return .unknown }
    let other = project[function.module].model.tree
    guard let view = other.functionDef(function.node),
      other.nodes(view.decorators).contains(where: { decorator in
        let callee = other.call(decorator)?.function ?? decorator
        guard let last = other.attribute(callee)?.name ?? other.name(callee)?.name else {
          return false
        }
        return StaticString("fixture").withUTF8Buffer {
          other.text(of: last).elementsEqual($0)
        }
      })
    else { return .unknown }
    return function.result.map(Value.instance) ?? .unknown
  }
}
