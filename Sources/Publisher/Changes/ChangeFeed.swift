/// The changes of the rules as a feed, the newest release first.
///
/// **Source:** RFC 4287.
package struct ChangeFeed {
  /// The oldest first.
  private let releases: [CatalogueChanges]
  private let address: SafeLink

  /// - Parameters:
  ///   - catalogues: The catalogues of releases in their order; the last is the current one.
  ///   - address: Where the site is, with a slash at its end.
  package init(catalogues: [CatalogueSnapshot], address: SafeLink) {
    releases = zip([.empty] + catalogues, catalogues).map { CatalogueChanges(from: $0, to: $1) }
    self.address = address
  }

  /// `changes.atom`.
  package var file: OutputFile {
    let entries = releases.reversed().flatMap { release in
      release.rules.map { entry(for: $0, in: release) }
    }
    let xml: HTML = """
      <?xml version="1.0" encoding="UTF-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom">
      <title>asyncrules: changes of the rules</title>
      <id>\(address.text)changes.atom</id>
      <link rel="self" type="application/atom+xml" href="\(address.text)changes.atom"/>
      <link rel="alternate" type="text/html" href="\(address.text)"/>
      <updated>\(Self.time(releases.last))</updated>
      <author><name>asyncrules</name></author>
      \(entries)</feed>

      """
    return OutputFile(path: "changes.atom", bytes: xml.bytes)
  }

  private func entry(
    for rule: CatalogueChanges.RuleChange, in release: CatalogueChanges,
  ) -> HTML {
    let isGone = rule.changes == [.removed]
    let page = address.text + "rules/\(PathPart(rule.name).text).html"
    let what =
      switch rule.changes.first {
      case .added: "new rule"
      case .removed: "removed"
      default: "changed"
      }
    let sentences = rule.changes.flatMap(ChangesText.sentences)
    let items = sentences.map { "<li>\($0)</li>" as HTML }
    let content: HTML =
      items.isEmpty
      ? "<p>\(BackquotedText(rule.summary).html)</p>" : "<ul>\(items)</ul>"
    return """
      <entry>
      <title>\(rule.code) \(BackquotedText(rule.title).plain): \(what) in \(release.new.version)</title>
      <id>\(page)?change=\(PathPart(release.new.version).text)</id>
      <link rel="alternate" type="text/html" href="\(isGone ? address.text + "rules/" : page)"/>
      <updated>\(Self.time(release))</updated>
      <content type="html">\(content.text)</content>
      </entry>

      """
  }

  private static func time(_ release: CatalogueChanges?) -> String {
    "\(release?.new.released ?? "1970-01-01")T00:00:00Z"
  }
}
