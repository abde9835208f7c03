/// What the caller decides about a site.
package struct SiteOptions: Sendable {
  /// The version of asyncrules, shown in the footer.
  package let version: String
  /// The address of the source repository, for links to sources and for reports; without it there
  /// are none.
  package let repository: SafeLink?
  /// Where the site will be, with a slash at its end; without it the page for missing addresses
  /// finds its way only at the top level, and nothing that needs whole addresses is written.
  package let address: SafeLink?
  /// The checker for the pages; without it their examples cannot be edited.
  package let playground: PlaygroundModule?
  /// Whether pages load themselves anew when their server says so.
  package let isPreview: Bool

  /// The part of the address behind the host: `/rules/`; `nil` without an address.
  package var basePath: String? {
    guard let address, let scheme = address.text.firstRange(of: "://") else { return nil }
    return String(address.text[scheme.upperBound...].drop { $0 != "/" })
  }

  package init(
    version: String, repository: SafeLink? = nil, address: SafeLink? = nil,
    playground: PlaygroundModule? = nil, isPreview: Bool = false,
  ) {
    self.version = version
    self.repository = repository
    self.address = address
    self.playground = playground
    self.isPreview = isPreview
  }
}
