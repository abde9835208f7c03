import PythonSemantics
import PythonSyntax

extension Check {
  /// Coroutine functions in a test case that calls them without awaiting.
  static let asyncTestNeverRuns = Check(
    name: "async-test-never-runs",
    messages: [
      CheckMessage("test", ["method", "class"]),
      CheckMessage("fixture", ["method", "class"]),
      CheckMessage("hook", ["method", "class", "replacement"]),
    ],
    traits: ["sync-test-case", "async-test-case"],
    kinds: [.classDef]
  ) { node, context in
    guard let base = context.testCase(node), let view = context.tree.classDef(node) else { return }
    let tree = context.tree
    var isFirst = true
    for statement in tree.nodes(view.body) where tree.kind(statement) == .asyncFunctionDef {
      guard let method = tree.functionDef(statement), context.isUndecorated(method) else {
        continue
      }
      let name = Array(tree.text(of: method.name))
      let isHook = context.isOneOf(method.name, ["setUp", "tearDown"])
      let isClassHook = context.isOneOf(
        method.name, ["setUpClass", "tearDownClass", "asyncSetUp", "asyncTearDown"])
      let values: [(placeholder: StaticString, value: [UInt8])] = [
        ("method", name), ("class", Array(tree.text(of: view.name))),
      ]
      if base.isAsync {
        guard isHook else { continue }
        let replacement: StaticString =
          name[0] == UInt8(ascii: "s") ? "asyncSetUp" : "asyncTearDown"
        context.report(
          "hook", span: tree.nameSpan(at: method.nameStart),
          values + [("replacement", replacement.bytes)]
        ) {
          .safe(
            StaticString("rename to `").bytes + replacement.bytes + StaticString("`").bytes,
            [Edit(span: tree.nameSpan(at: method.nameStart), replacement: replacement.bytes)])
        }
        continue
      }
      guard isHook || isClassHook || name.starts(with: StaticString("test").bytes) else {
        continue
      }
      let fixes = isFirst && !isHook && !isClassHook
      context.report(
        isHook || isClassHook ? "fixture" : "test", span: tree.nameSpan(at: method.nameStart),
        values
      ) { fixes ? context.isolated(base.node) : nil }
      isFirst = false
    }
  }
}

/// The base that makes a class a test case.
private struct TestCaseBase {
  let node: NodeID?
  /// Whether it awaits its coroutine methods.
  let isAsync: Bool
}

extension CheckContext {
  /// The base of `unittest` that a class derives from, if that and nothing else runs its tests.
  fileprivate func testCase(_ node: NodeID) -> TestCaseBase? {
    guard let symbol = resolver.module.symbol(ofDefinition: node),
      let isAsync = runsAsync(symbol, depth: 0), let view = tree.classDef(node),
      tree.nodes(view.decorators).isEmpty
    else { return nil }
    let own = tree.nodes(view.bases).first { base in
      guard let symbol = self.symbol(of: base) else { return false }
      return knowledge.fact(symbol, trait: "sync-test-case") != nil
    }
    return TestCaseBase(node: own, isAsync: isAsync)
  }

  /// Whether a class derives from the asynchronous test case; `nil` if from none, or from something
  /// unknown, which may run coroutines in its own way.
  private func runsAsync(_ symbol: SymbolID, depth: Int) -> Bool? {
    if knowledge.fact(symbol, trait: "async-test-case") != nil { return true }
    if knowledge.fact(symbol, trait: "sync-test-case") != nil { return false }
    guard depth < 8, let cls = project.cls(symbol), !cls.hasUnknownBase, !cls.bases.isEmpty,
      !hasOwnRunner(cls)
    else { return nil }
    var result: Bool?
    for base in cls.bases {
      guard let isAsync = runsAsync(base, depth: depth + 1) else {
        // A mixin of the project without bases adds no runner.
        guard let mixin = project.cls(base), mixin.bases.isEmpty, !mixin.hasUnknownBase,
          !hasOwnRunner(mixin)
        else { return nil }
        continue
      }
      result = (result ?? false) || isAsync
    }
    return result
  }

  /// Whether a class calls its tests in a way of its own.
  private func hasOwnRunner(_ cls: ClassDefinition) -> Bool {
    let tree = project[cls.module].model.tree
    guard let view = tree.classDef(cls.node) else { return true }
    if !tree.nodes(view.keywords).isEmpty { return true }
    let hooks: [StaticString] = [
      "run", "__call__", "__init__", "__init_subclass__", "__getattribute__", "_callTestMethod",
      "_callSetUp", "debug",
    ]
    return tree.nodes(view.body).contains { statement in
      guard let method = tree.functionDef(statement) else { return false }
      let name = tree.text(of: method.name)
      return hooks.contains { name.elementsEqual($0.bytes) }
    }
  }

  /// Whether no decorator may run the coroutine; `patch` and `skip` do not.
  fileprivate func isUndecorated(_ method: FunctionDef) -> Bool {
    tree.nodes(method.decorators).allSatisfy { decorator in
      let callee = tree.call(decorator)?.function ?? decorator
      guard let name = resolver.dottedName(of: callee) else { return false }
      return name.starts(with: StaticString("unittest.").bytes)
    }
  }

  /// The fix that makes the base the asynchronous test case.
  fileprivate func isolated(_ base: NodeID?) -> Fix? {
    guard let base, tree.attribute(base) != nil else { return nil }
    return .safe(
      StaticString("derive from `IsolatedAsyncioTestCase`").bytes,
      [
        Edit(
          span: tree.nameSpan(ofAttribute: base),
          replacement: StaticString("IsolatedAsyncioTestCase").bytes)
      ])
  }
}
