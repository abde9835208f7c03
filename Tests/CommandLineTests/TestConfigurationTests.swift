import Foundation
import Testing

/// What the configuration of pytest says about tests without a mark.
struct TestConfigurationTests {
  private let unmarked = """
    import asyncio


    async def test_sleep():
        await asyncio.sleep(1)

    """

  private func codes(_ configuration: String, in name: String) throws -> [String] {
    let folder = try TemporaryFolder()
    try folder.write(unmarked, to: "tests/unit/test_sleep.py")
    try folder.write(configuration, to: name)
    let run = try asyncrules("check", "--output-format", "concise", in: folder.path)
    return run.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropFirst().first.map(String.init)
    }
  }

  @Test func `an async test without a mark is reported in the strict mode`() throws {
    let text = "[tool.pytest.ini_options]\nasyncio_mode = \"strict\"\n"
    #expect(try codes(text, in: "pyproject.toml") == ["AR954"])
  }

  @Test func `a comment of a table sets nothing`() throws {
    let text = """
      [tool.pytest.ini_options]
      # asyncio_mode = "auto" comes later
      asyncio_mode = "strict"

      """
    #expect(try codes(text, in: "pyproject.toml") == ["AR954"])
  }

  @Test func `an inline table and a list say as much as lines do`() throws {
    let inline = "tool.pytest.ini_options = { asyncio_mode = \"auto\" }\n"
    #expect(try codes(inline, in: "pyproject.toml") == [])
    let list = "[tool.pytest.ini_options]\naddopts = [\n  \"--asyncio-mode=auto\",\n]\n"
    #expect(try codes(list, in: "pyproject.toml") == [])
  }

  @Test func `the automatic mode needs no marks, whichever file sets it`() throws {
    let table = "[tool.pytest.ini_options]\nasyncio_mode = \"auto\"\n"
    #expect(try codes(table, in: "pyproject.toml") == [])
    #expect(try codes("[tool:pytest]\nasyncio_mode=auto\n", in: "setup.cfg") == [])
    #expect(try codes("[pytest]\naddopts = --asyncio-mode=auto\n", in: "tests/pytest.ini") == [])
  }

  @Test func `a source distribution may lack the configuration`() throws {
    #expect(try codes("Metadata-Version: 2.4\nName: sleep\n", in: "PKG-INFO") == [])
  }

  @Test func `a hook of a conftest may add the marks`() throws {
    let hook = "def pytest_collection_modifyitems(items):\n    pass\n"
    #expect(try codes(hook, in: "tests/conftest.py") == [])
  }
}
