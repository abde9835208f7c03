import Foundation
import RuleBase

/// The hand-written inputs of the website: the files of the folder `Site/`.
package struct SiteInputs: Sendable {
  /// Stylesheet, scripts and pictures; paths relative to `Site/assets`.
  package let assets: [OutputFile]
  /// The guide on the first page: CommonMark, an ordered list of habits.
  package let habits: String
  /// The page about the project: CommonMark.
  package let about: String

  /// The texts in other languages; English stands for those that are not there.
  private var translations: [Language: (habits: String, about: String)] = [:]

  /// The translations of the manual's pages that are not about rules.
  private var manuals: [Language: ManualTranslation] = [:]

  /// The manual's pages that are not about rules, in a language.
  func manualTranslation(to language: Language) -> ManualTranslation? { manuals[language] }

  /// The guide and the page about the project in a language.
  func texts(in language: Language) -> (habits: String, about: String) {
    translations[language] ?? (habits, about)
  }

  package init(assets: [OutputFile], habits: String, about: String) {
    self.assets = assets
    self.habits = habits
    self.about = about
  }

  /// The inputs as they were when the program was built.
  package static var embedded: SiteInputs {
    SiteInputs(
      files: EmbeddedSite.files.map { OutputFile(path: "\($0.name)", text: "\($0.text)") })
  }

  /// Reads the inputs out of files with paths relative to `Site/`.
  package init(files: [OutputFile]) {
    func text(_ path: String) -> String {
      files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }
    let (folder, styles) = ("assets/", "assets/styles/")
    let assets = files.filter { $0.path.hasPrefix(folder) && !$0.path.hasPrefix(styles) }.map {
      Self.decoded(OutputFile(path: String($0.path.dropFirst(folder.count)), bytes: $0.bytes))
    }
    // The stylesheet of all pages, and one for each folder of parts that only some pages need; each
    // in the order of the names of its parts.
    let parts = files.filter { $0.path.hasPrefix(styles) }.sorted { $0.path < $1.path }
    let sheets = Dictionary(grouping: parts) { part -> String in
      let names = part.path.dropFirst(styles.count).split(separator: "/")
      return names.count > 1 ? "\(names[0]).css" : "site.css"
    }
    let stylesheets = sheets.map { OutputFile(path: $0, bytes: $1.flatMap(\.bytes)) }
    self.init(
      assets: (assets + stylesheets).sorted { $0.path < $1.path },
      habits: text("habits.md"), about: text("about.md"))
    for language in Language.translated {
      let names = ManualTranslation.files(of: language)
      let (phrases, guide) = (text(names.phrases), text(names.guide))
      if !phrases.isEmpty, !guide.isEmpty {
        manuals[language] = ManualTranslation(language: language, phrases: phrases, guide: guide)
      }
      let (habits, about) = (
        text("habits.\(language.rawValue).md"), text("about.\(language.rawValue).md")
      )
      guard !habits.isEmpty, !about.isEmpty else { continue }
      translations[language] = (habits, about)
    }
  }

  /// Pictures are kept as base64, because the program holds its inputs as text.
  private static func decoded(_ file: OutputFile) -> OutputFile {
    let ending = ".base64"
    guard file.path.hasSuffix(ending),
      let data = Data(base64Encoded: Data(file.bytes), options: .ignoreUnknownCharacters)
    else { return file }
    return OutputFile(path: String(file.path.dropLast(ending.count)), bytes: Array(data))
  }
}
