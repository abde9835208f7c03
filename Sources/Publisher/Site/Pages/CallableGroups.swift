import AsyncChecks
import RuleBase

/// The callables of a rule, those together that share their module or class and all facts.
struct CallableGroups {
  /// Callables with the same owner and the same facts.
  struct Group {
    /// The module or class, with a dot at its end; empty for built-in functions.
    let owner: String
    /// The last parts of the names.
    var names: [String]
    /// Stands for the facts of all.
    let first: RuleCallable
    /// What to write instead.
    var replacements: [ReplacementPattern]
  }

  /// By role in the order of the rule file.
  let byRole: [(role: CallableRole, groups: [Group])]

  init(_ callables: [RuleCallable]) {
    var groups: [Group] = []
    var positions: [Key: Int] = [:]
    for callable in callables {
      let key = Key(callable, replacements: callable.replacements.map(ReplacementPattern.init))
      let name = key.lastName(of: callable)
      if let position = positions[key] {
        groups[position].names.append(name)
      } else {
        positions[key] = groups.count
        groups.append(
          Group(
            owner: key.owner, names: [name], first: callable, replacements: key.replacements))
      }
    }
    groups = Self.joiningNamesThatStay(groups)
    var roles: [CallableRole] = []
    for group in groups where !roles.contains(group.first.role) { roles.append(group.first.role) }
    byRole = roles.map { role in (role, groups.filter { $0.first.role == role }) }
  }

  /// Joins callables whose replacements have the same last names as they have themselves.
  private static func joiningNamesThatStay(_ groups: [Group]) -> [Group] {
    var result: [Group] = []
    var positions: [Key: Int] = [:]
    for group in groups {
      let patterns = group.first.replacements.map {
        ReplacementPattern($0, of: group.names[0])
      }
      guard group.names.count == 1, patterns.contains(where: \.keepsName) else {
        result.append(group)
        continue
      }
      let key = Key(group.first, replacements: patterns)
      if let position = positions[key] {
        result[position].names += group.names
        result[position].replacements = patterns
      } else {
        positions[key] = result.count
        result.append(group)
      }
    }
    return result
  }

  /// A replacement, seen from the callable that it replaces.
  struct ReplacementPattern: Hashable {
    let dialect: Dialect?
    /// The whole name or, when the last part stays the same, what stands before that.
    let text: String
    let keepsName: Bool

    init(_ replacement: RuleReplacement) {
      dialect = replacement.dialect
      text = replacement.text
      keepsName = false
    }

    init(_ replacement: RuleReplacement, of name: String) {
      dialect = replacement.dialect
      keepsName = replacement.text.hasSuffix("." + name)
      text = keepsName ? String(replacement.text.dropLast(name.count + 1)) : replacement.text
    }
  }

  /// What callables must share to stand in one row.
  private struct Key: Hashable {
    let owner: String
    let role: CallableRole
    let replacements: [ReplacementPattern]
    let isDropIn: Bool
    let returns: String?
    let unless: [String]
    let note: String?

    init(_ callable: RuleCallable, replacements: [ReplacementPattern]) {
      let dot = callable.name.lastIndex(of: ".")
      owner = dot.map { String(callable.name[...$0]) } ?? ""
      role = callable.role
      self.replacements = replacements
      isDropIn = callable.isDropIn
      returns = callable.returns
      unless = callable.unless
      note = callable.note
    }

    func lastName(of callable: RuleCallable) -> String {
      String(callable.name.dropFirst(owner.count))
    }
  }
}

/// The table of known callables on a rule's page.
struct CallableTable {
  let groups: CallableGroups
  let words: Words
  /// What the headings of roles are: those of a section, or of a page.
  var heading = "h3"

  /// The whole table.
  var html: HTML { html(within: .max).html }

  /// The table, or as many of its rows as fit some bytes.
  func html(within limit: Int) -> (html: HTML, isWhole: Bool) {
    var result = HTML()
    for (role, groups) in groups.byRole {
      guard result.bytes.count < limit else { return (result, false) }
      if self.groups.byRole.count > 1 || role != .blocking {
        result += "<\(raw: heading)>\(words.model.role(role))</\(raw: heading)>\n"
      }
      result += "<dl class=\"calls\">\n"
      for group in groups {
        guard result.bytes.count < limit else { return (result + "</dl>\n", false) }
        result += html(of: group)
      }
      result += "</dl>\n"
    }
    return (result, true)
  }

  private func html(of group: CallableGroups.Group) -> HTML {
    // One element for all, since there may be hundreds.
    let separator = group.owner.isEmpty ? " " : " ."
    let names: HTML = "<code>\(group.owner + group.names.joined(separator: separator))</code>"
    let facts = replacements(of: group) + conditions(of: group.first) + note(of: group.first)
    return "<div><dt>\(names)</dt>\(facts.isEmpty ? "<dd></dd>" : facts)</div>\n"
  }

  private func replacements(of group: CallableGroups.Group) -> HTML {
    guard !group.replacements.isEmpty else { return "" }
    let items = group.replacements.map { replacement in
      let opening: HTML = replacement.keepsName ? "<small>\(words.site.theSameOf)</small> " : ""
      let code = "\(opening)<code>\(BreakableCode(replacement.text).html)</code>" as HTML
      guard let dialect = replacement.dialect else { return "<span>\(code)</span>" as HTML }
      return """
        <span data-framework="\(raw: dialect.word)">\(code) \
        <small>\(dialect.title)</small></span>
        """
    }
    return
      "<dd class=\"instead\"><small>\(words.site.instead)</small> \(items.joined(by: " "))</dd>"
  }

  private func conditions(of callable: RuleCallable) -> HTML {
    guard !callable.unless.isEmpty else { return "" }
    let conditions = callable.unless.map { ArgumentConditionText($0, words: words.site).html }
    return "<dd class=\"unless\">\(words.site.notWhen(conditions))</dd>"
  }

  private func note(of callable: RuleCallable) -> HTML {
    guard let note = callable.note else { return "" }
    return "<dd class=\"remark\">\(BackquotedText(note).html)</dd>"
  }
}

/// An argument condition of the rule file in words.
struct ArgumentConditionText {
  let html: HTML

  init(_ source: String, words: SiteWords) {
    guard let equals = source.firstIndex(of: "=") else {
      let isNegated = source.hasPrefix("!")
      let name = isNegated ? String(source.dropFirst()) : source
      let argument: HTML = "<code>\(Self.keyword(name))</code>"
      html = isNegated ? words.without(argument) : words.with(argument)
      return
    }
    let value = String(source[source.index(after: equals)...])
    let argument = String(source[..<equals])
    if let position = Int(argument) {
      html = words.asArgument("<code>\(value)</code>", position)
    } else {
      html = words.with("<code>\(Self.keyword(argument))=\(value)</code>")
    }
  }

  /// Drops the position from `1:options`.
  private static func keyword(_ text: String) -> String {
    text.split(separator: ":").last.map(String.init) ?? text
  }
}
