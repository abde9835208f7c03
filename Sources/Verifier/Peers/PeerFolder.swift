import Foundation
import RuleBase

/// The examples of rules as files that other tools can read: `rule/example/app/main.py`.
struct PeerFolder: Sendable {
  /// One example of one rule.
  struct Place: Hashable, Sendable {
    let rule: String
    let example: String
  }

  /// One example on disk.
  struct Entry: Sendable {
    let place: Place
    /// Relative to the folder, with underscores: type checkers want names of packages.
    let path: String
    /// Relative to ``path``.
    let files: [String]

    var isNotebook: Bool { files.contains { $0.hasSuffix(".ipynb") } }
  }

  let path: String
  private(set) var entries: [Entry] = []

  /// Writes the examples of some rules.
  init(at path: String, rules: [Rule], pyrightCodes: [String]) throws(ProofError) {
    self.path = path
    let settings = Self.pyrightSettings(codes: pyrightCodes)
    do {
      try Self.write(settings, to: path + "/pyrightconfig.json")
      for rule in rules {
        for example in rule.examples {
          let folder = "\(Self.packageName(rule.name))/\(Self.packageName(example.id))"
          for file in example.files {
            let isNotebook = file.path.hasSuffix(".ipynb")
            try Self.write(
              isNotebook ? Self.notebook(of: file.text) : file.text,
              to: "\(path)/\(folder)/\(file.path)")
          }
          // The settings of the folder in which it runs are those that count.
          if example.files.count > 1 {
            try Self.write(settings, to: "\(path)/\(folder)/pyrightconfig.json")
          }
          entries.append(
            Entry(
              place: Place(rule: rule.name, example: example.id), path: folder,
              files: example.files.map(\.path)))
        }
      }
    } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  private static func packageName(_ slug: String) -> String {
    slug.replacingOccurrences(of: "-", with: "_")
  }

  private static func write(_ text: String, to path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// A notebook with one cell of code.
  private static func notebook(of code: String) throws -> String {
    let cell: [String: Any] = [
      "cell_type": "code", "execution_count": NSNull(), "id": "one", "metadata": [String: String](),
      "outputs": [String](), "source": code,
    ]
    let notebook: [String: Any] = [
      "cells": [cell], "metadata": ["language_info": ["name": "python"]], "nbformat": 4,
      "nbformat_minor": 5,
    ]
    return String(
      decoding: try JSONSerialization.data(withJSONObject: notebook, options: .sortedKeys),
      as: UTF8.self)
  }

  private static func pyrightSettings(codes: [String]) -> String {
    let rules = codes.map { ",\n \"\($0)\": \"error\"" }.joined()
    return "{\"typeCheckingMode\": \"strict\", \"pythonVersion\": \"3.13\"\(rules)}\n"
  }
}
