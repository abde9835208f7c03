// The shapes of `catalogue.sarif`: the rules as a tool of the Static Analysis Results Interchange
// Format states them, without results. What a log with results has too is wider than the module.
//
// **Source:** OASIS, SARIF 2.1.0 with errata 01, sections 3.13 (log), 3.14 (run), 3.19 (component)
// and 3.49 (rule).

/// The file.
package struct SARIFLog<Run: Encodable>: Encodable {
  let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  package init(runs: [Run]) {
    self.runs = runs
  }

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }
}

/// A run that only states its rules: without `results`, as nothing was looked at.
struct SARIFRun: Encodable {
  let tool: SARIFTool<SARIFComponent>
  let language = "en"
  let columnKind = "unicodeCodePoints"
  let defaultSourceLanguage = "python"
}

/// The program that a run was of.
package struct SARIFTool<Driver: Encodable>: Encodable {
  let driver: Driver

  package init(driver: Driver) {
    self.driver = driver
  }
}

struct SARIFComponent: Encodable {
  let name: String
  let semanticVersion: String
  let releaseDateUtc: String
  let isComprehensive = true
  let contents = ["localizedData", "nonLocalizedData"]
  let rules: [SARIFRule]
}

struct SARIFRule: Encodable {
  let id: String
  let name: String
  let shortDescription: SARIFText
  let fullDescription: SARIFText
  let messageStrings: [String: SARIFText]
  let defaultConfiguration: SARIFConfiguration
  let help: SARIFText
  let relationships: [SARIFRelationship]
  let properties: SARIFProperties
}

/// A text for readers, plain and in Markdown.
package struct SARIFText: Encodable {
  let text: String
  let markdown: String?

  package init(text: String, markdown: String? = nil) {
    self.text = text
    self.markdown = markdown
  }
}

struct SARIFConfiguration: Encodable {
  let enabled: Bool
  let level: String
}

struct SARIFRelationship: Encodable {
  let target: SARIFReference
  let kinds: [String]
}

/// Another rule of the same tool.
struct SARIFReference: Encodable {
  let id: String
  let index: Int
}

struct SARIFProperties: Encodable {
  let tags: [String]
  let problemSeverity: String

  enum CodingKeys: String, CodingKey {
    case tags
    case problemSeverity = "problem.severity"
  }
}
