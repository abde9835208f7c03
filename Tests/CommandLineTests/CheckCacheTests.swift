import Foundation
import Testing

/// What `asyncrules check` keeps for the next run never shows in what it says.
struct CheckCacheTests {
  /// A project with a helper below a coroutine, a class hierarchy, plain modules, and one that
  /// passes something asynchronous on.
  private static let project = [
    "app/__init__.py": "from app.views import show\n",
    "app/views.py": """
    import time
    from app import helpers, models


    async def show(name):
        helpers.load(name)
        time.sleep(1)
        return models.Child().fetch()

    """,
    "app/helpers.py": """
    import requests
    from app.plain import width


    def load(name):
        return fetch(name) + width(name)


    def fetch(name):
        return requests.get(name)

    """,
    "app/models.py": """
    from app.base import Base


    class Child(Base):
        def save(self):
            return 1

    """,
    "app/base.py": """
    class Base:
        async def fetch(self):
            return await self.save()

        async def save(self):
            return 2

    """,
    "app/plain.py": "def width(name):\n    return len(name)\n",
    "app/alone.py": "import os\n\n\ndef size(path):\n    return os.stat(path).st_size\n",
    "app/tool.py": "import app.helpers\n\n\ndef main():\n    print(app.helpers.load('x'))\n",
    "app/latin.py": "# -*- coding: latin-1 -*-\nasync def f():\n    open('é')  # é\n",
    "app/holder.py": "from app.models import Child\n\nchild = Child()\n",
    "broken.py": "def f(:\n    pass\n",
  ]

  private struct Setting {
    let folder: TemporaryFolder
    let cache: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      cache = try TemporaryFolder()
      for (name, text) in CheckCacheTests.project {
        try folder.write(text, to: name)
        try age(name)
      }
    }

    /// Gives a file a time of change long ago; the time of its status cannot be set.
    func age(_ name: String) throws {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_600_000_000)],
        ofItemAtPath: folder.path + "/" + name)
    }

    func check(_ arguments: String...) throws -> String {
      let run = try run(
        [asyncrulesBinary, "check", "--output-format", "json"] + arguments, in: folder.path)
      return "\(run.status)\n\(run.output)\(run.errors)"
    }

    func cached(_ arguments: String...) throws -> String {
      let run = try run(
        [asyncrulesBinary, "check", "--output-format", "json", "--cache-dir", cache.path]
          + arguments, in: folder.path)
      return "\(run.status)\n\(run.output)\(run.errors)"
    }

    var entries: [String] {
      get throws { try FileManager.default.contentsOfDirectory(atPath: cache.path).sorted() }
    }
  }

  @Test func `a second run says what the first one said`() throws {
    let setting = try Setting()
    let anew = try setting.check("--no-cache")
    #expect(anew.contains("AR101"))
    #expect(anew.contains("syntax-error"))
    #expect(try setting.cached() == anew)
    #expect(try setting.entries.count == 1)
    #expect(try setting.cached() == anew)
    #expect(try setting.entries.count == 1)
  }

  @Test func `each question has an answer of its own`() throws {
    let setting = try Setting()
    for arguments in [[], ["--select", "ALL"], ["--ignore", "AR101"], ["app"], ["--every-file"]] {
      let anew = try run(
        [asyncrulesBinary, "check", "--no-cache"] + arguments, in: setting.folder.path)
      for _ in 0..<2 {
        let cached = try run(
          [asyncrulesBinary, "check", "--cache-dir", setting.cache.path] + arguments,
          in: setting.folder.path)
        #expect(cached.output == anew.output)
        #expect(cached.errors == anew.errors)
        #expect(cached.status == anew.status)
      }
    }
    #expect(try setting.entries.count == 5)
  }

  @Test func `a file that comes or goes is seen`() throws {
    let setting = try Setting()
    _ = try setting.cached()
    try setting.folder.write("import time\n\n\nasync def g():\n    time.sleep(1)\n", to: "new.py")
    let more = try setting.cached()
    #expect(try more == setting.check("--no-cache"))
    #expect(more.contains("new.py"))
    try FileManager.default.removeItem(atPath: setting.folder.path + "/new.py")
    try FileManager.default.removeItem(atPath: setting.folder.path + "/app/helpers.py")
    #expect(try setting.cached() == setting.check("--no-cache"))
  }

  @Test func `a change of the same size and time is seen`() throws {
    let setting = try Setting()
    _ = try setting.cached()
    let text = try #require(Self.project["app/views.py"])
    try setting.folder.write(
      text.replacingOccurrences(of: "time.sleep(1)", with: "time.clock(1)"), to: "app/views.py")
    try setting.age("app/views.py")
    let changed = try setting.cached()
    #expect(!changed.contains("AR101"))
    #expect(try changed == setting.check("--no-cache"))
  }

  @Test func `a syntax error in a file that nothing asynchronous needs is seen and forgotten`()
    throws
  {
    let setting = try Setting()
    let before = try setting.cached()
    let text = try #require(Self.project["app/alone.py"])
    try setting.folder.write(text + "\nx = = 1\n", to: "app/alone.py")
    let broken = try setting.cached()
    #expect(broken != before)
    #expect(try broken == setting.check("--no-cache"))
    #expect(try setting.cached() == broken)
    try setting.folder.write(text, to: "app/alone.py")
    #expect(try setting.cached() == before)
  }

  @Test func `a plain file that comes to matter is seen`() throws {
    let setting = try Setting()
    _ = try setting.cached()
    try setting.folder.write(
      "from app.views import show\n\n\ndef size(path):\n    show(path)\n", to: "app/alone.py")
    let changed = try setting.cached()
    #expect(changed.contains("app/alone.py"))
    #expect(try changed == setting.check("--no-cache"))
  }

  @Test(
    arguments: [
      ["app/holder.py": "from app.models import Child\n\nchild = Child()\nchild.fetch()\n"],
      ["app/alone.py": "from app.holder import child\n\nchild.fetch()\n"],
      ["app/alone.py": "import app.holder\n\napp.holder.child.fetch()\n"],
    ])
  func `a file that held something asynchronous for nobody is found out`(
    _ change: [String: String],
  ) throws {
    let setting = try Setting()
    _ = try setting.cached()
    for (name, text) in change { try setting.folder.write(text, to: name) }
    let changed = try setting.cached()
    for name in change.keys { #expect(changed.contains(name)) }
    #expect(try changed == setting.check("--no-cache"))
  }

  @Test func `a damaged entry is passed over`() throws {
    let setting = try Setting()
    let anew = try setting.cached()
    let name = try #require(try setting.entries.first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: setting.cache.path + "/" + name))
    var damages = [Data(), Data(whole.prefix(40)), Data(whole.dropLast()), whole + [0]]
    for place in stride(from: 0, to: whole.count, by: max(whole.count / 40, 1)) {
      var damaged = whole
      damaged[place] ^= 0x41
      damages.append(damaged)
    }
    for damaged in damages {
      try damaged.write(to: URL(fileURLWithPath: setting.cache.path + "/" + name))
      #expect(try setting.cached() == anew)
    }
  }

  @Test func `a cache that cannot be written or lies in the project is not used`() throws {
    let setting = try Setting()
    let anew = try setting.check("--no-cache")
    try setting.cache.write("", to: "file")
    #expect(try setting.check("--cache-dir", setting.cache.path + "/file/below") == anew)
    #expect(try setting.check("--cache-dir", "kept") == anew)
    #expect(!setting.folder.exists("kept"))
    #expect(try setting.check("--cache-dir", "/proc/nothing") == anew)
  }

  @Test func `nothing is kept when code is changed or comes from standard input`() throws {
    let setting = try Setting()
    _ = try setting.cached("--diff")
    _ = try setting.cached("--no-cache")
    _ = try setting.cached("-")
    #expect(try setting.entries.isEmpty)
  }

  @Test func `after any edit the answer is that of a run without a cache`() throws {
    let setting = try Setting()
    var state: UInt64 = 20_261_123
    func random(below count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let names = Self.project.keys.sorted()
    for step in 0..<50 {
      let name = names[random(below: names.count)]
      var lines = try setting.folder.read(name).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      let place = random(below: lines.count)
      switch random(below: 11) {
      case 0: lines.insert("# a comment", at: place)
      case 1: lines.insert("from app.views import *", at: 0)
      case 2: lines += ["def added():", "    import requests", "    requests.get('x')", ""]
      case 3: lines.remove(at: place)
      case 4: lines = lines.map { $0.replacingOccurrences(of: "async def", with: "def") }
      case 5:
        lines = lines.map {
          $0.contains("async def") ? $0 : $0.replacingOccurrences(of: "def ", with: "async def ")
        }
      case 6:
        lines =
          Self.project[name]?.split(
            separator: "\n", omittingEmptySubsequences: false
          ).map(String.init) ?? lines
      case 7: lines.insert("import app.base, app.helpers", at: 0)
      case 8: lines += ["from app.holder import child", "child.fetch()", ""]
      case 9: lines += ["import app.holder", "def use():", "    app.holder.child.fetch()", ""]
      default: lines += ["class Added(Base):", "    def fetch(self):", "        return 3", ""]
      }
      if lines.isEmpty { lines = [""] }
      try setting.folder.write(lines.joined(separator: "\n"), to: name)
      let anew = try setting.check("--no-cache", "--select", "ALL")
      #expect(try setting.cached("--select", "ALL") == anew, "step \(step): \(name)")
      #expect(try setting.cached("--select", "ALL") == anew, "step \(step) again: \(name)")
    }
  }
}
