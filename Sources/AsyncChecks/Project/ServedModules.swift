import PythonSemantics
import PythonSyntax

/// Why a server imports a module: it has an ASGI application, or a module that has one imports it.
struct ServedModule: Sendable {
  /// The callable that makes the application.
  let app: KnownCallable
  /// The first import on the way from the module with the application; `nil` for that one.
  let importer: (module: ModuleID, node: NodeID)?
}

/// The modules of a project that a server imports.
struct ServedModules: Sendable {
  /// By module.
  private var modules: [ServedModule?]

  subscript(module: ModuleID) -> ServedModule? { modules[module.index] }

  /// - Parameters:
  ///   - contexts: The contexts of the modules that checks look at.
  init(_ contexts: [CheckContext], _ knowledge: Knowledge, moduleCount: Int) {
    modules = [ServedModule?](repeating: nil, count: moduleCount)
    let makers = knowledge.applicationMakers
    var open: [ModuleID] = []
    for context in contexts {
      let names = context.tree.nameTable
      guard makers.contains(where: { names.id(of: $0) != nil }), let app = context.asgiApp else {
        continue
      }
      let module = context.resolver.moduleID
      modules[module.index] = ServedModule(app: app, importer: nil)
      // What a test imports, no server does.
      if !context.isTestFile { open.append(module) }
    }
    var done = 0
    while done < open.count {
      let module = open[done]
      done += 1
      guard let served = modules[module.index], let project = contexts.first?.project else { break }
      for found in Resolver(project, module: module).imports()
      where modules[found.module.index] == nil {
        modules[found.module.index] = ServedModule(
          app: served.app, importer: served.importer ?? (module, found.node))
        open.append(found.module)
      }
    }
  }
}

extension CheckContext {
  /// The callable with which the module's top level makes an ASGI application.
  fileprivate var asgiApp: KnownCallable? {
    for node in tree.nodes where tree.kind(node) == .call {
      if let fact = fact(ofCall: node, .asgiApp), model.executionContext(of: node) == .module {
        return fact
      }
    }
    return nil
  }
}
