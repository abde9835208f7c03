/// What the caller decides about a site.
package struct SiteOptions: Sendable {
  /// The version of asyncrules, shown in the footer.
  package let version: String
  /// The address of the source repository, for links to sources and for reports; without it there
  /// are none.
  package let repository: SafeLink?
  /// Where the site will be, with a slash at its end; without it the page for missing addresses
  /// finds its way only at the top level.
  package let address: SafeLink?

  package init(version: String, repository: SafeLink? = nil, address: SafeLink? = nil) {
    self.version = version
    self.repository = repository
    self.address = address
  }
}
