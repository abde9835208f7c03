import PythonSemantics
import PythonSyntax

extension Check {
  /// What only asyncio can run, in a coroutine that Trio runs, and the other way round.
  static let mixedLibraries = Check(
    name: "mixed-event-loops",
    messages: [CheckMessage("awaited", ["call", "library", "function", "home"])],
    kinds: [.awaitExpr, .asyncWith]
  ) { node, context in
    guard context.usesBothLibraries, let scope = context.coroutineScope(of: node) else { return }
    let tree = context.tree
    let operands: [NodeID] =
      if let operand = tree.awaitExpr(node)?.value {
        [operand]
      } else {
        tree.withStmt(node).map { statement in
          tree.nodes(statement.items).compactMap { tree.withItem($0)?.contextExpr }
        } ?? []
      }
    for operand in operands {
      guard let library = context.library(of: operand),
        let home = context.homeLibrary(of: scope) ?? context.earlierLibrary(than: node, in: scope),
        home != library
      else { continue }
      context.report(
        "awaited", span: tree.span(operand),
        [
          ("call", context.written(tree.call(operand)?.function ?? operand)),
          ("library", library.shownName.bytes),
          ("function", context.functionName(of: scope)), ("home", home.shownName.bytes),
        ])
    }
  }
}

/// A library that runs coroutines in its own way.
private enum LoopLibrary {
  case asyncio, trio

  var shownName: StaticString {
    switch self {
    case .asyncio: "asyncio"
    case .trio: "Trio"
    }
  }
}

extension CheckContext {
  /// Whether the file names both libraries and none that joins them.
  fileprivate var usesBothLibraries: Bool {
    let names = tree.nameTable
    guard names.id(of: "trio") != nil || names.id(of: "anyio") != nil else { return false }
    return (names.id(of: "asyncio") != nil || names.id(of: "aiohttp") != nil)
      && names.id(of: "trio_asyncio") == nil && names.id(of: "sniffio") == nil
  }

  /// The library without which an awaited or entered value is of no use.
  fileprivate func library(of node: NodeID) -> LoopLibrary? {
    if tree.kind(node) == .call { return library(ofCall: node) }
    return resolver.instanceClass(of: node).flatMap { library(named: project.symbols.name(of: $0)) }
  }

  /// The library without which the callee of a call cannot run.
  fileprivate func library(ofCall node: NodeID) -> LoopLibrary? {
    callee(of: node).flatMap { library(named: project.symbols.name(of: $0)) }
  }

  private func library(named name: [UInt8]) -> LoopLibrary? {
    let root = name.prefix { $0 != UInt8(ascii: ".") }
    if root.elementsEqual(StaticString("trio").bytes) { return .trio }
    if root.elementsEqual(StaticString("asyncio").bytes)
      || root.elementsEqual(StaticString("aiohttp").bytes)
    {
      return .asyncio
    }
    return nil
  }

  /// The library that certainly runs a coroutine function of this file: one that starts it, or a
  /// function that awaits it.
  fileprivate func homeLibrary(of scope: ScopeID) -> LoopLibrary? {
    var known: [(scope: ScopeID, library: LoopLibrary)] = []
    for node in tree.nodes where tree.kind(node) == .call {
      if let entry = startedFunction(by: node) { known.append(entry) }
    }
    // Functions that those await run under the same library.
    var index = 0
    while index < known.count {
      let entry = known[index]
      index += 1
      for node in tree.subtree(of: model[entry.scope].node) {
        guard model.executionScope(of: model.scope(of: node)) == entry.scope,
          let function = functionRun(by: node), function.isCoroutineFunction,
          let called = ownScope(of: function),
          !known.contains(where: { $0.scope == called && $0.library == entry.library })
        else { continue }
        known.append((called, entry.library))
      }
    }
    let homes = known.filter { $0.scope == scope }.map { $0.library }
    guard let first = homes.first, homes.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// The library of what a coroutine certainly awaited or entered before it comes to a node, or has
  /// entered around it.
  fileprivate func earlierLibrary(than node: NodeID, in scope: ScopeID) -> LoopLibrary? {
    let start = tree.span(node).start
    for other in tree.subtree(of: model[scope].node) {
      let span = tree.span(other)
      guard span.start < start, isRun(other, by: scope) else { continue }
      if let operand = tree.awaitExpr(other)?.value {
        if span.end <= start, model.runsUsually(other), let found = library(of: operand) {
          return found
        }
      } else if tree.kind(other) == .asyncWith, span.end > start || model.runsUsually(other),
        let statement = tree.withStmt(other)
      {
        for item in tree.nodes(statement.items) {
          if let found = tree.withItem(item).flatMap({ library(of: $0.contextExpr) }) {
            return found
          }
        }
      }
    }
    return nil
  }

  /// The coroutine function that a node awaits, or hands to a task group: `nursery.start_soon(f)`.
  private func functionRun(by node: NodeID) -> FunctionDefinition? {
    if let operand = tree.awaitExpr(node)?.value { return projectFunction(ofCall: operand) }
    guard let call = tree.call(node), fact(ofCall: node, trait: "takes-function") != nil,
      let argument = tree.nodes(call.arguments).first
    else { return nil }
    return projectFunction(named: argument)
  }

  /// The coroutine function of this file that `trio.run(main)` or `asyncio.run(main())` start.
  private func startedFunction(by node: NodeID) -> (scope: ScopeID, library: LoopLibrary)? {
    guard let fact = fact(ofCall: node, .runner), let call = tree.call(node),
      let argument = tree.nodes(call.arguments).first
    else { return nil }
    let name = fact.qualifiedName
    let library: LoopLibrary
    if name == StaticString("trio.run").bytes {
      library = .trio
    } else if name == StaticString("asyncio.run").bytes {
      library = .asyncio
    } else if name == StaticString("anyio.run").bytes {
      guard let backend = backend(of: call) else { return nil }
      library = backend
    } else {
      return nil
    }
    let function = projectFunction(named: argument) ?? projectFunction(ofCall: argument)
    guard let function, let scope = ownScope(of: function) else { return nil }
    return (scope, library)
  }

  /// What `anyio.run` runs on: asyncio, unless the keyword says otherwise.
  private func backend(of call: Call) -> LoopLibrary? {
    for node in tree.nodes(call.keywords) {
      guard let keyword = tree.keyword(node) else { continue }
      guard let name = keyword.name else { return nil }
      guard tree.text(of: name).elementsEqual(StaticString("backend").bytes) else { continue }
      let text = written(keyword.value)
      let isTrio =
        text == StaticString("\"trio\"").bytes || text == StaticString("'trio'").bytes
      return isTrio ? .trio : nil
    }
    return .asyncio
  }

  private func ownScope(of function: FunctionDefinition) -> ScopeID? {
    function.module == resolver.moduleID ? model.scope(openedBy: function.node) : nil
  }
}
