package import PythonSyntax

extension ModuleUses {
  /// Reads what a module uses.
  ///
  /// - Parameters:
  ///   - file: The index of the file in the table.
  ///   - triggers: The callables to look for.
  /// - Complexity: O(*n*) in the number of nodes.
  package convenience init(
    _ tree: SyntaxTree, file: Int, modules: ModuleTable, triggers: TriggerTable,
  ) {
    var builder = ModuleUsesBuilder(tree, file: file, modules: modules, triggers: triggers)
    builder.run()
    self.init(builder.units, all: builder.all, passing: builder.passing, triggers)
  }

  private convenience init(
    _ built: [ModuleUsesBuilder.Unit], all: TriggerUse, passing: TriggerUse,
    _ triggers: TriggerTable,
  ) {
    var names: [UInt32] = []
    var units: [Unit] = []
    var imports: [Import] = []
    var derivations: [Derivation] = []
    var lastBinder = IDTable()
    var binders: [Int32] = []
    for index in built.indices {
      for name in built[index].bound {
        let before = lastBinder[UInt64(name)].map { Int32($0) } ?? -1
        lastBinder[UInt64(name)] = UInt32(binders.count / 2)
        binders.append(Int32(index))
        binders.append(before)
      }
    }
    units.reserveCapacity(built.count)
    for unit in built {
      let start = Int32(names.count)
      names += unit.bound
      let middle = Int32(names.count)
      // Names that the module binds come first.
      names += unit.used.filter { lastBinder[UInt64($0)] != nil }
      let own = Int32(names.count)
      names += unit.used.filter { lastBinder[UInt64($0)] == nil }
      let last = Int32(names.count)
      names += unit.passed
      let firstImport = Int32(imports.count)
      imports += unit.imports
      let passed = Int32(names.count)
      names += unit.words.sorted()
      let words = Int32(names.count)
      names += unit.asyncNames
      let asyncNames = Int32(names.count)
      let firstDerivation = Int32(derivations.count)
      for derivation in unit.derivations {
        let first = Int32(names.count)
        names += derivation.words
        let middle = Int32(names.count)
        names += derivation.ownWords
        derivations.append(
          Derivation(
            name: derivation.name, words: first..<middle, ownWords: middle..<Int32(names.count),
            isLocal: derivation.isLocal))
      }
      let library = unit.used.isEmpty ? unit.bound : unit.used
      let firstLibraryWord = Int32(names.count)
      passing.forEach(usedBy: unit.used.isEmpty ? unit.bound : unit.passed) { symbol in
        names += triggers.passing.words(of: symbol)
      }
      let passedLibraryWords = firstLibraryWord..<Int32(names.count)
      passing.forEach(usedBy: unit.used) { symbol in
        names += triggers.passing.words(of: symbol)
      }
      units.append(
        Unit(
          nodes: unit.nodes, bound: start..<middle, used: middle..<last, usedOwn: middle..<own,
          passed: last..<passed, words: passed..<words, asyncNames: words..<asyncNames,
          passedLibraryWords: passedLibraryWords,
          usedLibraryWords: passedLibraryWords.upperBound..<Int32(names.count),
          derivations: firstDerivation..<Int32(derivations.count),
          imports: firstImport..<Int32(imports.count),
          isAsync: unit.isAsync
            || passing.isUsed(by: library, with: unit.words, triggers.passing),
          usesTrigger: all.isUsed(by: library, with: unit.words, triggers.all)))
    }
    self.init(
      units: units, names: names, imports: imports, derivations: derivations,
      lastBinder: lastBinder, binders: binders,
      hasCoroutines: built.contains { $0.isAsync })
  }
}

private struct ModuleUsesBuilder {
  let tree: SyntaxTree
  let file: Int
  let modules: ModuleTable
  let triggers: TriggerTable
  /// The statements so far.
  private(set) var units: [Unit] = []
  /// The names that are bound to what was asked for.
  private(set) var all = TriggerUse()
  /// Those of them that may be passed on to other files.
  private(set) var passing = TriggerUse()

  struct Unit {
    var nodes: Range<UInt32> = 0..<0
    var bound: [UInt32]
    var used: [UInt32] = []
    var passed: [UInt32] = []
    var isAsync = false
    /// All identifiers, each once.
    var words: [UInt32] = []
    var asyncNames: [UInt32] = []
    var derivations: [PassingNodes.Derivation] = []
    var imports: [ModuleUses.Import] = []
  }

  private let hashes: [UInt32]
  /// By name: the last unit that used it, plus one.
  private var lastUse: [Int32]
  /// By name: the last unit that passed it on, plus one.
  private var lastPassed: [Int32]
  /// By name: the last unit in which it stands, plus one.
  private var lastWord: [Int32]
  /// By name: whether an import anywhere in the file binds it.
  private var isImportBound: [Bool]

  init(_ tree: SyntaxTree, file: Int, modules: ModuleTable, triggers: TriggerTable) {
    self.tree = tree
    self.file = file
    self.modules = modules
    self.triggers = triggers
    let table = tree.nameTable
    hashes = (0..<table.count).map { table.hash(of: NameID(UInt32($0))) }
    lastUse = [Int32](repeating: 0, count: table.count)
    lastPassed = lastUse
    lastWord = lastUse
    isImportBound = [Bool](repeating: false, count: table.count)
    for node in tree.nodes where tree.kind(node) == .alias {
      guard let alias = tree.alias(node) else { continue }
      if let name = alias.asName {
        isImportBound[name.index] = true
        continue
      }
      let text = tree.text(of: alias.name)
      let first = text.firstIndex(of: UInt8(ascii: ".")).map { text[..<$0] } ?? text
      if let name = table.id(of: Array(first)) { isImportBound[name.index] = true }
    }
  }

  mutating func run() {
    guard let body = tree.module(tree.root) else { return }
    var pending: [NodeID] = tree.nodes(body).reversed()
    while let statement = pending.popLast() {
      switch tree.kind(statement) {
      case .ifStmt:
        guard let view = tree.ifStmt(statement) else { continue }
        addUnit(view.test)
        pending += tree.nodes(view.orElse).reversed()
        pending += tree.nodes(view.body).reversed()
      case .tryStmt, .tryStar:
        guard let view = tree.tryStmt(statement) else { continue }
        pending += tree.nodes(view.finalBody).reversed()
        pending += tree.nodes(view.orElse).reversed()
        for handler in tree.nodes(view.handlers).reversed() {
          if let handler = tree.exceptHandler(handler) {
            pending += tree.nodes(handler.body).reversed()
          }
        }
        pending += tree.nodes(view.body).reversed()
      case .importStmt, .importFrom:
        for alias in aliases(of: statement) {
          units.append(Unit(bound: alias.bound.map { [$0] } ?? []))
          add(alias, of: statement, isGlobal: true)
        }
      default: addUnit(statement)
      }
    }
  }

  // MARK: Statements

  private func firstNode(of statement: NodeID) -> Int {
    // The subtree is the run of nodes that ends with the statement and lies inside its span.
    let start = tree.span(statement).start
    let isDefinition = tree.functionDef(statement) != nil || tree.classDef(statement) != nil
    // Decorators stand before the span of a definition.
    let first =
      isDefinition
      ? decorators(of: statement).map { tree.span($0).start }.min().map { min($0, start) } ?? start
      : start
    var index = statement.index
    while index > 0, tree.span(NodeID(UInt32(index - 1))).start >= first { index -= 1 }
    return index
  }

  private func decorators(of definition: NodeID) -> [NodeID] {
    if let function = tree.functionDef(definition) { return Array(tree.nodes(function.decorators)) }
    return tree.classDef(definition).map { Array(tree.nodes($0.decorators)) } ?? []
  }

  private mutating func addUnit(_ statement: NodeID) {
    let first = firstNode(of: statement)
    let subtree = UInt32(first)..<statement.rawValue + 1
    var unit = Unit(nodes: subtree, bound: [])
    let isDefinition: Bool
    if let name = tree.functionDef(statement)?.name ?? tree.classDef(statement)?.name {
      unit.bound = [hashes[name.index]]
      isDefinition = true
    } else {
      isDefinition = false
    }
    let passing = PassingNodes(of: statement, from: first, in: tree)
    var imports: [NodeID] = []
    var lastAttribute: NodeID?
    var isLastImported = false
    for index in first...statement.index {
      let node = NodeID(UInt32(index))
      let isPassed = passing.contains(node)
      switch tree.kind(node) {
      case .name:
        guard let name = tree.name(node) else { continue }
        note(name.name, &unit)
        if name.context == .load || isDefinition {
          use(name.name, isPassed, &unit)
        } else {
          unit.bound.append(hashes[name.name.index])
        }
      case .attribute:
        // A name of a module; other attributes mean what their owner's class says.
        guard let attribute = tree.attribute(node) else { continue }
        note(attribute.name, &unit)
        // A chain is walked once, however long it is.
        let isPart = attribute.value == lastAttribute
        isLastImported = isPart ? isLastImported : isImported(attribute.value)
        lastAttribute = node
        if isLastImported { use(attribute.name, isPassed, &unit) }
      case .constant:
        guard tree.constant(node)?.kind == .string else { continue }
        useWords(of: node, isPassed, &unit)
      case .globalStmt:
        for name in tree.globalStmt(node).map({ Array(tree.names($0.names)) }) ?? [] {
          unit.bound.append(hashes[name.index])
        }
      case .functionDef: if let name = tree.functionDef(node)?.name { note(name, &unit) }
      case .classDef: if let name = tree.classDef(node)?.name { note(name, &unit) }
      case .asyncFunctionDef:
        unit.isAsync = true
        if let name = tree.functionDef(node)?.name { note(name, &unit) }
      case .asyncFor, .asyncWith, .awaitExpr: unit.isAsync = true
      case .comprehension:
        if tree.comprehensionFor(node)?.isAsync == true { unit.isAsync = true }
      case .importStmt, .importFrom: imports.append(node)
      default: continue
      }
    }
    if unit.bound.contains(Self.exports) {
      // A list of names, which uses none of them.
      unit.used = []
      unit.passed = []
    }
    unit.asyncNames = passing.asyncNames
    unit.derivations = passing.derivations
    var local: [(AliasPart, NodeID)] = []
    for statement in imports {
      for alias in aliases(of: statement) {
        if !isDefinition, let name = alias.bound { unit.bound.append(name) }
        local.append((alias, statement))
      }
    }
    units.append(unit)
    for (alias, statement) in local { add(alias, of: statement, isGlobal: !isDefinition) }
  }

  private mutating func use(_ name: NameID, _ isPassed: Bool, _ unit: inout Unit) {
    let number = Int32(units.count + 1)
    if lastUse[name.index] != number {
      lastUse[name.index] = number
      unit.used.append(hashes[name.index])
    }
    if isPassed, lastPassed[name.index] != number {
      lastPassed[name.index] = number
      unit.passed.append(hashes[name.index])
    }
  }

  private mutating func note(_ name: NameID, _ unit: inout Unit) {
    let number = Int32(units.count + 1)
    guard lastWord[name.index] != number else { return }
    lastWord[name.index] = number
    unit.words.append(hashes[name.index])
  }

  /// The words of a short string, which may be an annotation in quotes.
  private func useWords(of node: NodeID, _ isPassed: Bool, _ unit: inout Unit) {
    let span = tree.span(node)
    guard span.end - span.start <= 120 else { return }
    tree.source.bytes.withUnsafeBufferPointer { bytes in
      let text = UnsafeBufferPointer(rebasing: bytes[Int(span.start)..<Int(span.end)])
      for byte in text where !Self.mayAnnotate(byte) { return }
      WordScan.forEachWord(text) { hash in
        unit.used.append(hash)
        if isPassed { unit.passed.append(hash) }
      }
    }
  }

  private static let exports = NameTable.hash(of: [UInt8]("__all__")[...])

  private static func mayAnnotate(_ byte: UInt8) -> Bool {
    if WordScan.isWordByte(byte) { return true }
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "|"),
      UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "'"):
      return true
    default: return false
    }
  }

  /// Whether a chain of attributes starts with a name that an import binds.
  private func isImported(_ node: NodeID) -> Bool {
    var current = node
    while let attribute = tree.attribute(current) { current = attribute.value }
    return tree.name(current).map { isImportBound[$0.name.index] } ?? false
  }

  // MARK: Imports

  private func aliases(of statement: NodeID) -> [AliasPart] {
    let isFrom = tree.kind(statement) == .importFrom
    guard let list = tree.importFrom(statement)?.aliases ?? tree.importStmt(statement)?.aliases
    else { return [] }
    return tree.nodes(list).compactMap { node in
      guard let alias = tree.alias(node) else { return nil }
      let text = tree.text(of: alias.name)
      if let name = alias.asName {
        return AliasPart(node: node, bound: hashes[name.index], isFrom: isFrom)
      }
      if isFrom, text.elementsEqual([UInt8(ascii: "*")]) {
        return AliasPart(node: node, bound: nil, isFrom: true)
      }
      let first = text.firstIndex(of: UInt8(ascii: ".")).map { text[..<$0] } ?? text
      return AliasPart(node: node, bound: NameTable.hash(of: first), isFrom: isFrom)
    }
  }

  /// Notes what an alias of the last unit leads to.
  private mutating func add(_ alias: AliasPart, of statement: NodeID, isGlobal: Bool) {
    guard let view = tree.alias(alias.node) else { return }
    let text = tree.text(of: view.name)
    if alias.isFrom, let bound = alias.bound {
      let word = NameTable.hash(of: text)
      units[units.count - 1].words.append(word)
      if bound != word {
        units[units.count - 1].derivations.append(.init(name: bound, words: [word]))
      }
    }
    var found: [ModuleUses.Import] = []
    func entry(_ file: Int, member: UInt32?, bound: UInt32?, isStar: Bool = false)
      -> ModuleUses.Import
    {
      ModuleUses.Import(
        file: Int32(file), member: member, bound: bound, isStar: isStar,
        isGlobal: isGlobal)
    }
    if alias.isFrom {
      guard let from = tree.importFrom(statement) else { return }
      let module = from.module.map { tree.text(of: $0) } ?? []
      if from.level == 0 {
        noteTrigger(module, alias)
      } else if let name = modules.libraryName(
        of: module, in: file, level: from.level, triggers.all.table)
      {
        noteTrigger(name[...], alias)
      }
      guard let start = modules.start(of: file, level: from.level),
        let place = modules.walk(
          module, from: start, { found.append(entry($0, member: nil, bound: nil)) })
      else {
        units[units.count - 1].imports += found
        return
      }
      if let base = modules.file(of: place) {
        if !found.isEmpty { found.removeLast() }
        if alias.bound == nil {
          found.append(entry(base, member: nil, bound: nil, isStar: true))
        } else {
          found.append(
            entry(base, member: NameTable.hash(of: text), bound: alias.bound))
        }
      }
      if let child = modules.child(text, of: place), let file = modules.file(of: child) {
        found.append(entry(file, member: nil, bound: alias.bound))
      }
    } else {
      noteTrigger(text, alias)
      guard let start = modules.start(of: file, level: 0) else { return }
      _ = modules.walk(text, from: start) {
        found.append(entry($0, member: nil, bound: alias.bound))
      }
    }
    units[units.count - 1].imports += found.filter {
      $0.file != Int32(file) || $0.member != nil
    }
  }

  /// Notes an alias that leads to something that was asked for.
  private mutating func noteTrigger(_ module: ArraySlice<UInt8>, _ alias: AliasPart) {
    all.add(module, alias, in: tree, triggers.all.table)
    passing.add(module, alias, in: tree, triggers.passing.table)
  }
}
