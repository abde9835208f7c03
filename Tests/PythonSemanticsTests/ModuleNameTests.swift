import Testing

@testable import PythonSemantics

@Suite struct ModuleNameTests {
  private func names(_ paths: String...) -> [String] {
    ModuleNames(paths: paths.map { Array($0.utf8) }).names.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test func `a module belongs to the package of its folder`() {
    #expect(
      names("src/app/__init__.py", "src/app/db/__init__.py", "src/app/db/models.py")
        == ["app", "app.db", "app.db.models"])
  }

  @Test func `a script in a folder without a package is a top-level module`() {
    #expect(names("tools/run.py") == ["run"])
  }

  @Test func `a file holds tests if its name or that of a folder says so`() {
    let paths = [
      "app/tests/server.py", "test/shop/cart.py", "test_login.py", "a/login_test.py", "conftest.py",
      "a/latest.py", "testing/tools.py", "/home/tests/shop/cart/views.py",
      "/home/shop/tests/views.py",
    ]
    #expect(
      ModuleNames(paths: paths.map { Array($0.utf8) }).isTest
        == [true, true, true, true, true, false, false, false, true])
  }

  @Test func `files of one name in different folders do not share a name`() {
    let found = names("a/utils.py", "b/utils.py", "b/main.py")
    #expect(Set(found).count == 3)
    #expect(found[2] == "main")
  }
}
