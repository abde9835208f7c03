import TOMLKit

/// Reads a configuration file.
struct ConfigurationReader {
  /// As shown in errors.
  let path: String
  /// That of the file, absolute.
  let folder: String

  private static let keys = [
    "exclude", "extend-select", "ignore", "per-file-ignores", "rules", "select",
  ]

  /// - Returns: `nil` for a file that says nothing of asyncrules.
  /// - Throws: ``Complaint`` that says where and what, ``FileError``.
  func configuration() throws -> Configuration? {
    let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
    let isShared = path.hasSuffix("pyproject.toml")
    // Most files say nothing of us, and mistakes in those are not ours to tell.
    guard !isShared || text.contains("asyncrules") else { return nil }
    let file: TOMLTable
    do {
      file = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let place = error.source.begin
      throw Complaint("\(path):\(place.line):\(place.column): \(error.description)")
    }
    guard isShared else { return try configuration(file, in: "") }
    guard let table = file["tool"]?.table?["asyncrules"] else { return nil }
    guard let table = table.table else {
      throw Complaint("\(path): 'tool.asyncrules' is \(Self.kind(of: table)); wanted a table")
    }
    return try configuration(table, in: "tool.asyncrules")
  }

  private func configuration(_ table: TOMLTable, in name: String) throws -> Configuration {
    let place = name.isEmpty ? "" : " in [\(name)]"
    for key in table.keys where !Self.keys.contains(key) {
      throw Complaint(
        "\(path): unknown key '\(key)'\(place); wanted one of "
          + Self.keys.joined(separator: ", "))
    }
    var result = Configuration(path: path, folder: folder)
    result.select = try strings(table["select"], "select", place)
    result.extendSelect = try strings(table["extend-select"], "extend-select", place)
    result.ignore = try strings(table["ignore"], "ignore", place)
    result.exclude = try strings(table["exclude"], "exclude", place)
    result.rules = try strings(table["rules"], "rules", place)
    if let value = table["per-file-ignores"] {
      guard let patterns = value.table else {
        throw Complaint(
          "\(path): 'per-file-ignores'\(place) is \(Self.kind(of: value)); wanted a table such as "
            + "{ \"tests/\" = [\"AR101\"] }")
      }
      result.perFileIgnores = try patterns.keys.map { pattern in
        Configuration.FileRules(
          pattern: pattern,
          rules: try strings(patterns[pattern], "per-file-ignores.\"\(pattern)\"", place))
      }
    }
    return result
  }

  private func strings(
    _ value: (any TOMLValueConvertible)?, _ key: String, _ place: String,
  ) throws -> [String] {
    guard let value else { return [] }
    guard let array = value.array else {
      throw Complaint(
        "\(path): '\(key)'\(place) is \(Self.kind(of: value)); wanted an array of strings")
    }
    return try array.map { element in
      guard let text = element.string else {
        throw Complaint(
          "\(path): '\(key)'\(place) holds \(Self.kind(of: element)); wanted strings only")
      }
      return text
    }
  }

  private static func kind(of value: any TOMLValueConvertible) -> String {
    switch value.type {
    case .string: "a string"
    case .int, .double: "a number"
    case .bool: "a truth value"
    case .array: "an array"
    case .table: "a table"
    case .date, .time, .dateTime: "a date or time"
    }
  }
}
