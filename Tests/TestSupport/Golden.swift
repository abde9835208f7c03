import Foundation
public import Testing

/// Compares what the code makes with what it made when a reader last approved of it.
///
/// Goldens stand in a folder `Goldens` beside the test's file. `RECORD=1` writes them and fails,
/// so that a recording can never pass for a test.
public enum Golden {
  /// Compares text with the golden of a name such as `blocking-sleep.7`.
  public static func expect(
    _ text: String, equals name: String, file: String = #filePath,
    location: SourceLocation = #_sourceLocation,
  ) {
    expect(Array(text.utf8), equals: name, file: file, location: location)
  }

  /// Compares bytes with the golden of a name such as `blocking-sleep.7`.
  public static func expect(
    _ bytes: [UInt8], equals name: String, file: String = #filePath,
    location: SourceLocation = #_sourceLocation,
  ) {
    let path = url(of: name, file: file)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      do {
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: path)
        Issue.record("recorded \(path.path)", sourceLocation: location)
      } catch {
        Issue.record("cannot record \(path.path): \(error)", sourceLocation: location)
      }
      return
    }
    guard let golden = try? Data(contentsOf: path) else {
      Issue.record("no golden \(path.path); RECORD=1 writes it", sourceLocation: location)
      return
    }
    guard Array(golden) != bytes else { return }
    let difference = firstDifference(
      String(decoding: golden, as: UTF8.self), String(decoding: bytes, as: UTF8.self))
    Issue.record("differs from \(path.path)\n\(difference)", sourceLocation: location)
  }

  private static func url(of name: String, file: String) -> URL {
    URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Goldens")
      .appendingPathComponent(name)
  }

  /// The first line that differs, with its number.
  private static func firstDifference(_ golden: String, _ text: String) -> String {
    let old = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    var index = 0
    while index < old.count, index < new.count, old[index] == new[index] { index += 1 }
    let wanted = index < old.count ? "\(old[index])" : "(end)"
    let found = index < new.count ? "\(new[index])" : "(end)"
    return "line \(index + 1)\n  golden: \(wanted)\n  found:  \(found)"
  }
}
