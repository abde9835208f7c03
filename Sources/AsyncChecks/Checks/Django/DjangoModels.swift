import PythonSemantics
import PythonSyntax

/// Where an instance of a Django model came from.
struct ModelInstance {
  /// The model; a symbol of the resolver when its module is not part of the project.
  let model: SymbolID
  /// The query that fetched it; `nil` when it was made or declared.
  let query: DjangoQuery?
}

/// A chain of methods that begins at the manager of a model: `Topic.objects.filter(…).first()`.
struct DjangoQuery {
  let model: SymbolID
  /// The methods in the order of the calls.
  let methods: [NameID]
}

extension CheckContext {
  /// The model that the value of an expression is an instance of.
  func modelInstance(_ node: NodeID) -> ModelInstance? {
    guard functions.mayQuery else { return nil }
    switch tree.kind(node) {
    case .name: return modelInstance(ofName: node)
    case .awaitExpr:
      return tree.awaitExpr(node)?.value.flatMap { fetched(by: $0, isAsync: true) }
    case .call:
      if let made = tree.call(node).flatMap({ namedModel($0.function) }) {
        return importsDjango || hasManager(made) ? ModelInstance(model: made, query: nil) : nil
      }
      return fetched(by: node, isAsync: false)
    default: return nil
    }
  }

  /// Whether the file asks the manager of a class for objects: `User.objects`.
  private func hasManager(_ cls: SymbolID) -> Bool {
    guard let objects = tree.nameTable.id(of: "objects") else { return false }
    return tree.nodes.contains { node in
      guard let attribute = tree.attribute(node), attribute.name == objects else { return false }
      return namedModel(attribute.value) == cls
    }
  }

  /// Whether the file imports Django itself.
  func findDjangoImport() -> Bool {
    model.importAliases.contains { alias in
      let from = tree.parent(of: alias).flatMap { tree.importFrom($0)?.module }
      guard let name = from ?? tree.alias(alias)?.name else { return false }
      let first = tree.text(of: name).prefix { $0 != UInt8(ascii: ".") }
      return ["django", "channels", "asgiref"].contains { (text: StaticString) in
        first.elementsEqual(text.bytes)
      }
    }
  }

  private func modelInstance(ofName node: NodeID) -> ModelInstance? {
    guard let name = tree.name(node),
      let variable = model.lookUp(name.name, from: model.scope(of: node))
    else { return nil }
    let bindings = model[variable].bindings
    guard
      let binding = bindings.count == 1
        ? bindings[0] : resolver.definiteBinding(of: variable, at: node),
      let parent = tree.parent(of: binding.node)
    else { return nil }
    switch binding.kind {
    case .assignment: return tree.assign(parent).flatMap { modelInstance($0.value) }
    case .named: return tree.namedExpr(parent).flatMap { modelInstance($0.value) }
    case .parameter:
      return tree.arg(binding.node)?.annotation.flatMap { annotated($0) }
    case .forTarget: return tree.forStmt(parent).flatMap { element(of: $0.iterable) }
    case .comprehensionTarget:
      return tree.comprehensionFor(parent).flatMap { element(of: $0.iterable) }
    case .unpacked: return unpacked(binding.node, parent)
    default: return nil
    }
  }

  /// `topic, is_new = await Topic.objects.aget_or_create(…)`.
  private func unpacked(_ target: NodeID, _ display: NodeID) -> ModelInstance? {
    guard let targets = tree.tuple(display), tree.nodes(targets.elements).first == target,
      let statement = tree.parent(of: display), let assign = tree.assign(statement)
    else { return nil }
    let call = tree.awaitExpr(assign.value)?.value ?? assign.value
    guard let query = query(call), let last = query.methods.last,
      isOneOf(
        last,
        ["get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"])
    else { return nil }
    return ModelInstance(model: query.model, query: query)
  }

  /// `Topic`, `"Topic"` and `Topic | None`, where Django is imported.
  private func annotated(_ annotation: NodeID) -> ModelInstance? {
    guard importsDjango else { return nil }
    if let cls = resolver.annotatedClass(annotation) {
      return isModel(cls) ? ModelInstance(model: cls, query: nil) : nil
    }
    return namedModel(annotation).map { ModelInstance(model: $0, query: nil) }
  }

  private func fetched(by node: NodeID, isAsync: Bool) -> ModelInstance? {
    guard let query = query(node), let last = query.methods.last, !isOfRows(query) else {
      return nil
    }
    let names: [StaticString] =
      isAsync
      ? ["aget", "afirst", "alast", "alatest", "aearliest", "acreate"]
      : ["get", "first", "last", "latest", "earliest", "create"]
    return isOneOf(last, names) ? ModelInstance(model: query.model, query: query) : nil
  }

  /// The elements of a queryset that a loop goes over.
  private func element(of iterable: NodeID) -> ModelInstance? {
    guard let query = query(iterable), let last = query.methods.last, !isOfRows(query),
      isOneOf(last, Self.lazyMethods + ["iterator", "aiterator"])
    else { return nil }
    return ModelInstance(model: query.model, query: query)
  }

  /// Whether a query gives dictionaries, tuples or dates instead of instances.
  private func isOfRows(_ query: DjangoQuery) -> Bool {
    query.methods.contains { isOneOf($0, ["values", "values_list", "dates", "datetimes"]) }
  }

  /// The chain of methods that an expression is, if it begins at a model's manager.
  func query(_ node: NodeID) -> DjangoQuery? {
    var methods: [NameID] = []
    var current = node
    while true {
      switch tree.kind(current) {
      case .call:
        guard let call = tree.call(current), let method = tree.attribute(call.function) else {
          return nil
        }
        methods.append(method.name)
        current = method.value
      case .subscript:
        guard let view = tree.subscript(current), tree.kind(view.slice) == .slice else {
          return nil
        }
        current = view.value
      case .attribute:
        guard let manager = tree.attribute(current), let model = namedModel(manager.value),
          isOneOf(manager.name, ["objects"])
        else { return nil }
        return DjangoQuery(model: model, methods: methods.reversed())
      case .name:
        // `rows = Topic.objects.all()` on the line above.
        guard let name = tree.name(current),
          let variable = model.lookUp(name.name, from: model.scope(of: current)),
          model[variable].bindings.count == 1,
          model[variable].bindings[0].kind == .assignment,
          let value = tree.parent(of: model[variable].bindings[0].node)
            .flatMap({ tree.assign($0)?.value }),
          tree.kind(value) == .call, let above = query(value)
        else { return nil }
        return DjangoQuery(model: above.model, methods: above.methods + methods.reversed())
      default: return nil
      }
    }
  }

  /// The model that an expression names.
  private func namedModel(_ node: NodeID) -> SymbolID? {
    guard case .object(let symbol) = resolver.value(of: node) else { return nil }
    return isModel(symbol) ? symbol : nil
  }

  /// Whether a symbol is a model: a class of the project that derives from Django's, or a class
  /// of a module called `models` that is not part of it.
  private func isModel(_ symbol: SymbolID) -> Bool {
    if !resolver.isLocal(symbol) {
      if let base = project.symbols.symbol(dotted: StaticString("django.db.models.Model").bytes),
        project.isSubclass(symbol, of: base)
      {
        return symbol != base
      }
      if project.cls(symbol) != nil || project.function(symbol) != nil { return false }
    }
    let parts = resolver.name(of: symbol).split(separator: UInt8(ascii: "."))
    guard let last = parts.last?.first, last >= UInt8(ascii: "A"), last <= UInt8(ascii: "Z"),
      let first = parts.first, !first.elementsEqual(StaticString("django").bytes)
    else { return false }
    return parts.dropLast().contains { $0.elementsEqual(StaticString("models").bytes) }
  }

  // MARK: Fields

  /// The class of a field that a model of the project declares: `ForeignKey`.
  func field(_ name: NameID, of model: SymbolID) -> [UInt8]? {
    fieldCalls(of: model) { target, call, tree in
      tree.text(of: target).elementsEqual(self.tree.text(of: name))
        ? self.lastName(call.function, in: tree) : nil
    }
  }

  /// Whether a name is a manager of the objects that refer to a model: `entry_set`, the
  /// `related_name` of a field of the project, or a many-to-many field.
  func isRelatedManager(_ name: NameID, of model: SymbolID) -> Bool {
    let text = tree.text(of: name)
    if text.count > 4, text.suffix(4).elementsEqual(StaticString("_set").bytes) { return true }
    if let kind = field(name, of: model) {
      return kind.elementsEqual(StaticString("ManyToManyField").bytes)
    }
    guard project.cls(model) != nil else { return false }
    let wanted = Array(text)
    return project.classes.contains { cls in
      fieldCalls(of: cls.symbol) { _, call, tree -> Bool? in
        guard let kind = self.lastName(call.function, in: tree),
          kind.elementsEqual(StaticString("ForeignKey").bytes)
            || kind.elementsEqual(StaticString("ManyToManyField").bytes)
        else { return nil }
        let names = tree.nodes(call.keywords).contains { node in
          guard let keyword = tree.keyword(node), let name = keyword.name,
            tree.text(of: name).elementsEqual(StaticString("related_name").bytes)
          else { return false }
          let value = tree.source.text(of: tree.span(keyword.value))
          return value.dropFirst().dropLast().elementsEqual(wanted)
        }
        guard names, let target = tree.nodes(call.arguments).first else { return nil }
        return self.refers(target, to: model, in: tree) ? true : nil
      } ?? false
    }
  }

  /// Whether the first argument of a relation, a class or its name as text, is a model.
  private func refers(_ target: NodeID, to model: SymbolID, in tree: SyntaxTree) -> Bool {
    let name = Array(project.symbols.text(of: project.symbols.atom(of: model)))
    let text = tree.source.text(of: tree.span(target)).filter {
      $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'")
    }
    return text.split(separator: UInt8(ascii: ".")).last.map { $0.elementsEqual(name) } ?? false
  }

  /// Whether a model of the project declares a manager of its own, which may load relations.
  func hasOwnManager(_ model: SymbolID) -> Bool {
    guard let cls = project.cls(model) else { return true }
    let tree = project[cls.module].model.tree
    guard let view = tree.classDef(cls.node) else { return true }
    return tree.nodes(view.body).contains { statement in
      tree.assign(statement).map { assign in
        tree.nodes(assign.targets).contains { target in
          tree.name(target).map {
            tree.text(of: $0.name).elementsEqual(StaticString("objects").bytes)
          } ?? false
        }
      } ?? false
    }
  }

  /// Calls the body for each `name = models.Field(…)` of a class and its bases in the project.
  private func fieldCalls<Found>(
    of model: SymbolID, depth: Int = 0, _ body: (NameID, Call, SyntaxTree) -> Found?,
  ) -> Found? {
    guard depth < 8, let cls = project.cls(model) else { return nil }
    let tree = project[cls.module].model.tree
    if let view = tree.classDef(cls.node) {
      for statement in tree.nodes(view.body) {
        guard let assign = tree.assign(statement), let call = tree.call(assign.value),
          let target = tree.nodes(assign.targets).first, let name = tree.name(target)?.name
        else { continue }
        if let found = body(name, call, tree) { return found }
      }
    }
    for base in cls.bases {
      if let found = fieldCalls(of: base, depth: depth + 1, body) { return found }
    }
    return nil
  }

  private func lastName(_ node: NodeID, in tree: SyntaxTree) -> [UInt8]? {
    (tree.attribute(node)?.name ?? tree.name(node)?.name).map { Array(tree.text(of: $0)) }
  }

  // MARK: Names

  /// Whether a name is one of several texts.
  func isOneOf(_ name: NameID, _ texts: [StaticString]) -> Bool {
    let text = tree.text(of: name)
    return texts.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
  }

  /// The methods of a queryset that only describe another one.
  static let lazyMethods: [StaticString] = [
    "all", "filter", "exclude", "annotate", "alias", "order_by", "reverse", "distinct",
    "select_related", "prefetch_related", "select_for_update", "defer", "only", "using",
    "union", "intersection", "difference", "extra", "complex_filter", "get_queryset",
  ]
}
