import Foundation

/// Checks JSON against a JSON Schema: the keywords that our schema uses, and no others.
struct SchemaValidator {
  /// What does not fit, and where.
  struct Mismatch: CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path): \(reason)" }
  }

  private let root: [String: Any]

  init(schema: Any) {
    root = schema as? [String: Any] ?? [:]
  }

  /// Everything that does not fit.
  func mismatches(of value: Any) -> [Mismatch] {
    mismatches(of: value, against: root, at: "$")
  }

  private func mismatches(of value: Any, against schema: Any, at path: String) -> [Mismatch] {
    guard let schema = schema as? [String: Any] else {
      return [Mismatch(path: path, reason: "no schema")]
    }
    var result: [Mismatch] = []
    func fail(_ reason: String) { result.append(Mismatch(path: path, reason: reason)) }
    for (keyword, argument) in schema {
      switch keyword {
      case "$schema", "$id", "$defs", "title", "description", "required", "additionalProperties":
        break
      case "$ref":
        let name = (argument as? String ?? "").replacingOccurrences(of: "#/$defs/", with: "")
        let definition = (root["$defs"] as? [String: Any])?[name]
        result += mismatches(of: value, against: definition ?? NSNull(), at: path)
      case "type":
        if !Self.isOf(argument as? String ?? "", value) { fail("not of type \(argument)") }
      case "const":
        if (value as? NSObject) != (argument as? NSObject) { fail("is not \(argument)") }
      case "enum":
        let values = argument as? [String] ?? []
        if !values.contains(value as? String ?? "") { fail("\(value) is not one of \(values)") }
      case "minLength":
        if (value as? String ?? "").unicodeScalars.count < argument as? Int ?? 0 { fail("empty") }
      case "minimum":
        if value as? Int ?? .min < argument as? Int ?? 0 { fail("\(value) is too small") }
      case "minItems":
        if (value as? [Any] ?? []).count < argument as? Int ?? 0 { fail("too few items") }
      case "uniqueItems":
        let items = value as? [NSObject] ?? []
        if Set(items).count != items.count { fail("an item stands twice") }
      case "pattern":
        let text = value as? String ?? ""
        if text.range(of: argument as? String ?? "", options: .regularExpression) == nil {
          fail("'\(text)' does not match \(argument)")
        }
      case "format": break  // The validator from outside checks formats.
      case "items":
        for (index, item) in (value as? [Any] ?? []).enumerated() {
          result += mismatches(of: item, against: argument, at: "\(path)[\(index)]")
        }
      case "properties":
        result += objectMismatches(
          of: value as? [String: Any] ?? [:], against: schema,
          properties: argument as? [String: Any] ?? [:], at: path)
      case "oneOf":
        let matching = (argument as? [Any] ?? []).filter {
          mismatches(of: value, against: $0, at: path).isEmpty
        }
        if matching.count != 1 { fail("matches \(matching.count) alternatives") }
      default: fail("the validator does not know the keyword \(keyword)")
      }
    }
    return result
  }

  private func objectMismatches(
    of value: [String: Any], against schema: [String: Any], properties: [String: Any],
    at path: String,
  ) -> [Mismatch] {
    var result: [Mismatch] = []
    for name in schema["required"] as? [String] ?? [] where value[name] == nil {
      result.append(Mismatch(path: path, reason: "lacks \(name)"))
    }
    for (name, member) in value {
      if let property = properties[name] {
        result += mismatches(of: member, against: property, at: "\(path).\(name)")
      } else if schema["additionalProperties"] as? Bool == false {
        result.append(Mismatch(path: path, reason: "may not have \(name)"))
      }
    }
    return result
  }

  private static func isOf(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "boolean": (value as? NSNumber).map { isBoolean($0) } ?? false
    case "integer": (value as? NSNumber).map { !isBoolean($0) } ?? false
    default: false
    }
  }

  /// Foundation reads numbers and Booleans into the same class.
  private static func isBoolean(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
  }
}
