import PythonSyntax

/// Annotations in quotes: `"Path | None"`, `"dict[str, Path]"`.
extension Resolver {
  /// The text of a plain string literal: what annotations in quotes are written as.
  func stringText(_ node: NodeID) -> [UInt8]? {
    let text = tree.text(of: node)
    guard let quote = text.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      text.count >= 2, text.last == quote, !text.contains(UInt8(ascii: "\\"))
    else { return nil }
    return Array(text.dropFirst().dropLast())
  }

  /// The class that an annotation in quotes names: a dotted name, perhaps optional or generic.
  func annotatedClass(text: ArraySlice<UInt8>, at node: NodeID) -> SymbolID? {
    let parts = unionMembers(text)
    guard parts.count == 1, let part = parts.first else { return nil }
    guard let (wrapper, inner) = subscripted(part) else { return namedClass(part, at: node) }
    if isLast(wrapper, Self.transparentWrappers + ["Annotated"]) {
      return parted(inner, at: UInt8(ascii: ",")).first
        .flatMap { annotatedClass(text: $0, at: node) }
    }
    if isLast(wrapper, ["Union"]) {
      let classes = parted(inner, at: UInt8(ascii: ",")).filter { !isNone($0) }
      return classes.count == 1 ? annotatedClass(text: classes[0], at: node) : nil
    }
    return namedClass(wrapper, at: node)
  }

  /// What an annotation in quotes says of a collection's elements.
  func annotatedElements(text: ArraySlice<UInt8>, at node: NodeID) -> CollectionElements? {
    let parts = unionMembers(text)
    guard parts.count == 1, let (wrapper, inner) = subscripted(parts[0]) else { return nil }
    if isLast(wrapper, Self.transparentWrappers) { return annotatedElements(text: inner, at: node) }
    let arguments = parted(inner, at: UInt8(ascii: ","))
    if isLast(wrapper, Self.mappingNames) {
      guard arguments.count == 2, let cls = annotatedClass(text: arguments[1], at: node) else {
        return nil
      }
      return CollectionElements(value: .instance(cls), isMapping: true)
    }
    let isHomogeneous =
      arguments.count == 1
      || arguments.count == 2 && arguments[1].elementsEqual(StaticString("...").utf8Text)
    guard isLast(wrapper, Self.collectionNames), isHomogeneous,
      let cls = annotatedClass(text: arguments[0], at: node)
    else { return nil }
    return CollectionElements(value: .instance(cls), isMapping: false)
  }

  /// Annotations in brackets that say nothing of the class themselves.
  static var transparentWrappers: [StaticString] {
    ["Optional", "Final", "ClassVar", "Required", "NotRequired"]
  }

  /// Collections whose annotation names the class of their elements.
  static var collectionNames: [StaticString] {
    [
      "list", "List", "set", "Set", "frozenset", "FrozenSet", "tuple", "Tuple", "Iterable",
      "Iterator", "Sequence", "MutableSequence", "Collection", "AsyncIterable", "AsyncIterator",
      "deque", "Queue", "LifoQueue", "PriorityQueue", "SimpleQueue", "AppKey",
    ]
  }

  /// Mappings whose annotation names the class of their values.
  static var mappingNames: [StaticString] {
    [
      "dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict",
      "WeakValueDictionary",
    ]
  }

  /// The class that a dotted name in quotes means.
  private func namedClass(_ name: ArraySlice<UInt8>, at node: NodeID) -> SymbolID? {
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

  /// The members of a union in quotes, `None` apart.
  private func unionMembers(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    parted(text, at: UInt8(ascii: "|")).filter { !isNone($0) }
  }

  private func isNone(_ text: ArraySlice<UInt8>) -> Bool {
    text.elementsEqual(StaticString("None").utf8Text)
  }

  /// The name before a bracket that the text ends with, and what the brackets hold.
  private func subscripted(_ text: ArraySlice<UInt8>)
    -> (wrapper: ArraySlice<UInt8>, inner: ArraySlice<UInt8>)?
  {
    guard text.last == UInt8(ascii: "]"), let open = text.firstIndex(of: UInt8(ascii: "[")) else {
      return nil
    }
    return (text[..<open], text[(open + 1)...].dropLast())
  }

  /// The parts of a text between separators outside of brackets, without the spaces around them.
  private func parted(_ text: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var depth = 0
    var start = text.startIndex
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case separator where depth == 0:
        parts.append(trimmed(text[start..<index]))
        start = index + 1
      default: continue
      }
    }
    parts.append(trimmed(text[start...]))
    return parts
  }

  private func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while text.first == UInt8(ascii: " ") { text = text.dropFirst() }
    while text.last == UInt8(ascii: " ") { text = text.dropLast() }
    return text
  }

  /// Whether the last part of a dotted name is one of some texts.
  private func isLast(_ name: ArraySlice<UInt8>, _ texts: [StaticString]) -> Bool {
    guard let last = name.split(separator: UInt8(ascii: ".")).last else { return false }
    return texts.contains { $0.withUTF8Buffer { last.elementsEqual($0) } }
  }
}

extension StaticString {
  /// The bytes of the text.
  var utf8Text: [UInt8] { withUTF8Buffer { Array($0) } }
}
