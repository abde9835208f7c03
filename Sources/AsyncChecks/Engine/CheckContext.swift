import PythonSemantics
import PythonSyntax

/// What a check sees of the file it looks at, and where it reports.
package final class CheckContext {
  let tree: SyntaxTree
  let model: SemanticModel
  let resolver: Resolver
  let project: Project
  let knowledge: Knowledge
  let dialect: Dialect
  let testMode: TestMode
  /// What is known of the whole project's functions.
  let functions: FunctionFacts
  /// Why a server imports the module, if one does.
  var served: ServedModule?
  /// Whether the file has an `async def`; most checks have nothing to say without one.
  let hasCoroutines: Bool
  lazy var references = ReferenceTable(model)
  /// Whether the file holds tests.
  lazy var isTestFile = isTest(resolver.moduleID)
  /// Whether the file imports Django itself: other libraries have models too.
  lazy var importsDjango = findDjangoImport()
  /// The functions and lambdas of the file that are only there for a loop to call, by node.
  lazy var handedToLoop = findHandedToLoop()
  /// What the file sets the time limit of to nothing, as it is written.
  lazy var portsWithoutTimeout = findPortsWithoutTimeout()
  /// Whether the file is a `conftest` for tests that have the mark of pytest-asyncio.
  lazy var servesMarkedTests = findMarkedTests()
  /// By function that was asked about: where its last checkpoint ends.
  var checkpointEnds = IDTable()

  /// By module: whether it holds tests.
  let testModules: [Bool]

  private let isSelected: [Bool]
  /// The caller's index of each module's file.
  let fileIndices: [FileIndex]
  private(set) var diagnostics: [Diagnostic] = []
  /// By node: 0 for not asked yet, 1 for no symbol, else the symbol plus 2.
  private var callees: [UInt32]
  /// The functions that were reported as called, by scope of the caller.
  private var reportedCalls = IDTable()
  /// The check that runs, as an index into ``Check/all``.
  private var currentCheck = 0

  init(
    resolver: Resolver, knowledge: Knowledge, functions: FunctionFacts, isSelected: [Bool],
    testMode: TestMode, fileIndices: [FileIndex], testModules: [Bool],
  ) {
    self.testModules = testModules
    self.testMode = testMode
    self.resolver = resolver
    tree = resolver.tree
    model = resolver.model
    project = resolver.project
    self.knowledge = knowledge
    self.functions = functions
    self.isSelected = isSelected
    self.fileIndices = fileIndices
    dialect = Dialect.detected(in: resolver)
    hasCoroutines = model.hasCoroutines
    callees = [UInt32](repeating: 0, count: tree.nodes.count)
  }

  /// The calls and attributes of some statements, and what calls a special method.
  func calls(in selection: NodeSelection) -> [NodeID] {
    tree.nodes.filter { node in
      switch tree.kind(node) {
      case .call, .attribute: selection.contains(node)
      case .subscript, .withItem, .forStmt, .comprehension, .compare:
        hasCoroutines && specialMethod(of: node) != nil && selection.contains(node)
      default: false
      }
    }
  }

  /// Calls the checks for every node of some statements, in postorder.
  func run(_ dispatch: Dispatch, over selection: NodeSelection) {
    for node in tree.nodes
    where dispatch.isWatched(tree.kind(node)) && selection.contains(node) {
      for entry in dispatch.checks(for: tree.kind(node)) {
        currentCheck = entry.check
        entry.visit(node, self)
      }
    }
  }

  // MARK: Reporting

  /// The rule that a diagnostic of the running check belongs to: the one that states the fact if it
  /// has this check, else the check's first rule.
  func rule(for fact: KnownCallable? = nil) -> RuleIndex? {
    if let fact, fact.rule.index < knowledge.checkOfRule.count,
      knowledge.checkOfRule[fact.rule.index] == currentCheck
    {
      return fact.rule
    }
    return knowledge.rulesOfCheck[currentCheck].first
  }

  /// Reports a finding, unless its rule is not selected or has no such message.
  ///
  /// - Parameter fix: Made only when the diagnostic is reported and the rule promises fixes.
  func report(
    _ message: StaticString, fact: KnownCallable? = nil, severity: Severity? = nil, span: ByteSpan,
    _ values: [(placeholder: StaticString, value: [UInt8])], notes: [Note] = [],
    fix: () -> Fix? = { nil },
  ) {
    guard let rule = rule(for: fact), isSelected[rule.index] else { return }
    let entry = knowledge.table.rules[rule.index]
    guard
      let template = entry.messages.first(where: { template in
        message.withUTF8Buffer { template.id.elementsEqual($0) }
      })
    else { return }
    var made = entry.fix == nil ? nil : fix()
    if let limit = entry.fix, let fix = made, fix.applicability.rawValue < limit.rawValue {
      made = fix.with(limit)
    }
    diagnostics.append(
      Diagnostic(
        rule: rule, severity: severity, span: span, message: template.filled(values), notes: notes,
        fix: made))
  }

  /// Whether a function was not asked about before in a scope.
  func isFirstCall(of function: SymbolID, in scope: ScopeID) -> Bool {
    let key = UInt64(scope.rawValue) << 32 | UInt64(function.rawValue)
    if reportedCalls[key] != nil { return false }
    reportedCalls[key] = 1
    return true
  }

  // MARK: Questions that many checks ask

  /// The source bytes of a node, on one line.
  func written(_ node: NodeID) -> [UInt8] { written(tree.span(node)) }

  /// The source bytes of a span, on one line.
  func written(_ span: ByteSpan) -> [UInt8] {
    var result: [UInt8] = []
    var isSpace = false
    for byte in tree.source.text(of: span) {
      if byte == 0x0A || byte == 0x0D || byte == 0x20 || byte == 0x09 {
        isSpace = true
        continue
      }
      if isSpace, !result.isEmpty { result.append(0x20) }
      isSpace = false
      result.append(byte)
    }
    return result
  }

  /// What a call calls, if anybody has facts about it.
  func callee(of node: NodeID) -> SymbolID? {
    let known = callees[node.index]
    if known > 1 { return SymbolID(known - 2) }
    guard known == 0, let call = tree.call(node) else { return nil }
    var callee: SymbolID?
    if isInteresting(call.function) {
      callee = symbol(of: call.function) ?? callMethod(ofInstance: call.function)
    }
    callees[node.index] = callee.map { $0.rawValue + 2 } ?? 1
    return callee
  }

  /// The `__call__` of the object that is called: `async_to_sync(load)(…)`.
  private func callMethod(ofInstance node: NodeID) -> SymbolID? {
    resolver.instanceClass(of: node).flatMap { resolver.method("__call__", of: $0) }
  }

  /// Whether an expression's last name is that of some known callable or function of the project;
  /// a plain name may be an alias. Spares resolving the receivers of all other methods.
  private func isInteresting(_ node: NodeID) -> Bool {
    guard let attribute = tree.attribute(node) else { return true }
    let atom = resolver.atom(attribute.name)
    return knowledge.mayHaveFacts(atom) || functions.isFunctionName(atom)
  }

  /// The named object that an expression stands for, if anybody has facts about it.
  func symbol(of node: NodeID) -> SymbolID? {
    guard case .object(let symbol) = resolver.value(of: node), !resolver.isLocal(symbol) else {
      return nil
    }
    return symbol
  }

  /// The fact that gives the callee of a call a role, with its conditions met.
  func fact(ofCall node: NodeID, _ role: CallableRole) -> KnownCallable? {
    guard let callee = callee(of: node), let fact = knowledge.fact(callee, role),
      let call = tree.call(node), !fact.unless.contains(where: { holds($0, for: call) })
    else { return nil }
    return fact
  }

  /// The fact that gives the callee of a call a trait, with its conditions met.
  func fact(ofCall node: NodeID, trait: StaticString) -> KnownCallable? {
    guard let callee = callee(of: node), let fact = knowledge.fact(callee, trait: trait),
      let call = tree.call(node), !fact.unless.contains(where: { holds($0, for: call) })
    else { return nil }
    return fact
  }

  /// The fact that gives a trait to what an expression names or to the class of its value.
  func fact(of node: NodeID, trait: StaticString) -> KnownCallable? {
    if let symbol = symbol(of: node) { return knowledge.fact(symbol, trait: trait) }
    return resolver.instanceClass(of: node).flatMap { knowledge.fact($0, trait: trait) }
  }

  /// The function of the project that a call calls.
  func projectFunction(ofCall node: NodeID) -> FunctionDefinition? {
    callee(of: node).flatMap { project.function($0) }
  }

  /// The coroutine function that a call calls; its name as written in messages.
  func coroutineCall(_ node: NodeID) -> CoroutineCall? {
    guard let callee = callee(of: node), let call = tree.call(node) else { return nil }
    if let function = project.function(callee) {
      let handsOn =
        function.passedCoroutine != nil && !function.isAmbiguous && function.decoration.keepsCalls
      guard function.isCoroutineFunction || handsOn else { return nil }
      return CoroutineCall(symbol: callee, fact: nil, name: written(call.function))
    }
    guard let fact = fact(ofCall: node, .coroutine) else { return nil }
    // An object that is called is known by its own name.
    let isObject = symbol(of: call.function) == nil
    if isObject, resolver.asksForColour { return nil }
    return CoroutineCall(
      symbol: callee, fact: fact, name: isObject ? written(call.function) : fact.shownName)
  }

  /// Whether a node is the operand of `await` or the context of an `async with`.
  func isAwaited(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node) else { return false }
    switch tree.kind(parent) {
    case .awaitExpr: return true
    case .withItem:
      guard tree.withItem(parent)?.contextExpr == node, let statement = tree.parent(of: parent)
      else { return false }
      return tree.kind(statement) == .asyncWith
    case .asyncFor: return tree.forStmt(parent)?.iterable == node
    // `await session.client("s3").__aenter__()`
    case .attribute: return tree.attribute(parent).map { isNamed($0.name, ["__aenter__"]) } ?? false
    case .comprehension:
      guard let view = tree.comprehensionFor(parent) else { return false }
      return view.isAsync && view.iterable == node
    default: return false
    }
  }

  /// Whether the node runs in a coroutine or async generator.
  func coroutineScope(of node: NodeID) -> ScopeID? {
    hasCoroutines ? model.executionContext(of: node).coroutineScope : nil
  }

  /// The name of the function that opened a scope.
  func functionName(of scope: ScopeID) -> [UInt8] {
    guard let function = tree.functionDef(model[scope].node) else { return [] }
    return Array(tree.text(of: function.name))
  }

  /// Whether a name is a builtin that nothing shadows.
  func isBuiltin(_ node: NodeID, _ names: [StaticString]) -> Bool {
    guard let name = tree.name(node)?.name else { return false }
    return names.contains { resolver.isBuiltin(name, $0, at: node) }
  }
}

/// A call of a coroutine function.
struct CoroutineCall {
  let symbol: SymbolID
  /// The known callable; `nil` for a function of the project.
  let fact: KnownCallable?
  /// What messages call it.
  let name: [UInt8]
}

extension KnownCallable {
  /// The name that messages give it: builtins without their module.
  var shownName: [UInt8] {
    let prefix = [UInt8]("builtins.")
    return qualifiedName.starts(with: prefix)
      ? Array(qualifiedName.dropFirst(prefix.count)) : qualifiedName
  }
}
