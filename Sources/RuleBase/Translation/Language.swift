/// A language that pages are written in.
package enum Language: String, Sendable, CaseIterable {
  /// The language of the rule files.
  case english = "en"
  case japanese = "ja"

  /// Those that rule files are translated to.
  package static var translated: [Language] { allCases.filter { $0 != .english } }

  /// The language of a locale's name as environment variables give it: `ja_JP.UTF-8`, `ja`, `C`.
  ///
  /// `C` and `POSIX` are English; `nil` for a language that there are no pages in.
  package init?(locale: String) {
    let name = locale.prefix { $0 != "_" && $0 != "-" && $0 != "." && $0 != "@" }.lowercased()
    guard let language = ["c", "posix"].contains(name) ? .english : Language(rawValue: name) else {
      return nil
    }
    self = language
  }

  /// The language that POSIX's and GNU's environment variables ask for.
  ///
  /// The first that is set of `LC_ALL`, `LC_MESSAGES` and `LANG` counts. Unless that is `C`, the
  /// first language of GNU's list `LANGUAGE` that there are pages in goes before it.
  package init(environment: [String: String]) {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
    let isC = ["C", "POSIX"].contains { locale == $0 || locale.hasPrefix($0 + ".") }
    let list = isC ? [] : (environment["LANGUAGE"] ?? "").split(separator: ":").map(String.init)
    self = (list + [locale]).lazy.compactMap { Language(locale: $0) }.first ?? .english
  }
}
