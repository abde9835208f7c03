import Testing

/// What the checker knows of values that code reaches by a detour: by constants, exit stacks and
/// conditions.
struct ValueFactTests {
  typealias Project = LibraryFactTests.Project

  @Test(arguments: projects)
  func `a value is followed to where it was made`(project: Project) throws {
    try project.check()
  }

  static let projects = [
    Project(
      testDescription: "numbers by name, of classes and of other modules",
      files: [
        ("work/__init__.py", ""),
        (
          "work/limits.py",
          """
          MINUTE = 60
          HOUR = 60 * MINUTE
          CENTURY = 100 * 365 * 24 * HOUR
          NOTHING = 0

          """
        ),
        (
          "work/jobs.py",
          """
          import math
          import sys

          import trio
          from work import limits
          from work.limits import CENTURY, NOTHING

          DAY = 60 * 60 * 24

          class Worker:
              PAUSE = 0
              LIMIT = 30
              delay: int = 0
              CHANGED = 0

              def __init__(self):
                  self.CHANGED = 3

              async def run(self):
                  await trio.sleep(self.PAUSE)
                  with trio.move_on_after(5):
                      with trio.move_on_after(self.LIMIT):
                          await trio.sleep(1)

              async def run_otherwise(self):
                  await trio.sleep(self.CHANGED)
                  await trio.sleep(self.delay)

          async def pauses(count):
              await trio.sleep(10**9)
              await trio.sleep(sys.maxsize)
              await trio.sleep(math.inf)
              await trio.sleep(CENTURY)
              await trio.sleep(limits.CENTURY)
              await trio.sleep(NOTHING)

          async def other_pauses(count):
              await trio.sleep(DAY)
              await trio.sleep(limits.HOUR)
              steps = 0
              steps += count
              await trio.sleep(steps)

          async def deadlines():
              await trio.sleep_until(limits.HOUR)
              await trio.sleep_until(trio.current_time() + limits.HOUR)
              with trio.CancelScope(deadline=math.inf):
                  await trio.sleep(1)

          """
        ),
      ],
      findings: [
        "work/jobs.py:20:15: AR712", "work/jobs.py:22:18: AR711", "work/jobs.py:30:11: AR713",
        "work/jobs.py:31:11: AR713", "work/jobs.py:32:11: AR713", "work/jobs.py:33:11: AR713",
        "work/jobs.py:34:11: AR713", "work/jobs.py:35:11: AR712", "work/jobs.py:45:28: AR709",
      ]),
    Project(
      testDescription: "what exit stacks and closing give",
      files: [
        (
          "stacks.py",
          """
          import sqlite3
          from contextlib import AsyncExitStack, ExitStack, closing

          import httpx
          import requests

          async def stored(path):
              with closing(sqlite3.connect(path)) as database:
                  database.execute("SELECT 1")

          async def fetched():
              with ExitStack() as stack:
                  session = stack.enter_context(requests.Session())
                  session.get("https://example.org")

          class Client:
              async def __aenter__(self):
                  self.stack = AsyncExitStack()
                  self.http = await self.stack.enter_async_context(httpx.AsyncClient())
                  return self

              async def __aexit__(self, *exception):
                  await self.stack.aclose()

              async def ping(self):
                  self.http.get("https://example.org")
                  await self.http.get("https://example.org")

          class Stack:
              def enter_context(self, manager):
                  return None

          async def other(stack: Stack):
              session = stack.enter_context(requests.Session())
              session.get("name")

          """
        )
      ],
      findings: [
        "stacks.py:8:18: AR106", "stacks.py:9:9: AR106", "stacks.py:14:9: AR102",
        "stacks.py:26:9: AR202",
      ]),
    Project(
      testDescription: "computing in memory takes time, reading from it does not",
      files: [
        (
          "memory.py",
          """
          import io
          import zipfile

          import numpy
          import polars
          from PIL import Image

          async def shrink(data):
              Image.open(io.BytesIO(data)).resize((80, 80))
              return numpy.load(io.BytesIO(data))

          async def unpack(data, frame: polars.DataFrame):
              archive = zipfile.ZipFile(io.BytesIO(data))
              archive.read("notes.txt")
              frame.write_csv(io.BytesIO())
              archive.extractall("/srv/notes")

          """
        )
      ],
      findings: ["memory.py:9:5: AR113", "memory.py:10:12: AR113", "memory.py:16:5: AR103"]),
    Project(
      testDescription: "a condition that says whether there is something to wait for",
      files: [
        (
          "waits.py",
          """
          import asyncio
          import queue
          import threading

          async def stop(thread: threading.Thread, items: queue.Queue):
              if thread.is_alive():
                  thread.join()
              if items.empty():
                  items.get()
              if items.qsize() == 0:
                  items.get()

          async def stopped(thread: threading.Thread, items: queue.Queue):
              while thread.is_alive():
                  await asyncio.sleep(1)
              thread.join()
              if not items.empty():
                  items.get()
              if items.qsize() > 0 and thread:
                  items.get()

          async def ended(thread: threading.Thread, other: threading.Thread):
              if thread.is_alive():
                  return
              thread.join()
              if not other.is_alive():
                  other.join()

          """
        )
      ],
      findings: ["waits.py:7:9: AR112", "waits.py:9:9: AR112", "waits.py:11:9: AR112"]),
    Project(
      testDescription: "what awaiting a query of the project's own gives is not the query",
      files: [
        (
          "orm.py",
          """
          class Query:
              def filter(self, **conditions) -> "Query":
                  return self

              def __await__(self):
                  return self._rows().__await__()

              async def _rows(self):
                  return []

              async def __aiter__(self):
                  for row in await self:
                      yield row

          class Connection:
              def __await__(self):
                  yield from self.open()
                  return self

              def __aiter__(self):
                  return self

              async def __anext__(self):
                  raise StopAsyncIteration

          def connect() -> Connection:
              return Connection()

          """
        ),
        (
          "use.py",
          """
          from orm import Query, connect

          async def names():
              query = Query().filter(town="Kyoto")
              rows = await query.filter(name="Aoi")
              for row in rows:
                  print(row)
              for row in await query:
                  print(row)
              for row in query.filter(name="Ren"):
                  print(row)
              connection = await connect()
              for message in connection:
                  print(message)

          """
        ),
      ],
      findings: ["use.py:10:16: AR803", "use.py:13:20: AR803"]),
    Project(
      testDescription: "clients for tests that answer by themselves, and sockets nobody waits for",
      files: [
        (
          "web/testing.py",
          """
          import httpx

          class TestClient(httpx.Client):
              def __init__(self, app):
                  super().__init__(transport=app)

          """
        ),
        (
          "tests/test_web.py",
          """
          import asyncio
          import socket
          import ssl

          import httpx
          import pytest
          from web.testing import TestClient

          context = ssl.create_default_context()

          @pytest.mark.asyncio
          async def test_answer(app):
              with TestClient(app) as client:
                  client.get("/")
              listener = context.wrap_socket(socket.socket(), server_side=True)
              with socket.socket() as other:
                  other.connect(("localhost", 80))
                  other.sendall(b"hello")
                  other.recv(100)
              httpx.get("https://example.org/")
              await asyncio.sleep(0.1)

          """
        ),
      ],
      findings: ["tests/test_web.py:19:9: AR110", "tests/test_web.py:20:5: AR102"]),
  ]
}
