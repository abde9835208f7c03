package import PythonSyntax

extension Resolver {
  /// The class that an annotation names: `Path`, `Optional[Path]`, `Path | None`, `"Path"`,
  /// `Annotated[Path, …]`.
  package func annotatedClass(_ node: NodeID) -> SymbolID? {
    switch tree.kind(node) {
    case .name, .attribute:
      guard case .object(let symbol) = value(of: node), !isLocal(symbol),
        project.isKnownClass(symbol)
      else { return nil }
      return symbol
    case .constant:
      guard tree.constant(node)?.kind == .string, let text = stringText(node) else {
        return nil
      }
      return annotatedClass(text: text[...], at: node)
    case .binOp:
      guard let union = tree.binOp(node), union.operator == .bitOr else { return nil }
      if isNone(union.left) { return annotatedClass(union.right) }
      if isNone(union.right) { return annotatedClass(union.left) }
      return nil
    case .subscript:
      guard let view = tree.subscript(node), let wrapper = lastName(of: view.value) else {
        return nil
      }
      if isOneOf(wrapper, Self.transparentWrappers) {
        return annotatedClass(view.slice)
      }
      if isOneOf(wrapper, ["Annotated"]) {
        return tree.tuple(view.slice).flatMap { tree.nodes($0.elements).first }
          .flatMap { annotatedClass($0) }
      }
      if isOneOf(wrapper, ["Union"]) {
        let members = tree.tuple(view.slice).map { Array(tree.nodes($0.elements)) } ?? []
        let classes = members.filter { !isNone($0) }
        return classes.count == 1 ? annotatedClass(classes[0]) : nil
      }
      if let callable = coroutineCallable(node) { return callable }
      // A generic class of the vocabulary or the project.
      guard case .object(let symbol) = value(of: view.value), !isLocal(symbol),
        project.isKnownClass(symbol)
      else { return nil }
      return symbol
    default: return nil
    }
  }

  /// What an annotation says of a value: an instance of a class, or for `type[Path]` the class.
  func annotatedValue(_ node: NodeID) -> Value? {
    if let view = tree.subscript(node), let name = lastName(of: view.value),
      isOneOf(name, ["type", "Type"])
    {
      return annotatedClass(view.slice).map(Value.object)
    }
    return annotatedClass(node).map(Value.instance)
  }

  /// The class of the elements that a collection annotation names: `list[Path]`.
  func annotatedElement(_ node: NodeID) -> SymbolID? {
    guard let view = tree.subscript(node), let container = lastName(of: view.value),
      isOneOf(container, Self.collectionNames)
    else { return nil }
    guard let tuple = tree.tuple(view.slice) else { return annotatedClass(view.slice) }
    let elements = Array(tree.nodes(tuple.elements))
    // `tuple[Path, ...]`, but not `tuple[Path, int]`.
    guard elements.count == 2, tree.constant(elements[1])?.kind == .ellipsis else { return nil }
    return annotatedClass(elements[0])
  }

  /// What an annotation `Callable[…, Awaitable[…]]` or `Callable[…, Coroutine[…]]` stands for: the
  /// class that the vocabulary has for what gives an awaitable when it is called.
  func coroutineCallable(_ node: NodeID) -> SymbolID? {
    guard let view = tree.subscript(node), let name = lastName(of: view.value),
      isOneOf(name, ["Callable"]), let parts = tree.tuple(view.slice), parts.elements.count == 2,
      let result = tree.nodes(parts.elements).last,
      let awaitable = lastName(of: tree.subscript(result)?.value ?? result),
      isOneOf(awaitable, ["Awaitable", "Coroutine", "CoroutineType"]), !asksForColour
    else { return nil }
    return project.symbols.symbol(dotted: StaticString("typing.CoroutineCallable").utf8Text)
  }

  private func isNone(_ node: NodeID) -> Bool {
    tree.constant(node)?.kind == ConstantKind.none
  }

  private func lastName(of node: NodeID) -> NameID? {
    tree.name(node)?.name ?? tree.attribute(node)?.name
  }

  private func isOneOf(_ name: NameID, _ texts: [StaticString]) -> Bool {
    let text = tree.text(of: name)
    return texts.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
  }
}

extension Project {
  /// Whether a symbol is a class that somebody has facts about.
  package func isKnownClass(_ symbol: SymbolID) -> Bool {
    if functionIndex[UInt64(symbol.rawValue)] != nil { return false }
    if moduleIndex[UInt64(symbol.rawValue)] != nil { return false }
    return isClass(symbol)
  }
}
