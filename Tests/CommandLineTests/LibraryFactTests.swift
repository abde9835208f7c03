import Testing

/// What the rules know of libraries, over several files as in a user's project.
struct LibraryFactTests {
  struct Project: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let files: [(path: String, text: String)]
    /// In concise output, the places and codes.
    let findings: [String]

    func check() throws {
      let folder = try TemporaryFolder()
      for file in files { try folder.write(file.text, to: file.path) }
      let run = try asyncrules(
        "check", "--isolated", "--no-cache", "--output-format", "concise", in: folder.path)
      let found = run.output.split(separator: "\n").map { line in
        line.split(separator: " ").prefix(2).joined(separator: " ")
      }
      #expect(found == findings)
    }
  }

  @Test(arguments: projects)
  func `a project's mistakes are found where they are`(project: Project) throws {
    try project.check()
  }

  static let projects = [
    Project(
      testDescription: "a number in the body of a class, and sockets and sessions that wait",
      files: [
        (
          "usage.py",
          """
          import ftplib
          import socket
          from dataclasses import dataclass

          @dataclass
          class Usage:
              total: int = 0
              parts: list[str] | None = None

              async def add(self, meter):
                  self.total += await meter.read()

              async def extend(self, other):
                  total = 0
                  total += await other.read()
                  other.total += await other.read()

          class Other:
              async def add(self, meter):
                  self.total += await meter.read()

          async def upload(host):
              ftp = ftplib.FTP_TLS(host)
              ftp.login("me", "secret")

          async def listen():
              server = socket.create_server(("127.0.0.1", 8089))
              server.accept()

          """
        )
      ],
      findings: [
        "usage.py:11:9: AR435", "usage.py:23:11: AR110", "usage.py:24:5: AR110",
        "usage.py:28:5: AR110",
      ]),
    Project(
      testDescription: "an instance of a Django model, from a manager",
      files: [
        ("shop/__init__.py", ""),
        (
          "shop/models.py",
          """
          from django.db import models

          class Book(models.Model):
              title = models.CharField(max_length=80)

          """
        ),
        (
          "shop/views.py",
          """
          from shop.models import Book

          async def rename(request, key):
              book = await Book.objects.aget(pk=key)
              book.title = "new"
              book.save()

          async def rename_well(request, key):
              book = await Book.objects.aget(pk=key)
              await book.asave()

          """
        ),
      ],
      findings: ["shop/views.py:6:5: AR601"]),
    Project(
      testDescription: "an asynchronous fixture that serves marked tests",
      files: [
        (
          "conftest.py",
          """
          import pytest

          @pytest.fixture
          async def client():
              yield object()

          """
        ),
        (
          "test_client.py",
          """
          import pytest

          @pytest.mark.asyncio
          async def test_client(client):
              assert client

          """
        ),
      ],
      findings: ["conftest.py:4:11: AR954"]),
    Project(
      testDescription: "a handler of websockets without annotations",
      files: [
        (
          "serve.py",
          """
          import asyncio
          import websockets

          async def handler(connection):
              connection.send("hello")

          async def main():
              async with websockets.serve(handler, "localhost", 8765):
                  await asyncio.Event().wait()

          asyncio.run(main())

          """
        )
      ],
      findings: ["serve.py:5:5: AR202"]),
    Project(
      testDescription: "a connection that its pool never gets back",
      files: [
        (
          "count.py",
          """
          import asyncpg

          async def count(pool: asyncpg.Pool) -> int:
              connection = await pool.acquire()
              return await connection.fetchval("select count(*) from t")

          async def count_well(pool: asyncpg.Pool) -> int:
              async with pool.acquire() as connection:
                  return await connection.fetchval("select count(*) from t")

          """
        )
      ],
      findings: ["count.py:4:24: AR922"]),
    Project(
      testDescription: "a command of Redis in a route",
      files: [
        (
          "clients.py",
          """
          import redis
          from fastapi import FastAPI

          app = FastAPI()
          store = redis.Redis()

          @app.get("/")
          async def read():
              return store.client_list()

          @app.get("/plain")
          def read_in_thread():
              return store.client_list()

          """
        )
      ],
      findings: ["clients.py:9:12: AR106"]),
    Project(
      testDescription: "a class method called on a subclass",
      files: [
        (
          "pods.py",
          """
          import asyncio

          class AsyncPod:
              @classmethod
              def named(cls, name):
                  return cls()

              async def create(self):
                  await asyncio.sleep(0)

          class Pod(AsyncPod):
              def create(self):  # noqa: AR806
                  asyncio.run(super().create())

          """
        ),
        (
          "use.py",
          """
          from pods import AsyncPod, Pod

          async def main():
              Pod.named("tea").create()
              AsyncPod.named("tea").create()

          """
        ),
      ],
      findings: ["use.py:4:5: AR301", "use.py:5:5: AR202"]),
  ]
}
