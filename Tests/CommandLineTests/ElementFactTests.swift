import Testing

/// What the checker knows of the elements of collections, and of calls that are not written as such.
struct ElementFactTests {
  typealias Project = LibraryFactTests.Project

  @Test(arguments: projects)
  func `an element is followed to what put it there`(project: Project) throws {
    try project.check()
  }

  static let projects = [
    Project(
      testDescription: "what loops over properties, methods and several collections give",
      files: [
        (
          "hub.py",
          """
          import socket
          import threading
          import time
          from functools import cached_property
          import requests
          import httpx

          class Lamp:
              def __init__(self, session: requests.Session):
                  self.session = session

              async def on(self):
                  pass

          class Fan:
              async def spin(self):
                  pass

          class Hub:
              def __init__(self):
                  self._lamps: dict[str, Lamp] = {}

              @property
              def lamps(self) -> list[Lamp]:
                  return list(self._lamps.values())

              @cached_property
              def by_name(self) -> dict[str, Lamp]:
                  return self._lamps

              @property
              def guessed(self):
                  return [Lamp(requests.Session())]

              async def all_on(self):
                  for lamp in self.lamps:
                      lamp.on()
                  for name, lamp in self.by_name.items():
                      lamp.on()
                  for lamp in self.guessed:
                      lamp.on()
                  self.by_name["x"].on()

              def fans(self):
                  return [Fan(), Fan()]

          async def use(hub: Hub):
              for thing in hub.lamps:
                  thing.on()
              for thing in hub.fans():
                  thing.spin()
                  if thing:
                      thing.spin()
              for lamp in hub.lamps:
                  lamp.session.get("https://example.org")
              for a, b in zip(hub.lamps, hub.fans()):
                  b.spin()
              for thing in hub.lamps:
                  pass
              else:
                  thing.spin()
              hub.lamps[0].on()
              [x.on() for x in hub.lamps]
              sockets = make()
              for s in sockets:
                  s.recv(10)

          def make():
              return [socket.create_connection(("a", 1)) for _ in range(3)]

          """
        )
      ],
      findings: [
        "hub.py:37:13: AR202", "hub.py:39:13: AR202", "hub.py:41:13: AR202",
        "hub.py:42:9: AR202", "hub.py:49:9: AR202", "hub.py:51:9: AR202", "hub.py:53:13: AR202",
        "hub.py:55:9: AR102", "hub.py:57:9: AR202", "hub.py:62:5: AR202", "hub.py:63:6: AR203",
        "hub.py:64:15: AR115", "hub.py:66:9: AR110",
      ]),
    Project(
      testDescription: "collections that are filled with coroutines one by one",
      files: [
        (
          "filled.py",
          """
          import asyncio
          import json
          from dataclasses import dataclass

          @dataclass
          class User:
              name: str

          async def fetch(n: int) -> str:
              return str(n)

          async def load(n: int) -> User:
              return User(str(n))

          async def a1():
              found = []
              for n in range(3):
                  found.append(fetch(n))
              return json.dumps(found)

          async def a2():
              found = []
              found.extend(fetch(n) for n in range(3))
              print(len(found))

          async def a3():
              found = {}
              for n in range(3):
                  found[n] = fetch(n)
              for key, value in found.items():
                  print(key, value.upper())

          async def a4():
              found = set()
              found.add(fetch(1))
              if found:
                  return len(found)

          async def a5(path):
              with open(path, "w") as out:
                  out.write(fetch(1))
              for n in range(fetch(2)):
                  pass

          async def a6() -> User | None:
              return load(1)

          async def ok1():
              found = []
              for n in range(3):
                  found.append(fetch(n))
              return await asyncio.gather(*found)

          async def ok2():
              found = []
              found.append(fetch(1))
              for one in found:
                  print(await one)

          async def ok3(pool):
              found = {}
              found[1] = fetch(1)
              for key, value in found.items():
                  pool.submit(value)

          async def ok4():
              found = []
              found.append(fetch(1))

              async def inner():
                  await found.pop()
              await inner()

          def ok5():
              tasks = []
              tasks.append(fetch(1))
              return tasks

          async def ok6() -> "User":
              return await load(1)

          """
        )
      ],
      findings: [
        "filled.py:18:22: AR203", "filled.py:23:18: AR203", "filled.py:29:20: AR203",
        "filled.py:35:15: AR203", "filled.py:40:10: AR103", "filled.py:41:19: AR203",
        "filled.py:42:20: AR203", "filled.py:46:12: AR203",
      ]),
    Project(
      testDescription: "event loops that constructors, properties and operators start",
      files: [
        (
          "loops.py",
          """
          import asyncio
          from contextlib import contextmanager

          async def work():
              pass

          class Client:
              def __init__(self):
                  asyncio.run(work())

              @property
              def name(self):
                  return asyncio.run(work())

              def __enter__(self):
                  asyncio.get_event_loop().run_until_complete(work())
                  return self

              def __exit__(self, *a):
                  pass

              def __getitem__(self, key):
                  return self.get(key)

              def get(self, key):
                  return asyncio.run(work())

              def __iter__(self):
                  yield asyncio.run(work())

          class Quiet:
              @property
              def name(self):
                  return asyncio.run(work())

              def __contains__(self, x):
                  return asyncio.run(work())

              def lazily(self):
                  yield asyncio.run(work())

          @contextmanager
          def opened():
              asyncio.run(work())
              yield 1

          async def main(quiet: Quiet):
              client = Client()
              print(quiet.name)
              with client:
                  pass
              client["a"]
              if 3 in quiet:
                  pass
              with opened() as o:
                  pass
              for x in quiet.lazily():
                  pass
              list(map(helper, [1]))
              for x in client:
                  pass
              gen = quiet.lazily()
              await asyncio.to_thread(helper, 1)
              await asyncio.to_thread(lambda: helper(2))
              helper(1) if client else None

          def helper(x):
              return Client().get("x")

          """
        )
      ],
      findings: [
        "loops.py:16:9: AR304", "loops.py:48:14: AR301", "loops.py:49:11: AR301",
        "loops.py:50:10: AR301", "loops.py:52:5: AR301", "loops.py:53:13: AR301",
        "loops.py:55:10: AR301", "loops.py:57:14: AR301", "loops.py:59:10: AR301",
        "loops.py:60:14: AR301", "loops.py:65:5: AR301",
      ]),
    Project(
      testDescription: "what functions of the project make and return",
      files: [
        (
          "made.py",
          """
          import asyncio
          import httpx
          import aiohttp
          import threading

          async def work(n=0):
              await asyncio.sleep(1)

          def spawn(coro):
              return asyncio.create_task(coro)

          def spawn_named(n):
              task = asyncio.create_task(work(n), name="x")
              task.add_done_callback(print)
              return task

          def client():
              return httpx.AsyncClient()

          def session():
              return aiohttp.ClientSession()

          def make_lock():
              return threading.Lock()

          async def start_process():
              return await asyncio.create_subprocess_exec("ls")

          def futures(loop):
              return [loop.run_in_executor(None, print, n) for n in range(3)]

          def both():
              return asyncio.gather(work(), work())

          async def main():
              spawn(work())
              spawn_named(3)
              both()
              futures(asyncio.get_running_loop())
              c = client()
              await c.get("https://e.org")
              s = session()
              await s.get("https://e.org")
              proc = await start_process()
              print(proc.pid)

          async def handler(request):
              async with session() as s:
                  await s.get("x")

          lock = make_lock()

          async def locked():
              with lock:
                  await work()


          def kept():
              task = asyncio.create_task(work())
              tasks.add(task)
              return task

          def shared():
              return pool

          import functools

          @functools.cache
          def cached():
              return httpx.AsyncClient()

          @functools.lru_cache
          def started():
              return asyncio.create_task(work())

          async def run():
              return await asyncio.create_task(work())

          def perhaps(flag):
              if flag:
                  return asyncio.create_task(work())

          async def fine():
              await run()
              await spawn(work())
              perhaps(False)
              kept()
              task = spawn(work())
              await task
              async with client() as other:
                  await other.get("https://e.org")
              await both()
              shared()
              started()
              one = cached()
              await one.get("https://e.org")

          tasks = set()
          pool = client()

          """
        )
      ],
      findings: [
        "made.py:36:5: AR411", "made.py:37:5: AR411", "made.py:38:5: AR206", "made.py:40:9: AR922",
        "made.py:42:9: AR922", "made.py:54:10: AR431",
      ]),
    Project(
      testDescription: "operators and methods that iterate over async generators",
      files: [
        (
          "pages.py",
          """
          async def pages():
              yield 1

          async def use(found: str):
              everything = [*pages()]
              print(*pages())
              first, *rest = pages()
              if found in pages():
                  everything.extend(pages())
              print(", ".join(pages()))
              everything += pages()
              everything += [page async for page in pages()]
              if found in Index():
                  print(found)

          def again():
              yield from pages()

          class Index:
              def __contains__(self, text):
                  return True

              def __aiter__(self):
                  return pages()

          """
        )
      ],
      findings: [
        "pages.py:5:20: AR803", "pages.py:6:12: AR803", "pages.py:7:20: AR803",
        "pages.py:8:17: AR803", "pages.py:9:27: AR803", "pages.py:10:21: AR803",
        "pages.py:11:19: AR803", "pages.py:17:16: AR803",
      ]),
  ]
}
