package import PythonSyntax

/// What a file tells before it is analysed: whether it holds coroutines, what it imports, and which
/// names it uses. Small enough to keep for every file of a large project.
package struct ModuleOutline: Sendable {
  /// One module that an import statement names.
  package struct Import: Sendable {
    /// The dotted name after the leading dots; empty in `from . import x`.
    package let module: [UInt8]
    /// The number of leading dots.
    package let level: Int
    /// The names that a `from` import takes, which may be modules too.
    package let members: [[UInt8]]
    /// Whether it stands outside all functions, so that other modules see what it binds.
    package let isGlobal: Bool
  }

  /// Whether the file has anything of `async` or `await`.
  package let hasCoroutines: Bool
  package let imports: [Import]
  /// The names of the `async def` functions and methods, hashed.
  package let coroutineNames: [UInt32]
  /// The names that imports outside functions give to something of another name, hashed: `get` in
  /// `from net import fetch as get`.
  package let renamedImports: [UInt32]
  /// All names of the file, hashed, in ascending order.
  package let names: [UInt32]

  /// - Complexity: O(*n*) in the number of nodes.
  package init(_ tree: SyntaxTree) {
    var hasCoroutines = false
    var coroutineNames: [UInt32] = []
    var statements: [NodeID] = []
    for index in tree.kinds.indices {
      switch tree.kinds[index] {
      case .asyncFunctionDef:
        hasCoroutines = true
        if let function = tree.functionDef(NodeID(UInt32(index))) {
          coroutineNames.append(tree.nameTable.hash(of: function.name))
        }
      case .asyncFor, .asyncWith, .awaitExpr: hasCoroutines = true
      case .comprehension:
        if tree.comprehensionFor(NodeID(UInt32(index)))?.isAsync == true { hasCoroutines = true }
      case .importStmt, .importFrom: statements.append(NodeID(UInt32(index)))
      default: continue
      }
    }
    self.hasCoroutines = hasCoroutines
    self.coroutineNames = coroutineNames
    renamedImports = statements.flatMap { Self.renamed(by: $0, in: tree) }
    imports = statements.flatMap { Self.imports(of: $0, in: tree) }
    names = (0..<tree.nameTable.count).map { tree.nameTable.hash(of: NameID(UInt32($0))) }.sorted()
  }

  private static func imports(of statement: NodeID, in tree: SyntaxTree) -> [Import] {
    let isGlobal = isGlobal(statement, in: tree)
    if let from = tree.importFrom(statement) {
      let members = tree.nodes(from.aliases).compactMap { alias in
        tree.alias(alias).map { Array(tree.text(of: $0.name)) }
      }
      return [
        Import(
          module: from.module.map { Array(tree.text(of: $0)) } ?? [], level: from.level,
          members: members, isGlobal: isGlobal)
      ]
    }
    guard let statement = tree.importStmt(statement) else { return [] }
    return tree.nodes(statement.aliases).compactMap { alias in
      tree.alias(alias).map {
        Import(
          module: Array(tree.text(of: $0.name)), level: 0, members: [], isGlobal: isGlobal)
      }
    }
  }

  private static func renamed(by statement: NodeID, in tree: SyntaxTree) -> [UInt32] {
    guard let aliases = tree.importFrom(statement)?.aliases ?? tree.importStmt(statement)?.aliases,
      isGlobal(statement, in: tree)
    else { return [] }
    return tree.nodes(aliases).compactMap { alias in
      tree.alias(alias)?.asName.map { tree.nameTable.hash(of: $0) }
    }
  }

  private static func isGlobal(_ statement: NodeID, in tree: SyntaxTree) -> Bool {
    var current = statement
    while let parent = tree.parent(of: current) {
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef: return false
      default: current = parent
      }
    }
    return true
  }

  /// Whether the file has a name with this hash.
  ///
  /// - Complexity: O(log *n*).
  package func hasName(_ hash: UInt32) -> Bool {
    var low = 0
    var high = names.count
    while low < high {
      let middle = (low + high) / 2
      if names[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low] == hash
  }
}
