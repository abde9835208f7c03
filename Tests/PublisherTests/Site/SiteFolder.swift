import Foundation
import Publisher
import TestSupport

extension Repository {
  /// The website's inputs as they are in the repository.
  static func siteInputs() throws -> SiteInputs {
    SiteInputs(files: try files(below: root.appending(path: "Site")))
  }

  /// All files of a folder with relative paths, sorted.
  static func files(below folder: URL) throws -> [OutputFile] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    return try paths.compactMap { path in
      let file = folder.appending(path: path)
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        return nil
      }
      return OutputFile(path: path, bytes: Array(try Data(contentsOf: file)))
    }
  }
}
