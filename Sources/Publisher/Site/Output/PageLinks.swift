/// What one page has for others to point to, what it points to, and what is wrong with it by itself.
///
/// A large site has millions of links and ids: they are kept as digests of their bytes, and what
/// they are in words is asked only for one that leads nowhere.
package struct PageLinks: Sendable {
  /// A place of another page, or a file.
  struct Link: Sendable {
    /// The value of the attribute, in ``targets``.
    fileprivate let target: Range<Int>
    let path: ByteDigest
    /// `nil` for the file as a whole.
    let anchor: ByteDigest?
  }

  /// The path of the page.
  let page: String
  /// The ids of its elements, in order.
  private let anchors: [ByteDigest]
  /// To other files, each once.
  private(set) var links: [Link] = []
  private(set) var failures: Set<LinkChecker.Failure> = []
  /// The values of the attributes of ``links``, one behind the other.
  private var targets: [UInt8] = []
  private let basePath: String?
  private let pageDigest: ByteDigest

  /// Reads a page; `nil` for a file of another kind.
  ///
  /// - Parameter basePath: Where the site is on its host, when that is known.
  package init?(of file: OutputFile, basePath: String? = nil) {
    guard file.path.utf8.suffix(5).elementsEqual(".html".utf8) else { return nil }
    page = file.path
    pageDigest = ByteDigest(file.path)
    self.basePath = basePath
    var ids: [(digest: ByteDigest, place: Range<Int>)] = []
    var references: [Range<Int>] = []
    var collected = LinkTargets()
    var scanner = TagScanner(file.bytes)
    while scanner.next() {
      for (name, value) in scanner.attributes {
        switch scanner.kind(at: name) {
        case .id: ids.append((scanner.digest(at: value), value))
        case .link: collected.add(value, isLoaded: LinkTargets.isLoaded(scanner), scanner)
        case .lateLink: collected.add(value, isLoaded: true, scanner)
        case .reference: references.append(value)
        case .other: break
        }
      }
      collected.addRefresh(scanner)
    }
    ids.sort { ($0.digest, $0.place.lowerBound) < ($1.digest, $1.place.lowerBound) }
    anchors = ids.map(\.digest)
    for (id, next) in zip(ids, ids.dropFirst()) where id.digest == next.digest {
      fail(scanner.text(at: next.place), .duplicateID)
    }
    for place in references {
      for id in scanner.text(at: place).split(separator: " ").map(String.init)
      where !hasAnchor(ByteDigest(id)) {
        fail(id, .missingAnchor(path: page, anchor: id))
      }
    }
    var path: [UInt8] = []
    for (place, isLoaded) in collected.links {
      let isDone = scanner.withBytes(at: place) { check(plain: $0, &path) }
      if !isDone { check(scanner.text(at: place), isLoaded: isLoaded) }
    }
    for target in collected.refreshes { check(target, isLoaded: true) }
  }

  /// Whether an element has an id.
  func hasAnchor(_ anchor: ByteDigest) -> Bool {
    var (low, high) = (0, anchors.count)
    while low < high {
      let middle = (low + high) / 2
      if anchors[middle] < anchor { low = middle + 1 } else { high = middle }
    }
    return low < anchors.count && anchors[low] == anchor
  }

  /// The attribute of a link, with the path and the anchor it means.
  func words(of link: Link) -> (target: String, path: String, anchor: String) {
    let target = String(decoding: targets[link.target], as: UTF8.self)
    let (path, anchor) = parts(of: target)
    return (target, path ?? target, anchor)
  }

  private mutating func fail(_ target: String, _ problem: LinkChecker.Failure.Problem) {
    failures.insert(LinkChecker.Failure(page: page, target: target, problem: problem))
  }

  /// Checks a link to a relative path of the usual form; `false` when it is of another.
  ///
  /// - Parameter path: Room for the path.
  private mutating func check(plain target: UnsafeBufferPointer<UInt8>, _ path: inout [UInt8])
    -> Bool
  {
    guard let first = target.first, first != UInt8(ascii: "/") else { return false }
    var end = target.count
    var anchorStart = target.count
    for (index, byte) in target.enumerated() {
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "&") || byte <= 0x20 { return false }
      if byte == UInt8(ascii: "?"), end == target.count { end = index }
      if byte == UInt8(ascii: "#"), anchorStart == target.count {
        anchorStart = index + 1
        end = min(end, index)
      }
    }
    let anchor =
      anchorStart < target.count
      ? ByteDigest(UnsafeBufferPointer(rebasing: target[anchorStart...])) : nil
    var digest = pageDigest
    if end > 0 {
      guard resolve(UnsafeBufferPointer(rebasing: target[..<end]), to: &path) else { return false }
      digest = path.withUnsafeBufferPointer(ByteDigest.init)
    }
    if digest == pageDigest {
      if let anchor, !hasAnchor(anchor) { return false }
      return true
    }
    links.append(
      Link(
        target: targets.count..<(targets.count + target.count), path: digest, anchor: anchor))
    targets.append(contentsOf: target)
    return true
  }

  /// Makes a path of the site of a path that starts from the page's folder; `false` when it leaves
  /// the site.
  private func resolve(_ relative: UnsafeBufferPointer<UInt8>, to path: inout [UInt8]) -> Bool {
    let slash = UInt8(ascii: "/")
    path.removeAll(keepingCapacity: true)
    page.withBytes { page in
      if let last = page.lastIndex(of: slash) { path.append(contentsOf: page[..<last]) }
    }
    var start = 0
    while start < relative.count {
      let end = relative[start...].firstIndex(of: slash) ?? relative.count
      let part = relative[start..<end]
      start = end + 1
      if part.isEmpty || part.elementsEqual(".".utf8) { continue }
      if part.elementsEqual("..".utf8) {
        guard !path.isEmpty else { return false }
        path.removeLast(path.count - (path.lastIndex(of: slash) ?? 0))
      } else {
        if !path.isEmpty { path.append(slash) }
        path.append(contentsOf: part)
      }
    }
    return true
  }

  /// Checks any link.
  private mutating func check(_ target: String, isLoaded: Bool) {
    if let scheme = Self.scheme(of: target) {
      if !["https", "http", "mailto"].contains(scheme) {
        fail(target, .forbiddenScheme)
      } else if isLoaded {
        fail(target, .externalResource)
      }
      return
    }
    let (resolved, anchor) = parts(of: target)
    guard let path = resolved else { return fail(target, .outsideSite) }
    if path == page {
      guard !anchor.isEmpty, !hasAnchor(ByteDigest(anchor)) else { return }
      fail(target, .missingAnchor(path: path, anchor: anchor))
    } else {
      let bytes = Array(target.utf8)
      links.append(
        Link(
          target: targets.count..<(targets.count + bytes.count), path: ByteDigest(path),
          anchor: anchor.isEmpty ? nil : ByteDigest(anchor)))
      targets += bytes
    }
  }

  /// The path and the anchor that an address without a scheme means; the path is `nil` when it
  /// leaves the site.
  private func parts(of target: String) -> (path: String?, anchor: String) {
    var folder = page
    var relative = target[...]
    if let basePath, target.hasPrefix(basePath) {
      relative = relative.dropFirst(basePath.count)
      folder = ""
    }
    guard relative.utf8.first != UInt8(ascii: "/") else { return (nil, "") }
    let hash = relative.utf8.firstIndex(of: UInt8(ascii: "#")) ?? relative.endIndex
    let wanted = relative[..<hash].prefix { $0 != "?" }
    return (
      wanted.isEmpty ? page : Self.resolve(wanted, from: folder),
      String(relative[hash...].dropFirst())
    )
  }

  /// What stands before the first colon, if the target begins with a scheme.
  private static func scheme(of target: String) -> String? {
    guard
      target.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 <= 0x20 })
        || target.hasPrefix("//")
    else { return nil }
    let trimmed = target.drop { $0 <= " " }
    guard let colon = trimmed.firstIndex(of: ":") else {
      return trimmed.hasPrefix("//") ? "https" : nil
    }
    let scheme = trimmed[..<colon].filter { $0 > " " }
    guard !scheme.contains(where: { "/?#".contains($0) }) else { return nil }
    return scheme.lowercased()
  }

  /// The path that a relative path of a page means; `nil` when it leaves the site.
  private static func resolve(_ relative: Substring, from page: String) -> String? {
    var parts = page.utf8.split(separator: UInt8(ascii: "/")).dropLast()
    for part in relative.utf8.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual(".".utf8) { continue }
      if part.elementsEqual("..".utf8) {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.map { String(Substring($0)) }.joined(separator: "/")
  }
}
