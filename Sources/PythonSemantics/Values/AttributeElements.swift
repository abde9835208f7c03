package import PythonSyntax

/// The elements of collections that attributes of `self` hold.
extension Resolver {
  /// The elements of what a statement stores in an attribute of `self`.
  func assignedElements(by statement: NodeID, to attribute: Attribute)
    -> CollectionElements?
  {
    if let annotated = tree.annAssign(statement) {
      return annotatedElements(annotated.annotation)
        ?? annotated.value.flatMap {
          isEmptyCollection($0) ? elementsPut(into: attribute.name) : nil
        }
    }
    guard let assign = tree.assign(statement), assign.targets.count == 1,
      isOnlyCollection(assign.value, storedIn: attribute.name)
    else { return nil }
    if isEmptyCollection(assign.value) { return elementsPut(into: attribute.name) }
    guard !module.changedCollections.contains(attribute.name) else { return nil }
    return elements(of: assign.value)
  }

  /// Whether what else the module stores in attributes of a name is empty or has no annotation
  /// and the same elements.
  private func isOnlyCollection(_ value: NodeID, storedIn name: NameID) -> Bool {
    if module.changedCollections.isStoredOnce(name) { return true }
    guard let only = filledStores[UInt64(name.rawValue)] else { return true }
    return only == value.rawValue
  }

  /// By name of attributes that the module stores more in than empty collections and `None`: the
  /// only such value, or ``manyStores``.
  func findFilledStores() -> IDTable {
    var found = IDTable()
    for store in model.attributeStores {
      guard let name = tree.attribute(store)?.name, let statement = tree.parent(of: store) else {
        continue
      }
      let key = UInt64(name.rawValue)
      guard let value = tree.assign(statement)?.value else {
        found[key] = Self.manyStores
        continue
      }
      if isEmptyCollection(value) || tree.constant(value)?.kind == ConstantKind.none { continue }
      found[key] = found[key] == nil ? value.rawValue : Self.manyStores
    }
    return found
  }

  private static var manyStores: UInt32 { .max }

  /// By name of attributes: the annotation that a class or a method gives it, or ``manyStores``.
  func findAnnotatedStores() -> IDTable {
    var found = IDTable()
    func add(_ name: NameID, _ statement: NodeID?) {
      guard let annotation = statement.flatMap({ tree.annAssign($0)?.annotation }) else { return }
      let key = UInt64(name.rawValue)
      found[key] = found[key] == nil ? annotation.rawValue : Self.manyStores
    }
    for store in model.attributeStores {
      if let name = tree.attribute(store)?.name { add(name, tree.parent(of: store)) }
    }
    for variable in model.variables where model[variable.scope].kind == .classBody {
      if let binding = variable.bindings.first { add(variable.name, tree.parent(of: binding.node)) }
    }
    return found
  }

  /// The elements of the collections that are the values of a mapping, by its annotation:
  /// `handlers: dict[str, list[Handler]]`.
  func elements(ofValuesIn mapping: NodeID) -> CollectionElements? {
    var annotation: NodeID?
    if let name = tree.name(mapping)?.name {
      guard let variable = model.lookUp(name, from: model.scope(of: mapping)),
        let binding = model[variable].bindings.first
      else { return nil }
      annotation =
        binding.kind == .parameter
        ? tree.arg(binding.node)?.annotation
        : tree.parent(of: binding.node).flatMap { tree.annAssign($0)?.annotation }
    } else if let attribute = tree.attribute(mapping), tree.kind(attribute.value) == .name {
      annotation = annotatedStores[UInt64(attribute.name.rawValue)]
        .flatMap { $0 == Self.manyStores ? nil : NodeID($0) }
    }
    guard let annotation, let view = tree.subscript(annotation),
      let name = tree.name(view.value)?.name ?? tree.attribute(view.value)?.name,
      Self.mappingNames.contains(where: { isText(name, $0) }), let pair = tree.tuple(view.slice),
      pair.elements.count == 2
    else { return nil }
    return annotatedElements(tree.nodes(pair.elements)[1])
  }

  /// Whether an expression makes a list, set or mapping with nothing in it.
  package func isEmptyCollection(_ node: NodeID) -> Bool {
    if let list = tree.list(node) { return list.elements.isEmpty }
    if let dict = tree.dict(node) { return dict.values.isEmpty }
    guard let call = tree.call(node), let name = tree.name(call.function)?.name,
      call.arguments.isEmpty, call.keywords.isEmpty
    else { return false }
    let makers: [StaticString] = ["list", "dict", "set"]
    return makers.contains { isBuiltin(name, $0, at: call.function) }
  }

  /// What all code of the module that puts something into attributes of a name puts there:
  /// `self.lamps.append(Lamp(host))`, `self.lamps[host] = Lamp(host)`.
  private func elementsPut(into name: NameID) -> CollectionElements? {
    var result: CollectionElements?
    for node in module.changedCollections.nodes where tree.attribute(node)?.name == name {
      guard let parent = tree.parent(of: node), let put = put(into: node, by: parent),
        let found = known(value(of: put), isMapping: tree.kind(parent) == .subscript),
        result == nil || result == found
      else { return nil }
      result = found
    }
    return result
  }

  /// The element that the code around a collection puts into it.
  private func put(into node: NodeID, by parent: NodeID) -> NodeID? {
    if tree.kind(parent) == .subscript {
      return tree.parent(of: parent).flatMap { tree.assign($0)?.value }
    }
    guard let method = tree.attribute(parent), let call = tree.parent(of: parent),
      let view = tree.call(call), view.function == parent,
      isText(method.name, "append") || isText(method.name, "add")
    else { return nil }
    return tree.nodes(view.arguments).first
  }
}
