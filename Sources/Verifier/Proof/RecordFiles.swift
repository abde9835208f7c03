import Foundation

/// Records of what was run: JSON files, one for each rule, `<name>.json` in a folder of their own.
enum RecordFiles {
  /// Reads every record of a folder; a folder that is not there holds none.
  static func read(in folder: String) throws(ProofError) -> [(name: String, text: String)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var files: [(name: String, text: String)] = []
    for name in names.sorted() where name.hasSuffix(".json") {
      do {
        files.append((name, try String(contentsOfFile: folder + "/" + name, encoding: .utf8)))
      } catch {
        throw .unreadable(path: folder + "/" + name, reason: error.localizedDescription)
      }
    }
    return files
  }

  /// The records in some texts, by the slugs of their rules.
  ///
  /// - Parameter kind: What the records are of, for the error.
  static func decode<Record: Decodable>(
    _ files: [(name: String, text: String)], of kind: String, by rule: (Record) -> String,
  ) throws(ProofError) -> [String: Record] {
    var records: [String: Record] = [:]
    for file in files {
      do {
        let record = try JSONDecoder().decode(Record.self, from: Data(file.text.utf8))
        records[rule(record)] = record
      } catch {
        throw .unreadable(path: file.name, reason: "not a record of \(kind)")
      }
    }
    return records
  }

  /// One value on one line; the same value is the same text.
  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
