import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// What a call does with a coroutine that it is handed.
  ///
  /// - Parameter node: The argument, or the keyword that holds it.
  func useAsArgument(_ node: NodeID, _ parent: NodeID) -> ValueUse {
    guard let call = tree.call(parent) else { return .consumed }
    if call.function == node { return .consumed }
    if isBuiltin(call.function, ["print"]) { return .misuse("printed") }
    if isBuiltin(call.function, ["str", "repr", "format", "ascii"]) { return .misuse("formatted") }
    if isBuiltin(call.function, ["bool"]) { return .misuse("condition") }
    let computing: [StaticString] = [
      "int", "float", "abs", "round", "sum", "min", "max", "range", "pow", "divmod", "hex", "chr",
    ]
    if isBuiltin(call.function, computing) {
      return .misuse("operand")
    }
    let iterating: [StaticString] = [
      "list", "tuple", "set", "frozenset", "dict", "sorted", "len", "enumerate", "zip", "iter",
      "reversed", "any", "all",
    ]
    if isBuiltin(call.function, iterating) { return .misuse("iterated") }
    if let method = tree.attribute(call.function), tree.constant(method.value)?.kind == .string,
      isNamed(call.function, ["format"])
    {
      return .misuse("formatted")
    }
    if let method = tree.attribute(call.function), tree.constant(method.value)?.kind == .string,
      isNamed(call.function, ["join"])
    {
      return .misuse("iterated")
    }
    return wantsResult(parent, call, node) ? .misuse("argument") : .consumed
  }

  /// Whether a call can do nothing with a coroutine in the place of an argument.
  private func wantsResult(_ node: NodeID, _ call: Call, _ argument: NodeID) -> Bool {
    guard tree.kind(argument) != .starred else { return false }
    guard let callee = callee(of: node) else { return false }
    if let function = project.function(callee) {
      return hasPlainParameter(function, call, argument)
    }
    if let cls = project.cls(callee) { return hasPlainField(cls, argument) }
    return knowledge.fact(callee, trait: "plain-arguments") != nil
  }

  /// Whether the parameter that an argument goes to is annotated as something plain.
  private func hasPlainParameter(
    _ function: FunctionDefinition, _ call: Call, _ argument: NodeID,
  ) -> Bool {
    guard !function.isAmbiguous, function.decoration.keepsCalls, !isOverridden(function) else {
      return false
    }
    let model = project[function.module].model
    let tree = model.tree
    guard let view = tree.functionDef(function.node), let list = tree.arguments(view.arguments)
    else { return false }
    var parameters = Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
    if function.owner != nil, function.decoration != .staticMethod {
      parameters = Array(parameters.dropFirst())
    }
    if let keyword = self.tree.keyword(argument) {
      guard let name = keyword.name else { return false }
      let text = self.tree.text(of: name)
      parameters += tree.nodes(list.keywordOnly)
      return parameters.contains { parameter in
        guard let view = tree.arg(parameter), let annotation = view.annotation else { return false }
        return tree.text(of: view.name).elementsEqual(text)
          && isPlainAnnotation(annotation, in: model)
      }
    }
    let arguments = self.tree.nodes(call.arguments)
    guard let position = arguments.firstIndex(of: argument), position < parameters.count,
      !arguments.prefix(position).contains(where: { self.tree.kind($0) == .starred }),
      let annotation = tree.arg(parameters[position])?.annotation
    else { return false }
    return isPlainAnnotation(annotation, in: model)
  }

  /// Whether a class without a constructor of its own annotates the field of a keyword as plain: a
  /// data class or model.
  private func hasPlainField(_ cls: ClassDefinition, _ argument: NodeID) -> Bool {
    guard let keyword = tree.keyword(argument), let name = keyword.name,
      resolver.method("__init__", of: cls.symbol) == nil
    else { return false }
    let model = project[cls.module].model
    let other = model.tree
    guard let view = other.classDef(cls.node) else { return false }
    let text = tree.text(of: name)
    return other.nodes(view.body).contains { statement in
      guard let field = other.annAssign(statement), let target = other.name(field.target)?.name,
        other.text(of: target).elementsEqual(text)
      else { return false }
      return isPlainAnnotation(field.annotation, in: model)
    }
  }
}
