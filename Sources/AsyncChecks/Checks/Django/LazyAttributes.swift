import PythonSemantics
import PythonSyntax

extension CheckContext {
  // MARK: Methods of instances and related managers

  /// The evaluator that a method call of a model's instance, or of the manager of the objects that
  /// refer to it, is: `topic.save()`, `topic.entry_set.filter(…).count()`.
  func modelMethod(ofCall node: NodeID) -> KnownCallable? {
    guard coroutineScope(of: node) != nil, let call = tree.call(node),
      let method = tree.attribute(call.function)
    else { return nil }
    let owner: StaticString
    if isOneOf(method.name, ["save", "delete", "refresh_from_db"]),
      let instance = modelInstance(method.value), !overrides(method.name, instance.model)
    {
      owner = "django.db.models.Model"
    } else if isRelatedManager(method.value) {
      owner = "django.db.models.Manager"
    } else if relatedQuery(method.value) != nil {
      owner = "django.db.models.QuerySet"
    } else {
      return nil
    }
    return member(method.name, of: owner).flatMap { knowledge.fact($0, .evaluator) }
      ?? (isRelatedManager(method.value)
        ? member(
          method.name, of: "django.db.models.fields.related_descriptors.RelatedManager"
        ).flatMap { knowledge.fact($0, .evaluator) } : nil)
  }

  /// Whether a model of the project has its own method of that name.
  private func overrides(_ name: NameID, _ model: SymbolID) -> Bool {
    guard !resolver.isLocal(model), project.cls(model) != nil,
      let own = project.instanceMember(resolver.atom(name), of: model)
    else { return false }
    return project.function(own) != nil
  }

  private func member(_ name: NameID, of owner: StaticString) -> SymbolID? {
    guard let cls = project.symbols.symbol(dotted: owner.bytes) else { return nil }
    return project.symbols.child(of: cls, resolver.atom(name))
  }

  private func isRelatedManager(_ node: NodeID) -> Bool {
    guard let attribute = tree.attribute(node), let instance = modelInstance(attribute.value)
    else { return false }
    return isRelatedManager(attribute.name, of: instance.model)
  }

  /// The class of a lazy query that begins at a related manager: `topic.entry_set.all()`.
  func relatedQuery(_ node: NodeID) -> SymbolID? {
    var current = node
    var isQuery = false
    while true {
      if let view = tree.subscript(current), tree.kind(view.slice) == .slice {
        current = view.value
      } else if let call = tree.call(current), let method = tree.attribute(call.function),
        isOneOf(method.name, Self.lazyMethods + ["values", "values_list", "dates", "datetimes"])
      {
        isQuery = true
        current = method.value
      } else {
        break
      }
    }
    guard isQuery, isRelatedManager(current) else { return nil }
    return project.symbols.symbol(dotted: StaticString("django.db.models.QuerySet").bytes)
  }

  // MARK: Attributes that are loaded when they are read

  /// Reports a relation that the query did not load, and the user of a request.
  func checkLazyAttribute(_ node: NodeID) {
    guard let attribute = tree.attribute(node), attribute.context == .load,
      coroutineScope(of: node) != nil
    else { return }
    if isOneOf(attribute.name, ["user"]) {
      checkUser(node, attribute)
    } else {
      checkRelation(node, attribute)
    }
  }

  private func checkRelation(_ node: NodeID, _ attribute: Attribute) {
    guard tree.kind(attribute.value) == .name, let instance = modelInstance(attribute.value),
      let query = instance.query, let last = query.methods.last,
      !isOneOf(
        last,
        [
          "create", "acreate", "get_or_create", "aget_or_create", "update_or_create",
          "aupdate_or_create",
        ]),
      !query.methods.contains(where: {
        isOneOf($0, ["select_related", "prefetch_related", "annotate", "extra"])
      }),
      !hasOwnManager(instance.model), let kind = field(attribute.name, of: instance.model),
      kind.elementsEqual(StaticString("ForeignKey").bytes)
        || kind.elementsEqual(StaticString("OneToOneField").bytes),
      !isHandedOn(attribute, before: node)
    else { return }
    let field = Array(tree.text(of: attribute.name))
    report(
      "related", span: tree.span(node), [("relation", written(node)), ("field", field)])
  }

  /// `request.user.name` and the truth of `request.user`: the name alone loads nothing.
  private func checkUser(_ node: NodeID, _ attribute: Attribute) {
    guard isRequest(attribute.value), let parent = tree.parent(of: node) else { return }
    switch tree.kind(parent) {
    case .attribute: guard tree.attribute(parent)?.value == node else { return }
    case .ifStmt, .whileStmt, .boolOp, .formattedValue: break
    case .unaryOp: guard tree.unaryOp(parent)?.operator == .not else { return }
    default: return
    }
    report(
      "user", span: tree.span(node),
      [("user", written(node)), ("request", written(attribute.value))]
    ) {
      guard self.canAwait(at: node) else { return nil }
      let isNested = self.tree.kind(parent) == .attribute
      let text =
        (isNested ? StaticString("(await ").bytes : StaticString("await ").bytes)
        + self.written(attribute.value)
        + (isNested ? StaticString(".auser())").bytes : StaticString(".auser()").bytes)
      return .unsafe(
        StaticString("replace by `await ….auser()`").bytes,
        [Edit(span: self.tree.span(node), replacement: text)])
    }
  }

  /// Whether an expression is a request of Django whose user nobody has set.
  private func isRequest(_ node: NodeID) -> Bool {
    guard isAnnotatedRequest(node) || isViewRequest(node) else { return false }
    return !tree.nodes.contains { other in
      guard let store = tree.attribute(other), store.context == .store else { return false }
      return isOneOf(store.name, ["user"]) && written(store.value) == written(node)
    }
  }

  private func isAnnotatedRequest(_ node: NodeID) -> Bool {
    guard let cls = resolver.instanceClass(of: node), !resolver.isLocal(cls),
      let user = resolver.method("user", of: cls)
    else { return false }
    return knowledge.fact(user, trait: "lazy-user") != nil
  }

  /// Whether a name is the `request` that Django hands to an asynchronous view: the first parameter,
  /// without an annotation, in a file that imports what views are made of.
  private func isViewRequest(_ node: NodeID) -> Bool {
    guard let name = tree.name(node)?.name, isOneOf(name, ["request"]),
      let variable = model.lookUp(name, from: model.scope(of: node)),
      model[variable].bindings.count == 1, let binding = model[variable].bindings.first,
      binding.kind == .parameter, tree.arg(binding.node)?.annotation == nil,
      let list = tree.parent(of: binding.node), let view = tree.arguments(list),
      let function = tree.parent(of: list), tree.functionDef(function)?.isAsync == true
    else { return false }
    let isMethod = resolver.owner(ofMethod: function) != nil
    let parameters = Array(tree.nodes(view.positionalOnly)) + Array(tree.nodes(view.positional))
    return parameters.dropFirst(isMethod ? 1 : 0).first == binding.node && importsViews
  }

  /// Whether the file imports what views of Django are made of, and nothing of a framework with
  /// requests of its own.
  private var importsViews: Bool {
    var found = false
    for alias in model.importAliases {
      guard let statement = tree.parent(of: alias),
        let name = tree.importFrom(statement)?.module ?? tree.alias(alias)?.name
      else { continue }
      let text = tree.text(of: name)
      let others: [StaticString] = [
        "rest_framework", "ninja", "strawberry", "starlette", "fastapi", "aiohttp", "sanic",
      ]
      if others.contains(where: { text.starts(with: $0.bytes) }) { return false }
      let views: [StaticString] = [
        "django.http", "django.shortcuts", "django.views", "django.template.response",
      ]
      if views.contains(where: { text.starts(with: $0.bytes) }) { found = true }
    }
    return found
  }
}
