import AsyncChecks
import Testing

private let fetch = "import asyncio\nasync def fetch(x=0): ...\nasync def store(x=0): ...\n"
private let block = "import time\ndef block(x=0): time.sleep(x)\n"

/// What is known of values that come from somewhere else: parameters, tables, callables.
@Suite struct HandedValueTests {
  @Test(arguments: [
    "async def f(cb: Callable[[int], Awaitable[None]]):\n  cb(1)",
    "async def f(done: Optional[Callable[..., Coroutine[Any, Any, int]]]):\n  done(1)",
    "Job = Callable[[], Awaitable[None]]\nasync def f(cb: Job):\n  cb()",
    "Job: TypeAlias = Callable[[], Awaitable[None]]\nasync def f(cb: Job | None):\n  cb()",
    "class A:\n  def __init__(self, cb: Callable[[], Awaitable[None]]):\n    self.cb = cb\n"
      + "  async def f(self):\n    self.cb()",
    "@dataclass\nclass A:\n  cb: Callable[[], Awaitable[None]]\n  async def f(self):\n"
      + "    self.cb()",
    "class A:\n  jobs: Queue[Callable[[], Awaitable[None]]]\n  async def f(self):\n"
      + "    cb = await self.jobs.get()\n    cb()",
  ])
  func `what is annotated to give an awaitable gives one that is dropped`(text: String) {
    let imports = "from asyncio import Queue\nfrom collections.abc import Callable\n"
    let found = findings(imports + text, table: Self.table)
    #expect(found.count == 1 && found[0].hasPrefix("AR299 "))
  }

  private static let table = TestTable.standard
    .rule("AR299", "unawaited-coroutine")
    .calls(.coroutine, "typing.CoroutineCallable.__call__")

  @Test(arguments: [
    "async def f(cb: Callable[[int], None]):\n  cb(1)",
    "async def f(cb: Callable[[int], Awaitable[None] | None]):\n  cb(1)",
    "async def f(cb: Callable[[int], Awaitable[None]]):\n  await cb(1)",
    "async def f(cb: Callable):\n  cb(1)",
    "async def f(cb: Callable[[], Awaitable[None]]):\n  if not iscoroutinefunction(cb): cb()",
  ])
  func `a callable that may give nothing to await is left alone`(text: String) {
    #expect(findings(text, table: Self.table) == [])
  }

  @Test(arguments: [
    // Tables of functions, and functions that other functions choose.
    "ops = {'a': fetch, 'b': partial(store, 1)}\nasync def f(k):\n  ops[k]()",
    "def pick(k):\n  if k: return fetch\n  return store\nasync def f(k):\n  pick(k)(1)",
    "def make(n):\n  async def inner(): ...\n  return inner\nasync def f():\n"
      + "  run = make(1)\n  run()",
    "class A:\n  def __init__(self): self.go = partial(fetch, 1)\n"
      + "  async def f(self):\n    self.go()",
    "async def f():\n  for g in (fetch, store):\n    g()",
    "async def f():\n  g = next(iter([fetch, store]))\n  g()",
    // What all callers hand over.
    "def each(cb):\n  cb(1)\nasync def f():\n  each(fetch)",
  ])
  func `a coroutine function that comes from elsewhere gives a coroutine`(text: String) {
    let found = findings("from functools import partial\n" + fetch + text)
    #expect(found.count == 1 && found[0].hasPrefix("AR202 "))
  }

  @Test(arguments: [
    "def pick(k):\n  if k: return fetch\n  return print\nasync def f(k):\n  pick(k)(1)",
    "def each(cb):\n  cb(1)\nasync def f():\n  each(fetch)\n  each(print)",
    "def each(cb):\n  if iscoroutinefunction(cb): return\n  cb(1)\nasync def f():\n  each(fetch)",
    "ops = {'a': fetch}\nops['b'] = print\nasync def f(k):\n  ops[k]()",
    "class A:\n  def __init__(self, g):\n    self.go = fetch\n    self.go = g\n"
      + "  async def f(self):\n    self.go()",
  ])
  func `a function that may be another one is left alone`(text: String) {
    #expect(findings(fetch + text) == [])
  }

  @Test(arguments: [
    // The arguments behind a function that is handed on are the function's own.
    "def work(api):\n  api.load()\nasync def f():\n  await asyncio.to_thread(work, Api())",
    "def work(api):\n  api.load()\nasync def f():\n  Thread(target=work, args=(Api(),)).start()",
    "def work(api):\n  api.load()\nasync def f():\n  go = partial(work, Api())",
    // A parameter is what the method that is replaced says it is.
    "class Base:\n  def work(self, api: Api): ...\nclass Own(Base):\n  def work(self, api):\n"
      + "    api.load()",
    // Names that no attribute has.
    "def work(unheard):\n  unheard.load()\ndef f():\n  work(Api())",
  ])
  func `a parameter has the class that calls and base classes give it`(text: String) {
    let start =
      "import asyncio\nfrom threading import Thread\nfrom functools import partial\n"
      + "class Api:\n  async def load(self): ...\n"
    let found = findings(start + text).filter { !$0.hasPrefix("AR204") }
    #expect(found.count == 1 && found[0].hasPrefix("AR202 "))
  }

  @Test func `a fixture of a conftest gives a test its value`() {
    #expect(
      findings(
        ("shop.py", "class Cart:\n  async def total(self): ..."),
        (
          "tests/conftest.py",
          "import pytest\nfrom shop import Cart\n@pytest.fixture\ndef cart():\n  return Cart()\n"
            + "@pytest.fixture\nasync def loop(): ..."
        ),
        ("tests/test_cart.py", "async def test_total(cart):\n  cart.total()")
      ) == ["AR202 cart.total()"])
  }

  @Test(arguments: [
    "class Base:\n  def read(self): raise NotImplementedError\n"
      + "  async def f(self):\n    self.read()\nclass Own(Base):\n  def read(self): block()",
    "class Base(ABC):\n  @abstractmethod\n  def read(self): ...\nclass Own(Base):\n"
      + "  def read(self): block()\nasync def f(b: Base):\n  b.read()",
  ])
  func `a method without a body is what replaces it`(text: String) {
    let found = findings(
      "from abc import ABC, abstractmethod\n" + block + text, table: Self.helpers)
    #expect(found.count == 1 && found[0].hasPrefix("AR115 "))
  }

  private static let helpers = TestTable.standard.rule("AR115", "blocking-helper")

  @Test func `a method that most replacements do at once is no blocking one`() {
    let text =
      "class Base:\n  def read(self): raise NotImplementedError\n"
      + "  async def f(self):\n    self.read()\nclass A(Base):\n  def read(self): block()\n"
      + "class B(Base):\n  def read(self): return 1\nclass C(Base):\n  def read(self): return 2\n"
    #expect(findings(block + text, table: Self.helpers) == [])
  }

  @Test(arguments: [
    // Who calls a lambda by its name runs it.
    "async def f():\n  go = lambda: block()\n  go()",
    "async def f():\n  go = lambda: time.sleep(1)\n  go()",
    // What goes over a generator runs it.
    "def each():\n  yield block()\ndef g():\n  return dict(enumerate(each()))\n"
      + "async def f():\n  g()",
    "def each():\n  yield block()\nasync def f():\n  for a in zip(each(), [1]): a",
    "class Box:\n  def __iter__(self):\n    block()\n    return iter([])\n"
      + "async def f(box: Box):\n  return sorted(box)",
    // The pause of a decorator belongs to what it decorates.
    "def again(n):\n  def deco(g):\n    @wraps(g)\n    def inner(*a):\n      for _ in range(n):\n"
      + "        block()\n        return g(*a)\n      return None\n    return inner\n"
      + "  return deco\n@again(3)\ndef g(): ...\nasync def f():\n  g()",
    // The default of a parameter says what it is.
    "class Api:\n  def load(self): block()\nclass A:\n  def __init__(self, api=None):\n"
      + "    self.api = api or Api()\n  async def f(self):\n    self.api.load()",
    "class Api:\n  def load(self): block()\nasync def f(api=None):\n  if api is None:\n"
      + "    api = Api()\n  api.load()",
  ])
  func `a helper that blocks is found behind what calls it`(text: String) {
    let found = findings("from functools import wraps\n" + block + text, table: Self.helpers)
    #expect(found.count == 1 && found[0].hasPrefix("AR115 "))
  }

  @Test(arguments: [
    "async def f():\n  return lambda: block()",
    "async def f():\n  go = lambda: block()\n  await asyncio.to_thread(go)",
    "def each():\n  yield block()\nasync def f():\n  return enumerate(each())",
    "class Api:\n  def load(self): block()\nasync def f(api):\n  api = api or Api()\n  api.load()",
    "class Api:\n  def load(self): block()\nasync def f(x, api=None):\n  api = x or Api()\n"
      + "  api.load()",
  ])
  func `a helper that blocks and may not be called is left alone`(text: String) {
    #expect(findings("import asyncio\n" + block + text, table: Self.helpers) == [])
  }

  @Test(arguments: [
    "class Own(Mixin, Base):\n  async def f(self):\n    super().load()",
    "class A(Base): ...\nclass B(Base): ...\ndef pick(k):\n  if k: return A()\n  return B()\n"
      + "async def f(k):\n  pick(k).load()",
    "class A(Base): ...\nclass B(Base): ...\nclass Own:\n  def __init__(self):\n"
      + "    self.all = [A(), B()]\n  async def f(self):\n    for one in self.all: one.load()",
    "class A(Base): ...\nclass Own:\n  all: list[Base]\n  def __init__(self):\n"
      + "    self.all = [A()]\n  async def f(self):\n    for one in self.all: one.load()",
  ])
  func `objects of several classes have what their common base has`(text: String) {
    let start = "class Mixin: ...\nclass Base:\n  async def load(self): ...\n"
    let found = findings(start + text)
    #expect(found.count == 1 && found[0].hasPrefix("AR202 "))
  }

  @Test func `bases that disagree about a member leave super() alone`() {
    let text =
      "class A:\n  def load(self): ...\nclass B:\n  async def load(self): ...\n"
      + "class Own(A, B):\n  async def f(self):\n    super().load()"
    #expect(findings(text) == [])
  }

  @Test func `a name of a package that is another one's is the function itself`() {
    #expect(
      findings(
        ("p/__init__.py", "from .b import again as go"),
        ("p/a.py", "async def load(): ..."), ("p/b.py", "from .a import load as again"),
        ("use.py", "import p\nasync def f():\n  p.go()")
      ) == ["AR202 p.go()"])
  }

  @Test func `what guards a file by asking for it still reads it`() {
    let table = Self.helpers.calls(.plain, "pathlib.Path -> pathlib.Path")
      .rule("AR105", "blocking-call").calls(.blocking, "pathlib.Path.exists")
    let text =
      "from pathlib import Path\ndef read(p: Path):\n  if p.exists():\n    return p.read_text()\n"
      + "async def f():\n  read(Path('x'))"
    #expect(findings(text, table: table) == ["AR115 read(Path('x'))"])
  }

  @Test(arguments: [
    ("rows = 1\n  rows = fetch()\n  print(len(rows))", "AR203 fetch()"),
    ("rows = fetch()\n  if not rows: return\n  return await rows", "AR203 rows"),
    ("return fetch() is True", "AR203 fetch()"),
  ])
  func `a coroutine under a name that held something else is found`(
    body: String, finding: String,
  ) {
    #expect(findings(fetch + "async def f():\n  " + body) == [finding])
  }

  @Test(arguments: [
    "rows = fetch()\n  rows = await rows\n  print(len(rows))",
    "rows = None\n  if x: rows = fetch()\n  if rows: return await rows",
    "for i in y:\n    rows = fetch()\n    await rows\n    rows = 1",
    "rows = fetch()\n  value = await rows.__aenter__()\n  manager = rows",
    "rows = fetch()\n  return rows.__await__()",
  ])
  func `a coroutine that is awaited under its name is right`(body: String) {
    #expect(findings(fetch + "async def f(x, y):\n  " + body) == [])
  }
}
