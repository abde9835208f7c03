package import PythonSyntax

extension Resolver {
  /// What one binding gives its name.
  func value(of binding: Binding) -> Value {
    let node = binding.node
    switch binding.kind {
    case .import, .importFrom:
      return symbol(ofImport: node).map { value(ofObject: $0) } ?? .unknown
    case .function:
      if let cls = madeClass(byDecoratorsOf: node) { return .instance(cls) }
      return module.symbol(ofDefinition: node).map(Value.object) ?? .unknown
    case .classDef: return module.symbol(ofDefinition: node).map(Value.object) ?? .unknown
    case .parameter: return value(ofParameter: node)
    case .assignment:
      return statement(of: node, .assign).flatMap { tree.assign($0) }.map { value(of: $0.value) }
        ?? .unknown
    case .annotated:
      guard let view = statement(of: node, .annAssign).flatMap({ tree.annAssign($0) }) else {
        return .unknown
      }
      return value(ofAnnotated: view)
    case .named:
      guard let parent = tree.parent(of: node), let view = tree.namedExpr(parent) else {
        return .unknown
      }
      return value(of: view.value)
    case .withTarget:
      guard let item = tree.parent(of: node), let view = tree.withItem(item),
        let statement = tree.parent(of: item)
      else { return .unknown }
      return entered(view.contextExpr, isAsync: tree.kind(statement) == .asyncWith)
    case .unpacked: return value(ofUnpacked: node)
    case .forTarget, .comprehensionTarget:
      guard let parent = tree.parent(of: node),
        let iterable = tree.forStmt(parent)?.iterable ?? tree.comprehensionFor(parent)?.iterable
      else { return .unknown }
      return element(ofIterating: iterable)
    case .augmented, .exceptTarget, .pattern, .deletion,
      .typeParameter, .typeAlias:
      return .unknown
    }
  }

  /// The class of what the outermost decorator makes of a function: `@click.group()`.
  func madeClass(byDecoratorsOf function: NodeID) -> SymbolID? {
    guard let view = tree.functionDef(function), let decorator = tree.nodes(view.decorators).first,
      case .object(let symbol) = value(of: tree.call(decorator)?.function ?? decorator),
      !isLocal(symbol)
    else { return nil }
    return project.vocabulary.madeClass(by: symbol)
  }

  /// An imported name: a module variable of the project has its value's class.
  private func value(ofObject symbol: SymbolID) -> Value {
    if !isLocal(symbol) {
      if let cls = project.variableClass(symbol) { return .instance(cls) }
      if let cls = project.function(symbol)?.madeClass { return .instance(cls) }
    }
    return .object(symbol)
  }

  private func statement(of target: NodeID, _ kind: NodeKind) -> NodeID? {
    tree.parent(of: target).flatMap { tree.kind($0) == kind ? $0 : nil }
  }

  func value(ofAnnotated view: AnnAssign) -> Value {
    if let found = annotatedValue(view.annotation) { return found }
    return view.value.map { value(of: $0) } ?? .none
  }

  /// What `with expr as name` binds.
  func entered(_ expression: NodeID, isAsync: Bool) -> Value {
    if let cls = yielded(by: expression, isAsync: isAsync) { return .instance(cls) }
    if let closed = closed(by: expression) { return value(of: closed) }
    guard let cls = instanceClass(of: expression) else { return .unknown }
    let result = result(ofMethod: isAsync ? "__aenter__" : "__enter__", of: cls)
    // Context managers of the project may return anything; those of libraries return themselves
    // unless the rule files say otherwise.
    switch result {
    case .instance: return result
    case .coroutine(let enter):
      return project.function(enter)?.result.map(Value.instance) ?? .unknown
    case .unknown, .none, .object:
      let name: StaticString = isAsync ? "__aenter__" : "__enter__"
      let isOwn = method(name, of: cls).flatMap { project.function($0) } != nil
      return isOwn ? .unknown : .instance(cls)
    }
  }

  /// `a, b = x, y`, element by element.
  private func value(ofUnpacked node: NodeID) -> Value {
    guard let display = tree.parent(of: node),
      let targets = tree.tuple(display)?.elements ?? tree.list(display)?.elements,
      let statement = tree.parent(of: display)
    else { return .unknown }
    if let iterable = tree.forStmt(statement)?.iterable
      ?? tree.comprehensionFor(statement)?.iterable
    {
      let names = tree.nodes(targets)
      guard let position = names.firstIndex(of: node) else { return .unknown }
      return value(ofLoopTarget: node, at: position, of: names.count, in: iterable)
    }
    guard let assign = tree.assign(statement) else { return .unknown }
    return value(ofTarget: node, in: Array(tree.nodes(targets)), from: assign.value)
  }

  /// What `a, b = x, y` gives one of its targets; a starred one gets a list.
  func value(ofTarget node: NodeID, in targets: [NodeID], from value: NodeID) -> Value {
    guard let position = targets.firstIndex(of: node), tree.kind(node) != .starred else {
      return .unknown
    }
    guard let display = tree.tuple(value)?.elements ?? tree.list(value)?.elements else {
      return item(at: position, of: value) ?? element(ofIterating: value)
    }
    let values = Array(tree.nodes(display))
    if values.contains(where: { tree.kind($0) == .starred }) { return .unknown }
    guard let star = targets.firstIndex(where: { tree.kind($0) == .starred }) else {
      return values.count == targets.count ? self.value(of: values[position]) : .unknown
    }
    guard values.count >= targets.count - 1 else { return .unknown }
    let index = position < star ? position : values.count - (targets.count - position)
    return self.value(of: values[index])
  }

  /// One of the items of the tuple that a known callable gives: `asyncio.open_connection.item0`.
  private func item(at position: Int, of value: NodeID) -> Value? {
    let names: [StaticString] = ["item0", "item1", "item2"]
    guard position < names.count, case .instance(let cls) = self.value(of: value),
      let item = method(names[position], of: cls), !isLocal(item)
    else { return nil }
    return project.vocabulary.result(of: item).map(Value.instance)
  }

  // MARK: Parameters

  private func value(ofParameter node: NodeID) -> Value {
    guard let arg = tree.arg(node), let list = tree.parent(of: node),
      let view = tree.arguments(list), view.variadic != node, view.keywordVariadic != node
    else { return .unknown }
    if let annotation = arg.annotation { return annotatedValue(annotation) ?? .unknown }
    guard let function = tree.parent(of: list), let symbol = module.symbol(ofDefinition: function),
      let definition = project.function(symbol)
    else { return .unknown }
    guard isFirstParameter(node, in: view), definition.decoration != .staticMethod,
      let owner = owner(ofMethod: function)
    else { return value(ofPlainParameter: node, of: symbol, in: view) }
    let isInit = isClassMethodByName(function)
    switch definition.decoration {
    case .staticMethod: return .unknown
    case .classMethod: return .object(owner)
    case .none, .property, .contextManager, .unknown:
      return isInit ? .object(owner) : .instance(owner)
    }
  }

  private func isFirstParameter(_ node: NodeID, in view: Arguments) -> Bool {
    let first = tree.nodes(view.positionalOnly).first ?? tree.nodes(view.positional).first
    return first == node
  }

  /// `__new__` and the hooks that take the class without a decorator.
  private func isClassMethodByName(_ function: NodeID) -> Bool {
    guard let view = tree.functionDef(function) else { return false }
    let text = tree.text(of: view.name)
    return text.elementsEqual([UInt8]("__new__"))
      || text.elementsEqual([UInt8]("__init_subclass__"))
      || text.elementsEqual([UInt8]("__class_getitem__"))
  }

  /// The class whose body directly holds a function.
  package func owner(ofMethod function: NodeID) -> SymbolID? {
    let scope = model[model.executionScope(of: model.scope(of: function))]
    guard scope.kind == .classBody else { return nil }
    return module.symbol(ofDefinition: scope.node)
  }

  /// The known bases of the class around a `super()` of several: those that have the member that is
  /// read must agree.
  func basesOfSuper(_ node: NodeID) -> [SymbolID]? {
    guard let definition = tree.call(node).flatMap({ classOfSuper($0) }),
      definition.bases.count > 1, !definition.hasUnknownBase,
      let parent = tree.parent(of: node), let atom = tree.attribute(parent).map({ atom($0.name) }),
      atom.rawValue < Self.firstLocalAtom
    else { return nil }
    return definition.bases.filter { project.instanceMember(atom, of: $0) != nil }
  }

  /// The class that `super()` in a call stands for: the only base of the class around it.
  func baseOfSuper(_ call: Call) -> Value? {
    guard let name = tree.name(call.function), isBuiltin(name.name, "super", at: call.function),
      call.arguments.isEmpty
    else { return nil }
    // With several bases the order of method resolution decides; only one is certain.
    guard let definition = classOfSuper(call), definition.bases.count == 1,
      !definition.hasUnknownBase
    else { return .unknown }
    return .instance(definition.bases[0])
  }

  /// The class around a `super()`.
  private func classOfSuper(_ call: Call) -> ClassDefinition? {
    guard let name = tree.name(call.function), isBuiltin(name.name, "super", at: call.function),
      call.arguments.isEmpty
    else { return nil }
    var scope = model.executionScope(of: model.scope(of: call.function))
    while scope != .module {
      let current = model[scope]
      if current.kind == .classBody {
        return module.symbol(ofDefinition: current.node).flatMap { project.cls($0) }
      }
      scope = model.executionScope(of: current.parent)
    }
    return nil
  }

  /// Whether a name means a builtin at a place: the text is right and nothing shadows it.
  package func isBuiltin(_ name: NameID, _ text: StaticString, at node: NodeID) -> Bool {
    guard text.withUTF8Buffer({ tree.text(of: name).elementsEqual($0) }) else { return false }
    return model.lookUp(name, from: model.scope(of: node)) == nil
  }
}
