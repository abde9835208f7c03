import PythonSyntax

extension Project {
  /// Analyses what modules export to one another.
  ///
  /// - Parameters:
  ///   - names: Those of all files, also of files that are not analysed.
  ///   - files: The file of each model, in ascending order.
  ///   - selections: What of each module is taken in; everything unless given.
  /// - Complexity: O(*n*) in the number of definitions, imports and assigned attributes.
  package init(
    vocabulary: Vocabulary, names: ModuleNames, files: [Int], models: [SemanticModel],
    selections: [NodeSelection]? = nil, executor: Executor = .sequential,
  ) {
    self.vocabulary = vocabulary
    symbols = vocabulary.symbols
    for (index, (file, model)) in zip(files, models).enumerated() {
      let symbol = symbols.intern(dotted: names.names[file])
      moduleIndex[UInt64(symbol.rawValue)] = UInt32(index)
      modules.append(
        Module(
          model: model, symbol: symbol, isPackage: names.isPackage[file],
          selection: selections?[index] ?? .everything))
    }
    addNamespaceNames(names, files)
    for index in modules.indices { addDefinitions(of: ModuleID(UInt32(index))) }
    for index in modules.indices { addImports(of: ModuleID(UInt32(index))) }
    addAtoms(executor)
    addSignatures(executor)
    let exports = findExports(executor)
    addVariables(exports, executor)
    // What functions return may tell what variables are, and the other way round.
    var rounds = 0
    while rounds < Self.inferenceRounds, addInferredResults(exports, executor) {
      addVariables(exports, executor)
      rounds += 1
    }
    if addArguments(executor) {
      addVariables(exports, executor)
      if addInferredResults(exports, executor) { addVariables(exports, executor) }
    }
  }

  /// How often results and variables are inferred from one another.
  private static let inferenceRounds = 1

  // MARK: Names

  private mutating func addNamespaceNames(_ names: ModuleNames, _ files: [Int]) {
    var claims = ByteSet()
    for longer in names.longerNames { for name in longer { claims.insert(name) } }
    for (index, file) in files.enumerated() {
      for name in names.longerNames[file] where claims.count(of: name) == 1 {
        let known = symbols.symbolCount
        let symbol = symbols.intern(dotted: name)
        // A name that was known before is a library's or another module's.
        guard symbol.index >= known else { continue }
        aliases[UInt64(symbol.rawValue)] = modules[index].symbol.rawValue
      }
    }
  }

  /// Looks the names of all modules up, which every pass over them asks for.
  private mutating func addAtoms(_ executor: Executor) {
    let (modules, symbols) = (modules, symbols)
    let atoms = executor.map(modules.count) { index -> [UInt32] in
      let names = modules[index].model.tree.nameTable
      return (0..<names.count).map { name in
        symbols.atom(names.text(of: NameID(UInt32(name))))?.rawValue ?? Resolver.unknownAtom
      }
    }
    for (index, atoms) in atoms.enumerated() { self.modules[index].atoms = atoms }
  }

  /// Gives every function and class a symbol: `module.Class.method`, `module.f.<locals>.g`.
  private mutating func addDefinitions(of id: ModuleID) {
    let model = modules[id.index].model
    let tree = model.tree
    let locals = symbols.intern([UInt8]("<locals>"))
    // Scopes are in the order of descending nodes: outer ones first.
    var symbolOfScope = [SymbolID](repeating: modules[id.index].symbol, count: model.scopes.count)
    let selection = modules[id.index].selection
    for (index, scope) in model.scopes.enumerated().dropFirst()
    where selection.contains(scope.node) {
      let parent = model[scope.parent]
      var around = symbolOfScope[scope.parent.index]
      if parent.kind.isFunctionLike { around = symbols.internChild(of: around, locals) }
      guard let name = Self.name(of: scope, in: tree) else {
        symbolOfScope[index] = symbolOfScope[scope.parent.index]
        continue
      }
      let symbol = symbols.internChild(of: around, symbols.intern(tree.text(of: name)))
      symbolOfScope[index] = symbol
      modules[id.index].definitions[UInt64(scope.node.rawValue)] = symbol.rawValue
      if scope.kind == .classBody {
        addClass(ClassDefinition(symbol: symbol, module: id, node: scope.node))
      } else {
        let outer = model[model.executionScope(of: scope.parent)]
        let owner = outer.kind == .classBody ? symbols.parent(of: symbol) : nil
        addFunction(
          FunctionDefinition(
            symbol: symbol, module: id, node: scope.node, colour: Self.colour(of: scope),
            owner: owner))
      }
    }
  }

  private static func name(of scope: Scope, in tree: SyntaxTree) -> NameID? {
    switch scope.kind {
    case .function, .asyncFunction: tree.functionDef(scope.node)?.name
    case .classBody: tree.classDef(scope.node)?.name
    case .module, .lambda, .comprehension, .generatorExpression, .typeParameters: nil
    }
  }

  private static func colour(of scope: Scope) -> FunctionColour {
    if scope.kind == .asyncFunction { return scope.isGenerator ? .asyncGenerator : .coroutine }
    return scope.isGenerator ? .generator : .sync
  }

  private mutating func addFunction(_ function: FunctionDefinition) {
    let key = UInt64(function.symbol.rawValue)
    if classIndex[key] != nil { definedTwice[key] = 1 }
    guard let known = functionIndex[key] else {
      functionIndex[key] = UInt32(functions.count)
      functions.append(function)
      return
    }
    if functions[Int(known)].colour != function.colour { functions[Int(known)].isAmbiguous = true }
  }

  private mutating func addClass(_ cls: ClassDefinition) {
    let key = UInt64(cls.symbol.rawValue)
    if classIndex[key] != nil || functionIndex[key] != nil { definedTwice[key] = 1 }
    guard classIndex[key] == nil else { return }
    classIndex[key] = UInt32(classes.count)
    classes.append(cls)
  }

  // MARK: Imports

  private mutating func addImports(of id: ModuleID) {
    let model = modules[id.index].model
    let tree = model.tree
    var sources: [SymbolID] = []
    for statement in model.starImports {
      guard let from = tree.importFrom(statement),
        let source = internModule(of: from, in: id)
      else { continue }
      sources.append(source)
    }
    starSources.append(sources)
    for variable in model.variables where variable.scope == .module {
      var target: SymbolID?
      var isCertain = true
      for binding in variable.bindings {
        guard binding.kind == .import || binding.kind == .importFrom,
          let symbol = internImport(binding.node, in: id)
        else {
          isCertain = false
          break
        }
        if let target, target != symbol { isCertain = false }
        target = symbol
      }
      guard let target, isCertain else { continue }
      let atom = symbols.intern(tree.text(of: variable.name))
      let name = symbols.internChild(of: modules[id.index].symbol, atom)
      // `from . import x` in an `__init__` names the submodule itself.
      if name != target { aliases[UInt64(name.rawValue)] = target.rawValue }
    }
  }

  private mutating func internModule(of from: ImportFrom, in id: ModuleID) -> SymbolID? {
    let module = modules[id.index]
    var base = SymbolID.root
    if from.level > 0 {
      base = module.packageSymbol(in: symbols)
      for _ in 1..<max(from.level, 1) {
        guard base != .root else { return nil }
        base = symbols.parent(of: base)
      }
    }
    guard let name = from.module else { return base }
    return symbols.intern(dotted: module.model.tree.text(of: name), below: base)
  }

  private mutating func internImport(_ alias: NodeID, in id: ModuleID) -> SymbolID? {
    let tree = modules[id.index].model.tree
    guard let view = tree.alias(alias), let statement = tree.parent(of: alias) else { return nil }
    let text = tree.text(of: view.name)
    if let from = tree.importFrom(statement) {
      guard let base = internModule(of: from, in: id) else { return nil }
      return symbols.internChild(of: base, symbols.intern(text))
    }
    if view.asName == nil, let dot = text.firstIndex(of: UInt8(ascii: ".")) {
      return symbols.intern(dotted: text[..<dot])
    }
    return symbols.intern(dotted: text)
  }
}
