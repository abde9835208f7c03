import Testing

@testable import asyncrules

struct NotebookFileTests {
  private func notebook(_ json: String) throws -> NotebookFile {
    try NotebookFile(parsing: Array(json.utf8))
  }

  @Test func `code cells are joined and keep their numbers`() throws {
    let notebook = try notebook(
      """
      {"cells": [
        {"cell_type": "code", "source": ["import time\\n", "time.sleep(1)"]},
        {"cell_type": "markdown", "source": "text"},
        {"cell_type": "code", "source": "await f()\\n"}
      ], "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4}
      """)
    #expect(
      String(decoding: notebook.code, as: UTF8.self)
        == "import time\ntime.sleep(1)\nawait f()\n")
    #expect(notebook.cells.map(\.number) == [1, 3])
    #expect(notebook.cells.map(\.firstLine) == [1, 3])
    #expect(notebook.cells.map(\.firstByte) == [0, 26])
  }

  @Test func `cells of another language are left out`() throws {
    let notebook = try notebook(
      #"{"cells": [{"cell_type": "code", "source": "%%bash\nls"}], "metadata": {}}"#)
    #expect(notebook.code.isEmpty)
  }

  @Test(
    "what is not a Python notebook is said to be none",
    arguments: [
      ("", NotebookError.notANotebook),
      ("[]", .notANotebook),
      (#"{"cells": 3}"#, .notANotebook),
      (#"{"cells": [], "metadata": {"kernelspec": {"language": "R"}}}"#, .otherLanguage("R")),
    ])
  func refused(text: String, error: NotebookError) {
    #expect(throws: error) { try NotebookFile(parsing: Array(text.utf8)) }
  }
}
