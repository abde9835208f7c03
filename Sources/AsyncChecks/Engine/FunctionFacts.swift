import PythonSemantics
import PythonSyntax

/// What calling the project's functions leads to, across its modules.
final class FunctionFacts {
  /// An event loop that a synchronous function starts, directly or through others.
  struct Runner {
    /// The name of the callable that starts the loop.
    let name: [UInt8]
    let module: ModuleID
    let span: ByteSpan
  }

  private let project: Project
  /// Whether a module imports Django or reads an attribute `objects`; without that there is no
  /// query to look for.
  let mayQuery: Bool
  private var isFunctionAtom: [Bool]
  private var runners: [Runner?]
  private var sendsRequest: [Bool]
  private var calls: [Edge] = []

  /// A call of a function of the project in a synchronous one.
  private struct Edge {
    let caller: Int
    let callee: Int
    let node: NodeID
    let scope: ScopeID
  }

  init(_ project: Project) {
    self.project = project
    mayQuery = project.modules.contains { module in
      let tree = module.model.tree
      return tree.nameTable.id(of: "objects") != nil
        || module.model.importAliases.contains { alias in
          let from = tree.parent(of: alias).flatMap { tree.importFrom($0)?.module }
          guard let name = from ?? tree.alias(alias)?.name else { return false }
          return tree.text(of: name).starts(with: StaticString("django").bytes)
        }
    }
    isFunctionAtom = [Bool](repeating: false, count: project.symbols.atomCount)
    runners = [Runner?](repeating: nil, count: project.functions.count)
    sendsRequest = [Bool](repeating: false, count: project.functions.count)
    for function in project.functions {
      isFunctionAtom[Int(project.symbols.atom(of: function.symbol).rawValue)] = true
    }
  }

  /// Whether a function of the project has this name.
  func isFunctionName(_ atom: AtomID) -> Bool {
    Int(atom.rawValue) < isFunctionAtom.count && isFunctionAtom[Int(atom.rawValue)]
  }

  /// Whether any function starts an event loop itself.
  var hasRunners: Bool { runners.contains { $0 != nil } }

  /// The event loop that calling a synchronous function starts.
  func runner(of function: SymbolID) -> Runner? {
    project.index(ofFunction: function).flatMap { runners[$0] }
  }

  /// Whether a coroutine function itself sends a request over the network.
  func sendsRequest(_ function: SymbolID) -> Bool {
    project.index(ofFunction: function).map { sendsRequest[$0] } ?? false
  }

  /// Notes what the functions of one module call, whatever their arguments are.
  func collect(from context: CheckContext) {
    let tree = context.tree
    let roles = context.knowledge
    for node in tree.nodes where tree.kind(node) == .call {
      guard let callee = context.callee(of: node) else { continue }
      let isRunner = roles.fact(callee, .runner) != nil
      let isRequest = !isRunner && roles.fact(callee, .request) != nil
      let called = isRunner || isRequest ? nil : project.index(ofFunction: callee)
      guard isRunner || isRequest || called != nil else { continue }
      switch context.model.executionContext(of: node) {
      case .function(let scope):
        guard !isRequest, let caller = index(of: scope, in: context) else { continue }
        if isRunner {
          guard let fact = context.fact(ofCall: node, .runner), runners[caller] == nil,
            context.model.runsAlways(node, in: scope), !context.checksForRunningLoop(scope)
          else { continue }
          runners[caller] = Runner(
            name: fact.shownName, module: context.resolver.moduleID, span: tree.span(node))
        } else if let called {
          calls.append(Edge(caller: caller, callee: called, node: node, scope: scope))
        }
      case .coroutine(let scope):
        if isRequest, context.isAwaited(node), let caller = index(of: scope, in: context) {
          sendsRequest[caller] = true
        }
      case .module, .notebook, .classBody, .lambda, .deferred: continue
      }
    }
  }

  /// Follows calls between synchronous functions until nothing changes.
  func propagate() {
    guard hasRunners else { return }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for call in calls where runners[call.caller] == nil {
        let callee = project.functions[call.callee]
        guard let runner = runners[call.callee], callee.colour == .sync, !callee.isAmbiguous,
          callee.decoration.keepsCalls,
          project[project.functions[call.caller].module].model.runsAlways(call.node, in: call.scope)
        else { continue }
        runners[call.caller] = runner
        hasChanged = true
      }
    }
  }

  private func index(of scope: ScopeID, in context: CheckContext) -> Int? {
    context.resolver.module.symbol(ofDefinition: context.model[scope].node)
      .flatMap { project.index(ofFunction: $0) }
  }
}
