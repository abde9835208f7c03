import Foundation
import Testing

@testable import asyncrules

struct SourceDiscoveryTests {
  private func discovered(_ folder: TemporaryFolder, respectsGitIgnore: Bool = true) -> [String] {
    var discovery = SourceDiscovery(respectsGitIgnore: respectsGitIgnore)
    discovery.add(folder.path)
    return discovery.files.map { String($0.path.dropFirst(folder.path.count + 1)) }
  }

  @Test func `a folder yields its Python files in order`() throws {
    let folder = try TemporaryFolder()
    for name in ["b.py", "a/z.pyi", "a/x.py", "n.ipynb", "readme.md", "w.pyw", "py"] {
      try folder.write("", to: name)
    }
    #expect(discovered(folder) == ["a/x.py", "a/z.pyi", "b.py", "n.ipynb", "w.pyw"])
  }

  @Test func `environments and caches are left out`() throws {
    let folder = try TemporaryFolder()
    for name in [".venv/x.py", "__pycache__/x.py", "node_modules/a/x.py", ".git/x.py", "x.py"] {
      try folder.write("", to: name)
    }
    #expect(discovered(folder) == ["x.py"])
  }

  @Test func `nested ignore files count from their folder and may bring files back`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: ".git/HEAD")
    try folder.write("*.py\n", to: ".gitignore")
    try folder.write("!kept.py\n", to: "sub/.gitignore")
    for name in ["a.py", "sub/kept.py", "sub/other.py"] { try folder.write("", to: name) }
    #expect(discovered(folder) == ["sub/kept.py"])
    #expect(
      discovered(folder, respectsGitIgnore: false) == ["a.py", "sub/kept.py", "sub/other.py"])
  }

  @Test func `the ignore file of the repository counts when a folder below it is named`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: ".git/HEAD")
    try folder.write("/sub/generated.py\n", to: ".gitignore")
    try folder.write("", to: "sub/generated.py")
    try folder.write("", to: "sub/own.py")
    var discovery = SourceDiscovery()
    discovery.add(folder.path + "/sub")
    #expect(discovery.files.map(\.path) == [folder.path + "/sub/own.py"])
  }

  @Test func `a loop of links ends`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a/x.py")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/a/loop", withDestinationPath: folder.path)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/self.py", withDestinationPath: folder.path + "/self.py")
    #expect(discovered(folder) == ["a/x.py"])
  }

  @Test func `a file named twice is checked once`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "x.py")
    var discovery = SourceDiscovery()
    discovery.add(folder.path)
    discovery.add(folder.path + "/./x.py")
    #expect(discovery.files.count == 1)
  }

  @Test func `a missing path is an error, and the others are still found`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "x.py")
    var discovery = SourceDiscovery()
    discovery.add(folder.path + "/missing.py")
    discovery.add(folder.path + "/x.py")
    #expect(discovery.files.count == 1)
    #expect(
      discovery.errors.map(\.description)
        == ["cannot find '\(folder.path)/missing.py': No such file or directory"])
  }
}
