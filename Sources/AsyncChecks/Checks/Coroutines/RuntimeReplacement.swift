import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether a coroutine method that synchronous code calls may be another function at run time:
  /// its class is a protocol, which a synchronous class may implement as well, or the project
  /// replaces coroutine functions by wrappers.
  func mayBeSynchronous(_ coroutine: CoroutineCall, at node: NodeID) -> Bool {
    guard let function = project.function(coroutine.symbol) else {
      return isGivenPlain(at: node)
        || knowledge.fact(coroutine.symbol, trait: "runs-itself") != nil
          && coroutineScope(of: node) == nil
    }
    guard let owner = function.owner else { return false }
    if isOfInterface(function) { return true }
    guard case .function = model.executionContext(of: node) else { return false }
    if let cls = project.cls(owner), isProtocol(cls) { return true }
    let package = topLevel(of: function.symbol)
    return project.modules.contains { module in
      topLevel(of: module.symbol) == package && replacesCoroutines(module.model.tree)
    }
  }

  /// Whether a call is of a parameter for which the project somewhere gives a plain function,
  /// whatever the annotation says.
  private func isGivenPlain(at node: NodeID) -> Bool {
    guard let callee = tree.call(node)?.function, let variable = variable(callee),
      let parameter = model[variable].bindings.first, parameter.kind == .parameter,
      let name = tree.arg(parameter.node)?.name, let list = tree.parent(of: parameter.node),
      let view = tree.arguments(list), let function = tree.parent(of: list),
      let called = tree.functionDef(function)?.name
    else { return false }
    var place = Array(tree.nodes(view.positional)).firstIndex(of: parameter.node)
    if resolver.owner(ofMethod: function) != nil { place = place.map { $0 - 1 } }
    let (word, keyword) = (Array(tree.text(of: called)), Array(tree.text(of: name)))
    return project.modules.indices.contains { index in
      let other = project.modules[index].model.tree
      guard let wanted = other.nameTable.id(of: word) else { return false }
      let resolver = Resolver(project, module: ModuleID(UInt32(index)))
      return other.nodes.contains { node in
        guard let call = other.call(node),
          (other.attribute(call.function)?.name ?? other.name(call.function)?.name) == wanted
        else { return false }
        let arguments = Array(other.nodes(call.arguments))
        let byName = other.nodes(call.keywords).first { node in
          other.keyword(node)?.name.map { other.text(of: $0).elementsEqual(keyword) } ?? false
        }
        let given =
          byName.flatMap { other.keyword($0)?.value }
          ?? place.flatMap { arguments.indices.contains($0) ? arguments[$0] : nil }
        guard let given, case .object(let symbol) = resolver.value(of: given),
          let handed = project.function(symbol)
        else { return false }
        return handed.colour == .sync && handed.passedCoroutine == nil
      }
    }
  }

  /// Whether a method has no `self`: it describes an interface, as those of Zope do, and the classes
  /// that provide it may do so by a plain function.
  private func isOfInterface(_ function: FunctionDefinition) -> Bool {
    let tree = project[function.module].model.tree
    guard function.decoration != .staticMethod, let view = tree.functionDef(function.node),
      view.decorators.isEmpty, let list = tree.arguments(view.arguments)
    else { return false }
    let isStub = tree.nodes(view.body).allSatisfy { statement in
      tree.kind(statement) == .passStmt
        || tree.exprStmt(statement).map { tree.kind($0.value) == .constant } ?? false
    }
    guard isStub else { return false }
    let first = tree.nodes(list.positionalOnly).first ?? tree.nodes(list.positional).first
    guard let name = first.flatMap({ tree.arg($0)?.name }) else {
      return list.variadic == nil
    }
    let text = tree.text(of: name)
    return !text.elementsEqual(StaticString("self").bytes)
      && !text.elementsEqual(StaticString("cls").bytes)
      && text.first != UInt8(ascii: "_")
  }

  private func isProtocol(_ cls: ClassDefinition) -> Bool {
    let tree = project[cls.module].model.tree
    guard let view = tree.classDef(cls.node) else { return false }
    return tree.nodes(view.bases).contains { base in
      let named = tree.subscript(base)?.value ?? base
      guard let name = tree.attribute(named)?.name ?? tree.name(named)?.name else { return false }
      return tree.text(of: name).elementsEqual(StaticString("Protocol").bytes)
    }
  }

  private func topLevel(of symbol: SymbolID) -> SymbolID {
    var current = symbol
    while true {
      let above = project.symbols.parent(of: current)
      if above == .root { return current }
      current = above
    }
  }

  /// Whether a module looks for coroutine functions and sets attributes of any name to functions
  /// that it defines on the spot: `setattr(cls, name, wrapper)`.
  private func replacesCoroutines(_ tree: SyntaxTree) -> Bool {
    guard tree.nameTable.id(of: "setattr") != nil,
      tree.nameTable.id(of: "iscoroutinefunction") != nil
    else { return false }
    return tree.nodes.contains { node in
      guard let call = tree.call(node), let name = tree.name(call.function)?.name,
        tree.text(of: name).elementsEqual(StaticString("setattr").bytes),
        call.arguments.count == 3
      else { return false }
      let arguments = Array(tree.nodes(call.arguments))
      guard tree.kind(arguments[1]) == .name, let value = tree.name(arguments[2])?.name else {
        return false
      }
      return tree.nodes.contains { other in
        tree.functionDef(other)?.name == value
      }
    }
  }
}
