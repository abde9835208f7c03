package import PythonSemantics

/// Checks that every link between the files of a site leads somewhere.
package enum LinkChecker {
  /// A link or reference that is wrong.
  package struct Failure: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    package enum Problem: Hashable, Sendable {
      /// No file has this path.
      case missingFile(path: String)
      /// The file has no element with this id.
      case missingAnchor(path: String, anchor: String)
      /// The path goes above the site's folder, or begins at the root of the host.
      case outsideSite
      /// Something is loaded from elsewhere.
      case externalResource
      /// Not an address of the schemes `https`, `http` and `mailto`.
      case forbiddenScheme
      /// The id occurs twice in the page.
      case duplicateID
    }

    /// The path of the page.
    package let page: String
    /// The value of the attribute.
    package let target: String
    package let problem: Problem

    package static func < (left: Failure, right: Failure) -> Bool {
      (left.page, left.target, left.reason) < (right.page, right.target, right.reason)
    }

    package var description: String { "\(page): '\(target)' \(reason)" }

    private var reason: String {
      switch problem {
      case .missingFile(let path): "leads to '\(path)', which does not exist"
      case .missingAnchor(let path, let anchor):
        "leads to '#\(anchor)', which '\(path)' does not have"
      case .outsideSite: "leads out of the site's folder"
      case .externalResource: "is loaded from another host"
      case .forbiddenScheme: "is neither a path nor a web address"
      case .duplicateID: "is the id of two elements"
      }
    }
  }

  /// Wrong links and references in HTML files, sorted; empty when all is well.
  ///
  /// - Parameter basePath: Where the site is on its host, when that is known: links that begin with
  ///   it are links to the site.
  package static func failures(
    in files: [OutputFile], basePath: String? = nil, executor: Executor = .sequential,
  ) -> [Failure] {
    let pages = executor.map(files.count) { PageLinks(of: files[$0], basePath: basePath) }
    return failures(
      paths: Set(files.map(\.path)), pages: pages.compactMap(\.self), executor: executor)
  }

  /// The same for pages that were read one by one.
  ///
  /// - Parameter paths: All files of the site.
  package static func failures(
    paths: Set<String>, pages: [PageLinks], executor: Executor = .sequential,
  ) -> [Failure] {
    // The pages among them by their places; other files have no anchors.
    var places: [ByteDigest: Int?] = [:]
    places.reserveCapacity(paths.count)
    for path in paths { places[ByteDigest(path)] = .some(nil) }
    for (index, page) in pages.enumerated() {
      let digest = ByteDigest(page.page)
      if case .some(nil) = places[digest] { places[digest] = index }
    }
    let found = executor.map(pages.count) { [places] number in
      let page = pages[number]
      var failures = page.failures
      for link in page.links {
        let isMissing: Bool
        switch places[link.path] {
        case nil: isMissing = true
        case .some(nil): continue
        case .some(.some(let other)):
          guard let anchor = link.anchor, !pages[other].hasAnchor(anchor) else { continue }
          isMissing = false
        }
        let words = page.words(of: link)
        failures.insert(
          Failure(
            page: page.page, target: words.target,
            problem: isMissing
              ? .missingFile(path: words.path)
              : .missingAnchor(path: words.path, anchor: words.anchor)))
      }
      return failures
    }
    return found.reduce(into: Set()) { $0.formUnion($1) }.sorted()
  }
}
