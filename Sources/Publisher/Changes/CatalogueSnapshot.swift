import Foundation

/// What a comparison needs of a catalogue, read from `catalogue.json` of any version.
package struct CatalogueSnapshot: Decodable, Sendable {
  /// The program that wrote the catalogue.
  package struct Tool: Decodable, Sendable {
    package let version: String
    /// `2026-11-23`.
    package let released: String
  }

  package let tool: Tool
  let rules: [RuleSnapshot]

  /// A catalogue without rules, from before the first release.
  package static let empty = CatalogueSnapshot(
    tool: Tool(version: "0", released: "1970-01-01"), rules: [])

  /// A catalogue that is not one: what is wrong with it.
  package struct DecodingFailure: Error, CustomStringConvertible {
    package let description: String
  }

  init(tool: Tool, rules: [RuleSnapshot]) {
    self.tool = tool
    self.rules = rules
  }

  /// Reads `catalogue.json`.
  package init(json: [UInt8]) throws(DecodingFailure) {
    do {
      self = try JSONDecoder().decode(CatalogueSnapshot.self, from: Data(json))
    } catch DecodingError.keyNotFound(let key, let context) {
      let place = (context.codingPath + [key]).map(\.stringValue).joined(separator: ".")
      throw DecodingFailure(description: "it lacks '\(place)'")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context)
    {
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw DecodingFailure(description: "'\(place)' is not of the kind it should be")
    } catch {
      throw DecodingFailure(description: "it is not JSON")
    }
  }
}

/// A rule of a catalogue.
struct RuleSnapshot: Decodable, Hashable, Sendable {
  struct Status: Decodable, Hashable, Sendable {
    let state: String
  }

  struct Fix: Decodable, Hashable, Sendable {
    let availability: String
  }

  struct Message: Decodable, Hashable, Sendable {
    let id: String
    let template: String
  }

  struct Callable: Decodable, Hashable, Sendable {
    struct Replacement: Decodable, Hashable, Sendable {
      let dialect: String?
      let text: String
    }

    let name: String
    let role: String
    let replacements: [Replacement]
    let unless: [String]
    let trait: String?
  }

  struct Block: Decodable, Hashable, Sendable {
    let kind: String
    let markdown: String?
    let text: String?
  }

  struct Section: Decodable, Hashable, Sendable {
    let kind: String
    let blocks: [Block]
  }

  struct Example: Decodable, Hashable, Sendable {
    struct File: Decodable, Hashable, Sendable {
      struct Fixed: Decodable, Hashable, Sendable {
        let text: String
      }

      let path: String
      let text: String
      let fixed: Fixed?
    }

    let id: String
    let kind: String
    let files: [File]
  }

  struct Alias: Decodable, Hashable, Sendable {
    let tool: String
    let rule: String
    let relation: String
  }

  let code: String
  let name: String
  let title: String
  let summary: String
  let severity: String
  let isDefault: Bool
  let status: Status
  let fix: Fix
  let messages: [Message]
  let callables: [Callable]
  let sections: [Section]
  let examples: [Example]
  let aliases: [Alias]
}
