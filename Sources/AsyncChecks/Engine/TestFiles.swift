import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether a test calls a method that a class of the project has from a library: a client for
  /// tests that answers by itself, `class TestClient(httpx.Client)`.
  func isOwnClientInTest(_ callee: NodeID) -> Bool {
    guard isTestFile, let method = tree.attribute(callee),
      let cls = resolver.instanceClass(of: method.value)
    else { return false }
    return project.cls(cls) != nil
  }

  /// Whether a module holds tests.
  func isTest(_ module: ModuleID) -> Bool { testModules[module.index] }

  /// The trait of calls that block in earnest, but not in tests.
  static let harmlessInTest: StaticString = "harmless-in-test"

  /// Whether a fact, or the rule that states it, leaves tests alone: what the call waits for is
  /// small and near there, and only the test itself waits.
  func isHarmlessInTest(_ fact: KnownCallable) -> Bool {
    guard fact.rule.index < knowledge.table.rules.count else { return false }
    let isHarmless =
      !knowledge.table.rules[fact.rule.index].isForTests || Self.harmlessInTest.bytes == fact.trait
    return isHarmless && isTestFile
  }
}

extension CheckContext {
  /// Whether a node stands in a `with …raises(…)`: a test that it fails, with the exception of this
  /// name if one is given.
  func isExpectedToRaise(_ node: NodeID, _ exception: StaticString? = nil) -> Bool {
    surroundings(of: node).contains { parent, child in
      guard let statement = tree.withStmt(parent), tree.kind(child) != .withItem else {
        return false
      }
      return tree.nodes(statement.items).contains { item in
        guard let call = tree.withItem(item).flatMap({ tree.call($0.contextExpr) }),
          let name = lastName(call.function)
        else { return false }
        return isNamed(name, ["raises", "assertRaises", "assertRaisesRegex"])
          && exception.map { word in
            contains(tree.nodes(call.arguments)) { isBuiltin($0, [word]) }
          } ?? true
      }
    }
  }
}
