import AsyncChecks
import RuleBase

/// A page in words of schema.org, as a data block that no policy for scripts is asked about.
///
/// **Source:** schema.org/TechArticle, schema.org/BreadcrumbList; JSON-LD 1.1, section 7.2.
struct StructuredData {
  private let json: String

  /// A rule's page.
  ///
  /// - Parameter address: Where the site is, with a slash at its end.
  init(rule: Rule, version: String, address: String, words: Words) {
    let page = address + SiteMap.path(of: rule)
    let about = rule.frameworks.map { Self.quote($0.title) }.joined(separator: ",")
    let title = Self.quote(BackquotedText(rule.title).plain)
    json = """
      {"@context":"https://schema.org","@graph":[{"@type":"TechArticle",\
      "headline":\(title),"name":\(Self.quote(rule.code)),\
      "url":\(Self.quote(page)),"inLanguage":"\(words.language.rawValue)","version":\(Self.quote(version)),\
      "keywords":[\(about)],"isPartOf":{"@type":"WebSite","name":"asyncrules",\
      "url":\(Self.quote(address))}},\
      {"@type":"BreadcrumbList","itemListElement":[\
      {"@type":"ListItem","position":1,"name":\(Self.quote(words.site.rules)),"item":\(Self.quote(address + "rules/"))},\
      {"@type":"ListItem","position":2,"name":\(title)}]}]}
      """
  }

  /// The first page.
  init(siteAt address: String, description: String) {
    json = """
      {"@context":"https://schema.org","@type":"WebSite","name":"asyncrules",\
      "description":\(Self.quote(description)),"url":\(Self.quote(address))}
      """
  }

  /// The element for the page's head.
  var html: HTML { "<script type=\"application/ld+json\">\(raw: json)</script>\n" }

  /// The escapes of ``ScriptText`` are those of JSON, and leave no `<` that could end the element.
  private static func quote(_ text: String) -> String { ScriptText.quote(text) }
}
