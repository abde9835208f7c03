import PythonSemantics
import Testing

@Suite struct ResolverTests {
  @Test(arguments: [
    ("import a.b\na.b.c", "a.b.c"),
    ("import a.b as x\nx.c", "a.b.c"),
    ("from a import b\nb.c", "a.b.c"),
    ("from a.b import c as d\nd", "a.b.c"),
    ("import a\ndef f():\n    a.b", "a.b"),
    ("import a\nb = a\nb.c", "a.c"),
    ("x = 1\nx.c", "?"),
    ("import a\ndef f(a):\n    a.b", "?"),
    ("if x:\n    import a as m\nelse:\n    import b as m\nm", "?"),
    ("try:\n    import a as m\nexcept ImportError:\n    m = None\nm", "a"),
    ("import a as m\nimport b as m\nm", "b"),
    ("class C:\n    def f(self): ...\nC.f", "example.C.f"),
    ("def f():\n    def g(): ...\n    g", "example.f.<locals>.g"),
  ])
  func `expressions have qualified names`(text: String, name: String) {
    #expect(meaning(text) == name)
  }

  private let facts = [
    "lib.Client.get -> lib.Answer", "lib.connect -> lib.Client", "lib.Answer.json",
    "lib.Client.__enter__ -> lib.Client", "lib.Path.__truediv__ -> lib.Path",
    "lib.Path.parent -> lib.Path", "lib.Path.exists",
  ]

  @Test(arguments: [
    ("lib.Client()", "instance of lib.Client"),
    ("lib.connect()", "instance of lib.Client"),
    ("lib.Client().get()", "instance of lib.Answer"),
    ("c = lib.Client()\nc.get", "lib.Client.get"),
    ("def f(cs: list[lib.Client]):\n    for c in cs:\n        c", "instance of lib.Client"),
    ("def f(*cs: lib.Client):\n    for c in cs:\n        c", "instance of lib.Client"),
    ("def f(cs: tuple[lib.Client, int]):\n    for c in cs:\n        c", "?"),
    ("def f(cs: dict[lib.Client, int]):\n    for c in cs:\n        c", "?"),
    ("with lib.connect() as c:\n    c", "instance of lib.Client"),
    ("def f(c: lib.Client):\n    c", "instance of lib.Client"),
    ("def f(c: 'lib.Client | None'):\n    c", "instance of lib.Client"),
    (
      "from typing import Annotated\ndef f(c: Annotated[lib.Client, 1]):\n    c",
      "instance of lib.Client"
    ),
    (
      "from typing import Union\ndef f(c: Union[lib.Client, None]):\n    c",
      "instance of lib.Client"
    ),
    ("def f(c: lib.Client | lib.Answer):\n    c", "?"),
    ("def f(*c: lib.Client):\n    c", "?"),
    ("c = None\nc = lib.Client()\ndef f():\n    c", "instance of lib.Client"),
    ("c = lib.Client() if x else None\nc", "instance of lib.Client"),
    ("c = lib.Client()\nif x:\n    c = other()\nc", "?"),
    ("c = other()\nc = lib.Client()\nc", "instance of lib.Client"),
    ("c = other()\nc = lib.Client()\ndef f():\n    c", "?"),
    ("for x in y:\n    c = lib.Client()\n    c\n    c = other()", "instance of lib.Client"),
    ("c = lib.Client()\nfor x in y:\n    c\n    c = other()", "?"),
    ("p = lib.Path() / 'a'\np.parent.parent.exists", "lib.Path.exists"),
    ("p = lib.Path().parent / 'a'\np", "instance of lib.Path"),
    ("class A:\n    c: lib.Client\n    def f(self):\n        self.c", "instance of lib.Client"),
    (
      "class A:\n    def __init__(self):\n        self.c = lib.connect()\nclass B(A):\n    def f(self):\n        self.c.get()",
      "instance of lib.Answer"
    ),
    (
      "class A:\n    def __init__(self, c):\n        self.c = lib.connect()\n        self.c = c\n    def f(self):\n        self.c",
      "?"
    ),
    ("class A(lib.Client): ...\nA().get", "lib.Client.get"),
    ("class A:\n    @property\n    def c(self) -> lib.Client: ...\nA().c.get", "lib.Client.get"),
    ("class A:\n    def c(self) -> 'A': ...\nA().c().c", "example.A.c"),
    ("async def f() -> lib.Client: ...\nf()", "coroutine of example.f"),
    ("async def f() -> lib.Client: ...\nasync def g():\n    await f()", "instance of lib.Client"),
  ])
  func `values have classes`(text: String, value: String) {
    #expect(meaning("import lib\n" + text, facts: facts) == value)
  }

  @Test func `relative imports start from the module's package`() {
    let files = [
      ("p/__init__.py", ""), ("p/q/__init__.py", ""), ("p/a.py", "def f(): ...\n"),
      ("p/q/b.py", "from ..a import f\nfrom .. import a\nf"),
    ]
    #expect(meaning(last: files.map { (path: $0.0, text: $0.1) }) == "p.a.f")
  }

  @Test func `a package exports what it imports`() {
    let files = [
      ("src/p/__init__.py", "from .a import C\n"),
      ("src/p/a.py", "class C:\n    async def f(self): ...\n"),
      ("main.py", "import p\nc = p.C()\nc.f()"),
    ]
    #expect(meaning(last: files.map { (path: $0.0, text: $0.1) }) == "coroutine of p.a.C.f")
  }

  @Test func `deep chains end in a result`() {
    let text = "import lib\nc = lib.Path()" + String(repeating: ".parent", count: 500) + "\nc"
    #expect(["?", "lib.Path.parent"].contains(meaning(text, facts: facts)))
  }
}
