/// A JSON Schema that can only be strict: objects state all their properties and allow no others.
///
/// **Source:** JSON Schema, draft 2020-12.
struct SchemaValue: Hashable, Sendable {
  private(set) var keywords: [String: JSONValue]

  /// A property of an object.
  struct Property {
    let name: String
    let isRequired: Bool
    let schema: SchemaValue

    static func required(_ name: String, _ schema: SchemaValue) -> Property {
      Property(name: name, isRequired: true, schema: schema)
    }

    static func optional(_ name: String, _ schema: SchemaValue) -> Property {
      Property(name: name, isRequired: false, schema: schema)
    }
  }

  /// An object with these properties and no others.
  static func object(_ description: String, _ properties: [Property]) -> SchemaValue {
    SchemaValue(keywords: [
      "type": "object",
      "description": .string(description),
      "additionalProperties": false,
      "required": .array(properties.filter(\.isRequired).map { .string($0.name) }),
      "properties": .object(
        Dictionary(uniqueKeysWithValues: properties.map { ($0.name, $0.schema.json) })),
    ])
  }

  /// A string that is not empty, or of a pattern or format that says more.
  static func string(
    _ description: String, pattern: String? = nil, format: String? = nil,
  ) -> SchemaValue {
    var keywords: [String: JSONValue] = [
      "type": "string", "description": .string(description), "minLength": 1,
    ]
    keywords["pattern"] = pattern.map(JSONValue.string)
    keywords["format"] = format.map(JSONValue.string)
    return SchemaValue(keywords: keywords)
  }

  /// Any string, also an empty one.
  static func text(_ description: String) -> SchemaValue {
    SchemaValue(keywords: ["type": "string", "description": .string(description)])
  }

  /// One of these words.
  static func word(_ description: String, _ words: [String]) -> SchemaValue {
    SchemaValue(keywords: [
      "type": "string", "description": .string(description),
      "enum": .array(words.map(JSONValue.string)),
    ])
  }

  /// Exactly this string.
  static func constant(_ description: String, _ value: String) -> SchemaValue {
    SchemaValue(keywords: [
      "type": "string", "description": .string(description), "const": .string(value),
    ])
  }

  static func integer(_ description: String, from minimum: Int) -> SchemaValue {
    SchemaValue(keywords: [
      "type": "integer", "description": .string(description), "minimum": .integer(minimum),
    ])
  }

  static func boolean(_ description: String) -> SchemaValue {
    SchemaValue(keywords: ["type": "boolean", "description": .string(description)])
  }

  static func array(
    _ description: String, of items: SchemaValue, atLeast minimum: Int = 0, isSet: Bool = false,
  ) -> SchemaValue {
    var keywords: [String: JSONValue] = [
      "type": "array", "description": .string(description), "items": items.json,
    ]
    if minimum > 0 { keywords["minItems"] = .integer(minimum) }
    if isSet { keywords["uniqueItems"] = true }
    return SchemaValue(keywords: keywords)
  }

  /// Exactly one of these.
  static func oneOf(_ description: String, _ schemas: [SchemaValue]) -> SchemaValue {
    SchemaValue(keywords: [
      "description": .string(description), "oneOf": .array(schemas.map(\.json)),
    ])
  }

  /// A schema that stands in `$defs`.
  static func reference(_ name: String) -> SchemaValue {
    SchemaValue(keywords: ["$ref": .string("#/$defs/\(name)")])
  }

  /// The schema with keywords of a root.
  func asRoot(id: String, title: String, definitions: [String: SchemaValue]) -> JSONValue {
    var keywords = keywords
    keywords["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    keywords["$id"] = .string(id)
    keywords["title"] = .string(title)
    keywords["$defs"] = .object(definitions.mapValues(\.json))
    return .object(keywords)
  }

  private var json: JSONValue { .object(keywords) }
}
