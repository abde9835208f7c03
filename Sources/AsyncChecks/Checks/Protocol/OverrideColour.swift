import PythonSemantics
import PythonSyntax

extension Check {
  /// A method that is `async def` where the class below it has a plain one, or the other way round.
  static let overrideColour = Check(
    name: "override-colour",
    messages: [
      CheckMessage("async", ["method", "base"]),
      CheckMessage("sync", ["method", "base"]),
      CheckMessage("known", ["method", "base"]),
    ],
    traits: ["sync-method"],
    kinds: [.functionDef, .asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node), let owner = context.resolver.owner(ofMethod: node),
      !context.isPrivateName(function.name), context.keepsColour(function),
      let cls = context.project.cls(owner),
      let inherited = context.inherited(context.resolver.atom(function.name), of: cls)
    else { return }
    let isGenerator =
      context.model.scope(openedBy: node).map { context.model[$0].isGenerator } ?? false
    let name = Array(tree.text(of: function.name))
    let base = context.resolver.name(of: inherited)
    if let fact = context.knowledge.fact(inherited, trait: "sync-method") {
      guard function.isAsync else { return }
      context.report(
        "known", fact: fact, span: tree.nameSpan(at: function.nameStart),
        [("method", name), ("base", base)])
      return
    }
    guard let definition = context.project.function(inherited), !definition.isAmbiguous,
      !isGenerator
    else { return }
    let shown = context.shortName(inherited)
    guard !context.mayGiveEither(definition), !context.isBridged(name) else { return }
    if function.isAsync {
      guard definition.colour == .sync,
        context.isPlain(definition)
          || context.isCalled(definition, function.name, isAwaited: false),
        !context.isTwin(owner, of: inherited), context.isCalled(name, awaited: false)
      else { return }
      context.report(
        "async", span: tree.nameSpan(at: function.nameStart), [("method", name), ("base", shown)])
    } else {
      guard definition.isCoroutineFunction,
        !context.isStub(definition)
          || context.isCalled(definition, function.name, isAwaited: true),
        context.returnsPlainValues(node, in: context.model),
        !context.isSynchronousTwin(owner), context.isCalled(name, awaited: true)
      else { return }
      context.report(
        "sync", span: tree.nameSpan(at: function.nameStart), [("method", name), ("base", shown)])
    }
  }
}

extension CheckContext {
  /// Whether the file of a method calls it on `self` in a certain way: awaits the call, or uses it as
  /// a statement.
  fileprivate func isCalled(
    _ definition: FunctionDefinition, _ name: NameID, isAwaited: Bool,
  ) -> Bool {
    let other = project[definition.module].model.tree
    let text = tree.text(of: name)
    return other.nodes.contains { node in
      guard let call = other.call(node), let method = other.attribute(call.function),
        other.text(of: method.name).elementsEqual(text), let receiver = other.name(method.value),
        other.text(of: receiver.name).elementsEqual(StaticString("self").bytes),
        let parent = other.parent(of: node)
      else { return false }
      return other.kind(parent) == (isAwaited ? .awaitExpr : .exprStmt)
    }
  }

  /// Names that begin with two underscores are a class's own, or special.
  fileprivate func isPrivateName(_ name: NameID) -> Bool {
    tree.text(of: name).starts(with: StaticString("__").bytes)
  }

  /// Whether no decorator changes what a call of the method returns.
  fileprivate func keepsColour(_ function: FunctionDef) -> Bool {
    tree.nodes(function.decorators).allSatisfy { isNamed($0, ["override", "abstractmethod"]) }
  }

  /// The method of a base class that a method of a class takes the place of.
  fileprivate func inherited(_ atom: AtomID, of cls: ClassDefinition) -> SymbolID? {
    for base in cls.bases where !resolver.isLocal(base) {
      if let found = project.instanceMember(atom, of: base) { return found }
    }
    return nil
  }

  /// Whether a class is the asynchronous twin of the one it derives from, as its name or that of its
  /// module says: `AsyncClient(Client)`.
  fileprivate func isTwin(_ cls: SymbolID, of method: SymbolID) -> Bool {
    saysAsync(resolver.name(of: cls)) && !saysAsync(resolver.name(of: method))
  }

  /// Whether a class says that it is the synchronous one: `SyncMessage(Message)`.
  fileprivate func isSynchronousTwin(_ cls: SymbolID) -> Bool {
    let name = resolver.name(of: cls)
    return contains(name, StaticString("Sync").bytes) || contains(name, StaticString(".sync").bytes)
  }

  /// Whether code of the project calls a method of this name and awaits it or hands its result to
  /// another call; or else, calls it without that. Frameworks call by name and take either colour.
  fileprivate func isCalled(_ method: [UInt8], awaited: Bool) -> Bool {
    project.modules.contains { module in
      let tree = module.model.tree
      guard let name = tree.nameTable.id(of: method), awaited || !asksForColour(tree) else {
        return false
      }
      return tree.nodes.contains { node in
        guard let call = tree.call(node), let attribute = tree.attribute(call.function),
          attribute.name == name, !isSuper(attribute.value, tree),
          !isModule(attribute.value, module.model), let parent = tree.parent(of: node)
        else { return false }
        let isUsed = tree.kind(parent) == .awaitExpr || tree.kind(parent) == .call
        return isUsed == awaited
      }
    }
  }

  /// Whether the annotation of a method says that what it gives may be awaitable: `Awaitable[int]`,
  /// `MaybeAwait[None]`.
  fileprivate func mayGiveEither(_ definition: FunctionDefinition) -> Bool {
    let tree = project[definition.module].model.tree
    guard let annotation = tree.functionDef(definition.node)?.returns else { return false }
    let text = Array(tree.text(of: annotation)).map { $0 | 0x20 }
    return contains(text, StaticString("await").bytes)
      || contains(text, StaticString("coroutine").bytes)
  }

  /// Whether code of the project hands the result of a method of this name to a function that takes
  /// either colour: `await maybe_future(hub.stop())`.
  fileprivate func isBridged(_ method: [UInt8]) -> Bool {
    project.modules.contains { module in
      let tree = module.model.tree
      guard let name = tree.nameTable.id(of: method) else { return false }
      return tree.nodes.contains { node in
        guard let call = tree.call(node), tree.attribute(call.function)?.name == name,
          let parent = tree.parent(of: node), let bridge = tree.call(parent)?.function,
          bridge != node, let last = tree.attribute(bridge)?.name ?? tree.name(bridge)?.name
        else { return false }
        let text = tree.text(of: last)
        let starts: [StaticString] = ["maybe_", "ensure_", "isawaitable", "iscoroutine"]
        return starts.contains { text.starts(with: $0.bytes) }
      }
    }
  }

  /// Whether a name is that of an imported module or function, whose members are no methods.
  private func isModule(_ node: NodeID, _ model: SemanticModel) -> Bool {
    guard let name = model.tree.name(node)?.name,
      let variable = model.lookUp(name, from: model.scope(of: node))
    else { return false }
    return model[variable].bindings.contains { $0.kind == .import || $0.kind == .importFrom }
  }

  private func isSuper(_ node: NodeID, _ tree: SyntaxTree) -> Bool {
    guard let call = tree.call(node), let name = tree.name(call.function)?.name else {
      return false
    }
    return tree.text(of: name).elementsEqual(StaticString("super").bytes)
  }

  /// Whether a module asks what it got from a call before it awaits it.
  private func asksForColour(_ tree: SyntaxTree) -> Bool {
    let questions: [StaticString] = ["isawaitable", "iscoroutine", "iscoroutinefunction"]
    return questions.contains { tree.nameTable.id(of: $0) != nil }
  }

  private func saysAsync(_ name: [UInt8]) -> Bool {
    let lower = name.map { $0 | 0x20 }
    return contains(lower, StaticString("async").bytes)
      || contains(lower, StaticString("aio").bytes)
  }

  /// `Base.method` of a dotted name.
  fileprivate func shortName(_ symbol: SymbolID) -> [UInt8] {
    let dot = UInt8(ascii: ".")
    let parts = resolver.name(of: symbol).split(separator: dot)
    return Array(parts.suffix(2).joined(separator: [dot]))
  }

  /// Whether a method does something itself and returns nothing that one could await. A method
  /// that only raises or passes leaves it to the classes below.
  fileprivate func isPlain(_ definition: FunctionDefinition) -> Bool {
    let model = project[definition.module].model
    let tree = model.tree
    guard let function = tree.functionDef(definition.node), definition.decoration == .none,
      function.decorators.isEmpty,
      let scope = model.scope(openedBy: definition.node), !model[scope].isGenerator
    else { return false }
    let isStub = tree.nodes(function.body).allSatisfy { statement in
      switch tree.kind(statement) {
      case .passStmt, .raiseStmt: return true
      case .exprStmt: return tree.exprStmt(statement).flatMap { tree.constant($0.value) } != nil
      case .returnStmt:
        return tree.returnStmt(statement)?.value.flatMap { tree.constant($0) } != nil
      default: return false
      }
    }
    return !isStub && returnsPlainValues(definition.node, in: model)
  }

  /// Whether a function returns nothing, or only values that are certainly not awaitable.
  fileprivate func returnsPlainValues(_ function: NodeID, in model: SemanticModel) -> Bool {
    let tree = model.tree
    guard let view = tree.functionDef(function), let scope = model.scope(openedBy: function),
      !model[scope].isGenerator, !isStub(view, tree)
    else { return false }
    var first = function
    while true {
      var least = first
      tree.forEachChild(of: first) { if $0.index < least.index { least = $0 } }
      if least == first { break }
      first = least
    }
    for index in first.index..<function.index {
      let node = NodeID(UInt32(index))
      guard let statement = tree.returnStmt(node),
        model.executionScope(of: model.scope(of: node)) == scope
      else { continue }
      guard let value = statement.value else { continue }
      if !isPlainValue(value, in: tree) { return false }
    }
    return true
  }

  private func isPlainValue(_ node: NodeID, in tree: SyntaxTree) -> Bool {
    switch tree.kind(node) {
    case .constant, .joinedStr, .list, .dict, .set, .tuple, .compare, .listComp, .dictComp,
      .setComp, .binOp:
      return true
    case .unaryOp: return true
    default: return false
    }
  }
}
