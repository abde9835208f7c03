import PythonSyntax

/// The variables and attributes of a module that other code can reach, and what its functions
/// return: what the project is to know the classes of.
struct ModuleExports: Sendable {
  struct Variable: Sendable {
    let id: VariableID
    let owner: SymbolID
    let isInClass: Bool
    /// Whether one statement alone gives it its value.
    let isBoundOnce: Bool
  }

  /// An attribute of `self` that something is assigned to.
  struct Attribute: Sendable {
    let node: NodeID
    let owner: SymbolID
  }

  /// A value that a function returns, or a generator yields.
  struct Return: Sendable {
    let function: NodeID
    let value: NodeID
  }

  let variables: [Variable]
  let attributes: [Attribute]
  /// By function, in ascending order.
  let returns: [Return]

  /// The values that a function returns, or a generator yields.
  func values(returnedBy function: NodeID) -> [NodeID] {
    var low = 0
    var high = returns.count
    while low < high {
      let middle = (low + high) / 2
      if returns[middle].function.rawValue < function.rawValue {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return returns[low...].prefix { $0.function == function }.map { $0.value }
  }
}

extension Resolver {
  /// Finds the variables that other code can reach. What owns them is known once the signatures are.
  func findExports() -> ModuleExports {
    var variables: [ModuleExports.Variable] = []
    for index in model.variables.indices {
      let id = VariableID(UInt32(index))
      let view = model[id]
      let scope = model[view.scope]
      let isInClass = view.scope != .module
      guard !isInClass || scope.kind == .classBody,
        view.bindings.contains(where: {
          $0.kind.isVariable && module.selection.contains($0.node)
        }),
        let owner = isInClass ? module.symbol(ofDefinition: scope.node) : module.symbol
      else { continue }
      let isBoundOnce = view.bindings.count == 1
      variables.append(
        ModuleExports.Variable(
          id: id, owner: owner, isInClass: isInClass, isBoundOnce: isBoundOnce))
    }
    var attributes: [ModuleExports.Attribute] = []
    for node in model.attributeStores where module.selection.contains(node) {
      guard let attribute = tree.attribute(node), let base = tree.name(attribute.value),
        let owner = selfClass(base.name, at: node)
      else { continue }
      attributes.append(ModuleExports.Attribute(node: node, owner: owner))
    }
    return ModuleExports(
      variables: variables, attributes: attributes, returns: findReturns())
  }

  private func findReturns() -> [ModuleExports.Return] {
    var returns: [ModuleExports.Return] = []
    for node in tree.nodes where tree.kind(node) == .returnStmt || tree.kind(node) == .yieldExpr {
      guard let value = tree.returnStmt(node)?.value ?? tree.yieldExpr(node)?.value,
        module.selection.contains(node)
      else { continue }
      let scope = model[model.scope(of: node)]
      // What a generator returns is of no use to those who iterate or enter it.
      if scope.isGenerator, tree.kind(node) == .returnStmt { continue }
      let function = scope.node
      returns.append(ModuleExports.Return(function: function, value: value))
    }
    return returns.sorted {
      ($0.function.rawValue, $0.value.rawValue) < ($1.function.rawValue, $1.value.rawValue)
    }
  }

  /// Calls the body with every variable that other code can reach: owner, name and class (`nil` for
  /// an unknown value), or the class or function that it is another name of.
  func collectVariables(
    _ exports: ModuleExports,
    _ body: (_ owner: SymbolID, _ name: [UInt8], _ cls: SymbolID?, _ alias: SymbolID?) -> Void,
  ) {
    for variable in exports.variables {
      let view = model[variable.id]
      if case .instance(let cls) = value(of: variable.id), !isLocal(cls) {
        body(variable.owner, Array(tree.text(of: view.name)), cls, nil)
      } else if !variable.isInClass, variable.isBoundOnce, let target = otherName(of: variable.id) {
        body(variable.owner, Array(tree.text(of: view.name)), nil, target)
      } else if variable.isInClass, view.bindings.allSatisfy({ isNone($0) }) {
        continue
      } else {
        body(variable.owner, Array(tree.text(of: view.name)), nil, nil)
      }
    }
    for store in exports.attributes {
      let value = assignedValue(of: store.node)
      guard value != .none, let attribute = tree.attribute(store.node) else { continue }
      let cls = value.instanceClass.flatMap { isLocal($0) ? nil : $0 }
      body(store.owner, Array(tree.text(of: attribute.name)), cls, functionObject(value))
    }
  }

  /// The class or function that a variable of the module is bound to:
  /// `Database = Annotated[Session, Depends(open)]`.
  private func otherName(of variable: VariableID) -> SymbolID? {
    let kind = model[variable].bindings[0].kind
    guard kind == .assignment || kind == .annotated,
      case .object(let target) = value(of: variable), !isLocal(target),
      project.function(target) != nil || project.isKnownClass(target)
    else { return nil }
    return target
  }

  /// The function of the project that is stored in an attribute, not bound to the object.
  private func functionObject(_ value: Value) -> SymbolID? {
    guard case .object(let symbol) = value, !isLocal(symbol), project.function(symbol) != nil else {
      return nil
    }
    return symbol
  }

  private func isNone(_ binding: Binding) -> Bool {
    binding.kind.isVariable && value(of: binding) == .none
  }

  private func assignedValue(of target: NodeID) -> Value {
    guard let statement = tree.parent(of: target) else { return .unknown }
    if let assign = tree.assign(statement) { return value(of: assign.value) }
    if let annotated = tree.annAssign(statement) { return value(ofAnnotated: annotated) }
    if let item = tree.withItem(statement), let with = tree.parent(of: statement) {
      return entered(item.contextExpr, isAsync: tree.kind(with) == .asyncWith)
    }
    if let targets = tree.tuple(statement),
      let assign = tree.parent(of: statement).flatMap({ tree.assign($0) })
    {
      return value(ofTarget: target, in: Array(tree.nodes(targets.elements)), from: assign.value)
    }
    return .unknown
  }

  /// Calls the body with every collection that other code can reach and whose elements are known.
  func collectCollections(
    _ exports: ModuleExports, _ body: (SymbolID, [UInt8], CollectionElements) -> Void,
  ) {
    for variable in exports.variables where variable.isBoundOnce {
      guard let found = elements(of: variable.id), isExportable(found.value) else { continue }
      body(variable.owner, Array(tree.text(of: model[variable.id].name)), found)
    }
    for store in exports.attributes {
      guard let attribute = tree.attribute(store.node),
        let statement = tree.parent(of: store.node),
        let found = assignedElements(by: statement, to: attribute), isExportable(found.value)
      else { continue }
      body(store.owner, Array(tree.text(of: attribute.name)), found)
    }
  }

  private func isExportable(_ value: Value) -> Bool {
    switch value {
    case .object(let symbol), .instance(let symbol): !isLocal(symbol)
    case .unknown, .none, .coroutine: false
    }
  }
}

extension BindingKind {
  /// Whether it gives a name a value, other than an import or definition.
  var isVariable: Bool {
    switch self {
    case .assignment, .annotated, .augmented, .named, .forTarget, .withTarget, .unpacked: true
    case .parameter, .comprehensionTarget, .exceptTarget, .import, .importFrom, .function,
      .classDef, .pattern, .deletion, .typeParameter, .typeAlias:
      false
    }
  }
}
