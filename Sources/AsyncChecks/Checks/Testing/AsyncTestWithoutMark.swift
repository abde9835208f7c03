import PythonSemantics
import PythonSyntax

extension Check {
  /// A coroutine function that pytest collects as a test, and that no mark gives to a plugin.
  static let asyncTestWithoutMark = Check(
    name: "async-test-without-mark",
    messages: [CheckMessage("test", ["function"]), CheckMessage("fixture", ["function"])],
    traits: [
      TestMode.pluginTrait, TestMode.hookTrait, TestMode.optionTrait, "test-fixture",
      "harmless-mark",
    ],
    kinds: [.asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node) else { return }
    let name = Array(tree.text(of: function.name))
    // Few functions are either, and the rest asks about the whole file.
    let isFixture = context.isPlainFixture(function)
    guard isFixture || name.starts(with: StaticString("test").bytes), context.isInTestFile,
      context.areMarksNeeded, !context.isMarkedAsWhole
    else { return }
    if isFixture {
      guard context.usesStrictPlugin, !context.isHandledByPlugin(function) else { return }
      context.report("fixture", span: tree.nameSpan(at: function.nameStart), [("function", name)])
      return
    }
    guard context.isCollected(node), context.leavesTestUnmarked(function),
      !context.isHandledByPlugin(function),
      !context.isNamedElsewhere(node, function), !context.isGenerator(node)
    else { return }
    context.report("test", span: tree.nameSpan(at: function.nameStart), [("function", name)])
  }
}

extension CheckContext {
  /// Whether a test needs a mark to run: as the configuration says, or where there is none, as the
  /// file shows by its other tests. A file of its own has nobody else who could run its tests.
  fileprivate var areMarksNeeded: Bool {
    switch testMode {
    case .marked: true
    case .all: false
    case .unknown: fileIndices.count == 1 || hasMarks
    }
  }

  private var hasMarks: Bool {
    imports("pytest_asyncio") || servesMarkedTests
      || tree.nodes.contains { node in
        guard let mark = tree.attribute(node), isNamed(mark.value, ["mark"]) else { return false }
        return isNamed(mark.name, ["asyncio", "anyio", "trio"])
      }
  }

  /// Whether pytest looks for tests in the file, as its name or imports tell.
  fileprivate var isInTestFile: Bool {
    let parts = resolver.name(of: resolver.module.symbol).split(separator: UInt8(ascii: "."))
    let last = parts.last.map(Array.init) ?? []
    if last.starts(with: StaticString("test_").bytes)
      || last.suffix(5).elementsEqual(StaticString("_test").bytes)
    {
      return true
    }
    return imports("pytest")
  }

  private func imports(_ module: StaticString) -> Bool {
    model.importAliases.contains { alias in
      guard let statement = tree.parent(of: alias),
        let name = tree.importFrom(statement)?.module ?? tree.alias(alias)?.name
      else { return false }
      return tree.text(of: name).elementsEqual(module.bytes)
    }
  }

  /// Whether the file shows that it is written for pytest-asyncio, which wants its own fixtures
  /// unless its mode is `auto`.
  fileprivate var usesStrictPlugin: Bool {
    guard tree.nameTable.id(of: "anyio") == nil, tree.nameTable.id(of: "anyio_backend") == nil
    else {
      return false
    }
    return imports("pytest_asyncio") || servesMarkedTests
      || tree.nodes.contains { node in
        guard let mark = tree.attribute(node) else { return false }
        return isNamed(mark.name, ["asyncio"]) && isNamed(mark.value, ["mark"])
      }
  }

  /// Looks for the mark of pytest-asyncio in all modules, for a `conftest` alone.
  func findMarkedTests() -> Bool {
    let conftest = StaticString("conftest").bytes
    guard
      project.symbols.text(of: project.symbols.atom(of: resolver.module.symbol))
        .elementsEqual(conftest)
    else { return false }
    return project.modules.contains { module in
      let tree = module.model.tree
      guard let mark = tree.nameTable.id(of: "mark"), let asyncio = tree.nameTable.id(of: "asyncio")
      else { return false }
      return tree.nodes.contains { node in
        guard let view = tree.attribute(node), view.name == asyncio else { return false }
        return tree.attribute(view.value)?.name == mark
      }
    }
  }

  /// Whether a test is a function of the module, or a method of a class that pytest collects.
  fileprivate func isCollected(_ node: NodeID) -> Bool {
    let scope = model[model.executionScope(of: model.scope(of: node))]
    if scope.kind == .module { return true }
    guard scope.kind == .classBody, let cls = tree.classDef(scope.node) else { return false }
    return cls.bases.isEmpty && cls.keywords.isEmpty && cls.decorators.isEmpty
      && tree.text(of: cls.name).starts(with: StaticString("Test").bytes)
  }

  /// Whether a variable `pytestmark` of the file may hold the mark.
  fileprivate var isMarkedAsWhole: Bool {
    tree.nameTable.id(of: "pytestmark") != nil
  }

  /// Whether the only decorators are marks that run nothing, and mocks.
  fileprivate func leavesTestUnmarked(_ function: FunctionDef) -> Bool {
    tree.nodes(function.decorators).allSatisfy { decorator in
      let callee = tree.call(decorator)?.function ?? decorator
      return fact(of: callee, trait: "harmless-mark") != nil
    }
  }

  /// Whether a function is a fixture of pytest itself.
  fileprivate func isPlainFixture(_ function: FunctionDef) -> Bool {
    guard function.decorators.count == 1, let decorator = tree.nodes(function.decorators).first
    else { return false }
    return resolver.dottedName(of: tree.call(decorator)?.function ?? decorator)
      == StaticString("pytest.fixture").bytes
  }

  /// Whether a parameter names a fixture of a plugin that runs coroutine tests itself.
  fileprivate func isHandledByPlugin(_ function: FunctionDef) -> Bool {
    guard let list = tree.arguments(function.arguments) else { return true }
    let parameters =
      Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
      + Array(tree.nodes(list.keywordOnly))
    return parameters.contains { parameter in
      guard let name = tree.arg(parameter)?.name else { return false }
      return isFixtureOfPlugin(tree.text(of: name))
    }
  }

  /// Whether a plugin that runs coroutine tests itself has a fixture of this name.
  private func isFixtureOfPlugin(_ name: ArraySlice<UInt8>) -> Bool {
    knowledge.table.callables.contains { fact in
      StaticString("test-fixture").bytes == fact.trait
        && fact.qualifiedName.split(separator: UInt8(ascii: ".")).last.map { $0 == name } == true
    }
  }

  /// Whether other code names the test, and so may run it.
  fileprivate func isNamedElsewhere(_ node: NodeID, _ function: FunctionDef) -> Bool {
    tree.nodes.contains { other in
      tree.name(other)?.name == function.name || tree.attribute(other)?.name == function.name
    }
  }
}
