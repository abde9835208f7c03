import Foundation
import Testing

@testable import PythonSyntax

/// A Python file of the folder `Fixtures`.
struct Fixture: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]

  var testDescription: String { name }

  static let all: [Fixture] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.sorted().compactMap { name in
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
        return nil
      }
      return Fixture(name: name, bytes: [UInt8](data))
    }
  }()
}

/// The tree of Python text.
func parse(_ text: String, isNotebook: Bool = false) -> SyntaxTree {
  parse(Array(text.utf8), isNotebook: isNotebook)
}

/// The tree of Python bytes that can be decoded.
func parse(_ bytes: [UInt8], isNotebook: Bool = false) -> SyntaxTree {
  guard case .success(let source) = SourceText.decode(bytes) else {
    preconditionFailure("the test's source cannot be decoded")
  }
  return Parser.parse(source, options: ParserOptions(isNotebook: isNotebook))
}

extension SyntaxTree {
  /// The messages of the syntax errors.
  var messages: [String] { errors.map { String(decoding: $0.message, as: UTF8.self) } }

  /// The messages of the compiler's errors.
  var compilerMessages: [String] {
    compilerErrors(includesAwait: true).map { String(decoding: $0.message, as: UTF8.self) }
  }

  /// The names of the functions, in source order.
  var functionNames: [String] {
    nodes.compactMap { functionDef($0) }.map { String(decoding: text(of: $0.name), as: UTF8.self) }
  }

  /// The first node of a kind.
  func first(_ kind: NodeKind) -> NodeID? { nodes.first { self.kind($0) == kind } }

  /// The decoded string constants, in the order of the nodes.
  var strings: [String] {
    nodes.compactMap { stringValue($0) }.map { String(decoding: $0, as: UTF8.self) }
  }
}
