import Foundation
import Testing

/// What is recorded of runs must be the same whoever ran it.
@Suite("Records of the rules")
struct RecordTests {
  @Test(arguments: ["proofs", "peers"])
  func `no record names a place of the machine that made it`(folder: String) throws {
    let path = "\(RulesUnderTest.folder)/\(folder)"
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    #expect(names.contains { $0.hasSuffix(".json") })
    for name in names {
      let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
      for place in ["/root/", "/home/", "/Users/", "/.cache/", "/site-packages/"] {
        #expect(!text.contains(place), "\(folder)/\(name) names \(place)")
      }
    }
  }
}
