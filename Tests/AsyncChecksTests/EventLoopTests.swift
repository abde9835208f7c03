import Testing

@Suite struct RunInCoroutineTests {
  @Test func `starting a loop in a coroutine is reported`() {
    let text = "import asyncio\nasync def g(): ...\nasync def f():\n    asyncio.run(g())"
    #expect(messages(text) == ["AR301 call asyncio.run f"])
  }

  @Test func `asking for the running loop in a coroutine excuses nothing`() {
    let text = """
      import asyncio
      async def g(): ...
      async def f():
          loop = asyncio.get_running_loop()
          asyncio.run(g())
      """
    #expect(messages(text) == ["AR301 call asyncio.run f"])
  }

  @Test func `a synchronous function that starts a loop is reported at its call in a coroutine`() {
    let text = """
      import asyncio
      async def g(): ...
      def helper():
          asyncio.run(g())
      def outer():
          helper()
      async def f():
          outer()
      """
    #expect(messages(text) == ["AR301 reached asyncio.run f outer"])
  }

  @Test func `a helper that starts loops one after the other is followed`() {
    let text = """
      import asyncio
      async def g(x): ...
      def each(xs):
          for x in xs:
              asyncio.run(g(x))
      async def f(xs):
          each(xs)
      """
    #expect(messages(text) == ["AR301 reached asyncio.run f each"])
  }

  @Test func `a helper in another module is followed`() {
    let helper = "import asyncio\nasync def g(): ...\ndef run():\n    asyncio.run(g())\n"
    let main = "from app.helper import run\nasync def f():\n    run()\n"
    #expect(
      findings(("app/__init__.py", ""), ("app/helper.py", helper), ("app/main.py", main))
        == ["AR301 run()"])
  }

  @Test(arguments: [
    "asyncio.run(g())",
    "asyncio.run(g())\nasyncio.run(g())",
    "def f():\n    asyncio.run(g())\nf()",
    "def f():\n    asyncio.run(g())\nasync def h():\n    await asyncio.to_thread(f)",
    "async def f():\n    def inner():\n        asyncio.run(g())\n    return inner",
    "def f():\n    try:\n        asyncio.get_running_loop()\n    except RuntimeError:\n        asyncio.run(g())\nasync def h():\n    f()",
    "def f(self):\n    if self.is_async:\n        return g()\n    return asyncio.run(g())\nasync def h(x):\n    f(x)",
    "def f(x):\n    if x:\n        asyncio.run(g())\nasync def h():\n    f(0)",
    "import nest_asyncio\nnest_asyncio.apply()\nasync def f():\n    asyncio.run(g())",
  ])
  func `starting a loop where none runs is right`(text: String) {
    #expect(findings("import asyncio\nasync def g(): ...\n" + text) == [])
  }
}

@Suite struct RunAtTopLevelTests {
  @Test func `a loop at module level of an application is reported`() {
    let text = """
      import asyncio
      from fastapi import FastAPI
      app = FastAPI()
      async def setup(): ...
      asyncio.run(setup())
      """
    #expect(messages(text) == ["AR302 call asyncio.run fastapi.FastAPI"])
  }

  @Test func `a loop behind the main guard of an application is right`() {
    let text = """
      import asyncio
      from fastapi import FastAPI
      app = FastAPI()
      async def setup(): ...
      if __name__ == "__main__":
          asyncio.run(setup())
      """
    #expect(findings(text) == [])
  }

  @Test func `a loop in a notebook cell is reported`() {
    let text = "import asyncio\nasync def f(): ...\nasyncio.run(f())"
    #expect(messages(text, notebook: true) == ["AR303 call asyncio.run"])
    #expect(findings(text) == [])
  }
}

@Suite struct ConcurrencyTests {
  @Test(arguments: [
    ("await asyncio.gather([f(), f()])", "AR402 [f(), f()]"),
    ("await asyncio.gather(f() for _ in x)", "AR402 f() for _ in x"),
    ("t = [f()]\n    t += [f()]\n    await asyncio.gather(t)", "AR402 t"),
    ("await asyncio.gather({f() for _ in x})", "AR402 {f() for _ in x}"),
  ])
  func `a collection without its star is reported`(body: String, finding: String) {
    let text = "import asyncio\nasync def f(): ...\nasync def main(x):\n    \(body)"
    #expect(findings(text) == [finding])
  }

  @Test(arguments: [
    "await asyncio.gather(*[f(), f()])", "await asyncio.gather(f(), f())",
    "await asyncio.gather(x)", "t = [f()]\n    t = make()\n    await asyncio.gather(t)",
  ])
  func `unpacked and unknown arguments are right`(body: String) {
    let text = "import asyncio\nasync def f(): ...\nasync def main(x):\n    \(body)"
    #expect(findings(text) == [])
  }

  @Test func `the fix inserts the star`() {
    let head = "import asyncio\nasync def main(x):\n    await asyncio.gather("
    #expect(fixed(head + "[y for y in x])") == head + "*[y for y in x])")
    #expect(fixed(head + "(y for y in x))") == head + "*(y for y in x))")
    #expect(fixed(head + "y for y in x)") == head + "*(y for y in x))")
    #expect(fixed(head + "([y], [z])[0:0])") == head + "([y], [z])[0:0])")
  }

  private let fetch = """
    import asyncio, aiohttp
    async def fetch(session: aiohttp.ClientSession, url):
        async with session.get(url) as response:
            return await response.json()

    """

  @Test(arguments: [
    "await asyncio.gather(*[fetch(s, u) for u in urls])",
    "tasks = [asyncio.create_task(fetch(s, u)) for u in urls]\n    await asyncio.gather(*tasks)",
    "await asyncio.gather(*(s.get(u) for u in urls))",
    "async with asyncio.TaskGroup() as group:\n        for u in urls:\n            group.create_task(fetch(s, u))",
  ])
  func `requests for any number of elements at once are reported`(body: String) {
    let text = fetch + "async def main(s: aiohttp.ClientSession, urls):\n    \(body)"
    #expect(findings(text).map { $0.prefix(5) } == ["AR403"])
  }

  @Test(arguments: [
    "await asyncio.gather(*[fetch(s, u) for u in ['a', 'b']])",
    "await asyncio.gather(*[fetch(s, u) for u in urls[:10]])",
    "await asyncio.gather(*[fetch(s, u) for u in range(3)])",
    "await asyncio.gather(*[other(s, u) for u in urls])",
    "semaphore = asyncio.Semaphore(4)\n    await asyncio.gather(*[fetch(s, u) for u in urls])",
  ])
  func `a known or limited number of requests is right`(body: String) {
    let text = fetch + "async def main(s: aiohttp.ClientSession, urls):\n    \(body)"
    #expect(findings(text) == [])
  }

  private let loads = """
    import asyncio
    async def a():
        await asyncio.sleep(1)
    async def b(x=1):
        await asyncio.sleep(1)

    """

  @Test func `independent awaits in a row are reported once`() {
    let text =
      loads + "async def main():\n    x = await a()\n    y = await b()\n    z = await a()\n"
    #expect(messages(text) == ["AR401 sequence 3"])
    #expect(findings(text) == ["AR401 x = await a()\n    y = await b()\n    z = await a()"])
  }

  @Test(arguments: [
    "x = await a()\n    y = await b(x)",
    "x = await a()\n    print(x)\n    y = await b()",
    "await a()\n    await b()",
    "x = await a()",
    "x = await unknown()\n    y = await unknown()",
    "async with lock:\n        x = await a()\n        y = await b()",
    "x = await asyncio.sleep(1)\n    y = await asyncio.sleep(2)",
  ])
  func `awaits that may need their order are not reported`(body: String) {
    #expect(findings(loads + "async def main():\n    \(body)\n") == [])
  }
}
