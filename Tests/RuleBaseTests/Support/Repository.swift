import Foundation

/// The places of the checkout that tests read.
enum Repository {
  private static let tests = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The fixtures of this module's tests.
  static let fixtures = tests.appending(path: "Fixtures").path

  /// The rule files of the product.
  static let rules = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Rules").path
}
