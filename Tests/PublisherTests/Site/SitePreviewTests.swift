import Foundation
import Publisher
import RuleBase
import TestSupport
import Testing
import Verifier

/// Writes the whole site for looking at it: `SITE_PREVIEW=/tmp/site swift test --filter preview`.
@Test(.enabled(if: ProcessInfo.processInfo.environment["SITE_PREVIEW"] != nil))
func `a preview of the site is written to the folder in SITE_PREVIEW`() throws {
  let folder = try #require(ProcessInfo.processInfo.environment["SITE_PREVIEW"])
  let (base, errors) = RuleBase.load(directory: Repository.rulesFolder, checks: [])
  for error in errors { print(error) }
  let files = SitePublisher.files(
    for: try #require(base).rules.map(VerifiedRule.init(stating:)),
    options: SiteOptions(version: "0.1.0"), inputs: try Repository.siteInputs())
  for failure in LinkChecker.failures(in: files) { print(failure) }
  for file in files {
    let url = URL(filePath: folder).appending(path: file.path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(file.bytes).write(to: url)
  }
}
