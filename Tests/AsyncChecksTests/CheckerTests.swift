import AsyncChecks
import PythonSyntax
import Testing

@Suite struct CheckerTests {
  @Test func `the rules of the standard table name checks that exist`() {
    let names = Set(Check.all.map { "\($0.name)" })
    #expect(names.count == Check.all.count)
    for rule in TestTable.standard.table.rules {
      #expect(names.contains(String(decoding: rule.check, as: UTF8.self)))
    }
  }

  @Test(arguments: [
    ("time.sleep(1)  # noqa", 0), ("time.sleep(1)  # NOQA: ar101", 0),
    ("time.sleep(1)  # noqa:AR202, AR101", 0), ("time.sleep(1)  # noqa: AR202", 1),
    ("time.sleep(1)  # noqa: E501", 1), ("time.sleep('# noqa')", 1),
    ("time.sleep(1)  # comment # noqa", 0), ("time.sleep(\n        1\n    )  # noqa", 0),
    ("time.sleep(1)  # noqable", 1),
  ])
  func `noqa comments suppress`(line: String, count: Int) {
    let text = "import time\nasync def f():\n    \(line)\n"
    #expect(findings(text).count == count)
    #expect(
      checked([("a.py", text)], table: .standard, notebook: false)[0].checked.suppressed
        == 1 - count)
  }

  @Test(arguments: [("# noqa: ASYNC251", 0), ("# noqa: async251, E501", 0), ("# noqa: S7488", 1)])
  func `the code of another tool for the same rule suppresses`(comment: String, count: Int) {
    let table = TestTable().rule("AR101", "blocking-call", foreign: "ASYNC251")
      .calls(.blocking, "time.sleep", replace: "asyncio.sleep")
    let text = "import time\nasync def f():\n    time.sleep(1)  \(comment)\n"
    #expect(findings(text, table: table).count == count)
  }

  @Test func `a chain matters as much as the call at its end`() {
    let table = TestTable().rule("AR115", "blocking-helper")
      .rule("AR108", "blocking-call", severity: .warning).calls(.blocking, "os.listdir")
      .rule("AR101", "blocking-call").calls(.blocking, "time.sleep")
    let text = """
      import os, time
      def look():
          os.listdir()
      def wait():
          time.sleep(1)
      async def main():
          look()
          wait()
      """
    let diagnostics = checked([("a.py", text)], table: table, notebook: false)[0].checked
      .diagnostics
    #expect(diagnostics.map(\.severity) == [.warning, .error])
  }

  @Test func `coroutines of other modules are known`() {
    let found = findings(
      ("app/__init__.py", "from .client import Client, fetch as get\n"),
      ("app/client.py", "class Client:\n    async def load(self): ...\nasync def fetch(): ...\n"),
      ("app/sub/__init__.py", "from ..client import *\n"),
      ("app/sub/a.py", "from . import fetch\nfetch()\n"),
      (
        "main.py",
        "import app\nfrom app import Client, get\nfrom app.client import fetch\nget()\napp.get()\nfetch()\nClient().load()\napp.client.fetch()\nc: Client = make()\nc.load()\n"
      ))
    #expect(
      found == [
        "AR202 fetch()", "AR202 get()", "AR202 app.get()", "AR202 fetch()",
        "AR202 Client().load()", "AR202 app.client.fetch()", "AR202 c.load()",
      ])
  }

  @Test func `instances of other modules are known`() {
    let found = findings(
      (
        "db.py",
        "import requests\nsession = requests.Session()\ndef make() -> requests.Session: ...\n"
      ),
      (
        "a.py",
        "import db\nfrom db import session, make\nasync def f():\n    session.get('u')\n    db.session.get('u')\n    make().get('u')\n"
      ))
    #expect(found.count == 3)
  }

  @Test func `modules that import each other in a circle end in a result`() {
    let found = findings(
      ("a.py", "from b import x\nfrom b import f\nf()\n"),
      ("b.py", "from a import x\nfrom a import f\n"))
    #expect(found == [])
  }

  @Test func `folders without a package are namespace packages`() {
    let found = findings(
      ("app/db.py", "async def load(): ...\n"), ("main.py", "from app.db import load\nload()\n"))
    #expect(found == ["AR202 load()"])
  }

  @Test func `the fix adds the import among the others`() {
    #expect(
      fixed(
        "\"\"\"Doc.\"\"\"\nfrom __future__ import annotations\nimport time\nimport zlib\nasync def f():\n    time.sleep(1)\n"
      )
        == "\"\"\"Doc.\"\"\"\nfrom __future__ import annotations\nimport asyncio\nimport time\nimport zlib\nasync def f():\n    await asyncio.sleep(1)\n"
    )
    #expect(
      fixed("from time import sleep\r\nasync def f():\r\n    sleep(1)\r\n    sleep(2)\r\n")
        == "import asyncio\r\nfrom time import sleep\r\nasync def f():\r\n    await asyncio.sleep(1)\r\n    await asyncio.sleep(2)\r\n"
    )
  }

  @Test func `the fix uses the names that are imported`() {
    #expect(
      fixed("import time\nimport asyncio as aio\nasync def f():\n    x = time.sleep(1).y\n")
        == "import time\nimport asyncio as aio\nasync def f():\n    x = (await aio.sleep(1)).y\n")
    #expect(
      fixed("import time\nfrom asyncio import sleep\nasync def f():\n    time.sleep(1)\n")
        == "import time\nfrom asyncio import sleep\nasync def f():\n    await sleep(1)\n")
  }

  @Test func `no fix is offered where the module's name means something else`() {
    let text = "import time\nasync def f(asyncio):\n    time.sleep(1)\n"
    #expect(fixed(text) == text)
  }

  @Test func `a rule that is not selected is not reported`() {
    let table = TestTable.standard.table
    let checker = Checker(table: table, selected: table.rules.map { _ in false })
    let text = "import time\nasync def f():\n    time.sleep(1)\n"
    #expect(
      checker.check(SourceFile(path: Array("a.py".utf8), bytes: Array(text.utf8))).diagnostics
        .isEmpty)
  }

  @Test func `a file that cannot be decoded is a syntax error`() {
    let checker = Checker(table: TestTable.standard.table)
    let result = checker.check(SourceFile(path: Array("a.py".utf8), bytes: [0x61, 0xFF, 0xFE]))
    #expect(result.source == nil)
    #expect(result.syntaxErrors.count == 1)
  }

  @Test func `overlapping fixes are applied once`() {
    let a = Fix.safe([], [Edit(span: .init(start: 0, end: 2), replacement: [0x78])])
    let b = Fix.safe([], [Edit(span: .init(start: 1, end: 3), replacement: [0x79])])
    let result = apply([a, b], to: Array("abcd".utf8), upTo: .safe)
    #expect(String(decoding: result.bytes, as: UTF8.self) == "xcd")
    #expect(result.applied == 1)
  }
}
