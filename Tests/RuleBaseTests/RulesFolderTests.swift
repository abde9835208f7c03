import Foundation
import RuleBase
import Testing

@Suite("A folder of rule files")
struct RulesFolderTests {
  @Test func `a folder is read whatever its path ends in`() throws {
    try inFolder { folder in
      try write(Fixture.valid, to: "\(folder)/blocking/blocking-demo.md")
      try write(Fixture.other.text, to: "\(folder)/blocking/other-demo.md")
      try write("# No rule", to: "\(folder)/README.md")
      try write("# No rule", to: "\(folder)/blocking/README.md")
      try write("no rule", to: "\(folder)/blocking/.hidden.md")
      try write("no rule", to: "\(folder)/proofs/packages.txt")
      for path in [folder, folder + "/", folder + "//"] {
        let (base, errors) = RuleBase.load(directory: path, checks: Fixture.checks)
        #expect(errors.isEmpty, "\(errors)")
        #expect(base?.rules.map(\.path) == ["blocking/blocking-demo.md", "blocking/other-demo.md"])
        #expect(base?.rules.map(\.group) == ["blocking", "blocking"])
      }
    }
  }

  @Test func `an empty folder is an error`() throws {
    try inFolder { folder in
      try write("# No rule", to: "\(folder)/README.md")
      #expect(errors(of: folder) == ["F: no rule files; wanted <group>/<name>.md"])
    }
  }

  @Test func `a folder that is not there is an error`() throws {
    try inFolder { folder in
      #expect(errors(of: folder + "/none") == ["F/none: cannot be read: no such file or folder"])
    }
  }

  @Test func `a file in a wrong place is an error`() throws {
    try inFolder { folder in
      try write(Fixture.valid, to: "\(folder)/blocking-demo.md")
      #expect(errors(of: folder).first?.hasPrefix("F/blocking-demo.md: misplaced") == true)
    }
  }

  @Test func `a link into a folder that holds it is an error`() throws {
    try inFolder { folder in
      try write(Fixture.valid, to: "\(folder)/blocking/blocking-demo.md")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/blocking/loop", withDestinationPath: "..")
      let wanted = "F/blocking/loop: symbolic link into a folder that holds it"
      #expect(errors(of: folder).contains(wanted))
    }
  }

  @Test func `a link to itself or to nothing is an error`() throws {
    try inFolder { folder in
      try write(Fixture.valid, to: "\(folder)/blocking/blocking-demo.md")
      for (name, goal) in [("itself", "itself.md"), ("nothing", "none.md")] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/blocking/\(name).md", withDestinationPath: goal)
      }
      let found = errors(of: folder)
      #expect(found.contains { $0.hasPrefix("F/blocking/itself.md: cannot be read: ") }, "\(found)")
      #expect(found.contains("F/blocking/nothing.md: cannot be read: no such file or folder"))
    }
  }

  @Test func `a folder behind a link is read`() throws {
    try inFolder { folder in
      try write(Fixture.valid, to: "\(folder)/elsewhere/blocking/blocking-demo.md")
      try write(Fixture.other.text, to: "\(folder)/elsewhere/blocking/other-demo.md")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/rules", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/rules/linked", withDestinationPath: "../elsewhere/blocking")
      let (base, errors) = RuleBase.load(directory: folder + "/rules", checks: Fixture.checks)
      #expect(errors.isEmpty, "\(errors)")
      #expect(base?.rules.map(\.group) == ["linked", "linked"])
    }
  }

  @Test func `bytes that are not UTF-8 are told with their line`() throws {
    try inFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/blocking", withIntermediateDirectories: true)
      let bytes = Data("---\ncode: é\nname: ".utf8) + [0xC3, 0x28] + Data("\n".utf8)
      try bytes.write(to: URL(fileURLWithPath: "\(folder)/blocking/blocking-demo.md"))
      #expect(errors(of: folder) == ["F/blocking/blocking-demo.md:3: not UTF-8: byte 0xC3"])
    }
  }

  @Test(.enabled(if: getuid() != 0, "root may read every file"))
  func `a file without permission is an error`() throws {
    try inFolder { folder in
      let path = "\(folder)/blocking/blocking-demo.md"
      try write(Fixture.valid, to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
      let wanted = "F/blocking/blocking-demo.md: cannot be read: permission denied"
      #expect(errors(of: folder) == [wanted])
    }
  }

  @Test func `a folder in place of a file is no rule file`() throws {
    try inFolder { folder in
      try write(Fixture.valid, to: "\(folder)/blocking/blocking-demo.md/deep.md")
      #expect(errors(of: folder).first?.contains("/blocking-demo.md/deep.md: misplaced") == true)
    }
  }

  /// Errors with `F` for the folder.
  private func errors(of folder: String) -> [String] {
    let root = folder.hasSuffix("/none") ? String(folder.dropLast(5)) : folder
    return RuleBase.load(directory: folder, checks: Fixture.checks).1.map {
      $0.description.replacing(root, with: "F")
    }
  }

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "asyncrules-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }
}
