import AsyncChecks
import TOMLKit

/// What the configuration of a project's tests says, as far as rules need to know it.
struct TestConfiguration {
  private let signs: TestSigns
  /// By folder; an answer holds for the folders below it, too.
  private var known: [String: TestMode] = [:]

  private static let names = [
    "pyproject.toml", "pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg", "conftest.py",
  ]

  /// How the tests of some files are run: ``TestMode/all`` as soon as one of their configurations,
  /// or a plugin among the files, says that no marks are needed.
  static func mode(ofTestsIn files: [CheckInputs.File], _ table: RuleTable) -> TestMode {
    var configuration = TestConfiguration(signs: TestSigns(table))
    var result = TestMode.unknown
    var seen: Set<Substring> = []
    for file in files {
      let path: String
      switch file.origin {
      case .standardInput: path = "./" + file.displayPath
      case .path(let own): path = own
      }
      let slash = path.lastIndex(of: "/")
      let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
      if name.contains("plugin") || name == "conftest.py", let text = try? file.read(),
        configuration.signs.areFound(in: text)
      {
        return .all
      }
      guard name.hasPrefix("test") || name.hasSuffix("_test.py") else { continue }
      // Files of one folder have one configuration.
      let folder = slash.map { $0 == path.startIndex ? "/" : path[..<$0] } ?? "."
      guard seen.insert(folder).inserted else { continue }
      let absolute = FileSystem.realPath(String(folder)) ?? String(folder)
      switch configuration.mode(of: absolute) {
      case .all: return .all
      case .marked: result = .marked
      case .unknown: continue
      }
    }
    return result
  }

  private mutating func mode(of folder: String) -> TestMode {
    if let mode = known[folder] { return mode }
    var mode = TestMode.unknown
    // A source distribution has its tests, but may have left the configuration out.
    if FileSystem.kind(of: folder + "/PKG-INFO") != nil { mode = .all }
    for name in Self.names where mode != .all {
      guard let text = try? FileSystem.read(folder + "/" + name) else { continue }
      let isAll =
        if name.hasSuffix(".toml"),
          let table = try? TOMLTable(string: String(decoding: text, as: UTF8.self))
        {
          signs.areFound(in: table)
        } else {
          signs.areFound(in: text)
        }
      if isAll {
        mode = .all
      } else if name != "conftest.py", String(decoding: text, as: UTF8.self).contains("pytest") {
        mode = .marked
      }
    }
    if mode != .all, let slash = folder.lastIndex(of: "/") {
      let above = self.mode(of: String(folder[..<slash]))
      if above != .unknown { mode = above }
    }
    known[folder] = mode
    return mode
  }
}
