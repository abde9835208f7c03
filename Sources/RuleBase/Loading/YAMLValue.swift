// The only file that knows Yams.
import Yams

/// A node of a rule file's front matter that knows its line.
struct YAMLValue: Equatable {
  /// What a node is.
  enum Content: Equatable {
    /// `isPlain` says that it has no quotation marks.
    case scalar(String, isPlain: Bool)
    case list([YAMLValue])
    case mapping([Pair])
    case alias
  }

  /// One pair of a mapping.
  struct Pair: Equatable {
    let key: String
    let keyLine: Int
    let value: YAMLValue
  }

  let content: Content
  /// 1-based, in the file.
  let line: Int
  /// An explicit tag such as `!interval`, which is what an unquoted `!` makes.
  var tag: String?

  /// The text of a scalar; `nil` for lists, mappings and nothing (`key:`, `null`, `~`).
  var text: String? {
    guard case .scalar(let text, _) = content, !isNothing else { return nil }
    return text
  }

  /// `true` or `false` without quotation marks.
  var boolean: Bool? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return switch text {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// A decimal number without quotation marks.
  var integer: Int? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return Int(text)
  }

  /// The entries of a list.
  var list: [YAMLValue]? {
    guard case .list(let entries) = content else { return nil }
    return entries
  }

  /// The pairs of a mapping in source order.
  var mapping: [Pair]? {
    guard case .mapping(let pairs) = content else { return nil }
    return pairs
  }

  /// What it is, for error messages.
  var kind: String {
    switch content {
    case .list: "a list"
    case .mapping: "a mapping"
    case .scalar where isNothing: "nothing"
    case .scalar(let text, isPlain: true): "'\(text)'"
    case .scalar(let text, isPlain: false): "the text '\(text)'"
    case .alias: "an alias"
    }
  }

  private var isNothing: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null"].contains(text)
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
    if let value = SimpleYAML.parse(text, lineOffset: lineOffset) { return value }
    return try parseWhole(text, lineOffset: lineOffset)
  }

  /// Parses one document that may use all of YAML.
  static func parseWhole(_ text: String, lineOffset: Int) throws(ParseError) -> YAMLValue? {
    do {
      guard let node = try Yams.compose(yaml: text) else { return nil }
      var room = text.utf8.count + roomForAliases
      return try YAMLValue(node, lineOffset: lineOffset, room: &room)
    } catch let error as ParseError {
      throw error
    } catch let error as YamlError {
      throw parseError(error, text: text, lineOffset: lineOffset)
    } catch {
      throw ParseError(line: lineOffset + 1, problem: .invalidYAML("\(error)"))
    }
  }

  /// How many nodes aliases may stand for. The other nodes take a byte of the text each.
  private static let roomForAliases = 10_000

  /// - Parameter room: How many nodes there may still be: a few aliases of aliases of lists would
  ///   stand for more than fits into the memory.
  private init(_ node: Node, lineOffset: Int, room: inout Int) throws(ParseError) {
    line = (node.mark?.line ?? 1) + lineOffset
    room -= 1
    guard room > 0 else {
      throw ParseError(line: line, problem: .invalidYAML("aliases stand for too much"))
    }
    let tag: Tag
    switch node {
    case .scalar(let scalar):
      content = .scalar(scalar.string, isPlain: scalar.style == .plain)
      tag = scalar.tag
    case .sequence(let sequence):
      var entries: [YAMLValue] = []
      for entry in sequence {
        entries.append(try YAMLValue(entry, lineOffset: lineOffset, room: &room))
      }
      content = .list(entries)
      tag = sequence.tag
    case .mapping(let mapping):
      var pairs: [Pair] = []
      for (key, value) in mapping {
        pairs.append(
          Pair(
            key: key.scalar?.string ?? "", keyLine: (key.mark?.line ?? 1) + lineOffset,
            value: try YAMLValue(value, lineOffset: lineOffset, room: &room)))
      }
      content = .mapping(pairs)
      tag = mapping.tag
    case .alias(let alias):
      content = .alias
      tag = alias.tag
    }
    let name = tag.description
    self.tag = name.hasPrefix("!") && name.count > 1 ? name : nil
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
