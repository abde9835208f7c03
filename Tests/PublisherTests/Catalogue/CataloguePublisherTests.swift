import Foundation
import Publisher
import RuleBase
import TestSupport
import Testing
import Verifier

@Suite struct CataloguePublisherTests {
  private static let date = ReleaseDate("2026-11-23")!

  private static func files(_ rules: [VerifiedRule] = SampleRules.all) -> [OutputFile] {
    CataloguePublisher.files(for: rules, version: "0.1.0", date: date)
  }

  private static func json(_ path: String, of rules: [VerifiedRule] = SampleRules.all) throws -> Any
  {
    let file = try #require(files(rules).first { $0.path == path })
    return try JSONSerialization.jsonObject(with: Data(file.bytes))
  }

  @Test(arguments: ["catalogue.json", "catalogue.sarif", "catalogue.schema.json"])
  func `a file is as it was approved`(path: String) throws {
    let file = try #require(Self.files().first { $0.path == path })
    Golden.expect(file.bytes, equals: path)
  }

  @Test func `the same rules give the same bytes`() {
    #expect(Self.files() == Self.files())
  }

  @Test func `the catalogue fits its schema`() throws {
    let validator = SchemaValidator(schema: try Self.json("catalogue.schema.json"))
    let mismatches = validator.mismatches(of: try Self.json("catalogue.json"))
    #expect(mismatches.isEmpty, "\(mismatches)")
  }

  @Test func `the catalogue of the rules in the repository fits the schema`() throws {
    let rules = try Repository.rules()
    let validator = SchemaValidator(schema: try Self.json("catalogue.schema.json"))
    let mismatches = validator.mismatches(of: try Self.json("catalogue.json", of: rules))
    #expect(mismatches.isEmpty, "\(mismatches)")
  }

  @Test func `every object of the schema is closed and requires only what it has`() throws {
    var objects = 0
    Self.visit(try Self.json("catalogue.schema.json")) { schema in
      guard schema["type"] as? String == "object" else { return }
      objects += 1
      #expect(schema["additionalProperties"] as? Bool == false)
      let properties = schema["properties"] as? [String: Any] ?? [:]
      for name in schema["required"] as? [String] ?? [] { #expect(properties[name] != nil) }
      for (name, property) in properties {
        let isDescribed = (property as? [String: Any])?["description"] != nil
        let isReference = (property as? [String: Any])?["$ref"] != nil
        #expect(isDescribed || isReference, "\(name)")
      }
    }
    #expect(objects > 15)
  }

  @Test func `nothing in the catalogue is null`() throws {
    let text = try #require(Self.files().first).bytes
    #expect(!String(decoding: text, as: UTF8.self).contains(": null"))
  }

  @Test func `slashes are not escaped`() throws {
    let text = try #require(Self.files().first).bytes
    #expect(String(decoding: text, as: UTF8.self).contains("https://docs.python.org/3/"))
  }

  @Test func `dropping any required member or adding one does not fit`() throws {
    let validator = SchemaValidator(schema: try Self.json("catalogue.schema.json"))
    let catalogue = try Self.json("catalogue.json")
    var survivors: [String] = []
    var mutants = 0
    for mutant in Self.mutants(of: catalogue, at: "$") {
      mutants += 1
      if validator.mismatches(of: mutant.value).isEmpty { survivors.append(mutant.name) }
    }
    #expect(mutants > 300)
    // Members that need not be there: dropping them leaves a valid catalogue.
    let optional: Set = [
      "reason", "dialect", "returns", "argument", "note", "framework", "caption", "fixed", "fix",
      "utf16Column", "path", "start", "end", "code",
    ]
    let unexpected = survivors.filter { name in
      !optional.contains { name.hasSuffix(".\($0) dropped") }
    }
    #expect(unexpected.isEmpty, "\(unexpected)")
  }

  @Test func `positions count characters, bytes and UTF-16 units`() throws {
    let catalogue = try #require(Self.json("catalogue.json") as? [String: Any])
    let rules = try #require(catalogue["rules"] as? [[String: Any]])
    let examples = try #require(rules[0]["examples"] as? [[String: Any]])
    let files = try #require(examples[0]["files"] as? [[String: Any]])
    let findings = try #require(files[0]["findings"] as? [[String: Any]])
    #expect(
      findings[1]["start"] as? [String: Int] == [
        "line": 7, "column": 18, "offset": 87, "utf16Column": 18,
      ])
  }

  @Test func `SARIF states every rule, its messages with numbered parameters and its relations`()
    throws
  {
    let log = try #require(Self.json("catalogue.sarif") as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    #expect(run["results"] == nil)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["isComprehensive"] as? Bool == true)
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["AR101", "AR202"])
    let messages = try #require(rules[0]["messageStrings"] as? [String: [String: String]])
    #expect(messages["call"]?["text"] == "{0} blocks the event loop; await {1} instead")
    let relations = try #require(rules[0]["relationships"] as? [[String: Any]])
    let target = try #require(relations[0]["target"] as? [String: Any])
    #expect(target["id"] as? String == "AR202")
    #expect(target["index"] as? Int == 1)
    let help = try #require(rules[0]["help"] as? [String: String])
    #expect(help["markdown"]?.contains("a coroutine (AR202)") == true)
    #expect(help["markdown"]?.contains("```diff\n--- app/main.py") == true)
  }

  // MARK: - Mutation

  private struct Mutant {
    let name: String
    let value: Any
  }

  /// The value with one member dropped, one added or one given another type, everywhere.
  private static func mutants(of value: Any, at path: String) -> [Mutant] {
    if let object = value as? [String: Any] {
      var extended = object
      extended["unknown"] = "x"
      var result = [Mutant(name: "\(path).unknown added", value: extended)]
      for (name, member) in object {
        var without = object
        without[name] = nil
        result.append(Mutant(name: "\(path).\(name) dropped", value: without))
        var nulled = object
        nulled[name] = NSNull()
        result.append(Mutant(name: "\(path).\(name) null", value: nulled))
        for inner in mutants(of: member, at: "\(path).\(name)") {
          var copy = object
          copy[name] = inner.value
          result.append(Mutant(name: inner.name, value: copy))
        }
      }
      return result
    }
    if let array = value as? [Any] {
      return array.enumerated().flatMap { index, element in
        mutants(of: element, at: "\(path)[\(index)]").map { inner in
          var copy = array
          copy[index] = inner.value
          return Mutant(name: inner.name, value: copy)
        }
      }
    }
    return []
  }

  private static func visit(_ value: Any, _ body: ([String: Any]) -> Void) {
    if let object = value as? [String: Any] {
      body(object)
      for member in object.values { visit(member, body) }
    } else if let array = value as? [Any] {
      for element in array { visit(element, body) }
    }
  }
}
