/// `sitemap.xml` and what tells search engines of it.
///
/// **Source:** sitemaps.org protocol 0.9; RFC 9309 (robots.txt).
struct AddressList {
  /// The paths of the pages that are meant to be found.
  let pages: [String]
  /// Where the site is, with a slash at its end.
  let address: String

  var files: [OutputFile] {
    let entries = pages.sorted().map { page in
      "<url><loc>\(address)\(SiteMap.address(of: page))</loc></url>\n" as HTML
    }
    let xml: HTML = """
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      \(entries)</urlset>

      """
    let robots = "User-agent: *\nAllow: /\nSitemap: \(address)sitemap.xml\n"
    return [
      OutputFile(path: "robots.txt", text: robots),
      OutputFile(path: "sitemap.xml", bytes: xml.bytes),
    ]
  }
}
