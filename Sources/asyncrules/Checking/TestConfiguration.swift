import AsyncChecks

/// What the configuration of a project's tests says, as far as rules need to know it.
struct TestConfiguration {
  /// By folder; an answer holds for the folders below it, too.
  private var known: [String: TestMode] = [:]

  private static let names = [
    "pyproject.toml", "pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg", "conftest.py",
  ]

  /// How the tests of some files are run: ``TestMode/all`` as soon as one of their configurations
  /// says that no marks are needed.
  static func mode(ofTestsIn files: [CheckInputs.File]) -> TestMode {
    var configuration = TestConfiguration()
    for file in files {
      let path: String
      switch file.origin {
      case .standardInput: path = "./" + file.displayPath
      case .path(let own): path = own
      }
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard let name = parts.last, name.hasPrefix("test") || name.hasSuffix("_test.py") else {
        continue
      }
      let folder = parts.dropLast().joined(separator: "/")
      let absolute = FileSystem.realPath(folder.isEmpty ? "." : folder) ?? folder
      if configuration.mode(of: absolute) == .all { return .all }
    }
    return .marked
  }

  private mutating func mode(of folder: String) -> TestMode {
    if let mode = known[folder] { return mode }
    let isMarked = Self.names.allSatisfy { name in
      (try? FileSystem.read(folder + "/" + name)).map { !Self.needsNoMarks($0) } ?? true
    }
    var mode = isMarked ? TestMode.marked : .all
    if isMarked, let slash = folder.lastIndex(of: "/") {
      mode = self.mode(of: String(folder[..<slash]))
    }
    known[folder] = mode
    return mode
  }

  /// Whether a configuration sets a mode in which a plugin runs every coroutine test, names a plugin
  /// that always does, or has a hook that may.
  private static func needsNoMarks(_ text: [UInt8]) -> Bool {
    let plugins = [
      "pytest-aiohttp", "pytest_aiohttp", "pytest-tornasync", "pytest-twisted", "pytest-sanic",
      "pytest-homeassistant", "alt-pytest-asyncio", "pytest_collection_modifyitems",
      "pytest_pyfunc_call", "pytest_pycollect_makeitem", "pytest_itemcollected",
    ]
    return text.split(separator: UInt8(ascii: "\n")).contains { line in
      let line = String(decoding: line, as: UTF8.self)
      if plugins.contains(where: line.contains) { return true }
      let modes = [
        ("asyncio_mode", "auto"), ("asyncio-mode", "auto"), ("anyio_mode", "auto"),
        ("trio_mode", "true"),
      ]
      return modes.contains { line.contains($0.0) && line.lowercased().contains($0.1) }
    }
  }
}
