import Foundation
import Publisher
import Verifier

/// The shapes of a SARIF log with results.
///
/// **Source:** OASIS, SARIF 2.1.0 with errata 01, sections 3.14 (run), 3.27 (result),
/// 3.28 (location), 3.30 (region) and 3.55 (fix).
enum SARIFResultLog {
  /// The log.
  static func log(
    version: String, rules: [Descriptor], results: [Result],
  ) -> SARIFLog<Run> {
    let driver = Driver(semanticVersion: version, rules: rules)
    return SARIFLog(runs: [Run(tool: SARIFTool(driver: driver), results: results)])
  }

  struct Run: Encodable {
    let tool: SARIFTool<Driver>
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }

  struct Driver: Encodable {
    let name = "asyncrules"
    let semanticVersion: String
    let rules: [Descriptor]
  }

  struct Descriptor: Encodable {
    let id: String
    var name: String?
    var shortDescription: SARIFText?
    var fullDescription: SARIFText?
    var help: SARIFText?
    var defaultConfiguration: Level?
  }

  struct Level: Encodable {
    let level: String
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: SARIFText
    let locations: [Location]
    let relatedLocations: [Location]?
    let fixes: [Fix]?
  }

  struct Location: Encodable {
    let id: Int?
    let physicalLocation: PhysicalLocation
    var logicalLocations: [LogicalLocation]?
    let message: SARIFText?

    init(path: String, start: Position?, end: Position?, message: String? = nil, id: Int? = nil) {
      self.id = id
      self.message = message.map { SARIFText(text: $0) }
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
    let description: SARIFText
    let artifactChanges: [ArtifactChange]
  }

  struct ArtifactChange: Encodable {
    let artifactLocation: Artifact
    let replacements: [Replacement]
  }

  struct Replacement: Encodable {
    let deletedRegion: Region
    let insertedContent: SARIFText
  }
}
