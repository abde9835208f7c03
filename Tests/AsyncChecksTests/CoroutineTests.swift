import AsyncChecks
import Testing

@Suite struct AwaitOutsideCoroutineTests {
  @Test(arguments: [
    ("def f(): return [await x for x in y]", "AR201 await"),
    ("def f(): return [x async for x in y]", "AR201 async for"),
    ("[await x for x in y]", "AR201 await"),
    ("class C:\n  x = [await x for x in y]", "AR201 await"),
    ("async def f(): return lambda: await x", "AR201 await"),
    ("async def f(): return lambda: [await x for x in y]", "AR201 await"),
    ("def f(a=await x): pass", "AR201 await"),
    ("async def f():\n  class C:\n    x = await y", "AR201 await"),
    ("def f():\n  async with x: pass", "AR201 async with"),
    ("def f():\n  async  for x in y: pass", "AR201 async  for"),
    ("class C:\n  async with x: pass", "AR201 async with"),
    ("await x", "AR201 await"),
    ("def f(): return (x for x in await y)", "AR201 await"),
    ("def f(): return {x: 1 async for x in y}", "AR201 async for"),
  ])
  func `what CPython's compiler rejects is reported at the keyword`(text: String, finding: String) {
    #expect(findings(text) == [finding])
  }

  @Test(arguments: [
    "def f(): return (await x for x in y)",
    "def f(): return (x async for x in y)",
    "async def f(): return [[x async for x in y] for z in w]",
    "def f(): return ([x async for x in y] for z in w)",
    "(x async for x in y)",
    "async def f():\n  def g(a=await x): pass",
    "async def f():\n  @(await d)\n  def g(): pass",
    "async def f():\n  class C(await x): pass",
    "def f(): return (x for z in w for x in await y)",
    "async def f():\n  return (x for x in [await z for z in q])",
  ])
  func `what CPython's compiler accepts is not reported`(text: String) {
    #expect(findings(text) == [])
  }

  @Test func `messages name what stands around`() {
    #expect(messages("def f():\n  await x") == ["AR201 in-function await f"])
    #expect(messages("class C:\n  await x") == ["AR201 in-class await C"])
    #expect(messages("x = lambda: await y") == ["AR201 in-lambda await"])
    #expect(messages("await y") == ["AR201 in-module await"])
    #expect(
      messages("def f():\n  [x async for x in y]") == [
        "AR201 in-function async comprehension f"
      ])
  }

  @Test func `a notebook cell may await at its top level only`() {
    #expect(findings("await x\nasync with y: pass", notebook: true) == [])
    #expect(findings("def f():\n  await x", notebook: true) == ["AR201 await"])
  }
}

@Suite struct UnawaitedCoroutineTests {
  private let fetch = "async def fetch(): ...\n"

  @Test(arguments: [
    "async def main():\n    fetch()",
    "def main():\n    fetch()",
    "fetch()",
    "async def main():\n    x and fetch()",
    "async def main():\n    fetch() if x else None",
    "import asyncio\nasync def main():\n    asyncio.sleep(1)",
    "class A:\n    async def load(self): ...\n    async def f(self):\n        self.load()",
    "class A:\n    async def load(self): ...\nclass B(A):\n    async def f(self):\n        self.load()",
    "class A:\n    async def load(self): ...\nclass B(A):\n    async def load(self):\n        super().load()",
    "class A:\n    @classmethod\n    async def load(cls): ...\n    @classmethod\n    async def f(cls):\n        cls.load()",
    "class A:\n    @staticmethod\n    async def load(): ...\nA.load()",
    "class A:\n    async def load(self): ...\nA().load()",
    "class A:\n    async def load(self): ...\ndef f(a: A):\n    a.load()",
    "class A:\n    async def load(self): ...\nclass B:\n    def __init__(self):\n        self.a = A()\n    def f(self):\n        self.a.load()",
    "from asyncio import sleep as nap\nasync def f():\n    nap(1)",
    "async def main():\n    async def inner(): ...\n    inner()",
    "async def main():\n    async for _ in x:\n        fetch()",
  ])
  func `a dropped coroutine is reported`(text: String) {
    #expect(findings(fetch + text).filter { $0.hasPrefix("AR202") }.count == 1)
  }

  @Test(arguments: [
    "async def main():\n    await fetch()",
    "import asyncio\nasyncio.run(fetch())",
    "async def main():\n    return fetch()",
    "async def agen():\n    yield 1\nasync def main():\n    agen()",
    "@task\nasync def job(): ...\njob()",
    "async def f(fetch):\n    fetch()",
    "def fetch(): ...\nfetch()",
    "class A:\n    async def load(self): ...\n    def __init__(self):\n        self.load = other\n    def f(self):\n        self.load()",
    "class A(Base):\n    def f(self):\n        self.load()",
    "class A:\n    @property\n    async def value(self): ...\n    def f(self):\n        self.value()",
    "fetch = wrap(fetch)\nfetch()",
    "if x:\n    async def g(): ...\nelse:\n    def g(): ...\ng()",
  ])
  func `what may be something else than a dropped coroutine is not reported`(text: String) {
    #expect(findings(fetch + text) == [])
  }

  @Test func `the fix inserts await where that is legal`() {
    #expect(
      fixed(fetch + "async def main():\n    fetch()\n", upTo: .unsafe)
        == fetch + "async def main():\n    await fetch()\n")
    #expect(
      fixed(fetch + "def main():\n    fetch()\n", upTo: .unsafe) == fetch
        + "def main():\n    fetch()\n")
  }

  @Test func `messages call functions as they are written`() {
    #expect(
      messages("class A:\n  async def b(self): ...\n  async def f(self):\n    self.b()")
        == ["AR202 statement self.b"])
    #expect(
      messages("from asyncio import sleep\nasync def f():\n    sleep(1)")
        == ["AR202 statement asyncio.sleep"])
  }
}

@Suite struct CoroutineUsedAsValueTests {
  private func ids(_ body: String) -> [String] {
    messages("async def fetch(): ...\nasync def main():\n    \(body)").map {
      String($0.split(separator: " ").dropFirst().prefix(3).joined(separator: " "))
    }
  }

  @Test(arguments: [
    ("x = fetch(); print(x)", "assigned fetch x"),
    ("x = fetch(); return x.name", "assigned fetch x"),
    ("x = fetch()", "assigned fetch x"),
    ("print(fetch())", "printed fetch"),
    ("return f'{fetch()}'", "formatted fetch"),
    ("return fetch() == 3", "compared fetch"),
    ("return fetch() is None", "compared fetch"),
    ("if fetch(): pass", "condition fetch"),
    ("return not fetch()", "condition fetch"),
    ("return 1 if fetch() else 2", "condition fetch"),
    ("for x in fetch(): pass", "iterated fetch"),
    ("return [x for x in fetch()]", "iterated fetch"),
    ("return list(fetch())", "iterated fetch"),
    ("a, b = fetch()", "iterated fetch"),
    ("return fetch() + 1", "operand fetch"),
    ("return fetch().name", "attribute fetch name"),
    ("return fetch()['a']", "subscript fetch"),
    ("print([fetch() for _ in x])", "collected fetch"),
    ("x = [fetch() for _ in y]; print(x)", "collected fetch"),
    ("x = [fetch() for _ in y]; return x", "collected fetch"),
    ("x = [fetch() for _ in y]; return len(x)", "collected fetch"),
    ("return {1: fetch()}", "collected fetch"),
    ("''.join(fetch())", "iterated fetch"),
  ])
  func `a coroutine that is used as a value is reported`(body: String, id: String) {
    #expect(ids(body) == [id])
  }

  @Test(arguments: [
    "x = fetch(); await x",
    "x = fetch(); return x",
    "x = fetch(); send(x)",
    "x = fetch(); print(x); await x",
    "self.x = fetch()",
    "x = [fetch() for _ in y]; await gather(*x)",
    "x = [fetch() for _ in y]; send(x)",
    "return fetch()",
    "yield fetch()",
    "return (await fetch()).name",
    "fetch().close()",
    "x = fetch(); x.close()",
    "x = {1: fetch()}; send(x)",
    "x: Awaitable = fetch()",
    "x = fetch()\n    def g(): return x",
    "tasks = [fetch() for _ in y]\n    for t in tasks: await t",
    "return fetch() is other",
    "c = fetch()\n    if flag: c = None",
  ])
  func `a coroutine that somebody may await is not reported`(body: String) {
    #expect(ids(body) == [])
  }

  @Test func `an awaitable guard is no use as a value`() {
    let text = """
      import inspect
      async def fetch(): ...
      async def main():
          x = fetch()
          if inspect.isawaitable(x):
              x = await x
          print(x)
      """
    #expect(findings(text) == [])
  }
}

@Suite struct CoroutineFunctionInThreadTests {
  @Test func `a coroutine function in a thread is reported with both names`() {
    let text = """
      import asyncio, threading
      async def job(): ...
      async def main():
          await asyncio.to_thread(job)
          threading.Thread(target=job).start()
          threading.Thread(None, job)
      """
    #expect(
      messages(text) == [
        "AR204 offloaded job asyncio.to_thread", "AR204 offloaded job threading.Thread",
        "AR204 offloaded job threading.Thread",
      ])
  }

  @Test func `a synchronous function in a thread is right`() {
    let text = """
      import asyncio, time
      def job(): ...
      async def main(f):
          await asyncio.to_thread(job)
          await asyncio.to_thread(f)
          await asyncio.to_thread(lambda: asyncio.run(main(f)))
      """
    #expect(findings(text) == [])
  }
}
