package import PythonSyntax

extension Resolver {
  /// What is known of the value of an expression.
  package func value(of node: NodeID) -> Value {
    guard enter() else { return .unknown }
    defer { leave() }
    switch tree.kind(node) {
    case .name: return value(ofName: node)
    case .attribute: return value(ofAttribute: node)
    case .call: return value(ofCall: node)
    case .awaitExpr:
      guard let operand = tree.awaitExpr(node)?.value else { return .unknown }
      return awaited(operand)
    case .namedExpr: return tree.namedExpr(node).map { value(of: $0.value) } ?? .unknown
    case .ifExp:
      guard let choice = tree.ifExp(node) else { return .unknown }
      return merged(valueOrDefault(of: choice.body), valueOrDefault(of: choice.orElse))
    case .boolOp:
      guard let operation = tree.boolOp(node), !operation.isAnd else { return .unknown }
      return tree.nodes(operation.values).reduce(Value.none) {
        merged($0, valueOrDefault(of: $1))
      }
    case .binOp:
      guard let operation = tree.binOp(node), let cls = instanceClass(of: operation.left)
      else { return .unknown }
      return result(ofMethod: Self.method(of: operation.operator), of: cls)
    case .subscript: return value(ofSubscript: node)
    case .constant:
      return tree.constant(node)?.kind == ConstantKind.none ? .none : .unknown
    default: return .unknown
    }
  }

  /// What is known of a part of `client or Client()`: nothing against the other part when nobody
  /// has to give it.
  private func valueOrDefault(of node: NodeID) -> Value {
    let value = value(of: node)
    guard value == .unknown, let name = tree.name(node)?.name,
      let variable = model.lookUp(name, from: model.scope(of: node)),
      model[variable].bindings.count == 1, isOptionalParameter(model[variable].bindings[0])
    else { return value }
    return .none
  }

  /// What is known of a value that is one of two.
  func merged(_ left: Value, _ right: Value) -> Value {
    if left == .none { return right }
    if right == .none || left == right { return left }
    if case .instance(let one) = left, case .instance(let other) = right, !isLocal(one),
      !isLocal(other), let base = project.commonBase(of: one, other)
    {
      return .instance(base)
    }
    // Calling either gives a coroutine, or runs a function that gives the same.
    if case .object(let one) = left, case .object(let other) = right, isAlike(one, other) {
      return left
    }
    return .unknown
  }

  private func isAlike(_ one: SymbolID, _ other: SymbolID) -> Bool {
    guard !isLocal(one), !isLocal(other), let one = project.function(one),
      let other = project.function(other)
    else { return false }
    if one.isCoroutineFunction, other.isCoroutineFunction { return true }
    return one.isPlainFunction && other.isPlainFunction && one.result == other.result
      && one.passedCoroutine == nil && other.passedCoroutine == nil
  }

  private func value(ofAttribute node: NodeID) -> Value {
    guard let attribute = tree.attribute(node) else { return .unknown }
    let atom = atom(attribute.name)
    if let bases = basesOfSuper(attribute.value) {
      return bases.reduce(Value.none) { merged($0, value(ofMember: atom, of: $1)) }
    }
    switch value(of: attribute.value) {
    case .object(let symbol):
      // A known attribute with a result that is used without a call: `path.parent.name`.
      if !isLocal(symbol), let cls = attributeClass(symbol) {
        return value(ofMember: atom, of: cls)
      }
      if let manager = ownManager(atom, of: symbol) { return .instance(manager) }
      if let manager = manager(attribute.name, of: symbol) { return .object(manager) }
      let member = member(atom, of: symbol)
      if !isLocal(member), let cls = project.variableClass(member) { return .instance(cls) }
      if isLocal(member), !isLocal(symbol), atom.rawValue < Self.firstLocalAtom,
        project.cls(symbol) != nil, let inherited = project.instanceMember(atom, of: symbol)
      {
        return .object(inherited)
      }
      return .object(member)
    case .instance(let cls): return value(ofMember: atom, of: cls)
    case .unknown, .none, .coroutine: return .unknown
    }
  }

  /// The class of a known attribute or function, when it has a known result and no members.
  private func attributeClass(_ symbol: SymbolID) -> SymbolID? {
    guard !project.symbols.hasMembers(symbol) else { return nil }
    return project.vocabulary.result(of: symbol)
  }

  /// The class that an expression's value is an instance of, known attributes read as values.
  package func instanceClass(of node: NodeID) -> SymbolID? {
    switch value(of: node) {
    case .instance(let cls): return cls
    case .object(let symbol):
      return tree.kind(node) == .call || isLocal(symbol) ? nil : attributeClass(symbol)
    case .unknown, .none, .coroutine: return nil
    }
  }

  /// The class of `Model.objects` where a model of the project has a manager of its own.
  private func ownManager(_ atom: AtomID, of symbol: SymbolID) -> SymbolID? {
    guard let manager = managerSymbol, atom == project.symbols.atom(of: manager),
      !isLocal(symbol), project.cls(symbol) != nil,
      let member = project.instanceMember(atom, of: symbol),
      let cls = project.variableClass(member), let definition = project.cls(cls),
      !definition.hasUnknownBase
    else { return nil }
    return cls
  }

  /// `Model.objects` of a class that is imported from elsewhere: taken for the known attribute of
  /// that name of Django's models, if the vocabulary has it.
  private func manager(_ name: NameID, of symbol: SymbolID) -> SymbolID? {
    guard let manager = managerSymbol, atom(name) == project.symbols.atom(of: manager) else {
      return nil
    }
    if !isLocal(symbol), let cls = project.cls(symbol) {
      let model = project.symbols.parent(of: manager)
      return project.isSubclass(symbol, of: model) || cls.hasUnknownBase ? manager : nil
    }
    guard isLocal(symbol) || !project.isKnownClass(symbol), project.function(symbol) == nil,
      let last = self.name(of: symbol).split(separator: UInt8(ascii: ".")).last?.first
    else { return nil }
    let isCapitalised = last >= UInt8(ascii: "A") && last <= UInt8(ascii: "Z")
    return isCapitalised ? manager : nil
  }

  /// An attribute of an instance: a method as an object, or the value of an attribute.
  private func value(ofMember atom: AtomID, of cls: SymbolID) -> Value {
    guard !isLocal(cls), atom.rawValue < Self.firstLocalAtom,
      let member = project.instanceMember(atom, of: cls)
    else { return result(ofMethod: "__getattr__", of: cls) }
    if let cls = project.variableClass(member) { return .instance(cls) }
    if let function = project.function(member), function.decoration == .property {
      return function.result.map(Value.instance) ?? .unknown
    }
    return .object(member)
  }

  private func value(ofCall node: NodeID) -> Value {
    guard let call = tree.call(node) else { return .unknown }
    if let base = baseOfSuper(call) { return base }
    let element = element(ofCalling: call)
    if element != .unknown { return element }
    if let entered = entered(byCalling: call) { return entered }
    switch value(of: call.function) {
    case .object(let callee):
      // `partial(f, 1)` is called like `f`.
      if let bound = tree.nodes(call.arguments).first, isPartial(call.function, callee) {
        return value(of: bound)
      }
      if let owner = receiverClass(call.function, callee) { return .instance(owner) }
      if let model = modelOfQuery(call.function, callee) { return model }
      return result(ofCalling: callee)
    case .instance(let cls): return result(ofMethod: "__call__", of: cls)
    case .unknown, .none, .coroutine: return .unknown
    }
  }

  /// The class that a method is called on, if the method gives an instance of that very class.
  private func receiverClass(_ function: NodeID, _ callee: SymbolID) -> SymbolID? {
    guard let selfSymbol, !isLocal(callee), let receiver = tree.attribute(function)?.value else {
      return nil
    }
    // `return cls(…)`, or an annotation with the name of the class itself.
    let own = project.function(callee).flatMap { $0.result == $0.owner ? $0.owner : nil }
    guard own != nil || project.vocabulary.result(of: callee) == selfSymbol else { return nil }
    switch value(of: receiver) {
    case .object(let cls), .instance(let cls):
      return isLocal(cls) || own.map { !project.isSubclass(cls, of: $0) } ?? false ? nil : cls
    case .unknown, .none, .coroutine: return nil
    }
  }

  /// What a query for one object gives, `User.objects.filter(…).first()`: an instance of the model
  /// that is asked, if that is a class of the project.
  private func modelOfQuery(_ function: NodeID, _ callee: SymbolID) -> Value? {
    guard let managerSymbol, !isLocal(callee),
      project.vocabulary.result(of: callee) == project.symbols.parent(of: managerSymbol),
      // `get_user_model()` asks nobody.
      var receiver = tree.attribute(function).map({ Optional($0.value) })
    else { return nil }
    while let node = receiver {
      if let attribute = tree.attribute(node),
        atom(attribute.name) == project.symbols.atom(of: managerSymbol),
        case .object(let cls) = value(of: attribute.value), !isLocal(cls), project.cls(cls) != nil
      {
        return .instance(cls)
      }
      receiver = tree.call(node).flatMap { tree.attribute($0.function)?.value }
    }
    return .unknown
  }

  func isPartial(_ function: NodeID, _ callee: SymbolID) -> Bool {
    guard let name = tree.attribute(function)?.name ?? tree.name(function)?.name,
      isText(name, "partial")
    else { return false }
    return self.name(of: callee).elementsEqual([UInt8]("functools.partial"))
  }

  /// What calling a function or class gives.
  package func result(ofCalling callee: SymbolID) -> Value {
    guard !isLocal(callee) else { return .unknown }
    if let function = project.function(callee) {
      if function.isCoroutineFunction { return .coroutine(callee) }
      guard !function.isAmbiguous, function.decoration.keepsCalls, function.colour == .sync else {
        return .unknown
      }
      if let coroutine = function.passedCoroutine { return .coroutine(coroutine) }
      if let returned = function.returnedFunction { return .object(returned) }
      return function.result.map(Value.instance) ?? .unknown
    }
    if let cls = project.vocabulary.result(of: callee) { return .instance(cls) }
    return project.isClass(callee) ? .instance(callee) : .unknown
  }

  /// The value of an awaited expression.
  private func awaited(_ operand: NodeID) -> Value {
    switch value(of: operand) {
    case .coroutine(let callee):
      return project.function(callee)?.result.map(Value.instance) ?? .unknown
    // The `returns` of a known callable is what a coroutine function gives when awaited.
    case .instance(let cls) where tree.kind(operand) == .call:
      return awaits(cls) ?? .instance(cls)
    case .unknown, .none, .object, .instance:
      return passedOn(by: operand).map(awaited) ?? element(ofAwaiting: operand)
    }
  }

  /// What awaiting an object of a class gives whose `__await__` the project writes: the object
  /// itself, or something that is not known. `nil` if it has no such method.
  private func awaits(_ cls: SymbolID) -> Value? {
    guard project.cls(cls) != nil, let method = method("__await__", of: cls),
      let function = project.function(method)
    else { return nil }
    let tree = project[function.module].model.tree
    guard let last = tree.functionDef(function.node).flatMap({ tree.nodes($0.body).last }),
      let name = tree.returnStmt(last)?.value.flatMap({ tree.name($0)?.name })
    else { return .unknown }
    let isItself = StaticString("self").withUTF8Buffer { tree.text(of: name).elementsEqual($0) }
    return isItself ? .instance(cls) : .unknown
  }

  /// The awaitable whose result `await asyncio.wait_for(load(), 5)` gives.
  private func passedOn(by node: NodeID) -> NodeID? {
    guard let call = tree.call(node),
      let name = tree.attribute(call.function)?.name ?? tree.name(call.function)?.name,
      isText(name, "wait_for") || isText(name, "shield"),
      case .object(let callee) = value(of: call.function), !isLocal(callee),
      let library = project.symbols.symbol(dotted: StaticString("asyncio").utf8Text),
      parent(of: callee) == library
    else { return nil }
    return tree.nodes(call.arguments).first
  }

  /// The class that `Annotated[Session, Depends(open)]` stands for.
  private func annotatedAlias(_ view: Subscript) -> SymbolID? {
    guard let name = tree.name(view.value)?.name ?? tree.attribute(view.value)?.name,
      isText(name, "Annotated"), let tuple = tree.tuple(view.slice),
      let first = tree.nodes(tuple.elements).first
    else { return nil }
    return annotatedClass(first)
  }

  private func value(ofSubscript node: NodeID) -> Value {
    guard let view = tree.subscript(node) else { return .unknown }
    if let found = kept(by: view) { return found }
    switch value(of: view.value) {
    case .object(let symbol):
      if let cls = annotatedAlias(view) ?? coroutineCallable(node) { return .object(cls) }
      if isLocal(symbol) { return .unknown }
      if let cls = attributeClass(symbol) { return result(ofMethod: "__getitem__", of: cls) }
      // A table of another module: `handlers[name]`.
      if let found = project.elements(of: symbol) { return found.value }
      return project.isKnownClass(symbol) ? .object(symbol) : .unknown
    // A slice of a sequence is a sequence of the same class, of a lazy query a lazy query.
    case .instance(let cls) where tree.kind(view.slice) == .slice: return .instance(cls)
    case .instance(let cls): return result(ofMethod: "__getitem__", of: cls)
    case .unknown, .none, .coroutine: return elements(of: view.value)?.value ?? .unknown
    }
  }

  /// What calling a special method of an instance gives, by the vocabulary.
  func result(ofMethod name: StaticString, of cls: SymbolID) -> Value {
    guard !isLocal(cls), let method = method(name, of: cls) else { return .unknown }
    return result(ofCalling: method)
  }

  /// The method of a class, looking at its bases.
  package func method(_ name: StaticString, of cls: SymbolID) -> SymbolID? {
    guard !isLocal(cls) else { return nil }
    let text = name.withUTF8Buffer { Array($0) }
    guard let atom = project.symbols.atom(text) else { return nil }
    return project.instanceMember(atom, of: cls)
  }

  private static func method(of operation: BinaryOperator) -> StaticString {
    switch operation {
    case .add: "__add__"
    case .sub: "__sub__"
    case .mult: "__mul__"
    case .matMult: "__matmul__"
    case .div: "__truediv__"
    case .mod: "__mod__"
    case .pow: "__pow__"
    case .lShift: "__lshift__"
    case .rShift: "__rshift__"
    case .bitOr: "__or__"
    case .bitXor: "__xor__"
    case .bitAnd: "__and__"
    case .floorDiv: "__floordiv__"
    }
  }
}
