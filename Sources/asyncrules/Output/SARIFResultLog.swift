import Foundation
import Verifier

/// The shape of a SARIF log with results.
///
/// **Source:** OASIS, SARIF 2.1.0 with errata 01, sections 3.13 (log), 3.14 (run), 3.27 (result),
/// 3.28 (location), 3.30 (region) and 3.55 (fix).
struct SARIFResultLog: Encodable {
  let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  init(version: String, rules: [Descriptor], results: [Result]) {
    runs = [
      Run(tool: Tool(driver: Driver(semanticVersion: version, rules: rules)), results: results)
    ]
  }

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  struct Run: Encodable {
    let tool: Tool
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }

  struct Tool: Encodable {
    let driver: Driver
  }

  struct Driver: Encodable {
    let name = "asyncrules"
    let semanticVersion: String
    let rules: [Descriptor]
  }

  struct Descriptor: Encodable {
    let id: String
    var name: String?
    var shortDescription: Text?
    var fullDescription: Text?
    var help: Text?
    var defaultConfiguration: Level?
  }

  struct Text: Encodable {
    let text: String
  }

  struct Level: Encodable {
    let level: String
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Text
    let locations: [Location]
    let relatedLocations: [Location]?
    let fixes: [Fix]?
  }

  struct Location: Encodable {
    let id: Int?
    let physicalLocation: PhysicalLocation
    var logicalLocations: [LogicalLocation]?
    let message: Text?

    init(path: String, start: Position?, end: Position?, message: String? = nil, id: Int? = nil) {
      self.id = id
      self.message = message.map(Text.init)
      let region = start.map { Region(from: $0, to: end ?? $0) }
      physicalLocation = PhysicalLocation(artifactLocation: Artifact(path: path), region: region)
    }
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: Artifact
    let region: Region?
  }

  struct LogicalLocation: Encodable {
    let name: String
    let kind: String
  }

  struct Artifact: Encodable {
    /// A reference as RFC 3986 has it: relative to where the check ran, or a `file` URI.
    let uri: String

    init(path: String) {
      let allowed = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
      let escaped = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
      uri = path.hasPrefix("/") ? "file://" + escaped : escaped
    }
  }

  /// Lines and columns from 1; the end is behind the last character.
  struct Region: Encodable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int

    init(from start: Position, to end: Position) {
      startLine = start.line
      startColumn = start.column
      endLine = end.line
      endColumn = end.column
    }
  }

  struct Fix: Encodable {
    let description: Text
    let artifactChanges: [ArtifactChange]
  }

  struct ArtifactChange: Encodable {
    let artifactLocation: Artifact
    let replacements: [Replacement]
  }

  struct Replacement: Encodable {
    let deletedRegion: Region
    let insertedContent: Text
  }
}
