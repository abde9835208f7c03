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
      if isOneOf(wrapper, ["Optional", "Final", "ClassVar", "Required", "NotRequired"]) {
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
      // A generic class of the vocabulary or the project.
      guard case .object(let symbol) = value(of: view.value), !isLocal(symbol),
        project.isKnownClass(symbol)
      else { return nil }
      return symbol
    default: return nil
    }
  }

  /// The class of the elements that a collection annotation names: `list[Path]`.
  func annotatedElement(_ node: NodeID) -> SymbolID? {
    guard let view = tree.subscript(node), let container = lastName(of: view.value),
      isOneOf(
        container,
        [
          "list", "List", "set", "Set", "frozenset", "FrozenSet", "tuple", "Tuple", "Iterable",
          "Iterator", "Sequence", "MutableSequence", "Collection", "AsyncIterable",
          "AsyncIterator", "deque",
        ])
    else { return nil }
    guard let tuple = tree.tuple(view.slice) else { return annotatedClass(view.slice) }
    let elements = Array(tree.nodes(tuple.elements))
    // `tuple[Path, ...]`, but not `tuple[Path, int]`.
    guard elements.count == 2, tree.constant(elements[1])?.kind == .ellipsis else { return nil }
    return annotatedClass(elements[0])
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

  /// The text of a plain string literal: what annotations in quotes are written as.
  private func stringText(_ node: NodeID) -> [UInt8]? {
    let text = tree.text(of: node)
    guard let quote = text.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      text.count >= 2, text.last == quote, !text.contains(UInt8(ascii: "\\"))
    else { return nil }
    return Array(text.dropFirst().dropLast())
  }

  /// Reads a string annotation: a dotted name, perhaps optional. Anything else is not a class.
  private func annotatedClass(text: ArraySlice<UInt8>, at node: NodeID) -> SymbolID? {
    let space = UInt8(ascii: " ")
    let parts = text.split(separator: UInt8(ascii: "|")).map { part in
      var part = part
      while part.first == space { part = part.dropFirst() }
      while part.last == space { part = part.dropLast() }
      return part
    }.filter { !$0.elementsEqual([UInt8]("None")) }
    guard parts.count == 1, var name = parts.first else { return nil }
    for prefix in ["Optional[", "typing.Optional["] as [StaticString] {
      let bytes = prefix.withUTF8Buffer { Array($0) }
      if name.starts(with: bytes), name.last == UInt8(ascii: "]") {
        name = name.dropFirst(bytes.count).dropLast()
      }
    }
    let pieces = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let first = pieces.first, let id = tree.nameTable.id(of: Array(first)),
      let variable = model.lookUp(id, from: model.scope(of: node)),
      case .object(var symbol) = value(of: variable)
    else { return nil }
    for piece in pieces.dropFirst() {
      symbol = member(atom(ofPart: piece), of: symbol)
    }
    return !isLocal(symbol) && project.isKnownClass(symbol) ? symbol : nil
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
