/// The values of attributes that point somewhere, each once.
struct LinkTargets {
  /// Whether each is loaded with the page; an address may be both.
  private(set) var links: [(place: Range<Int>, isLoaded: Bool)] = []
  /// Addresses that the page leads to by itself.
  private(set) var refreshes: [String] = []
  private var seen: Set<ByteDigest> = []

  mutating func add(_ value: Range<Int>, isLoaded: Bool, _ scanner: TagScanner) {
    let digest = scanner.withBytes(at: value) { ByteDigest($0) }
    guard seen.insert(digest).inserted || isLoaded else { return }
    links.append((value, isLoaded))
  }

  mutating func addRefresh(_ scanner: TagScanner) {
    if scanner.has("meta", at: scanner.name), scanner.value(of: "http-equiv") == "refresh",
      let content = scanner.value(of: "content"), let equals = content.firstIndex(of: "=")
    {
      refreshes.append(String(content[content.index(after: equals)...]))
    }
  }

  /// Whether what the tag points to is loaded with the page.
  static func isLoaded(_ scanner: TagScanner) -> Bool {
    let name = scanner.name
    switch name.count {
    case 3: return scanner.has("img", at: name)
    case 4:
      guard scanner.has("link", at: name) else { return false }
      let relation = scanner.value(of: "rel")
      return relation != "canonical" && relation != "alternate"
    case 6:
      return ["script", "source", "iframe"].contains { scanner.has($0, at: name) }
    default: return false
    }
  }
}

extension TagScanner {
  /// What an attribute points to.
  enum Kind {
    /// It is what others point to.
    case id
    /// Another place or file.
    case link
    /// A file that a script of the page may load.
    case lateLink
    /// Ids of the same page.
    case reference
    case other
  }

  /// What the attribute with a name points to.
  func kind(at name: Range<Int>) -> Kind {
    switch name.count {
    case 2: has("id", at: name) ? .id : .other
    case 3: has("src", at: name) ? .link : has("for", at: name) ? .reference : .other
    case 4: has("href", at: name) ? .link : .other
    case 6: has("action", at: name) ? .link : .other
    case 9...16: isLate(name) ? .lateLink : isReference(name) ? .reference : .other
    default: .other
    }
  }

  private func isLate(_ name: Range<Int>) -> Bool {
    guard self[name].first == UInt8(ascii: "d") else { return false }
    let names: [StaticString] = [
      "data-find", "data-search", "data-checker", "data-editor", "data-table", "data-wasm",
      "data-wasm-script", "data-playground",
    ]
    return names.contains { has($0, at: name) }
  }

  private func isReference(_ name: Range<Int>) -> Bool {
    guard self[name].first == UInt8(ascii: "a") else { return false }
    return has("aria-describedby", at: name) || has("aria-labelledby", at: name)
      || has("aria-controls", at: name)
  }

  /// The digest of a value.
  func digest(at place: Range<Int>) -> ByteDigest {
    self[place].contains(UInt8(ascii: "&"))
      ? ByteDigest(text(at: place)) : withBytes(at: place) { ByteDigest($0) }
  }
}
