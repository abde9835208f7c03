import Foundation
import Publisher
import Verifier

/// Sites made of the sample rules with inputs that never change.
enum SiteFixture {
  static let inputs = SiteInputs(
    assets: [
      "site.css", "lists.css", "site.js", "theme.js", "words.js", "find.js", "icon.svg",
      "symptoms.js",
    ].map { OutputFile(path: $0, text: "/* \($0) */\n") },
    habits:
      "1. **Sleep with the loop.** Use `asyncio.sleep`. [Blocking sleep](rule:blocking-sleep)\n",
    about: "# About\n\nText.\n")

  static let options = SiteOptions(
    version: "1.2.3", repository: SafeLink(address: "https://example.org/asyncrules"))

  /// The whole site of some rules.
  static func files(
    for rules: [VerifiedRule] = SampleRules.all, inputs: SiteInputs = inputs,
    options: SiteOptions = options,
  ) -> [OutputFile] {
    SitePublisher.files(for: rules, options: options, inputs: inputs)
  }

  /// The text of one page.
  static func page(_ path: String, of files: [OutputFile]) -> String? {
    files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
