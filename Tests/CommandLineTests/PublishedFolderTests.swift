import Foundation
import Publisher
import Testing

@testable import asyncrules

struct PublishedFolderTests {
  private let files = [
    OutputFile(path: "site/index.html", bytes: Array("one".utf8)),
    OutputFile(path: "catalogue.json", bytes: Array("{}".utf8)),
  ]

  @Test func `a new folder holds exactly the files`() throws {
    let folder = try TemporaryFolder()
    try PublishedFolder(path: folder.path + "/build").replace(with: files)
    #expect(try folder.read("build/site/index.html") == "one")
    #expect(try folder.read("build/catalogue.json") == "{}")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["build"])
  }

  @Test func `an earlier output is replaced whole`() throws {
    let folder = try TemporaryFolder()
    let output = PublishedFolder(path: folder.path + "/build/")
    try output.replace(with: files)
    try output.validate()
    try output.replace(with: [OutputFile(path: "other.txt", bytes: Array("two".utf8))])
    #expect(try folder.read("build/other.txt") == "two")
    #expect(!folder.exists("build/catalogue.json"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["build"])
  }

  @Test func `a folder of somebody else is refused and left alone`() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "build/thesis.txt")
    let output = PublishedFolder(path: folder.path + "/build")
    #expect(throws: Complaint.self) { try output.validate() }
    #expect(throws: Complaint.self) { try output.replace(with: files) }
    #expect(try folder.read("build/thesis.txt") == "mine")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["build"])
  }

  @Test func `a file that somebody added to our folder is not lost`() throws {
    let folder = try TemporaryFolder()
    let output = PublishedFolder(path: folder.path + "/build")
    try output.replace(with: files)
    try folder.write("mine", to: "build/site/notes.txt")
    #expect(throws: Complaint.self) { try output.replace(with: files) }
    #expect(try folder.read("build/site/notes.txt") == "mine")
    #expect(try folder.read("build/site/index.html") == "one")
  }

  @Test func `a file in the place of the folder is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "build")
    #expect(throws: Complaint.self) {
      try PublishedFolder(path: folder.path + "/build").validate()
    }
  }

  @Test func `an output that cannot be written leaves the earlier one`() throws {
    let folder = try TemporaryFolder()
    let output = PublishedFolder(path: folder.path + "/build")
    try output.replace(with: files)
    let clash = files + [OutputFile(path: "catalogue.json/x", bytes: [])]
    #expect(throws: FileError.self) { try output.replace(with: clash) }
    #expect(try folder.read("build/catalogue.json") == "{}")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["build"])
  }

  @Test func `a link to the folder stays a link`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/real", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/build", withDestinationPath: folder.path + "/real")
    try PublishedFolder(path: folder.path + "/build").replace(with: files)
    #expect(try folder.read("real/catalogue.json") == "{}")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/build")
        == folder.path + "/real")
  }
}
