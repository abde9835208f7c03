// The only file that knows Yams.
import Yams

/// A node of a rule file's front matter that knows its line.
struct YAMLValue {
  private let node: Node
  /// Added to Yams' line to get that of the file.
  private let lineOffset: Int

  /// One pair of a mapping.
  struct Pair {
    let key: String
    let keyLine: Int
    let value: YAMLValue
  }

  /// 1-based, in the file.
  var line: Int { (node.mark?.line ?? 1) + lineOffset }

  /// The text of a scalar; `nil` for lists, mappings and nothing (`key:`, `null`, `~`).
  var text: String? {
    guard case .scalar(let scalar) = node, !isNothing else { return nil }
    return scalar.string
  }

  /// `true` or `false` without quotation marks.
  var boolean: Bool? {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return nil }
    return switch scalar.string {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// A decimal number without quotation marks.
  var integer: Int? {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return nil }
    return Int(scalar.string)
  }

  /// The entries of a list.
  var list: [YAMLValue]? {
    guard case .sequence(let sequence) = node else { return nil }
    return sequence.map { YAMLValue(node: $0, lineOffset: lineOffset) }
  }

  /// The pairs of a mapping in source order.
  var mapping: [Pair]? {
    guard case .mapping(let mapping) = node else { return nil }
    return mapping.map { key, value in
      Pair(
        key: key.scalar?.string ?? "", keyLine: (key.mark?.line ?? 1) + lineOffset,
        value: YAMLValue(node: value, lineOffset: lineOffset))
    }
  }

  /// An explicit tag such as `!interval`, which is what an unquoted `!` makes.
  var tag: String? {
    let tag: Tag =
      switch node {
      case .scalar(let scalar): scalar.tag
      case .sequence(let sequence): sequence.tag
      case .mapping(let mapping): mapping.tag
      case .alias(let alias): alias.tag
      }
    let name = tag.description
    return name.hasPrefix("!") && name.count > 1 ? name : nil
  }

  /// What it is, for error messages.
  var kind: String {
    switch node {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar where isNothing: "nothing"
    case .scalar(let scalar) where scalar.style == .plain: "'\(scalar.string)'"
    case .scalar(let scalar): "the text '\(scalar.string)'"
    case .alias: "an alias"
    }
  }

  private var isNothing: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }
}

extension YAMLValue {
  /// Why a text is not YAML.
  struct ParseError: Error {
    let line: Int
    let problem: RuleFileProblem
  }

  /// Parses one document; `nil` when it is empty.
  ///
  /// - Parameter lineOffset: The number of lines of the file before `text`.
  static func parse(_ text: String, lineOffset: Int) throws(ParseError) -> YAMLValue? {
    do {
      guard let node = try Yams.compose(yaml: text) else { return nil }
      return YAMLValue(node: node, lineOffset: lineOffset)
    } catch let error as YamlError {
      throw parseError(error, text: text, lineOffset: lineOffset)
    } catch {
      throw ParseError(line: lineOffset + 1, problem: .invalidYAML("\(error)"))
    }
  }

  private static func parseError(_ error: YamlError, text: String, lineOffset: Int) -> ParseError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ParseError(line: mark.line + lineOffset, problem: .invalidYAML(problem))
    case .duplicatedKeysInMapping(let keys, let context):
      duplicateKeyError(keys.first ?? "", first: context.mark, text, lineOffset)
    case .reader(let problem, _, _, _):
      ParseError(line: lineOffset + 1, problem: .invalidYAML(problem))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      ParseError(line: lineOffset + 1, problem: .invalidYAML("\(error)"))
    }
  }

  /// Yams tells where the key stands first; the reader wants to know where it stands again.
  private static func duplicateKeyError(
    _ key: String, first: Mark, _ text: String, _ lineOffset: Int,
  ) -> ParseError {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let beginning = String(repeating: " ", count: max(0, first.column - 1)) + key + ":"
    let second = lines.indices.dropFirst(first.line).first { lines[$0].hasPrefix(beginning) }
    return ParseError(
      line: (second.map { $0 + 1 } ?? first.line) + lineOffset,
      problem: .duplicateKey(key, firstLine: first.line + lineOffset))
  }
}
