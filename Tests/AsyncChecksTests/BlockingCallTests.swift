import Testing

@Suite struct BlockingCallTests {
  @Test func `a blocking call in a coroutine is reported with its whole span`() {
    let text = """
      import time

      async def main():
          time.sleep(1)
      """
    #expect(findings(text) == ["AR101 time.sleep(1)"])
    #expect(messages(text) == ["AR101 call time.sleep asyncio.sleep"])
  }

  @Test(arguments: [
    "import time as t\nasync def f():\n    t.sleep(1)",
    "from time import sleep\nasync def f():\n    sleep(1)",
    "from time import sleep as pause\nasync def f():\n    pause(1)",
    "async def f():\n    import time\n    time.sleep(1)",
    "from time import *\nasync def f():\n    sleep(1)",
    "try:\n    from time import sleep\nexcept ImportError:\n    sleep = None\nasync def f():\n    sleep(1)",
  ])
  func `import aliases are followed`(text: String) {
    #expect(findings(text).count == 1)
  }

  @Test(arguments: [
    "import time\ndef f():\n    time.sleep(1)",
    "import time\ntime.sleep(1)\nasync def f(): pass",
    "import time\nasync def f():\n    def g():\n        time.sleep(1)\n    return g",
    "import time\nasync def f():\n    return lambda: time.sleep(1)",
    "import time, asyncio\nasync def f():\n    await asyncio.to_thread(time.sleep, 1)",
    "import time\nasync def f(time):\n    time.sleep(1)",
    "import time\nasync def f():\n    time = clock()\n    time.sleep(1)",
    "import time\nasync def f():\n    def g(x=1): pass\n    return time.sleep",
    "import time\nasync def f():\n    g = (time.sleep(x) for x in range(3))\n    return g",
    "from anyio import Path\nasync def f(p: Path):\n    await p.read_text()",
    "async def f(p):\n    p.read_text()",
    "def open(x): pass\nasync def f():\n    open('x')",
    "async def f():\n    print('x')",
  ])
  func `code that does not block the loop is not reported`(text: String) {
    #expect(findings(text) == [])
  }

  @Test(arguments: [
    "import time\nasync def f():\n    (lambda: time.sleep(1))()",
    "import time\nasync def f():\n    [time.sleep(x) for x in y]",
    "import time\nasync def f():\n    return any(time.sleep(x) for x in y)",
    "import time\nasync def f():\n    def g(x=time.sleep(1)): pass",
    "import time\nasync def f():\n    @deco(time.sleep(1))\n    def g(): pass",
    "import time\nasync def f():\n    yield time.sleep(1)",
    "import time\nclass A:\n    async def f(self):\n        time.sleep(1)",
    "import time\nasync def f():\n    x = f'{time.sleep(1)}'",
  ])
  func `code that runs in the coroutine is reported`(text: String) {
    #expect(findings(text).filter { $0.hasPrefix("AR101") }.count == 1)
  }

  @Test(arguments: [
    "import requests\nasync def f():\n    s = requests.Session()\n    s.get('u')",
    "import requests\nasync def f(s: requests.Session):\n    s.get('u')",
    "import requests\nasync def f(s: 'requests.Session'):\n    s.get('u')",
    "import requests\nfrom typing import Optional\nasync def f(s: Optional[requests.Session]):\n    s.get('u')",
    "import requests\nasync def f(s: requests.Session | None = None):\n    s.get('u')",
    "import requests\nasync def f():\n    with requests.Session() as s:\n        s.get('u')",
    "import requests\nasync def f():\n    requests.Session().get('u')",
    "import requests\nclass A:\n    def __init__(self):\n        self.s = requests.Session()\n    async def f(self):\n        self.s.get('u')",
    "import requests\nclass A:\n    s: requests.Session\n    async def f(self):\n        self.s.get('u')",
    "import requests\nclass A:\n    def __init__(self, s: requests.Session):\n        self.s = s\n    async def f(self):\n        self.s.get('u')",
    "import requests\ndef make() -> requests.Session: ...\nasync def f():\n    make().get('u')",
    "import requests\nclass S(requests.Session): pass\nasync def f(s: S):\n    s.get('u')",
    "import requests\ns = None\ns = requests.Session()\nasync def f():\n    s.get('u')",
    "import requests\nasync def f():\n    s = 1\n    s = requests.Session()\n    s.get('u')",
    "import requests\nasync def f():\n    if (s := requests.Session()):\n        s.get('u')",
    "import requests\nasync def f():\n    a, s = 1, requests.Session()\n    s.get('u')",
    "import requests\nclass A(requests.Session):\n    async def f(self):\n        super().get('u')",
  ])
  func `the class of a receiver is followed`(text: String) {
    #expect(findings(text).count == 1)
    #expect(findings(text).allSatisfy { $0.hasPrefix("AR102") })
  }

  @Test(arguments: [
    "import requests, httpx\nasync def f(x):\n    s = requests.Session()\n    if x:\n        s = httpx.AsyncClient()\n    s.get('u')",
    "import requests\nclass A:\n    def __init__(self, s):\n        self.s = requests.Session()\n        self.s = s\n    async def f(self):\n        self.s.get('u')",
    "import requests\nasync def f():\n    s = requests.Session()\n    s = other()\n    s.get('u')",
  ])
  func `a receiver that may be something else is left alone`(text: String) {
    #expect(findings(text) == [])
  }

  @Test func `a file is reported at its opening only`() {
    let text = """
      async def f():
          with open("x") as file:
              for line in file:
                  pass
              file.read()
      """
    #expect(findings(text) == [#"AR103 open("x")"#])
  }

  @Test func `a file that somebody else opened is reported at its methods`() {
    let text = """
      file = open("x")

      async def f():
          file.read()
          for line in file:
              pass
      """
    #expect(findings(text) == ["AR103 file.read()", "AR103 file"])
  }

  @Test func `paths are followed through operators and attributes`() {
    let text = """
      from pathlib import Path
      ROOT = Path("x")

      async def f():
          (ROOT / "a").read_text()
          ROOT.parent.read_text()
          p = ROOT.parent / "b" / "c"
          p.read_text()
          Path.cwd().parent.read_text()
      """
    #expect(findings(text).count == 4)
  }

  @Test(arguments: [
    ("q.get(block=False)", 0), ("q.get(False)", 0), ("q.get()", 1), ("q.get(True)", 1),
    ("q.get(**options)", 0),
  ])
  func `conditions on arguments switch a fact off`(call: String, count: Int) {
    let text = "import queue\nasync def f(q: queue.Queue):\n    \(call)"
    #expect(findings(text).count == count)
  }

  @Test func `entering a blocking context manager is reported at the expression`() {
    let text = "import subprocess\nasync def f(p: subprocess.Popen):\n    with p:\n        pass"
    #expect(
      messages(text) == [
        "AR107 with subprocess.Popen asyncio.to_thread(subprocess.Popen, …)"
      ])
  }

  @Test func `the replacement follows the dialect`() {
    let text = "import trio, subprocess\nasync def f():\n    subprocess.run([])"
    #expect(
      messages(text) == ["AR107 call subprocess.run trio.to_thread.run_sync(subprocess.run, …)"])
  }
}
