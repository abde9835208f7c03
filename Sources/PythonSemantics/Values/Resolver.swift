package import PythonSyntax

/// Answers what the names and expressions of one module mean.
///
/// Works on demand and remembers; names that nobody has facts about get symbols of their own, which
/// are valid in this resolver only.
package final class Resolver {
  package let project: Project
  package let moduleID: ModuleID
  package let module: Module
  package let model: SemanticModel
  package let tree: SyntaxTree

  /// The atom of each name of the tree; ``unknownAtom`` until asked.
  private var atoms: [UInt32]
  private var localAtoms: [[UInt8]] = []
  private var localChildren = IDTable()
  private var localParents: [SymbolID] = []
  private var localAtomOfSymbol: [AtomID] = []
  private var variableValues: [Value?]
  /// By variable: its place in ``foundElements``.
  private var elementsOfVariable = IDTable()
  private var foundElements: [CollectionElements] = []
  /// What attributes hold beside empty collections and `None`, by name.
  lazy var filledStores = findFilledStores()
  /// What annotations say of attributes, by name.
  lazy var annotatedStores = findAnnotatedStores()
  private var isVisiting: [Bool]
  private var depth = 0
  private lazy var managerSymbol = project.symbols.symbol(
    dotted: [UInt8]("django.db.models.Model.objects"))

  private lazy var selfSymbol = project.symbols.symbol(dotted: [UInt8]("typing.Self"))

  static let unknownAtom = UInt32.max
  /// Names of the tree without an atom in the project are numbered from here.
  static let firstLocalAtom: UInt32 = 1 << 30
  private static let firstLocalSymbol: UInt32 = 1 << 30
  /// Chains of calls and attributes deeper than this are not followed.
  private static let maximumDepth = 48

  package init(_ project: Project, module: ModuleID) {
    self.project = project
    moduleID = module
    self.module = project[module]
    model = self.module.model
    tree = model.tree
    atoms = self.module.atoms
    variableValues = [Value?](repeating: nil, count: model.variables.count)
    isVisiting = [Bool](repeating: false, count: model.variables.count)
  }

  // MARK: Symbols

  /// The atom of a name of the tree.
  package func atom(_ name: NameID) -> AtomID {
    let known = atoms[name.index]
    if known != Self.unknownAtom { return AtomID(known) }
    let atom =
      project.symbols.atom(tree.text(of: name))?.rawValue
      ?? Self.firstLocalAtom + name.rawValue
    atoms[name.index] = atom
    return AtomID(atom)
  }

  /// The atom of a part of a dotted name.
  func atom(ofPart text: ArraySlice<UInt8>) -> AtomID {
    if let atom = project.symbols.atom(text) { return atom }
    if let name = tree.nameTable.id(of: Array(text)) { return atom(name) }
    let base = Self.firstLocalAtom + UInt32(tree.nameTable.count)
    if let index = localAtoms.firstIndex(where: { $0.elementsEqual(text) }) {
      return AtomID(base + UInt32(index))
    }
    localAtoms.append(Array(text))
    return AtomID(base + UInt32(localAtoms.count - 1))
  }

  /// The symbol below another one, after following the project's imports.
  package func member(_ atom: AtomID, of parent: SymbolID) -> SymbolID {
    if parent.rawValue < Self.firstLocalSymbol, atom.rawValue < Self.firstLocalAtom,
      let known = project.member(atom, of: parent)
    {
      return known
    }
    let key = SymbolTable.key(parent, atom)
    if let known = localChildren[key] { return SymbolID(known) }
    let symbol = Self.firstLocalSymbol + UInt32(localParents.count)
    localChildren[key] = symbol
    localParents.append(parent)
    localAtomOfSymbol.append(atom)
    return SymbolID(symbol)
  }

  /// Whether nobody has facts about the name.
  package func isLocal(_ symbol: SymbolID) -> Bool { symbol.rawValue >= Self.firstLocalSymbol }

  /// The name above a symbol.
  package func parent(of symbol: SymbolID) -> SymbolID {
    isLocal(symbol)
      ? localParents[Int(symbol.rawValue - Self.firstLocalSymbol)]
      : project.symbols.parent(of: symbol)
  }

  /// The dotted name of a symbol.
  package func name(of symbol: SymbolID) -> [UInt8] {
    guard isLocal(symbol) else { return project.symbols.name(of: symbol) }
    let index = Int(symbol.rawValue - Self.firstLocalSymbol)
    let above = localParents[index]
    let last = text(of: localAtomOfSymbol[index])
    return above == .root ? last : name(of: above) + [UInt8(ascii: ".")] + last
  }

  private func text(of atom: AtomID) -> [UInt8] {
    guard atom.rawValue >= Self.firstLocalAtom else { return project.symbols.text(of: atom) }
    let index = Int(atom.rawValue - Self.firstLocalAtom)
    return index < tree.nameTable.count
      ? Array(tree.text(of: NameID(UInt32(index)))) : localAtoms[index - tree.nameTable.count]
  }

  /// The symbol of a dotted name.
  func symbol(dotted text: ArraySlice<UInt8>, below parent: SymbolID = .root) -> SymbolID {
    var symbol = parent
    for part in text.split(separator: UInt8(ascii: ".")) {
      symbol = member(atom(ofPart: part), of: symbol)
    }
    return symbol
  }

  // MARK: Imports

  /// What an alias of an import statement binds.
  func symbol(ofImport alias: NodeID) -> SymbolID? {
    guard let view = tree.alias(alias), let statement = tree.parent(of: alias) else { return nil }
    if tree.kind(statement) == .importFrom {
      guard let from = tree.importFrom(statement), let base = symbol(ofModuleIn: from) else {
        return nil
      }
      return member(atom(view.name), of: base)
    }
    let text = tree.text(of: view.name)
    if view.asName == nil, let dot = text.firstIndex(of: UInt8(ascii: ".")) {
      return symbol(dotted: text[..<dot])
    }
    return symbol(dotted: text)
  }

  /// The module of a `from` import; `nil` when it has more dots than the module has packages.
  func symbol(ofModuleIn from: ImportFrom) -> SymbolID? {
    var base = SymbolID.root
    if from.level > 0 {
      base = module.packageSymbol(in: project.symbols)
      for _ in 1..<max(from.level, 1) {
        guard base != .root else { return nil }
        base = project.symbols.parent(of: base)
      }
    }
    guard let name = from.module else { return base }
    return symbol(dotted: tree.text(of: name), below: base)
  }

  // MARK: Values of names

  /// What a name that is read stands for at that place.
  func value(ofName node: NodeID) -> Value {
    guard let name = tree.name(node) else { return .unknown }
    let scope = model.scope(of: node)
    guard let variable = model.lookUp(name.name, from: scope) else {
      return value(ofUnbound: name.name)
    }
    let known = value(of: variable)
    if known != .unknown { return known }
    guard model[variable].bindings.count > 1,
      let binding = definiteBinding(of: variable, at: node)
    else { return known }
    return guarded(variable) { value(of: binding) }
  }

  /// A name that the module does not bind: from a star import, or a builtin.
  private func value(ofUnbound name: NameID) -> Value {
    let atom = atom(name)
    guard atom.rawValue < Self.firstLocalAtom else { return .unknown }
    for statement in model.starImports {
      if let from = tree.importFrom(statement), let base = symbol(ofModuleIn: from),
        !isLocal(base), let found = project.member(atom, of: base)
      {
        return .object(found)
      }
    }
    guard let builtins = project.symbols.symbol(dotted: [UInt8]("builtins")),
      let found = project.symbols.child(of: builtins, atom)
    else { return .unknown }
    return .object(found)
  }

  /// What a variable stands for wherever it is read: all its bindings agree, `None` apart.
  package func value(of variable: VariableID) -> Value {
    if let known = variableValues[variable.index] { return known }
    return guarded(variable) {
      var result = Value.none
      for binding in model[variable].bindings where binding.kind != .deletion {
        let value = value(of: binding)
        if value == .none { continue }
        result = merged(result, value)
        if result == .unknown { break }
      }
      variableValues[variable.index] = result
      return result
    }
  }

  /// The elements of a variable that were found before.
  func knownElements(of variable: VariableID) -> CollectionElements? {
    elementsOfVariable[UInt64(variable.rawValue)].map { foundElements[Int($0)] }
  }

  /// Keeps the elements of a variable for the next who asks.
  func remember(_ elements: CollectionElements, of variable: VariableID) {
    elementsOfVariable[UInt64(variable.rawValue)] = UInt32(foundElements.count)
    foundElements.append(elements)
  }

  private func guarded(_ variable: VariableID, _ body: () -> Value) -> Value {
    guarded(variable, else: .unknown, body)
  }

  /// Runs the body unless it runs for the same variable already.
  func guarded<Result>(_ variable: VariableID, else result: Result, _ body: () -> Result) -> Result
  {
    guard !isVisiting[variable.index] else { return result }
    isVisiting[variable.index] = true
    defer { isVisiting[variable.index] = false }
    return body()
  }

  // MARK: Values of expressions

  /// Begins to resolve one more expression; `false` when too many are open.
  func enter() -> Bool {
    guard depth < Self.maximumDepth else { return false }
    depth += 1
    return true
  }

  /// Ends what ``enter()`` began.
  func leave() { depth -= 1 }

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
      return merged(value(of: choice.body), value(of: choice.orElse))
    case .boolOp:
      guard let operation = tree.boolOp(node), !operation.isAnd else { return .unknown }
      return tree.nodes(operation.values).reduce(Value.none) { merged($0, value(of: $1)) }
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

  /// What is known of a value that is one of two.
  func merged(_ left: Value, _ right: Value) -> Value {
    if left == .none { return right }
    if right == .none || left == right { return left }
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
    switch value(of: call.function) {
    case .object(let callee):
      // `partial(f, 1)` is called like `f`.
      if let bound = tree.nodes(call.arguments).first, isPartial(call.function, callee) {
        return value(of: bound)
      }
      if let owner = receiverClass(call.function, callee) { return .instance(owner) }
      return result(ofCalling: callee)
    case .instance(let cls): return result(ofMethod: "__call__", of: cls)
    case .unknown, .none, .coroutine: return .unknown
    }
  }

  /// The class that a method is called on, if the method gives an instance of that very class.
  private func receiverClass(_ function: NodeID, _ callee: SymbolID) -> SymbolID? {
    guard let selfSymbol, !isLocal(callee), project.vocabulary.result(of: callee) == selfSymbol,
      let receiver = tree.attribute(function)?.value
    else { return nil }
    switch value(of: receiver) {
    case .object(let cls), .instance(let cls): return isLocal(cls) ? nil : cls
    case .unknown, .none, .coroutine: return nil
    }
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
    case .instance(let cls) where tree.kind(operand) == .call: return .instance(cls)
    case .unknown, .none, .object, .instance:
      return passedOn(by: operand).map(awaited) ?? element(ofAwaiting: operand)
    }
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
