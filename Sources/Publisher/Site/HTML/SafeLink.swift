/// A link target that cannot run anything: a web address or a place on this site.
package struct SafeLink: Hashable, Sendable {
  /// The value of `href`, not yet escaped.
  package let text: String

  /// Accepts addresses of the schemes `https`, `http` and `mailto`; `nil` for everything else.
  package init?(address: String) {
    guard !address.isEmpty, address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
    let lowered = address.lowercased()
    guard ["https://", "http://", "mailto:"].contains(where: { lowered.hasPrefix($0) }) else {
      return nil
    }
    text = address
  }

  /// A fragment of the same page.
  package init?(fragment: String) {
    guard fragment.hasPrefix("#"), fragment.utf8.count > 1,
      fragment.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { return nil }
    text = fragment
  }
}
