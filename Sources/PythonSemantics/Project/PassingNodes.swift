import PythonSyntax

/// The nodes of a statement through which others can get hold of what their names stand for: bases
/// and decorators, annotations of results and attributes, what is returned, and what is assigned to
/// an attribute, a name of the module or a name that is returned.
///
/// Of a value these are the names that it is made from, such as the class that is called, not its
/// arguments. What a function does with other names stays inside it.
struct PassingNodes {
  /// A name that others can get hold of, and the words of what it is made from.
  struct Derivation {
    let name: UInt32
    var words: [UInt32] = []
    /// Those of the words that are plain methods of the same class.
    var ownWords: [UInt32] = []
    /// Whether the name is one inside a function.
    var isLocal = false
  }

  /// The words of a value.
  private struct Words {
    var words: [UInt32] = []
    var ownWords: [UInt32] = []
  }

  /// The names of `async def`s of the statement that can be reached from outside. For those that
  /// are called by an operation, like `__call__`, the name of the statement.
  private(set) var asyncNames: [UInt32] = []
  private(set) var derivations: [Derivation] = []
  private let first: Int
  private var isPassing: [Bool]
  /// The plain methods of the statement if it is a class.
  private var methods: [NameID] = []
  private let tree: SyntaxTree

  /// - Parameter first: The first node of the statement's subtree.
  init(of statement: NodeID, from first: Int, in tree: SyntaxTree) {
    self.first = first
    self.tree = tree
    isPassing = [Bool](repeating: false, count: statement.index - first + 1)
    let isClass = tree.classDef(statement) != nil
    let isDefinition = isClass || tree.functionDef(statement) != nil
    if let cls = tree.classDef(statement) {
      for node in tree.nodes(cls.bases) { mark(node) }
      for node in tree.nodes(cls.keywords) { mark(node) }
      for node in tree.nodes(cls.decorators) { mark(node) }
      for statement in tree.nodes(cls.body) where tree.kind(statement) == .functionDef {
        if let method = tree.functionDef(statement)?.name { methods.append(method) }
      }
      derive(hash(cls.name), from: words(below: Array(tree.nodes(cls.bases))))
    }
    var returned: [NameID] = []
    for index in first...statement.index {
      let node = NodeID(UInt32(index))
      switch tree.kind(node) {
      case .asyncFunctionDef:
        markSignature(node)
        if node == statement || isReachable(node, statement),
          let name = tree.functionDef(node)?.name
        {
          let isSpecial = tree.text(of: name).starts(with: [0x5F, 0x5F])
          asyncNames.append(hash(isSpecial ? self.name(of: statement) ?? name : name))
        }
      case .functionDef:
        markSignature(node)
        guard let view = tree.functionDef(node) else { continue }
        derive(hash(view.name), from: words(below: Array(tree.nodes(view.decorators))))
      case .returnStmt:
        guard let value = tree.returnStmt(node)?.value else { continue }
        let words = markValue(value)
        if let function = enclosingFunction(of: node), let name = tree.functionDef(function)?.name {
          derive(
            hash(name), from: words, isLocal: enclosingFunction(of: function) != nil)
        }
        if let name = tree.name(value)?.name { returned.append(name) }
      default: continue
      }
    }
    for index in first...statement.index {
      let node = NodeID(UInt32(index))
      switch tree.kind(node) {
      case .assign:
        guard let assign = tree.assign(node) else { continue }
        let passed = tree.nodes(assign.targets).filter {
          passes($0, of: node, in: statement, isDefinition, returned)
        }
        guard !passed.isEmpty else { continue }
        let words = markValue(assign.value)
        for target in passed { derive(target, from: words) }
      case .annAssign:
        guard let assign = tree.annAssign(node),
          passes(assign.target, of: node, in: statement, isDefinition, returned)
        else { continue }
        mark(assign.annotation)
        if let value = assign.value { derive(assign.target, from: markValue(value)) }
      case .namedExpr:
        guard let named = tree.namedExpr(node),
          passes(named.target, of: node, in: statement, isDefinition, returned)
        else { continue }
        derive(named.target, from: markValue(named.value))
      case .withItem:
        guard let item = tree.withItem(node), let target = item.target,
          passes(target, of: node, in: statement, isDefinition, returned)
        else { continue }
        derive(target, from: markValue(item.contextExpr))
      case .forStmt:
        guard !isDefinition, let loop = tree.forStmt(node) else { continue }
        mark(loop.iterable)
        derive(loop.target, from: words(below: [loop.iterable]))
      default: continue
      }
    }
  }

  /// Whether others can get hold of what is assigned to a target.
  private func passes(
    _ target: NodeID, of statement: NodeID, in definition: NodeID, _ isDefinition: Bool,
    _ returned: [NameID],
  ) -> Bool {
    if !isDefinition || isInBody(statement, definition) { return true }
    switch tree.kind(target) {
    case .attribute, .tuple, .list: return true
    case .name: return tree.name(target).map { returned.contains($0.name) } ?? false
    default: return false
    }
  }

  func contains(_ node: NodeID) -> Bool { isPassing[node.index - first] }

  /// Whether code without `async` that has the definition can call an `async def` in it: not the
  /// special methods of `async with` and `async for`.
  private func isReachable(_ function: NodeID, _ definition: NodeID) -> Bool {
    guard tree.classDef(definition) != nil, isInBody(function, definition),
      let name = tree.functionDef(function)?.name
    else { return true }
    let special: [StaticString] = ["__aenter__", "__aexit__", "__aiter__", "__anext__"]
    return !special.contains { isText($0, of: name) }
  }

  private func isText(_ text: StaticString, of name: NameID) -> Bool {
    text.withUTF8Buffer { tree.text(of: name).elementsEqual($0) }
  }

  private mutating func markSignature(_ function: NodeID) {
    guard let view = tree.functionDef(function) else { return }
    for node in tree.nodes(view.decorators) { mark(node) }
    if let returns = view.returns { mark(returns) }
  }

  /// Marks the subtree of a node, which is the run of nodes that ends with it.
  private mutating func mark(_ node: NodeID) {
    let start = tree.span(node).start
    var index = node.index
    while index >= first, tree.span(NodeID(UInt32(index))).start >= start {
      isPassing[index - first] = true
      index -= 1
    }
  }

  /// Marks what a value is made from.
  ///
  /// - Returns: The names and attributes that it is, or that are called for it.
  private mutating func markValue(_ value: NodeID) -> Words {
    var words = Words()
    /// What is still to be marked, and whether it is the value itself, not its owner.
    var pending = [(value, true)]
    while let (node, isValue) = pending.popLast() {
      switch tree.kind(node) {
      case .name:
        mark(node)
        if isValue, let name = tree.name(node)?.name { words.words.append(hash(name)) }
      case .attribute:
        isPassing[node.index - first] = true
        guard let attribute = tree.attribute(node) else { continue }
        if isValue {
          if isMethod(attribute) {
            words.ownWords.append(hash(attribute.name))
          } else {
            words.words.append(hash(attribute.name))
          }
        }
        pending.append((attribute.value, false))
      case .call:
        guard let call = tree.call(node) else { continue }
        pending.append((call.function, isValue))
        // `partial(f, 1)` is called like `f`.
        if let name = tree.name(call.function)?.name ?? tree.attribute(call.function)?.name,
          tree.text(of: name).elementsEqual([UInt8]("partial")),
          let bound = tree.nodes(call.arguments).first
        {
          pending.append((bound, isValue))
        }
      case .listComp, .setComp, .dictComp, .generatorExp:
        guard let view = tree.comprehension(node) else { continue }
        pending.append((view.value ?? view.element, isValue))
      case .awaitExpr: if let value = tree.awaitExpr(node)?.value { pending.append((value, false)) }
      case .namedExpr:
        if let named = tree.namedExpr(node) { pending.append((named.value, isValue)) }
      case .starred:
        if let starred = tree.starred(node) { pending.append((starred.value, isValue)) }
      case .subscript: if let view = tree.subscript(node) { pending.append((view.value, isValue)) }
      case .binOp: if let view = tree.binOp(node) { pending.append((view.left, isValue)) }
      case .ifExp:
        if let choice = tree.ifExp(node) {
          pending += [(choice.body, isValue), (choice.orElse, isValue)]
        }
      case .boolOp:
        if let view = tree.boolOp(node) { pending += tree.nodes(view.values).map { ($0, isValue) } }
      case .tuple, .list, .set, .dict:
        for child in tree.children(of: node) { pending.append((child, isValue)) }
      default: continue
      }
    }
    return words
  }

  // MARK: Derivations

  private func name(of definition: NodeID) -> NameID? {
    tree.classDef(definition)?.name ?? tree.functionDef(definition)?.name
  }

  private func hash(_ name: NameID) -> UInt32 { tree.nameTable.hash(of: name) }

  /// Whether an attribute is `self.m` with a plain method of the class.
  private func isMethod(_ attribute: Attribute) -> Bool {
    guard let owner = tree.name(attribute.value)?.name, isText("self", of: owner) else {
      return false
    }
    return methods.contains(attribute.name)
  }

  private mutating func derive(_ name: UInt32, from words: Words, isLocal: Bool = false) {
    guard !words.words.isEmpty || !words.ownWords.isEmpty else { return }
    derivations.append(
      Derivation(name: name, words: words.words, ownWords: words.ownWords, isLocal: isLocal))
  }

  /// Derives the names and attributes of a target.
  private mutating func derive(_ target: NodeID, from words: Words) {
    let isLocal = enclosingFunction(of: target) != nil
    var pending = [target]
    while let node = pending.popLast() {
      switch tree.kind(node) {
      case .name:
        if let name = tree.name(node)?.name { derive(hash(name), from: words, isLocal: isLocal) }
      case .attribute:
        if let name = tree.attribute(node)?.name { derive(hash(name), from: words) }
      case .starred, .tuple, .list:
        for child in tree.children(of: node) { pending.append(child) }
      case .subscript: if let view = tree.subscript(node) { pending.append(view.value) }
      default: continue
      }
    }
  }

  /// The names and attributes in the subtrees of some nodes.
  private func words(below nodes: [NodeID]) -> Words {
    var words = Words()
    for node in nodes {
      let start = tree.span(node).start
      var index = node.index
      while index >= first, tree.span(NodeID(UInt32(index))).start >= start {
        let inner = NodeID(UInt32(index))
        if let name = tree.name(inner)?.name ?? tree.attribute(inner)?.name {
          words.words.append(hash(name))
        }
        index -= 1
      }
    }
    return words
  }

  private func enclosingFunction(of node: NodeID) -> NodeID? {
    var current = tree.parent(of: node)
    while let ancestor = current {
      if tree.functionDef(ancestor) != nil { return ancestor }
      current = tree.parent(of: ancestor)
    }
    return nil
  }

  private func isInBody(_ statement: NodeID, _ definition: NodeID) -> Bool {
    tree.parent(of: statement) == definition
  }
}
