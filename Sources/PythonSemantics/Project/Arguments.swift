import PythonSyntax

/// What parameters get: an instance of a class, or a function.
struct ArgumentTable: Sendable {
  private var values = IDTable()
  private static let unknown = UInt32.max
  private static let isObject: UInt32 = 1 << 31

  /// A parameter is told by its function and its name.
  private static func key(_ function: SymbolID, _ parameter: AtomID) -> UInt64 {
    UInt64(function.rawValue) << 32 | UInt64(parameter.rawValue)
  }

  subscript(_ parameter: AtomID, of function: SymbolID) -> Value {
    guard let found = values[Self.key(function, parameter)], found != Self.unknown else {
      return .unknown
    }
    let symbol = SymbolID(found & ~Self.isObject)
    return found & Self.isObject != 0 ? .object(symbol) : .instance(symbol)
  }

  /// Adds what one call hands over; calls that disagree leave the value unknown.
  ///
  /// - Parameter isLike: Whether one function may stand for another one.
  mutating func insert(
    _ argument: HandedArgument, isLike: (_ one: SymbolID, _ other: SymbolID) -> Bool,
  ) {
    let key = Self.key(argument.function, argument.parameter)
    let new: UInt32 =
      switch argument.value {
      case .instance(let cls): cls.rawValue
      case .object(let function): function.rawValue | Self.isObject
      case .unknown, .none, .coroutine: Self.unknown
      }
    guard let known = values[key] else {
      values[key] = new
      return
    }
    if known == new || known == Self.unknown { return }
    if new != Self.unknown, known & Self.isObject != 0, new & Self.isObject != 0,
      isLike(SymbolID(known & ~Self.isObject), SymbolID(new & ~Self.isObject))
    {
      return
    }
    values[key] = Self.unknown
  }
}

extension Project {
  /// Finds what parameters without annotation stand for: from the calls of their functions, where
  /// all of these agree, and from the annotations of the methods that theirs replace.
  ///
  /// - Returns: Whether anything was found.
  mutating func addArguments(_ executor: Executor) -> Bool {
    var openNames: [AtomID] = []
    for function in functions {
      let parameters = internParameters(of: function)
      guard parameters.contains(where: { !$0.isAnnotated }) else { continue }
      let isInitializer = symbols.text(of: symbols.atom(of: function.symbol))
        .elementsEqual([UInt8]("__init__"))
      let named = isInitializer ? function.owner ?? function.symbol : function.symbol
      openNames.append(symbols.atom(of: named))
    }
    var isOpenAtom = [Bool](repeating: false, count: symbols.atomCount)
    for atom in openNames { isOpenAtom[Int(atom.rawValue)] = true }
    let isBase = baseClasses()
    let declared = resolveModules(executor) { resolver, functions, _ in
      functions.flatMap { resolver.annotatedParameters(of: $0, isBase) }
    }
    for argument in declared.joined() { annotatedArguments.insert(argument) { _, _ in false } }
    var isNew = !declared.joined().isEmpty
    let atoms = isOpenAtom
    let found = resolveModules(executor) { resolver, _, _ in
      resolver.handedArguments(to: atoms)
    }
    let functions = (self.functions, functionIndex)
    for argument in found.joined() {
      arguments.insert(argument) { one, other in
        guard let one = functions.1[UInt64(one.rawValue)],
          let other = functions.1[UInt64(other.rawValue)]
        else { return false }
        return functions.0[Int(one)].isCoroutineFunction
          && functions.0[Int(other)].isCoroutineFunction
      }
      if argument.value != .unknown { isNew = true }
    }
    return isNew
  }

  /// Gives the names of a function's parameters, `self` apart, atoms.
  private mutating func internParameters(of function: FunctionDefinition) -> [(
    name: AtomID, isAnnotated: Bool
  )] {
    let tree = modules[function.module.index].model.tree
    guard let view = tree.functionDef(function.node), let list = tree.arguments(view.arguments)
    else { return [] }
    let hasSelf = function.owner != nil && function.decoration != .staticMethod
    let parameters = Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
    var found: [(name: AtomID, isAnnotated: Bool)] = []
    for node in parameters.dropFirst(hasSelf ? 1 : 0) + Array(tree.nodes(list.keywordOnly)) {
      guard let parameter = tree.arg(node) else { continue }
      found.append((symbols.intern(tree.text(of: parameter.name)), parameter.annotation != nil))
    }
    return found
  }

  /// Whether each class of the project, by its place in ``classes``, is the base of another one.
  private func baseClasses() -> [Bool] {
    var isBase = [Bool](repeating: false, count: classes.count)
    for cls in classes {
      for base in cls.bases {
        if let index = classIndex[UInt64(base.rawValue)] { isBase[Int(index)] = true }
      }
    }
    return isBase
  }
}

/// What one call hands to one parameter, or its annotation says.
struct HandedArgument: Sendable {
  let function: SymbolID
  let parameter: AtomID
  /// An instance or a function; unknown when nobody knows.
  let value: Value
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
        let isOpen = Int(atom.rawValue) < isOpenAtom.count && isOpenAtom[Int(atom.rawValue)]
        guard isOpen || project.vocabulary.mayHandOn(atom) || isText(name, "partial") else {
          continue
        }
      }
      guard case .object(let callee) = value(of: call.function) else { continue }
      if isPartial(call.function, callee) {
        addHandedOn(by: call, callee, at: 0, &found)
        continue
      }
      if isLocal(callee) { continue }
      if let position = project.vocabulary.handedPosition(of: callee) {
        addHandedOn(by: call, callee, at: position, &found)
      } else if let function = project.function(callee) {
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

  /// `start_soon(worker, queue)`, `Thread(target=worker, args=(queue,))`: what follows the function
  /// are its arguments.
  private func addHandedOn(
    by call: Call, _ callee: SymbolID, at position: Int, _ found: inout [HandedArgument],
  ) {
    let positional = Array(tree.nodes(call.arguments))
    var handed: NodeID?
    var arguments: [NodeID] = []
    if position < positional.count, !positional[...position].contains(where: isStarred) {
      handed = positional[position]
      arguments = Array(positional[(position + 1)...])
    }
    for node in tree.nodes(call.keywords) {
      guard let keyword = tree.keyword(node), let name = keyword.name else { continue }
      if handed == nil, isText(name, "target") || isText(name, "func") { handed = keyword.value }
      if isText(name, "args"), let list = tree.tuple(keyword.value) ?? tree.list(keyword.value) {
        arguments = Array(tree.nodes(list.elements))
      }
    }
    guard let handed, case .object(let symbol) = value(of: handed), !isLocal(symbol),
      let function = project.function(symbol)
    else { return }
    let isMethod = function.owner != nil && function.decoration != .staticMethod
    let isBound = isMethod && tree.attribute(handed) != nil
    let other = project[function.module].model.tree
    guard let view = other.functionDef(function.node), let list = other.arguments(view.arguments)
    else { return }
    let parameters =
      (Array(other.nodes(list.positionalOnly)) + Array(other.nodes(list.positional)))
      .dropFirst(isBound ? 1 : 0)
    for (index, parameter) in parameters.enumerated() {
      // What the library hands to every function that it calls: `add_get("/", handler)`.
      if let given = given(by: callee, to: parameter, of: function) {
        found.append(given)
      } else if index < arguments.count {
        if isStarred(arguments[index]) { break }
        hand(arguments[index], to: parameter, of: function, &found)
      }
    }
  }

  /// What a library hands to the parameter of a name of the functions that it is given.
  private func given(by callee: SymbolID, to parameter: NodeID, of function: FunctionDefinition)
    -> HandedArgument?
  {
    let other = project[function.module].model.tree
    guard let arg = other.arg(parameter), arg.annotation == nil,
      let atom = project.symbols.atom(other.text(of: arg.name)),
      let name = project.symbols.child(of: callee, atom),
      let cls = project.vocabulary.result(of: name)
    else { return nil }
    return HandedArgument(function: function.symbol, parameter: atom, value: .instance(cls))
  }

  private func isStarred(_ node: NodeID) -> Bool { tree.kind(node) == .starred }

  /// The classes that the annotations of a method's parameters name, if other classes derive from
  /// its own.
  func annotatedParameters(of index: Int, _ isBase: [Bool]) -> [HandedArgument] {
    let function = project.functions[index]
    guard let owner = function.owner, let place = project.classIndex[UInt64(owner.rawValue)],
      isBase[Int(place)], let view = tree.functionDef(function.node),
      let list = tree.arguments(view.arguments)
    else { return [] }
    let parameters =
      Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
      + Array(tree.nodes(list.keywordOnly))
    return parameters.compactMap { node in
      guard let parameter = tree.arg(node), let annotation = parameter.annotation,
        let atom = project.symbols.atom(tree.text(of: parameter.name)),
        let cls = annotatedClass(annotation)
      else { return nil }
      return HandedArgument(function: function.symbol, parameter: atom, value: .instance(cls))
    }
  }

  private func hand(
    _ argument: NodeID, to parameter: NodeID, of function: FunctionDefinition,
    _ found: inout [HandedArgument],
  ) {
    let other = project[function.module].model.tree
    guard let arg = other.arg(parameter), arg.annotation == nil,
      let atom = project.symbols.atom(other.text(of: arg.name))
    else { return }
    let given = value(of: argument)
    if given == .none { return }
    found.append(
      HandedArgument(function: function.symbol, parameter: atom, value: handedValue(given)))
  }

  /// What one may know of an argument in another module: an instance, or a function of the project.
  private func handedValue(_ value: Value) -> Value {
    switch value {
    case .instance(let cls) where !isLocal(cls): value
    case .object(let symbol) where !isLocal(symbol) && project.function(symbol) != nil: value
    case .instance, .object, .unknown, .none, .coroutine: .unknown
    }
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
    for (argument, parameter) in zip(tree.nodes(call.arguments), positional) {
      if tree.kind(argument) == .starred { break }
      hand(argument, to: parameter, of: function, &found)
    }
    for node in tree.nodes(call.keywords) {
      guard let keyword = tree.keyword(node), let name = keyword.name else { continue }
      let text = tree.text(of: name)
      for parameter in named {
        guard let arg = other.arg(parameter), other.text(of: arg.name).elementsEqual(text) else {
          continue
        }
        hand(keyword.value, to: parameter, of: function, &found)
      }
    }
  }
}
