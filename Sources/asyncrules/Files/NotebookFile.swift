import Foundation

/// The code of a Jupyter notebook, its cells joined into one source.
///
/// **Source:** the notebook format 4, `cells[].cell_type`, `cells[].source`.
struct NotebookFile {
  /// One code cell.
  struct Cell {
    /// Counted from 1 over all cells of the notebook, as Jupyter lists them.
    let number: Int
    /// The first line of the cell in ``code``, from 1.
    let firstLine: Int
    /// The first byte of the cell in ``code``.
    let firstByte: Int
  }

  let code: [UInt8]
  let cells: [Cell]

  /// - Throws: ``NotebookError`` when the bytes are not a notebook.
  init(parsing bytes: [UInt8]) throws(NotebookError) {
    let root: Root
    do {
      root = try JSONDecoder().decode(Root.self, from: Data(bytes))
    } catch {
      throw NotebookError.notANotebook
    }
    if let language = root.metadata?.kernelspec?.language ?? root.metadata?.languageInfo?.name,
      language.lowercased() != "python"
    {
      throw NotebookError.otherLanguage(language)
    }
    var code: [UInt8] = []
    var cells: [Cell] = []
    var line = 1
    for (index, cell) in root.cells.enumerated() where cell.cellType == "code" {
      var text = Array(cell.source.text.utf8)
      // A cell of another language, such as `%%bash`, is not Python.
      if text.starts(with: Array("%%".utf8)), !text.starts(with: Array("%%time".utf8)) { continue }
      if text.last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
      cells.append(Cell(number: index + 1, firstLine: line, firstByte: code.count))
      line += text.count { $0 == UInt8(ascii: "\n") }
      code += text
    }
    self.code = code
    self.cells = cells
  }

  private struct Root: Decodable {
    let cells: [CodingCell]
    let metadata: Metadata?
  }

  private struct Metadata: Decodable {
    let kernelspec: Kernel?
    let languageInfo: Language?

    enum CodingKeys: String, CodingKey {
      case kernelspec
      case languageInfo = "language_info"
    }
  }

  private struct Kernel: Decodable { let language: String? }

  private struct Language: Decodable { let name: String? }

  private struct CodingCell: Decodable {
    let cellType: String
    let source: Source

    enum CodingKeys: String, CodingKey {
      case cellType = "cell_type"
      case source
    }
  }

  /// A string, or a list of lines that keep their ends.
  private struct Source: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let lines = try? container.decode([String].self) {
        text = lines.joined()
      } else {
        text = try container.decode(String.self)
      }
    }
  }
}

/// Why a file that ends in `.ipynb` could not be read as a notebook.
enum NotebookError: Error, Hashable, CustomStringConvertible {
  case notANotebook
  case otherLanguage(String)

  var description: String {
    switch self {
    case .notANotebook: "not a Jupyter notebook: expected JSON with a list of `cells`"
    case .otherLanguage(let language): "the notebook's language is \(language), not Python"
    }
  }
}
