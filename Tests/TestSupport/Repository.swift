public import Foundation

/// The folders of the repository, found from this file.
public enum Repository {
  /// The folder that holds `Package.swift`.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The rule files of the product.
  public static let rulesFolder = root.appending(path: "Rules").path

  /// The fixtures of a test target.
  public static func fixtures(of target: String) -> String {
    root.appending(path: "Tests/\(target)/Fixtures").path
  }
}
