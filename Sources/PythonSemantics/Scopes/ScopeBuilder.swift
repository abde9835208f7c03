package import PythonSyntax

extension SemanticModel {
  /// Finds the scopes and bindings of a module.
  ///
  /// - Complexity: O(*n*) in the number of nodes; no recursion, so deep input is harmless.
  package init(_ tree: SyntaxTree, isNotebook: Bool = false) {
    var builder = ScopeBuilder(tree)
    builder.walk()
    builder.attachBindings()
    self.tree = tree
    self.isNotebook = isNotebook
    scopes = builder.scopes
    variables = builder.variables
    starImports = builder.starImports.reversed()
    attributeStores = builder.attributeStores.reversed()
    importAliases = builder.importAliases.reversed()
    scopeOfNode = builder.scopeOf
    variableTable = builder.table
    openedScopes = builder.opened
  }
}

/// Visits nodes from the root down (descending ids of the postorder), so that a parent has said in
/// which scope its children are before they are visited.
private struct ScopeBuilder {
  let tree: SyntaxTree
  var scopes: [Scope] = []
  var variables: [Variable] = []
  var starImports: [NodeID] = []
  var attributeStores: [NodeID] = []
  var importAliases: [NodeID] = []
  var scopeOf: [ScopeID]
  var table = IDTable(minimumCapacity: 64)
  var opened = IDTable()

  private var pending: [PendingBinding] = []
  private var declarations: [Declaration] = []
  private var declared = IDTable()
  private var boundInFunctions = IDTable()

  private struct PendingBinding {
    let scope: ScopeID
    let name: NameID
    let binding: Binding
  }

  private struct Declaration {
    let scope: ScopeID
    let name: NameID
    let isGlobal: Bool
  }

  private static let unset = ScopeID(.max)

  init(_ tree: SyntaxTree) {
    self.tree = tree
    scopeOf = [ScopeID](repeating: Self.unset, count: tree.nodes.count)
  }

  mutating func walk() {
    scopes.append(Scope(kind: .module, node: tree.root, parent: .module))
    opened[UInt64(tree.root.rawValue)] = 0
    scopeOf[tree.root.index] = .module
    for node in tree.nodes.reversed() {
      if scopeOf[node.index] == Self.unset {
        scopeOf[node.index] = tree.parent(of: node).map { scopeOf[$0.index] } ?? .module
      }
      visit(node, in: scopeOf[node.index])
    }
  }

  private mutating func visit(_ node: NodeID, in scope: ScopeID) {
    switch tree.kind(node) {
    case .functionDef, .asyncFunctionDef: visitFunction(node, in: scope)
    case .classDef: visitClass(node, in: scope)
    case .lambda: visitLambda(node, in: scope)
    case .listComp, .setComp, .dictComp: visitComprehension(node, .comprehension, in: scope)
    case .generatorExp: visitComprehension(node, .generatorExpression, in: scope)
    case .typeAlias: visitTypeAlias(node, in: scope)
    case .arg:
      guard let arg = tree.arg(node) else { return }
      bind(arg.name, .parameter, node, in: scope)
      if let annotation = arg.annotation { assign(scopes[scope.index].parent, to: annotation) }
    case .name:
      guard let name = tree.name(node), name.context != .load else { return }
      bind(name.name, name.context == .delete ? .deletion : targetKind(of: node), node, in: scope)
    case .attribute:
      guard let attribute = tree.attribute(node), attribute.context == .store,
        tree.kind(attribute.value) == .name
      else { return }
      attributeStores.append(node)
    case .namedExpr:
      guard let named = tree.namedExpr(node) else { return }
      assign(walrusScope(from: scope), to: named.target)
    case .yieldExpr, .yieldFrom: scopes[functionScope(from: scope).index].isGenerator = true
    case .exceptHandler:
      if let name = tree.exceptHandler(node)?.name { bind(name, .exceptTarget, node, in: scope) }
    case .alias: visitAlias(node, in: scope)
    case .globalStmt: declare(tree.globalStmt(node)?.names, isGlobal: true, in: scope)
    case .nonlocalStmt: declare(tree.nonlocalStmt(node)?.names, isGlobal: false, in: scope)
    case .matchAs:
      if let name = tree.matchAs(node)?.name { bind(name, .pattern, node, in: scope) }
    case .matchStar:
      if let name = tree.matchStar(node)?.name { bind(name, .pattern, node, in: scope) }
    case .matchMapping:
      if let name = tree.matchMapping(node)?.rest { bind(name, .pattern, node, in: scope) }
    case .typeVar, .paramSpec, .typeVarTuple:
      if let parameter = tree.typeParameter(node) {
        bind(parameter.name, .typeParameter, node, in: scope)
      }
    default: return
    }
  }

  // MARK: Scopes

  private mutating func open(_ kind: ScopeKind, _ node: NodeID, in parent: ScopeID) -> ScopeID {
    let id = ScopeID(UInt32(scopes.count))
    scopes.append(Scope(kind: kind, node: node, parent: parent))
    // The annotation scope shares its node with the function; the function's own scope wins.
    if kind != .typeParameters { opened[UInt64(node.rawValue)] = id.rawValue }
    return id
  }

  private mutating func assign(_ scope: ScopeID, to node: NodeID) { scopeOf[node.index] = scope }

  private mutating func assign(_ scope: ScopeID, to list: NodeList) {
    for node in tree.nodes(list) { scopeOf[node.index] = scope }
  }

  /// Opens the annotation scope of a generic definition.
  private mutating func openTypeParameters(
    _ parameters: NodeList, _ node: NodeID, in scope: ScopeID,
  ) -> ScopeID {
    guard !parameters.isEmpty else { return scope }
    let inner = open(.typeParameters, node, in: scope)
    assign(inner, to: parameters)
    return inner
  }

  private mutating func visitFunction(_ node: NodeID, in scope: ScopeID) {
    guard let function = tree.functionDef(node) else { return }
    bind(function.name, .function, node, in: scope)
    let outer = openTypeParameters(function.typeParameters, node, in: scope)
    let inner = open(function.isAsync ? .asyncFunction : .function, node, in: outer)
    assign(inner, to: function.body)
    if let returns = function.returns { assign(outer, to: returns) }
    assignParameters(function.arguments, to: inner)
  }

  private mutating func visitLambda(_ node: NodeID, in scope: ScopeID) {
    guard let lambda = tree.lambda(node) else { return }
    let inner = open(.lambda, node, in: scope)
    assign(inner, to: lambda.body)
    assignParameters(lambda.arguments, to: inner)
  }

  /// Puts the parameters into the function; defaults stay in the scope around it.
  private mutating func assignParameters(_ arguments: NodeID, to scope: ScopeID) {
    guard let arguments = tree.arguments(arguments) else { return }
    assign(scope, to: arguments.positionalOnly)
    assign(scope, to: arguments.positional)
    assign(scope, to: arguments.keywordOnly)
    if let variadic = arguments.variadic { assign(scope, to: variadic) }
    if let variadic = arguments.keywordVariadic { assign(scope, to: variadic) }
  }

  private mutating func visitClass(_ node: NodeID, in scope: ScopeID) {
    guard let cls = tree.classDef(node) else { return }
    bind(cls.name, .classDef, node, in: scope)
    let outer = openTypeParameters(cls.typeParameters, node, in: scope)
    assign(outer, to: cls.bases)
    assign(outer, to: cls.keywords)
    let inner = open(.classBody, node, in: outer)
    assign(inner, to: cls.body)
  }

  private mutating func visitTypeAlias(_ node: NodeID, in scope: ScopeID) {
    guard let alias = tree.typeAlias(node) else { return }
    let inner = openTypeParameters(alias.typeParameters, node, in: scope)
    assign(inner, to: alias.value)
  }

  private mutating func visitComprehension(
    _ node: NodeID, _ kind: ScopeKind, in scope: ScopeID,
  ) {
    guard let comprehension = tree.comprehension(node) else { return }
    let inner = open(kind, node, in: scope)
    assign(inner, to: comprehension.element)
    if let value = comprehension.value { assign(inner, to: value) }
    assign(inner, to: comprehension.generators)
    // The first iterable is evaluated at once, in the scope around the comprehension.
    if let first = tree.nodes(comprehension.generators).first,
      let clause = tree.comprehensionFor(first)
    {
      assign(scope, to: clause.iterable)
    }
  }

  private func walrusScope(from scope: ScopeID) -> ScopeID {
    var current = scope
    while true {
      switch scopes[current.index].kind {
      case .comprehension, .generatorExpression: current = scopes[current.index].parent
      case .module, .classBody, .function, .asyncFunction, .lambda, .typeParameters:
        return current
      }
    }
  }

  private func functionScope(from scope: ScopeID) -> ScopeID {
    var current = scope
    while current != .module, !scopes[current.index].kind.isFunctionLike {
      current = scopes[current.index].parent
    }
    return current
  }

  // MARK: Names

  private mutating func bind(
    _ name: NameID, _ kind: BindingKind, _ node: NodeID, in scope: ScopeID,
  ) {
    pending.append(
      PendingBinding(scope: scope, name: name, binding: Binding(kind: kind, node: node)))
  }

  private mutating func declare(_ names: NameList?, isGlobal: Bool, in scope: ScopeID) {
    guard let names else { return }
    for name in tree.names(names) {
      declarations.append(Declaration(scope: scope, name: name, isGlobal: isGlobal))
    }
  }

  private mutating func visitAlias(_ node: NodeID, in scope: ScopeID) {
    guard let alias = tree.alias(node), let parent = tree.parent(of: node) else { return }
    importAliases.append(node)
    if tree.kind(parent) == .importFrom {
      if let name = alias.asName {
        bind(name, .importFrom, node, in: scope)
      } else if tree.text(of: alias.name).elementsEqual([UInt8(ascii: "*")]) {
        starImports.append(parent)
      } else {
        bind(alias.name, .importFrom, node, in: scope)
      }
      return
    }
    if let name = alias.asName {
      bind(name, .import, node, in: scope)
      return
    }
    // `import a.b` binds `a`.
    let text = tree.text(of: alias.name)
    if let dot = text.firstIndex(of: UInt8(ascii: ".")) {
      if let first = tree.nameTable.id(of: Array(text[text.startIndex..<dot])) {
        bind(first, .import, node, in: scope)
      }
    } else {
      bind(alias.name, .import, node, in: scope)
    }
  }

  /// The form of the statement that a target name belongs to.
  private func targetKind(of node: NodeID) -> BindingKind {
    var child = node
    var isNested = false
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .tuple, .list, .starred: isNested = true
      case .assign: return isNested ? .unpacked : .assignment
      case .annAssign: return .annotated
      case .augAssign: return .augmented
      case .namedExpr: return .named
      case .forStmt, .asyncFor: return isNested ? .unpacked : .forTarget
      case .comprehension: return isNested ? .unpacked : .comprehensionTarget
      case .withItem: return isNested ? .unpacked : .withTarget
      case .typeAlias: return .typeAlias
      default: return .unpacked
      }
      child = parent
    }
    return .unpacked
  }

  mutating func attachBindings() {
    for declaration in declarations {
      let key = SemanticModel.key(declaration.scope, declaration.name)
      declared[key] = declaration.isGlobal ? 0 : 1
    }
    if !declarations.isEmpty {
      for pending in pending {
        boundInFunctions[SemanticModel.key(pending.scope, pending.name)] = 1
      }
    }
    for pending in pending.reversed() {
      let variable = variable(pending.name, in: owner(of: pending.name, from: pending.scope))
      variables[variable.index].bindings.append(pending.binding)
    }
    // A declared name means the outer variable also where it is only read.
    for declaration in declarations.reversed() {
      let scope = owner(of: declaration.name, from: declaration.scope)
      let variable = variable(declaration.name, in: scope)
      table[SemanticModel.key(declaration.scope, declaration.name)] = variable.rawValue
    }
  }

  /// The scope that a binding in a scope belongs to, after `global` and `nonlocal`.
  private func owner(of name: NameID, from scope: ScopeID) -> ScopeID {
    guard let declaration = declared[SemanticModel.key(scope, name)] else { return scope }
    if declaration == 0 { return .module }
    var current = scopes[scope.index].parent
    while current != .module {
      let key = SemanticModel.key(current, name)
      switch scopes[current.index].kind {
      case .function, .asyncFunction, .lambda:
        if let outer = declared[key] {
          if outer == 0 { return .module }
        } else if boundInFunctions[key] != nil {
          return current
        }
      case .module, .classBody, .comprehension, .generatorExpression, .typeParameters: break
      }
      current = scopes[current.index].parent
    }
    return scope
  }

  private mutating func variable(_ name: NameID, in scope: ScopeID) -> VariableID {
    let key = SemanticModel.key(scope, name)
    if let known = table[key] { return VariableID(known) }
    let id = UInt32(variables.count)
    variables.append(Variable(scope: scope, name: name))
    table[key] = id
    return VariableID(id)
  }
}
