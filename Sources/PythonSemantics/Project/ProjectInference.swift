import PythonSyntax

extension Project {
  /// Finds bases, decorations and annotated results, which may name things of other modules.
  mutating func addSignatures(_ executor: Executor) {
    let found = resolveModules(executor) { resolver, functions, classes in
      Signatures(
        functions: functions.map { index in
          let function = resolver.project.functions[index]
          let node = function.node
          let isGenerator = function.colour == .generator || function.colour == .asyncGenerator
          return Signatures.Function(
            index: index, decoration: resolver.decoration(of: node, function.colour),
            result: isGenerator
              ? resolver.yieldedClass(of: node) : resolver.annotatedResult(of: node),
            elements: isGenerator ? nil : resolver.returnedElements(of: node),
            madeClass: resolver.madeClass(byDecoratorsOf: node))
        },
        classes: classes.map { index in
          let found = resolver.bases(of: resolver.project.classes[index].node)
          return Signatures.Class(index: index, bases: found.bases, hasUnknown: found.hasUnknown)
        })
    }
    for signatures in found {
      for entry in signatures.classes {
        classes[entry.index].bases = entry.bases
        classes[entry.index].hasUnknownBase = entry.hasUnknown
      }
      for entry in signatures.functions {
        functions[entry.index].decoration = entry.decoration
        functions[entry.index].result = entry.result
        functions[entry.index].elements = entry.elements
        functions[entry.index].madeClass = entry.madeClass
      }
    }
  }

  private struct Signatures: Sendable {
    struct Function: Sendable {
      let index: Int
      let decoration: Decoration
      let result: SymbolID?
      let elements: CollectionElements?
      let madeClass: SymbolID?
    }

    struct Class: Sendable {
      let index: Int
      let bases: [SymbolID]
      let hasUnknown: Bool
    }

    let functions: [Function]
    let classes: [Class]
  }

  /// Finds the variables that modules give others.
  func findExports(_ executor: Executor) -> [ModuleExports] {
    resolveModules(executor) { resolver, _, _ in resolver.findExports() }
  }

  /// Finds the classes of module variables, class attributes and attributes of `self`.
  ///
  /// What was found before is replaced, as more may be known now.
  mutating func addVariables(_ exports: [ModuleExports], _ executor: Executor) {
    let found = resolveModules(executor) { resolver, _, _ in
      var variables: [FoundVariable] = []
      resolver.collectVariables(exports[resolver.moduleID.index]) { owner, name, cls, alias in
        variables.append(FoundVariable(owner: owner, name: name, cls: cls, alias: alias))
      }
      return variables
    }
    variableClasses = IDTable()
    ambiguous = definedTwice
    for entry in found.joined() { add(entry) }
    addCollections(exports, executor)
  }

  private mutating func addCollections(_ exports: [ModuleExports], _ executor: Executor) {
    let found = resolveModules(executor) { resolver, _, _ in
      var collections: [FoundCollection] = []
      resolver.collectCollections(exports[resolver.moduleID.index]) { owner, name, elements in
        collections.append(FoundCollection(owner: owner, name: name, elements: elements))
      }
      return collections
    }
    var table = CollectionTable()
    for entry in found.joined() {
      let symbol = symbols.internChild(of: entry.owner, symbols.intern(entry.name))
      table.insert(entry.elements, of: symbol) { commonBase(of: $0, $1) }
    }
    collections = table
  }

  private struct FoundCollection: Sendable {
    let owner: SymbolID
    let name: [UInt8]
    let elements: CollectionElements
  }

  private struct FoundVariable: Sendable {
    let owner: SymbolID
    let name: [UInt8]
    let cls: SymbolID?
    let alias: SymbolID?
  }

  private mutating func add(_ entry: FoundVariable) {
    let symbol = symbols.internChild(of: entry.owner, symbols.intern(entry.name))
    let key = UInt64(symbol.rawValue)
    if functionIndex[key] != nil || classIndex[key] != nil {
      // `self.close = …` beside `def close`: a call may be either.
      ambiguous[key] = 1
      functionIndex[key].map { functions[Int($0)].isAmbiguous = true }
      return
    }
    if let alias = entry.alias, alias != symbol, ambiguous[key] == nil,
      aliases[key] == nil || aliases[key] == alias.rawValue
    {
      aliases[key] = alias.rawValue
      return
    }
    guard let cls = entry.cls, aliases[key] == nil, ambiguous[key] == nil else {
      ambiguous[key] = 1
      return
    }
    if let known = variableClasses[key], known != cls.rawValue {
      guard let base = commonBase(of: SymbolID(known), cls) else {
        ambiguous[key] = 1
        return
      }
      variableClasses[key] = base.rawValue
      return
    }
    variableClasses[key] = cls.rawValue
  }

  /// Finds what functions without annotation return, from their `return` statements.
  ///
  /// - Returns: Whether anything new was found.
  mutating func addInferredResults(_ exports: [ModuleExports], _ executor: Executor) -> Bool {
    let found = resolveModules(executor) { resolver, functions, _ in
      functions.compactMap { index -> InferredResult? in
        let function = resolver.project.functions[index]
        guard function.result == nil, function.passedCoroutine == nil,
          function.returnedFunction == nil, !function.isAmbiguous,
          function.colour == .sync || function.colour == .coroutine
            || function.decoration == .contextManager || function.decoration == .none
        else { return nil }
        switch resolver.inferredResult(of: function, exports[resolver.moduleID.index]) {
        case .instance(let cls): return InferredResult(index: index, cls: cls)
        case .coroutine(let callee) where function.colour == .sync:
          return InferredResult(index: index, coroutine: callee)
        case .object(let returned) where function.colour == .sync:
          return InferredResult(index: index, function: returned)
        case .coroutine, .object, .none, .unknown:
          guard function.elements == nil,
            function.colour == .sync || function.colour == .coroutine,
            let elements = resolver.inferredElements(of: function, exports[resolver.moduleID.index])
          else { return nil }
          return InferredResult(index: index, elements: elements)
        }
      }
    }
    var isNew = false
    for entry in found.joined() {
      if let elements = entry.elements { functions[entry.index].elements = elements }
      functions[entry.index].result = entry.cls
      functions[entry.index].passedCoroutine = entry.coroutine
      functions[entry.index].returnedFunction = entry.function
      isNew = true
    }
    return isNew
  }

  private struct InferredResult: Sendable {
    let index: Int
    var cls: SymbolID?
    var coroutine: SymbolID?
    var function: SymbolID?
    var elements: CollectionElements?
  }

  /// Calls the body once per module, with the indices of its functions and classes.
  func resolveModules<Result: Sendable>(
    _ executor: Executor, _ body: @Sendable (Resolver, Range<Int>, Range<Int>) -> Result,
  ) -> [Result] {
    var functionRanges: [Range<Int>] = []
    var classRanges: [Range<Int>] = []
    var function = 0
    var cls = 0
    for index in modules.indices {
      let id = ModuleID(UInt32(index))
      let (firstFunction, firstClass) = (function, cls)
      while function < functions.count, functions[function].module == id { function += 1 }
      while cls < classes.count, classes[cls].module == id { cls += 1 }
      functionRanges.append(firstFunction..<function)
      classRanges.append(firstClass..<cls)
    }
    let (functions, classes) = (functionRanges, classRanges)
    return executor.map(modules.count) { index in
      body(Resolver(self, module: ModuleID(UInt32(index))), functions[index], classes[index])
    }
  }
}
