package import PythonSyntax

/// One module of a project.
package struct Module: Sendable {
  package let model: SemanticModel
  /// Its dotted name.
  package let symbol: SymbolID
  /// Whether it is an `__init__.py`.
  package let isPackage: Bool
  /// What of the module the project takes in.
  let selection: NodeSelection
  /// The symbols of functions and classes, by node.
  var definitions = IDTable()
  /// The atom of each name of the tree, as far as the project had one when it was asked last.
  var atoms: [UInt32] = []
  /// What the elements of its collections depend on.
  var changedCollections = ChangedCollections()

  /// The symbol of a function or class of the module.
  package func symbol(ofDefinition node: NodeID) -> SymbolID? {
    definitions[UInt64(node.rawValue)].map(SymbolID.init)
  }

  /// The package that relative imports start from: the module's own or the one above it.
  func packageSymbol(in symbols: SymbolTable) -> SymbolID {
    isPackage ? symbol : symbols.parent(of: symbol)
  }
}

/// The modules that are analysed together, and what they export.
package struct Project: Sendable {
  package let vocabulary: Vocabulary
  /// The vocabulary's names and those of the project.
  package internal(set) var symbols: SymbolTable
  package internal(set) var modules: [Module] = []
  package internal(set) var functions: [FunctionDefinition] = []
  package internal(set) var classes: [ClassDefinition] = []

  var functionIndex = IDTable()
  var classIndex = IDTable()
  var moduleIndex = IDTable()
  /// Imported names: from `package.name` to what it was imported from.
  var aliases = IDTable()
  /// The classes of module variables and of attributes of instances.
  var variableClasses = IDTable()
  /// The elements of the collections that module variables and attributes hold.
  var collections = CollectionTable()
  /// What all calls hand to parameters without annotation.
  var arguments = ArgumentTable()
  /// What the annotations of parameters say, of methods that subclasses may replace.
  var annotatedArguments = ArgumentTable()
  /// Names of several definitions of which one is a class.
  var definedTwice = IDTable()
  /// Names that are bound to several things.
  var ambiguous = IDTable()
  /// Modules whose names a module takes over by `import *`, by module symbol.
  var starSources: [[SymbolID]] = []

  package subscript(_ module: ModuleID) -> Module { modules[module.index] }

  /// The function of the project with this name.
  package func function(_ symbol: SymbolID) -> FunctionDefinition? {
    functionIndex[UInt64(symbol.rawValue)].map { functions[Int($0)] }
  }

  /// The place of a function in ``functions``.
  package func index(ofFunction symbol: SymbolID) -> Int? {
    functionIndex[UInt64(symbol.rawValue)].map(Int.init)
  }

  /// The class of the project with this name.
  package func cls(_ symbol: SymbolID) -> ClassDefinition? {
    classIndex[UInt64(symbol.rawValue)].map { classes[Int($0)] }
  }

  /// The class of the value of a module variable or attribute.
  package func variableClass(_ symbol: SymbolID) -> SymbolID? {
    variableClasses[UInt64(symbol.rawValue)].map(SymbolID.init)
  }

  /// What a name stands for after following imports (`package.Client` → `package.client.Client`).
  package func canonical(_ symbol: SymbolID) -> SymbolID {
    var current = symbol
    // Modules may import each other in circles.
    for _ in 0..<16 {
      guard let next = aliases[UInt64(current.rawValue)].map(SymbolID.init) ?? starImported(current)
      else { return current }
      current = next
    }
    return current
  }

  /// The name of another module that a module has by `import *`, if it does not define it itself.
  private func starImported(_ symbol: SymbolID) -> SymbolID? {
    guard let module = moduleIndex[UInt64(symbols.parent(of: symbol).rawValue)],
      Int(module) < starSources.count, !starSources[Int(module)].isEmpty, !isDefined(symbol)
    else { return nil }
    let atom = symbols.atom(of: symbol)
    for source in starSources[Int(module)] where source != symbols.parent(of: symbol) {
      if let child = symbols.child(of: source, atom), child != symbol { return child }
    }
    return nil
  }

  private func isDefined(_ symbol: SymbolID) -> Bool {
    let key = UInt64(symbol.rawValue)
    return functionIndex[key] != nil || classIndex[key] != nil || moduleIndex[key] != nil
      || variableClasses[key] != nil || ambiguous[key] != nil
  }

  /// The member of a module or class, after following imports; `nil` if nobody knows the name.
  package func member(_ atom: AtomID, of symbol: SymbolID) -> SymbolID? {
    if let child = symbols.child(of: symbol, atom) { return canonical(child) }
    guard let module = moduleIndex[UInt64(symbol.rawValue)] else { return nil }
    for source in starSources[Int(module)] {
      if let child = symbols.child(of: canonical(source), atom) { return canonical(child) }
    }
    return nil
  }

  /// The method or class attribute that an instance of the class has, looking at bases too.
  ///
  /// - Parameter ofCollections: Whether an attribute that holds a collection is looked for.
  package func instanceMember(
    _ atom: AtomID, of cls: SymbolID, ofCollections: Bool = false, depth: Int = 0,
  ) -> SymbolID? {
    if let child = symbols.child(of: cls, atom) {
      if !ofCollections, ambiguous[UInt64(child.rawValue)] != nil { return nil }
      return canonical(child)
    }
    // A class hierarchy with a circle is a mistake that must not hang the checker.
    guard depth < 16, let definition = self.cls(cls) else { return nil }
    var best: SymbolID?
    for base in definition.bases {
      guard
        let found = instanceMember(
          atom, of: base, ofCollections: ofCollections, depth: depth + 1)
      else { continue }
      let owner = symbols.parent(of: found)
      guard let known = best else {
        if owner == base { return found }
        best = found
        continue
      }
      // With `class C(A, B)` where both derive from `D`, a method of `B` hides that of `D`.
      let knownOwner = symbols.parent(of: known)
      if owner != knownOwner, isSubclass(owner, of: knownOwner) { best = found }
    }
    return best
  }

  /// Whether a class is another class or derives from it.
  package func isSubclass(_ cls: SymbolID, of ancestor: SymbolID, depth: Int = 0) -> Bool {
    if cls == ancestor { return true }
    guard depth < 16, let definition = self.cls(cls) else { return false }
    return definition.bases.contains { isSubclass($0, of: ancestor, depth: depth + 1) }
  }

  /// The nearest class of the project that two classes have in common.
  func commonBase(of one: SymbolID, _ other: SymbolID, depth: Int = 0) -> SymbolID? {
    guard depth < 16, let definition = cls(one) else { return nil }
    if isSubclass(other, of: one) { return one }
    for base in definition.bases {
      if let found = commonBase(of: base, other, depth: depth + 1) { return found }
    }
    return nil
  }

  /// Whether a symbol can be called to make an instance: a class of the project, or a name with
  /// known members.
  package func isClass(_ symbol: SymbolID) -> Bool {
    classIndex[UInt64(symbol.rawValue)] != nil || symbols.hasMembers(symbol)
  }
}
