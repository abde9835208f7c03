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
  lazy var managerSymbol = project.symbols.symbol(
    dotted: [UInt8]("django.db.models.Model.objects"))

  lazy var selfSymbol = project.symbols.symbol(dotted: [UInt8]("typing.Self"))

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
    guard atom.rawValue >= Self.firstLocalAtom else {
      return Array(project.symbols.text(of: atom))
    }
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
        if value == .none || value == .unknown && isOptionalParameter(binding) { continue }
        result = merged(result, value)
        if result == .unknown { break }
      }
      // A parameter that nothing else is known of.
      if result == .none, model[variable].bindings.contains(where: { isOptionalParameter($0) }) {
        result = .unknown
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

  // MARK: Depth

  /// Begins to resolve one more expression; `false` when too many are open.
  func enter() -> Bool {
    guard depth < Self.maximumDepth else { return false }
    depth += 1
    return true
  }

  /// Ends what ``enter()`` began.
  func leave() { depth -= 1 }
}
