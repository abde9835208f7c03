import AsyncChecks
import Foundation
import PythonSyntax
import RuleBase
import Testing

/// Leaving files alone must never change what is found.
struct ProjectLoaderTests {
  private let checker = Checker(
    table: RulesUnderTest.base.table,
    selected: RulesUnderTest.base.rules.map { _ in true })

  private func findings(_ files: SourceFiles, looksAtAll: Bool) -> [[String]] {
    checker.check(files, scope: .needed, looksAtAll: looksAtAll).map { file in
      file?.diagnostics.map { "\($0.rule.rawValue) \($0.span.start)-\($0.span.end)" } ?? []
    }
  }

  /// Checks with and without the choice; gives the number of findings.
  private func compare(_ sources: [SourceFile]) -> Int {
    let files = SourceFiles(sources)
    let all = findings(files, looksAtAll: true)
    let chosen = findings(files, looksAtAll: false)
    for (index, source) in sources.enumerated() where all[index] != chosen[index] {
      Issue.record(
        "\(String(decoding: source.path, as: UTF8.self)): \(all[index]) but \(chosen[index])")
    }
    return all.reduce(0) { $0 + $1.count }
  }

  private func file(_ path: String, _ text: String) -> SourceFile {
    SourceFile(path: Array(path.utf8), bytes: Array(text.utf8))
  }

  @Test func `a script without async that forgets to await an imported coroutine is looked at`() {
    let found = compare([
      file("net.py", "async def fetch():\n    return 1\n"),
      file("api.py", "from net import fetch as get\n"),
      file("main.py", "from api import get\n\n\ndef main():\n    get()\n"),
      file("client.py", "class Client:\n    async def send(self):\n        pass\n"),
      file("made.py", "from client import Client\n\nclient = Client()\n"),
      file("use.py", "from made import client\n\nclient.send()\n"),
      file("other.py", "import os\n\nprint(os.getcwd())\n"),
    ])
    #expect(found == 2)
  }

  @Test func `a server comes to a module through packages, circles and unknown libraries`() {
    let run =
      "import asyncio\n\n\nasync def load():\n    return 1\n\n\nVALUE = asyncio.run(load())\n"
    let found = compare([
      file(
        "shop/app.py",
        """
        import a.b.c
        from unknown.library import thing as other
        from ...too.high import nothing
        from typing import TYPE_CHECKING

        from fastapi import FastAPI

        from . import routes
        from .settings import *

        if TYPE_CHECKING:
            import shop.typed

        app = FastAPI()

        """),
      file("shop/__init__.py", ""),
      file("shop/routes.py", "import shop.app\n" + run),
      file("shop/settings.py", "import shop.routes\n" + run),
      file("shop/typed.py", run),
      file("shop/script.py", "import shop.app\n" + run),
    ])
    #expect(found == 2)
  }

  @Test func `a module that another one has by import is followed`() {
    let found = compare([
      file("app/__init__.py", ""),
      file("app/net.py", "async def fetch():\n    return 1\n"),
      file("app/facade.py", "from app import net as client\n"),
      file("a.py", "from app.facade import client\n\nclient.fetch()\n"),
      file("b.py", "import app.facade\n\napp.facade.client.fetch()\n"),
      file("c.py", "def f():\n    from app.facade import client\n    client.fetch()\n"),
      file("d.py", "from app import facade as g\n\ng.client.fetch()\n"),
    ])
    #expect(found == 4)
  }

  @Test func `a synchronous script that forgets to await a library's coroutine is looked at`() {
    let found = compare([
      file("a.py", "import asyncio as aio\n\naio.sleep(1)\n"),
      file("compat.py", "from asyncio import sleep\n"),
      file("b.py", "from compat import sleep\n\nsleep(1)\n"),
    ])
    #expect(found == 2)
  }

  @Test func `over the standard library the same is found with and without the choice`() throws {
    guard let folder = standardLibrary() else {
      print("skipped: no python3 here")
      return
    }
    var sources: [SourceFile] = []
    for part in ["", "asyncio", "concurrent", "concurrent/futures", "unittest", "http", "email"] {
      let path = folder + "/" + part
      for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      where name.hasSuffix(".py") {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
        sources.append(SourceFile(path: Array("\(part)/\(name)".utf8), bytes: Array(bytes)))
      }
    }
    let found = compare(sources)
    #expect(found > 0)
  }

  private func standardLibrary() -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
