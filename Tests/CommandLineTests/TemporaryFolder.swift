import Foundation

/// A folder that goes away with its owner.
final class TemporaryFolder {
  let path: String

  init() throws {
    let base = FileManager.default.temporaryDirectory.path
    path = "\(base)/asyncrules-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file below the folder, with the folders it needs; returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    let parent = String(file[..<file.lastIndex(of: "/")!])
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + name)
  }
}

/// A finished run of a program.
struct Run {
  let status: Int32
  let output: String
  let errors: String
}

/// Runs a program found on the PATH or by its path, and waits for it.
func run(
  _ arguments: [String], in folder: String? = nil, input: String = "",
  environment: [String: String] = [:],
) throws -> Run {
  let scratch = try TemporaryFolder()
  let inputPath = try scratch.write(input, to: "input")
  let outputPath = try scratch.write("", to: "output")
  let errorPath = try scratch.write("", to: "errors")
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = arguments
  if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  // Files, not pipes: a program that prints much must not wait for its reader.
  process.standardInput = FileHandle(forReadingAtPath: inputPath)
  process.standardOutput = FileHandle(forWritingAtPath: outputPath)
  process.standardError = FileHandle(forWritingAtPath: errorPath)
  try process.run()
  process.waitUntilExit()
  return Run(
    status: process.terminationStatus, output: try scratch.read("output"),
    errors: try scratch.read("errors"))
}

/// The `asyncrules` binary that this test run has built.
let asyncrulesBinary: String = {
  // The test bundle and the products lie in one folder.
  let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  return bundle.deletingLastPathComponent().appendingPathComponent("asyncrules").path
}()

/// Runs `asyncrules`, which keeps nothing beyond the test run.
func asyncrules(
  _ arguments: String..., in folder: String? = nil, input: String = "",
  environment: [String: String] = [:],
) throws -> Run {
  try asyncrules(arguments, in: folder, input: input, environment: environment)
}

/// The same with the arguments in a list.
func asyncrules(
  _ arguments: [String], in folder: String? = nil, input: String = "",
  environment: [String: String] = [:],
) throws -> Run {
  let cache = "\(FileManager.default.temporaryDirectory.path)/asyncrules-tests-cache-\(getpid())"
  return try run(
    [asyncrulesBinary] + arguments, in: folder, input: input,
    environment: ["ASYNCRULES_CACHE_DIR": cache].merging(environment) { $1 })
}
