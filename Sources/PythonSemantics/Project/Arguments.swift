import PythonSyntax

/// The classes of the arguments that parameters without annotation get.
struct ArgumentTable: Sendable {
  private var classes = IDTable()
  private static let unknown = UInt32.max

  /// A parameter is told by its function and its name.
  private static func key(_ function: SymbolID, _ parameter: AtomID) -> UInt64 {
    UInt64(function.rawValue) << 32 | UInt64(parameter.rawValue)
  }

  func cls(of parameter: AtomID, _ function: SymbolID) -> SymbolID? {
    guard let found = classes[Self.key(function, parameter)], found != Self.unknown else {
      return nil
    }
    return SymbolID(found)
  }

  /// Adds what one call hands over; calls that disagree leave the class unknown.
  mutating func insert(_ cls: SymbolID?, _ parameter: AtomID, _ function: SymbolID) {
    let key = Self.key(function, parameter)
    let new = cls?.rawValue ?? Self.unknown
    guard let known = classes[key] else {
      classes[key] = new
      return
    }
    if known != new { classes[key] = Self.unknown }
  }
}

extension Project {
  /// Finds the classes of parameters without annotation from the calls of their functions, where
  /// all of these agree.
  ///
  /// - Returns: Whether any was found.
  mutating func addArguments(_ executor: Executor) -> Bool {
    var isOpenAtom = [Bool](repeating: false, count: symbols.atomCount)
    for function in functions where hasOpenParameters(function) {
      let isInitializer = symbols.text(of: symbols.atom(of: function.symbol))
        .elementsEqual([UInt8]("__init__"))
      let named = isInitializer ? function.owner ?? function.symbol : function.symbol
      isOpenAtom[Int(symbols.atom(of: named).rawValue)] = true
    }
    let atoms = isOpenAtom
    let found = resolveModules(executor) { resolver, _, _ in
      resolver.handedArguments(to: atoms)
    }
    var isNew = false
    for argument in found.joined() {
      argumentClasses.insert(argument.cls, argument.parameter, argument.function)
      if argument.cls != nil { isNew = true }
    }
    return isNew
  }

  private func hasOpenParameters(_ function: FunctionDefinition) -> Bool {
    let tree = modules[function.module.index].model.tree
    guard let view = tree.functionDef(function.node), let list = tree.arguments(view.arguments)
    else { return false }
    let hasSelf = function.owner != nil && function.decoration != .staticMethod
    let parameters = Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
    return (parameters.dropFirst(hasSelf ? 1 : 0) + Array(tree.nodes(list.keywordOnly)))
      .contains { tree.arg($0)?.annotation == nil }
  }
}

/// What one call hands to one parameter.
struct HandedArgument: Sendable {
  let function: SymbolID
  let parameter: AtomID
  /// `nil` when nobody knows.
  let cls: SymbolID?
}

extension Resolver {
  /// The arguments of the module's calls of functions and classes of some names.
  func handedArguments(to isOpenAtom: [Bool]) -> [HandedArgument] {
    var found: [HandedArgument] = []
    for node in tree.nodes where tree.kind(node) == .call && module.selection.contains(node) {
      guard let call = tree.call(node),
        call.arguments.count + call.keywords.count > 0,
        let name = tree.attribute(call.function)?.name ?? tree.name(call.function)?.name
      else { continue }
      // A plain name may be an alias of any function.
      if tree.attribute(call.function) != nil {
        let atom = atom(name)
        guard Int(atom.rawValue) < isOpenAtom.count, isOpenAtom[Int(atom.rawValue)] else {
          continue
        }
      }
      guard case .object(let callee) = value(of: call.function), !isLocal(callee) else { continue }
      if let function = project.function(callee) {
        let isMethod = function.owner != nil && function.decoration != .staticMethod
        add(call, to: function, skipping: isMethod ? 1 : 0, &found)
      } else if project.cls(callee) != nil, let initializer = method("__init__", of: callee),
        let function = project.function(initializer)
      {
        add(call, to: function, skipping: 1, &found)
      }
    }
    return found
  }

  private func add(
    _ call: Call, to function: FunctionDefinition, skipping: Int, _ found: inout [HandedArgument],
  ) {
    let other = project[function.module].model.tree
    guard let view = other.functionDef(function.node), let list = other.arguments(view.arguments)
    else { return }
    let positional =
      (Array(other.nodes(list.positionalOnly)) + Array(other.nodes(list.positional)))
      .dropFirst(skipping)
    let named = positional + Array(other.nodes(list.keywordOnly))
    func hand(_ argument: NodeID, to parameter: NodeID) {
      guard let arg = other.arg(parameter), arg.annotation == nil,
        let atom = project.symbols.atom(other.text(of: arg.name))
      else { return }
      let value = value(of: argument)
      if value == .none { return }
      let cls = value.instanceClass.flatMap { isLocal($0) ? nil : $0 }
      found.append(HandedArgument(function: function.symbol, parameter: atom, cls: cls))
    }
    for (argument, parameter) in zip(tree.nodes(call.arguments), positional) {
      if tree.kind(argument) == .starred { break }
      hand(argument, to: parameter)
    }
    for node in tree.nodes(call.keywords) {
      guard let keyword = tree.keyword(node), let name = keyword.name else { continue }
      let text = tree.text(of: name)
      for parameter in named {
        guard let arg = other.arg(parameter), other.text(of: arg.name).elementsEqual(text) else {
          continue
        }
        hand(keyword.value, to: parameter)
      }
    }
  }

  /// What a parameter without annotation stands for: by its default, by the fixture of its name, or
  /// by what all calls of the function hand over.
  func value(ofPlainParameter node: NodeID, of function: SymbolID, in list: Arguments) -> Value {
    guard let name = tree.arg(node)?.name else { return .unknown }
    if let found = defaultValue(of: node, in: list) {
      if let dependency = dependency(found) { return dependency }
      if case .instance = value(of: found) { return value(of: found) }
    }
    let atom = atom(name)
    if atom.rawValue < Self.firstLocalAtom,
      let cls = project.argumentClasses.cls(of: atom, function)
    {
      return .instance(cls)
    }
    return fixture(named: name, usedBy: node)
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

  /// What a pytest fixture of the module gives to a test's parameter of its name.
  private func fixture(named name: NameID, usedBy parameter: NodeID) -> Value {
    guard let variable = model.variable(name, in: .module),
      model[variable].bindings.count == 1, model[variable].bindings[0].kind == .function,
      let view = tree.functionDef(model[variable].bindings[0].node), !view.decorators.isEmpty,
      tree.nodes(view.decorators).contains(where: { decorator in
        let callee = tree.call(decorator)?.function ?? decorator
        guard let last = tree.attribute(callee)?.name ?? tree.name(callee)?.name else {
          return false
        }
        return isText(last, "fixture")
      }), let symbol = module.symbol(ofDefinition: model[variable].bindings[0].node),
      let function = project.function(symbol)
    else { return .unknown }
    return function.result.map(Value.instance) ?? .unknown
  }
}
