import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// An expression of some module of the project.
  private struct Place {
    let node: NodeID
    let module: ModuleID
  }

  /// The value of a number, of a calculation with numbers, or of a constant that holds one, which
  /// a class or another module may define.
  func number(_ node: NodeID) -> Double? {
    number(Place(node: node, module: resolver.moduleID), depth: 0)
  }

  private func number(_ place: Place, depth: Int) -> Double? {
    let node = place.node
    let tree = project[place.module].model.tree
    guard depth < 8 else { return nil }
    func part(_ node: NodeID) -> Double? {
      number(Place(node: node, module: place.module), depth: depth + 1)
    }
    switch tree.kind(node) {
    case .constant:
      if let value = tree.integerValue(node) { return Double(value) }
      guard tree.constantKind(node) == .float else { return nil }
      return tree.floatBits(node).map { Double(bitPattern: $0) }
    case .unaryOp:
      guard let view = tree.unaryOp(node), view.operator == .minus else { return nil }
      return part(view.operand).map { -$0 }
    case .binOp:
      guard let view = tree.binOp(node), let left = part(view.left), let right = part(view.right)
      else { return nil }
      return Self.result(of: view.operator, left, right)
    case .call:
      guard let call = tree.call(node), let callee = tree.name(call.function),
        tree.text(of: callee.name).elementsEqual(StaticString("float").bytes),
        let text = tree.nodes(call.arguments).first, let value = tree.stringValue(text)
      else { return nil }
      return value.elementsEqual(StaticString("inf").bytes) ? .infinity : nil
    case .name, .attribute:
      if let constant = constant(place) { return number(constant, depth: depth + 1) }
      return limit(place)
    default: return nil
    }
  }

  private static func result(
    of operation: BinaryOperator, _ left: Double, _ right: Double,
  ) -> Double? {
    switch operation {
    case .add: return left + right
    case .sub: return left - right
    case .mult: return left * right
    case .div: return right == 0 ? nil : left / right
    case .pow:
      guard right >= 0, right < 64, Double(Int(right)) == right else { return nil }
      return (0..<Int(right)).reduce(1) { product, _ in product * left }
    default: return nil
    }
  }

  /// The value of `sys.maxsize` and `math.inf`.
  private func limit(_ place: Place) -> Double? {
    let tree = project[place.module].model.tree
    let span = tree.span(place.node)
    let name =
      place.module == resolver.moduleID
      ? resolver.dottedName(of: place.node)
      : Array(tree.source.bytes[Int(span.start)..<Int(span.end)])
    if name?.elementsEqual(StaticString("sys.maxsize").bytes) ?? false { return 0x1p63 }
    return name?.elementsEqual(StaticString("math.inf").bytes) ?? false ? .infinity : nil
  }

  /// What a name or attribute was set to, if it is set once and for all.
  private func constant(_ place: Place) -> Place? {
    let model = project[place.module].model
    if let name = model.tree.name(place.node)?.name,
      let variable = model.lookUp(name, from: model.scope(of: place.node)),
      let value = soleValue(of: variable, in: model)
    {
      return Place(node: value, module: place.module)
    }
    guard place.module == resolver.moduleID else { return nil }
    if let attribute = tree.attribute(place.node),
      let owner = resolver.instanceClass(of: attribute.value) ?? symbol(of: attribute.value),
      let cls = project.cls(owner)
    {
      return isSelf(attribute.value) && isSetAgain(attribute.name)
        ? nil : constant(Array(tree.text(of: attribute.name)), of: cls, depth: 0)
    }
    guard case .object(let symbol) = resolver.value(of: place.node),
      let module = project.modules.firstIndex(where: { $0.symbol == resolver.parent(of: symbol) }),
      let last = resolver.name(of: symbol).split(separator: UInt8(ascii: ".")).last
    else { return nil }
    let other = project.modules[module].model
    guard let name = other.tree.nameTable.id(of: Array(last)),
      let variable = other.variable(name, in: .module),
      let value = soleValue(of: variable, in: other)
    else { return nil }
    return Place(node: value, module: ModuleID(UInt32(module)))
  }

  /// The value of a plain assignment in the body of a class or of one of its bases; a field with an
  /// annotation may have another value in each instance.
  private func constant(_ text: [UInt8], of cls: ClassDefinition, depth: Int) -> Place? {
    let model = project[cls.module].model
    if let scope = model.scope(openedBy: cls.node), let name = model.tree.nameTable.id(of: text),
      let variable = model.variable(name, in: scope)
    {
      guard model[variable].bindings.first?.kind == .assignment,
        let value = soleValue(of: variable, in: model)
      else { return nil }
      return Place(node: value, module: cls.module)
    }
    guard depth < 8 else { return nil }
    for base in cls.bases {
      if let base = project.cls(base), let found = constant(text, of: base, depth: depth + 1) {
        return found
      }
    }
    return nil
  }

  /// Whether the file sets a name or attribute at more than one place: an instance or a subclass may
  /// then have a value of its own.
  private func isSetAgain(_ name: NameID) -> Bool {
    tree.nodes.count { node in
      if let view = tree.attribute(node) { return view.name == name && view.context == .store }
      return tree.name(node).map { $0.name == name && $0.context == .store } ?? false
    } > 1
  }
}
