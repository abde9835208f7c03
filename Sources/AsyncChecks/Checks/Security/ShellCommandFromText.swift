import PythonSemantics
import PythonSyntax

extension Check {
  /// A shell command that is put together with a value of the caller that is not quoted.
  static let shellCommandFromText = Check(
    name: "shell-command-from-text",
    messages: [CheckMessage("command", ["call", "value"])],
    traits: ["runs-shell"],
    kinds: [.call]
  ) { node, context in
    guard let fact = context.fact(ofCall: node, trait: "runs-shell"),
      let call = context.tree.call(node),
      let command = context.argument(
        of: call, at: Int(fact.argument), keywords: ["cmd", "command"])
    else { return }
    for part in context.distinct(context.interpolations(of: command))
    where context.comesFromCaller(part.value) {
      context.report(
        "command", fact: fact, span: context.tree.span(part.value),
        [("call", fact.shownName), ("value", context.written(part.value))])
    }
  }

  /// A statement of SQL that is put together with a value of the caller.
  static let sqlFromText = Check(
    name: "sql-from-text",
    messages: [CheckMessage("statement", ["call", "value"])],
    traits: ["runs-sql", "sql-text"],
    kinds: [.call]
  ) { node, context in
    guard let fact = context.fact(ofCall: node, trait: "runs-sql"),
      let call = context.tree.call(node),
      let statement = context.argument(
        of: call, at: Int(fact.argument), keywords: ["query", "sql", "statement", "command"])
    else { return }
    for part in context.distinct(context.interpolations(of: context.sqlText(statement)))
    where context.comesFromCaller(part.value) && !context.isIdentifier(part)
      && !context.isPragma(part) && (!part.isPiece || context.isValue(part))
    {
      context.report(
        "statement", fact: fact, span: context.tree.span(part.value),
        [("call", fact.shownName), ("value", context.written(part.value))])
    }
  }
}

extension CheckContext {
  /// Interpolations without those of a value that is there already.
  fileprivate func distinct(_ parts: [Interpolation]) -> [Interpolation] {
    var found: [Interpolation] = []
    for part in parts where !found.contains(where: { $0.value == part.value }) {
      found.append(part)
    }
    return found
  }

  /// The text in a statement that is an object: `text("SELECT …")`, also with a name of its own.
  fileprivate func sqlText(_ node: NodeID) -> NodeID {
    let value = variable(node).flatMap { soleValue(of: $0) } ?? node
    guard fact(ofCall: value, trait: "sql-text") != nil, let call = tree.call(value),
      let text = argument(of: call, at: 0, keywords: ["text"])
    else { return node }
    return text
  }

  /// Whether a piece of a statement stands where SQL wants a value: in quotation marks or behind a
  /// comparison. Others are conditions or names that the program writes itself.
  fileprivate func isValue(_ part: Interpolation) -> Bool {
    var text = part.before
    while let last = text.last, last == 0x20 || last == UInt8(ascii: "%") {
      text = text.dropLast()
    }
    guard let last = text.last else { return false }
    if last == UInt8(ascii: "'") || last == UInt8(ascii: "=") || last == UInt8(ascii: "<")
      || last == UInt8(ascii: ">")
    {
      return true
    }
    return text.suffix(4).map { $0 & 0xDF }.elementsEqual(StaticString("LIKE").bytes)
  }

  /// Whether the text before a value begins a `PRAGMA`, in which no parameter can be used.
  fileprivate func isPragma(_ part: Interpolation) -> Bool {
    let word = StaticString("PRAGMA ").bytes
    let text = part.before.map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }
    return text.indices.contains { text[$0...].starts(with: word) }
  }

  /// Whether a value stands where SQL wants the name of a table or column, which no parameter can
  /// be used for.
  fileprivate func isIdentifier(_ part: Interpolation) -> Bool {
    var text = part.before
    while let last = text.last, last == 0x20 || last == 0x0A {
      text = text.dropLast()
    }
    guard let last = text.last else { return false }
    let marks: [UInt8] = [0x22, UInt8(ascii: "."), UInt8(ascii: "`")]
    if marks.contains(last) { return true }
    let word = text.reversed().prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }.reversed()
    let upper = word.map { $0 & 0xDF }
    let words: [StaticString] = [
      "FROM", "INTO", "TABLE", "UPDATE", "JOIN", "BY", "COLUMN", "SCHEMA", "INDEX", "DATABASE",
      "SELECT", "WHERE", "SET", "AS", "LISTEN", "NOTIFY", "EXISTS", "ON", "USER", "ROLE",
    ]
    return words.contains { upper.elementsEqual($0.bytes) }
  }
}
