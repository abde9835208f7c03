package import PythonSyntax

extension Resolver {
  /// The bases of a class that are known by name.
  func bases(of node: NodeID) -> (bases: [SymbolID], hasUnknown: Bool) {
    guard let cls = tree.classDef(node) else { return ([], false) }
    var bases: [SymbolID] = []
    var hasUnknown = false
    for base in tree.nodes(cls.bases) {
      // `Base[T]` derives from `Base`.
      let named = tree.subscript(base)?.value ?? base
      // `Manager.from_queryset(TopicQuerySet)` has the methods of both.
      if let call = tree.call(named), let method = tree.attribute(call.function),
        isText(method.name, "from_queryset"), let argument = tree.nodes(call.arguments).first,
        case .object(let manager) = value(of: method.value), !isLocal(manager),
        case .object(let set) = value(of: argument), !isLocal(set)
      {
        bases += [manager, set]
      } else if case .object(let symbol) = value(of: named), !isLocal(symbol) {
        bases.append(symbol)
      } else {
        hasUnknown = true
      }
    }
    return (bases, hasUnknown)
  }

  /// What the decorators make of a function.
  func decoration(of node: NodeID, _ colour: FunctionColour) -> Decoration {
    guard let function = tree.functionDef(node) else { return .none }
    var result = Decoration.none
    for decorator in tree.nodes(function.decorators) {
      switch kind(ofDecorator: decorator, colour) {
      case .none: continue
      case .staticMethod: result = .staticMethod
      case .classMethod: result = .classMethod
      case .property: result = .property
      case .contextManager: result = .contextManager
      case .unknown: return .unknown
      }
    }
    return result
  }

  /// Whether a decorator leaves a function what it is.
  package func keepsFunction(decorator: NodeID) -> Bool {
    kind(ofDecorator: decorator, .coroutine).keepsCalls
  }

  private func kind(ofDecorator node: NodeID, _ colour: FunctionColour) -> Decoration {
    // `@functools.wraps(f)` is a call, the others are names.
    let callee = tree.call(node)?.function ?? node
    if let name = tree.name(callee)?.name, model.lookUp(name, from: model.scope(of: callee)) == nil
    {
      let text = tree.text(of: name)
      if text.elementsEqual([UInt8]("staticmethod")) { return .staticMethod }
      if text.elementsEqual([UInt8]("classmethod")) { return .classMethod }
      if text.elementsEqual([UInt8]("property")) { return .property }
      return .unknown
    }
    guard let symbol = value(of: callee).symbol else { return .unknown }
    if !isLocal(symbol) {
      if project.vocabulary.keepsFunction(symbol) { return .none }
      if let function = project.function(symbol) {
        let reader = DecoratorReader(project[function.module].model)
        let effect = reader.effect(of: function, isCalled: callee != node)
        return effect?.keeps(colour) == true ? .none : .unknown
      }
    }
    let name = name(of: symbol)
    return Self.standardDecorators.first { matches($0.name, name) }?.decoration ?? .unknown
  }

  /// Decorators of the standard library that the language's own semantics are made of.
  private static let standardDecorators: [(name: StaticString, decoration: Decoration)] = [
    ("abc.abstractmethod", .none),
    ("abc.abstractproperty", .property),
    ("functools.cached_property", .property),
    ("functools.wraps", .none),
    ("contextlib.contextmanager", .contextManager),
    ("typing.override", .none),
    ("typing.final", .none),
    ("typing.overload", .none),
    ("typing.no_type_check", .none),
    ("typing_extensions.override", .none),
    ("typing_extensions.final", .none),
    ("typing_extensions.deprecated", .none),
    ("typing_extensions.overload", .none),
    ("warnings.deprecated", .none),
  ]

  private func matches(_ text: StaticString, _ name: [UInt8]) -> Bool {
    text.withUTF8Buffer { name.elementsEqual($0) }
  }

  /// The dotted name that an imported name or attribute chain stands for.
  package func dottedName(of node: NodeID) -> [UInt8]? {
    guard case .object(let symbol) = value(of: node) else { return nil }
    return name(of: symbol)
  }

  /// The class that the return annotation names.
  func annotatedResult(of node: NodeID) -> SymbolID? {
    guard let returns = tree.functionDef(node)?.returns else { return nil }
    return annotatedClass(returns, selfClass: owner(ofMethod: node))
  }

  /// The elements of the collection that the return annotation names.
  func returnedElements(of node: NodeID) -> CollectionElements? {
    tree.functionDef(node)?.returns.flatMap { annotatedElements($0) }
  }

  private func annotatedClass(_ annotation: NodeID, selfClass: SymbolID?) -> SymbolID? {
    if let selfClass, let name = tree.name(annotation)?.name ?? tree.attribute(annotation)?.name,
      tree.text(of: name).elementsEqual([UInt8]("Self"))
    {
      return selfClass
    }
    return annotatedClass(annotation)
  }

  /// The class of `self` when a name is the first parameter of the method around a node.
  func selfClass(_ name: NameID, at node: NodeID) -> SymbolID? {
    guard let variable = model.lookUp(name, from: model.scope(of: node)),
      let binding = model[variable].bindings.first, binding.kind == .parameter,
      model[variable].bindings.count == 1
    else { return nil }
    guard let arg = tree.arg(binding.node), arg.annotation == nil else { return nil }
    return value(of: binding).instanceClass
  }
}
