import PythonSemantics
import PythonSyntax

/// What calling the project's functions leads to, across its modules.
///
/// Filled before the checks run, for the functions that relevant code calls and those that these
/// call in turn; not changed afterwards.
final class FunctionFacts {
  /// Where a chain of calls from synchronous function to synchronous function ends.
  struct Chain {
    /// The calls, from the function that was asked about to the one that does it.
    let calls: [Link]
    /// The callable that blocks or starts an event loop.
    let end: KnownCallable
  }

  /// One call of a chain.
  struct Link {
    /// The function that holds the call.
    let caller: SymbolID
    let module: ModuleID
    let span: ByteSpan
  }

  private let project: Project
  /// Whether a module imports Django or asks the manager of a class, `User.objects`; without that
  /// there is no query to look for.
  let mayQuery: Bool
  private var isFunctionAtom: [Bool]
  private var isPropertyAtom: [Bool]
  /// Members of the project's classes: by name the last one, and by symbol the one before it.
  private var lastMember = IDTable()
  private var memberBefore = IDTable()
  private var summaries: [FunctionSummary?]
  /// By function: how its chain to a blocking call goes on.
  private var blocking: [Step?]
  private var runners: [Step?]
  private var queries: [Step?]

  /// How a chain goes on from a function.
  private enum Step {
    case ends(FunctionSummary.Site)
    case calls(FunctionSummary.Edge)
  }

  init(_ project: Project) {
    self.project = project
    mayQuery = project.modules.contains { Self.mayQuery($0.model) }
    isFunctionAtom = [Bool](repeating: false, count: project.symbols.atomCount)
    isPropertyAtom = isFunctionAtom
    summaries = [FunctionSummary?](repeating: nil, count: project.functions.count)
    blocking = [Step?](repeating: nil, count: project.functions.count)
    runners = blocking
    queries = blocking
    for function in project.functions {
      let atom = Int(project.symbols.atom(of: function.symbol).rawValue)
      isFunctionAtom[atom] = true
      if function.decoration == .property { isPropertyAtom[atom] = true }
    }
    for cls in project.classes {
      isFunctionAtom[Int(project.symbols.atom(of: cls.symbol).rawValue)] = true
    }
    let symbols = project.symbols
    // Names of the vocabulary stand below others of it: they come into question only where the
    // project has a class of a name that the vocabulary has too.
    let known = symbols.frozenSymbolCount
    let first = project.classes.contains { $0.symbol.index < known } ? 1 : max(known, 1)
    let call = symbols.atom(StaticString("__call__").bytes)
    for index in first..<max(symbols.symbolCount, first) {
      let symbol = SymbolID(UInt32(index))
      let atom = symbols.atom(of: symbol).rawValue
      if let cls = project.variableClass(symbol), let call, symbols.child(of: cls, call) != nil {
        isFunctionAtom[Int(atom)] = true
      }
      // `from requests import get as fetch`, `self.load = load_rows`
      let target = project.canonical(symbol)
      if target != symbol,
        target.index < known || project.function(target) != nil || project.cls(target) != nil
      {
        isFunctionAtom[Int(atom)] = true
      }
      guard project.cls(symbols.parent(of: symbol)) != nil else { continue }
      if let before = lastMember[UInt64(atom)] { memberBefore[UInt64(index)] = before }
      lastMember[UInt64(atom)] = symbol.rawValue
    }
  }

  private static func mayQuery(_ model: SemanticModel) -> Bool {
    let tree = model.tree
    let importsDjango = model.importAliases.contains { alias in
      let from = tree.parent(of: alias).flatMap { tree.importFrom($0)?.module }
      guard let name = from ?? tree.alias(alias)?.name else { return false }
      return tree.text(of: name).starts(with: StaticString("django").bytes)
    }
    if importsDjango { return true }
    guard let objects = tree.nameTable.id(of: "objects") else { return false }
    return tree.nodes.contains { node in
      guard tree.kind(node) == .attribute, let attribute = tree.attribute(node),
        attribute.name == objects
      else { return false }
      let owner = tree.name(attribute.value)?.name ?? tree.attribute(attribute.value)?.name
      guard let owner, let first = tree.text(of: owner).first else {
        // `get_user_model().objects`
        return tree.kind(attribute.value) == .call
      }
      return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
    }
  }

  // MARK: Questions

  /// Whether a function or class of the project has this name.
  func isFunctionName(_ atom: AtomID) -> Bool {
    Int(atom.rawValue) < isFunctionAtom.count && isFunctionAtom[Int(atom.rawValue)]
  }

  /// Whether a property of the project has this name.
  func isPropertyName(_ atom: AtomID) -> Bool {
    Int(atom.rawValue) < isPropertyAtom.count && isPropertyAtom[Int(atom.rawValue)]
  }

  /// Whether a subclass in the project has a member with the name of a method.
  func isOverridden(_ method: SymbolID, of owner: SymbolID) -> Bool {
    var next = lastMember[UInt64(project.symbols.atom(of: method).rawValue)].map(SymbolID.init)
    while let member = next {
      let cls = project.symbols.parent(of: member)
      if cls != owner, project.isSubclass(cls, of: owner) { return true }
      next = memberBefore[UInt64(member.rawValue)].map(SymbolID.init)
    }
    return false
  }

  /// The members of subclasses in the project that take the place of a method, in the order of their
  /// names' symbols.
  func replacements(of method: SymbolID, in owner: SymbolID) -> [SymbolID] {
    var found: [SymbolID] = []
    var next = lastMember[UInt64(project.symbols.atom(of: method).rawValue)].map(SymbolID.init)
    while let member = next {
      let cls = project.symbols.parent(of: member)
      if cls != owner, project.isSubclass(cls, of: owner) { found.append(member) }
      next = memberBefore[UInt64(member.rawValue)].map(SymbolID.init)
    }
    return found.reversed()
  }

  /// The event loop that calling a synchronous function certainly starts.
  func runner(of function: SymbolID) -> Chain? { chain(from: function, runners) }

  /// The blocking call that calling a synchronous function may end in: the nearest one.
  func blockingCall(of function: SymbolID) -> Chain? { chain(from: function, blocking) }

  /// The lazy query that calling a synchronous function evaluates: the nearest one.
  func query(of function: SymbolID) -> Chain? { chain(from: function, queries) }

  /// The callable from outside the project whose result a function returns, the calls that lead to
  /// it, and whether one of them is awaited.
  func maker(for function: SymbolID) -> (callee: SymbolID, links: [Link], waits: Bool)? {
    var symbol = function
    var waits = false
    var links: [Link] = []
    // Functions that return what one another returns come to no end.
    while let index = project.index(ofFunction: symbol), links.count < 8 {
      guard let maker = summaries[index]?.maker else { return nil }
      let module = project.functions[index].module
      links.append(Link(caller: symbol, module: module, span: maker.span))
      waits = waits || maker.isAwaited
      symbol = maker.callee
    }
    return links.isEmpty || links.count == 8 ? nil : (symbol, links, waits)
  }

  /// Whether a coroutine function itself sends a request over the network.
  func sendsRequest(_ function: SymbolID) -> Bool {
    project.index(ofFunction: function).map { summaries[$0]?.sendsRequest ?? false } ?? false
  }

  private func chain(from function: SymbolID, _ steps: [Step?]) -> Chain? {
    guard var index = project.index(ofFunction: function) else { return nil }
    var links: [Link] = []
    while let step = steps[index] {
      let caller = project.functions[index]
      switch step {
      case .ends(let site):
        links.append(Link(caller: caller.symbol, module: caller.module, span: site.span))
        return Chain(calls: links, end: site.fact)
      case .calls(let edge):
        if !edge.isReplacement {
          links.append(Link(caller: caller.symbol, module: caller.module, span: edge.span))
        }
        index = edge.callee
      }
    }
    return nil
  }

  // MARK: Filling

  /// Whether a function still has to be summarised.
  func isOpen(_ function: Int) -> Bool { summaries[function] == nil }

  func add(_ summary: FunctionSummary, of function: Int) { summaries[function] = summary }

  /// Whether the body of a function runs when it is called.
  func runsWhenCalled(_ function: FunctionDefinition) -> Bool {
    guard !function.isAmbiguous else { return false }
    switch function.colour {
    case .sync: return function.decoration.keepsCalls || function.decoration == .property
    case .generator, .coroutine, .asyncGenerator: return false
    }
  }

  /// Whether the body of a function runs when what a call of it gives is iterated or entered.
  func runsWhenUsed(_ function: FunctionDefinition) -> Bool {
    function.colour == .generator && !function.isAmbiguous
      && (function.decoration.keepsCalls || function.decoration == .contextManager)
  }

  /// Follows the calls backwards from the functions that block or start a loop themselves, so that
  /// each function's step belongs to the shortest chain.
  func connect() {
    var callers = [[(caller: Int, edge: FunctionSummary.Edge)]](
      repeating: [], count: summaries.count)
    var blockingWork: [Int] = []
    var runnerWork: [Int] = []
    var queryWork: [Int] = []
    for (index, summary) in summaries.enumerated() {
      guard let summary,
        runsWhenCalled(project.functions[index]) || runsWhenUsed(project.functions[index])
      else { continue }
      if let site = summary.blocking {
        blocking[index] = .ends(site)
        blockingWork.append(index)
      }
      if let site = summary.runner {
        runners[index] = .ends(site)
        runnerWork.append(index)
      }
      if let site = summary.query {
        queries[index] = .ends(site)
        queryWork.append(index)
      }
      for edge in summary.calls { callers[edge.callee].append((index, edge)) }
    }
    Self.spread(blockingWork, callers, &blocking) { $0.isLikely }
    Self.spread(runnerWork, callers, &runners) { $0.isCertain }
    Self.spread(queryWork, callers, &queries) { $0.isLikely }
  }

  private static func spread(
    _ start: [Int], _ callers: [[(caller: Int, edge: FunctionSummary.Edge)]],
    _ steps: inout [Step?], _ follows: (FunctionSummary.Edge) -> Bool,
  ) {
    // Half of the methods that may run instead of one without a body.
    var missing = [Int](repeating: 0, count: steps.count)
    for (caller, edge) in callers.joined() where edge.isReplacement { missing[caller] += 1 }
    for index in missing.indices { missing[index] = (missing[index] + 1) / 2 }
    var round = start
    while !round.isEmpty {
      var next: [Int] = []
      for function in round {
        for (caller, edge) in callers[function] where steps[caller] == nil && follows(edge) {
          if edge.isReplacement {
            missing[caller] -= 1
            if missing[caller] > 0 { continue }
          }
          steps[caller] = .calls(edge)
          next.append(caller)
        }
      }
      // In the order of the functions, so that the result does not depend on that of the edges.
      round = next.sorted()
    }
  }
}
