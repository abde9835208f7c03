// Errors that `ast.parse` lets pass and only `compile()` reports.

extension SyntaxTree {
  /// What CPython's symbol table and compiler reject in a tree, by position.
  ///
  /// - Parameter includesAwait: Whether `await`, `async for` and `async with` outside coroutines
  ///   count; a rule reports them otherwise.
  ///
  /// **Source:** CPython's `Python/symtable.c` and `Python/compile.c`.
  package func compilerErrors(includesAwait: Bool = false) -> [SyntaxError] {
    var pass = CompilerPass(tree: self, includesAwait: includesAwait)
    pass.run()
    return pass.errors.sorted { $0.span.start < $1.span.start }
  }
}

/// One run of the compiler's checks.
struct CompilerPass {
  let tree: SyntaxTree
  let includesAwait: Bool
  let scopes: ScopeMap
  /// The id of `__debug__`, if the source contains it.
  let debugName: NameID?
  /// The functions with a `yield` of their own.
  private var generators: Set<UInt32> = []
  var errors: [SyntaxError] = []

  init(tree: SyntaxTree, includesAwait: Bool) {
    self.tree = tree
    self.includesAwait = includesAwait
    scopes = ScopeMap(tree)
    debugName = tree.nameTable.id(of: "__debug__")
  }

  mutating func run() {
    var hasDeclarations = false
    for id in tree.nodes where tree.kind(id) == .yieldExpr {
      generators.insert(statementScope(of: id).rawValue)
    }
    for id in tree.nodes {
      switch tree.kind(id) {
      case .returnStmt: checkReturn(id)
      case .breakStmt, .continueStmt: checkJump(id)
      case .yieldExpr, .yieldFrom: checkYield(id)
      case .asyncFor, .asyncWith:
        checkAwait(id)
        checkNesting(id)
      case .forStmt, .whileStmt, .withStmt: checkNesting(id)
      case .awaitExpr, .comprehension: checkAwait(id)
      case .arguments: checkParameters(id)
      case .call: checkKeywords(id)
      case .classDef:
        checkKeywords(id)
        checkTypeParameters(id)
      case .functionDef, .asyncFunctionDef, .typeAlias: checkTypeParameters(id)
      case .alias: checkDebugAlias(id)
      case .exceptHandler: checkDebugBinding(id)
      case .globalStmt, .nonlocalStmt: hasDeclarations = true
      case .importFrom: checkImport(id)
      case .tryStmt, .tryStar:
        checkHandlers(id)
        checkNesting(id)
      case .name, .attribute: checkDebug(id)
      case .starred: checkStarred(id)
      case .tuple, .list: checkUnpacking(id)
      case .namedExpr: checkWalrus(id)
      case .matchStmt: checkMatch(id)
      case .matchAs, .matchStar: checkDebugPattern(id)
      case .matchValue, .matchOr, .matchSequence: checkPattern(id)
      case .matchMapping, .matchClass:
        checkDebugPattern(id)
        checkPattern(id)
      default: break
      }
    }
    checkFutureImports()
    if hasDeclarations { checkDeclarations() }
  }

  // MARK: Reports

  mutating func report(_ id: NodeID, _ message: StaticString) {
    report(tree.span(id), Message(message))
  }

  mutating func report(_ span: ByteSpan, _ message: Message) {
    errors.append(SyntaxError(span: span, message: message.bytes, isFromCompiler: true))
  }

  /// Reports a message with a name in it.
  mutating func report(
    _ id: NodeID, _ before: StaticString, _ name: NameID, _ after: StaticString
  ) {
    report(tree.span(id), Message(before, [UInt8](tree.text(of: name)), after))
  }

  // MARK: Scopes

  /// The function, lambda, class or module around a node; comprehensions are passed through.
  func statementScope(of id: NodeID) -> NodeID {
    var scope = scopes.scope(of: id)
    while isComprehension(scope) { scope = scopes.scope(of: scope) }
    return scope
  }

  func isComprehension(_ id: NodeID) -> Bool {
    switch tree.kind(id) {
    case .listComp, .setComp, .dictComp, .generatorExp: true
    default: false
    }
  }

  func isGenerator(_ function: NodeID) -> Bool { generators.contains(function.rawValue) }

  func isFunction(_ id: NodeID) -> Bool {
    switch tree.kind(id) {
    case .functionDef, .asyncFunctionDef, .lambda: true
    default: false
    }
  }

  // MARK: Statements

  /// Reports an expression in a type alias, a bound of a type parameter or a generic definition.
  mutating func reportTypeScope(_ id: NodeID, _ before: StaticString) -> Bool {
    let context = scopes.context(of: id)
    var message = Message(before)
    if context.contains(.typeParameter) {
      message.append("a TypeVar bound")
    } else if context.contains(.typeAlias) {
      message.append("a type alias")
    } else if context.contains(.generic) {
      message.append("the definition of a generic")
    } else {
      return false
    }
    report(tree.span(id), message)
    return true
  }

  private mutating func checkReturn(_ id: NodeID) {
    if scopes.context(of: id).contains(.starReturn) {
      report(id, "'break', 'continue' and 'return' cannot appear in an except* block")
    }
    let scope = statementScope(of: id)
    guard isFunction(scope) else {
      report(id, "'return' outside function")
      return
    }
    if tree.returnStmt(id)?.value != nil, tree.kind(scope) == .asyncFunctionDef,
      generators.contains(scope.rawValue)
    {
      report(id, "'return' with value in async generator")
    }
  }

  private mutating func checkJump(_ id: NodeID) {
    let context = scopes.context(of: id)
    if context.contains(.starBlock) {
      report(id, "'break', 'continue' and 'return' cannot appear in an except* block")
    } else if !context.contains(.loop) {
      report(
        id,
        tree.kind(id) == .breakStmt ? "'break' outside loop" : "'continue' not properly in loop")
    }
  }

  private mutating func checkYield(_ id: NodeID) {
    if reportTypeScope(id, "yield expression cannot be used within ") { return }
    let inner = scopes.scope(of: id)
    switch tree.kind(inner) {
    case .listComp:
      report(id, "'yield' inside list comprehension")
      return
    case .setComp:
      report(id, "'yield' inside set comprehension")
      return
    case .dictComp:
      report(id, "'yield' inside dict comprehension")
      return
    case .generatorExp:
      report(id, "'yield' inside generator expression")
      return
    default: break
    }
    if !isFunction(inner) {
      report(
        id,
        tree.kind(id) == .yieldFrom ? "'yield from' outside function" : "'yield' outside function"
      )
    } else if tree.kind(id) == .yieldFrom, tree.kind(inner) == .asyncFunctionDef {
      report(id, "'yield from' inside async function")
    }
  }

  private mutating func checkAwait(_ id: NodeID) {
    if tree.kind(id) == .awaitExpr,
      reportTypeScope(id, "await expression cannot be used within ")
    {
      return
    }
    let scope = statementScope(of: id)
    if tree.comprehensionFor(id)?.isAsync == true, tree.kind(scope) == .asyncFunctionDef,
      !isInGenerator(id), let owner = tree.parent(of: id),
      !scopes.context(of: id).isDisjoint(with: [.typeAlias, .typeParameter, .generic])
    {
      // These are functions of their own, which are no coroutine functions.
      report(owner, "asynchronous comprehension outside of an asynchronous function")
      return
    }
    guard includesAwait else { return }
    switch tree.kind(id) {
    case .awaitExpr:
      // The annotation of a local variable is not compiled.
      if isInGenerator(id) || scopes.context(of: id).contains(.localAnnotation) { return }
      if !isFunction(scope) {
        report(id, "'await' outside function")
      } else if tree.kind(scope) != .asyncFunctionDef {
        report(id, "'await' outside async function")
      }
    case .asyncFor where tree.kind(scope) != .asyncFunctionDef:
      report(id, "'async for' outside async function")
    case .asyncWith where tree.kind(scope) != .asyncFunctionDef:
      report(id, "'async with' outside async function")
    case .comprehension:
      guard tree.comprehensionFor(id)?.isAsync == true, tree.kind(scope) != .asyncFunctionDef,
        !isInGenerator(id), let owner = tree.parent(of: id)
      else { return }
      report(owner, "asynchronous comprehension outside of an asynchronous function")
    default: break
    }
  }

  /// Whether a node is evaluated in a generator expression, which is asynchronous on its own.
  private func isInGenerator(_ id: NodeID) -> Bool {
    var scope = scopes.scope(of: id)
    while isComprehension(scope) {
      if tree.kind(scope) == .generatorExp { return true }
      scope = scopes.scope(of: scope)
    }
    return false
  }

  private mutating func checkHandlers(_ id: NodeID) {
    guard let view = tree.tryStmt(id) else { return }
    for handler in tree.nodes(view.handlers).dropLast()
    where tree.exceptHandler(handler)?.type == nil {
      report(handler, "default 'except:' must be last")
    }
  }

  // MARK: Imports

  private mutating func checkImport(_ id: NodeID) {
    guard let view = tree.importFrom(id), tree.kind(statementScope(of: id)) != .module else {
      return
    }
    for alias in tree.nodes(view.aliases) {
      guard let name = tree.alias(alias)?.name else { continue }
      if tree.text(of: name).elementsEqual([UInt8(ascii: "*")]) {
        report(id, "import * only allowed at module level")
      }
    }
  }

  /// Future imports stand at the beginning and name known features.
  private mutating func checkFutureImports() {
    guard let future = tree.nameTable.id(of: "__future__") else { return }
    guard let body = tree.module(tree.root) else { return }
    var isAtBeginning = true
    var early: Set<UInt32> = []
    for (position, statement) in tree.nodes(body).enumerated() where isAtBeginning {
      if let view = tree.importFrom(statement), view.module == future, view.level == 0 {
        early.insert(statement.rawValue)
      } else if position > 0 || !isDocstring(statement) {
        isAtBeginning = false
      }
    }
    for id in tree.nodes where tree.kind(id) == .importFrom {
      guard let view = tree.importFrom(id), view.module == future, view.level == 0 else { continue }
      if !early.contains(id.rawValue) {
        report(id, "from __future__ imports must occur at the beginning of the file")
        continue
      }
      for alias in tree.nodes(view.aliases) {
        guard let name = tree.alias(alias)?.name else { continue }
        checkFeature(id, name)
      }
    }
  }

  private func isDocstring(_ statement: NodeID) -> Bool {
    guard let value = tree.exprStmt(statement)?.value else { return false }
    return tree.constantKind(value) == .string
  }

  private mutating func checkFeature(_ id: NodeID, _ name: NameID) {
    let text = tree.text(of: name)
    let known: [StaticString] = [
      "nested_scopes", "generators", "division", "absolute_import", "with_statement",
      "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations",
    ]
    for feature in known where feature.withUTF8Buffer({ text.elementsEqual($0) }) { return }
    let braces: StaticString = "braces"
    if braces.withUTF8Buffer({ text.elementsEqual($0) }) {
      report(id, "not a chance")
    } else {
      report(id, "future feature ", name, " is not defined")
    }
  }
}
