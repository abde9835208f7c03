import Testing

/// What is shared between tasks, and texts put together from a caller's values, over whole files.
struct StateFactTests {
  @Test(arguments: projects)
  func `a project's mistakes are found where they are`(project: LibraryFactTests.Project) throws {
    try project.check()
  }

  static let projects = [
    LibraryFactTests.Project(
      testDescription: "values read before an await and written after it, by way of a look-up",
      files: [
        (
          "usage.py",
          """
          class Usage:
              def __init__(self, start: float) -> None:
                  self.total = start
                  self.used: dict[str, int] = {}
                  self.users = {}

              async def add(self, meter):
                  self.total += await meter.read()

              async def count(self, meter, user):
                  self.used[user] = self.used.get(user, 0) + await meter.read()

              async def grow(self, meter, user):
                  used = self.used.get(user, 0)
                  used += await meter.read()
                  self.used[user] = used

              async def pay(self, meter, key):
                  user = self.users[key]
                  user.credit = user.credit - await meter.read()

              async def sum(self, meter, user):
                  self.used[user] += await meter.read()

              async def fresh(self, meter, user):
                  used = await meter.read()
                  used += self.used.get(user, 0)
                  self.used[user] = used

              async def other(self, meter, user, key):
                  self.used[user] = self.used.get(key, 0) + await meter.read()

          """
        )
      ],
      findings: [
        "usage.py:8:9: AR435", "usage.py:11:9: AR435", "usage.py:16:9: AR435",
        "usage.py:20:9: AR435", "usage.py:23:9: AR435",
      ]),
    LibraryFactTests.Project(
      testDescription: "statements of SQL that grow",
      files: [
        (
          "users.py",
          """
          import aiosqlite
          from sqlalchemy import text
          from sqlalchemy.ext.asyncio import AsyncSession

          async def grown(db: aiosqlite.Connection, filters: dict[str, str], numbers: list[int]):
              query = "SELECT name FROM users WHERE 1 = 1"
              for key, value in filters.items():
                  query += f" AND {key} = '{value}'"
              for number in numbers:
                  query += f" AND age > {number}"
              await db.execute(query)

          async def joined(db: aiosqlite.Connection, names: list[str], columns: list[str]):
              parts = [f"name = '{name}'" for name in names]
              await db.execute("SELECT " + ", ".join(columns) + " FROM users WHERE " + " OR ".join(parts))

          async def branches(db: aiosqlite.Connection, name: str, simple: bool):
              query = "SELECT name FROM users"
              if simple:
                  query += " LIMIT 1"
                  await db.execute(query)
              else:
                  query += f" WHERE name = '{name}'"
                  print(query)

          async def replaced(db: aiosqlite.Connection, name: str):
              query = f"SELECT name FROM users WHERE name = '{name}'"
              print(query)
              query = "SELECT name FROM users"
              query += " LIMIT 1"
              await db.execute(query)

          async def ordered(db: aiosqlite.Connection, column: str):
              await db.execute("SELECT name FROM users ORDER BY " + column)
              await db.execute("SELECT %s FROM users" % column)
              await db.execute("SELECT name FROM {} WHERE id = {id}".format(column, id=column))

          async def session(session: AsyncSession, name: str):
              statement = text(f"SELECT name FROM users WHERE name = '{name}'")
              await session.execute(statement)
              await session.execute(text("SELECT name FROM users WHERE name = :name"), {"name": name})

          """
        )
      ],
      findings: [
        "users.py:8:35: AR972", "users.py:14:25: AR972", "users.py:36:78: AR972",
        "users.py:39:62: AR972",
      ]),
    LibraryFactTests.Project(
      testDescription: "commands for a shell",
      files: [
        (
          "shell.py",
          """
          import asyncio
          import shlex

          import anyio

          def listing(path):
              command = "ls "
              command += path
              return command

          async def run(path: str, words: list[str]):
              await asyncio.create_subprocess_shell(listing(path))
              await anyio.run_process("ls " + path)
              await anyio.run_process(["ls", path])
              await asyncio.create_subprocess_shell(" ".join(words))
              await asyncio.create_subprocess_shell(" ".join(map(shlex.quote, words)))
              await asyncio.create_subprocess_shell(shlex.join(words))

          async def loop(path: str):
              current = asyncio.get_running_loop()
              await current.subprocess_shell(asyncio.SubprocessProtocol, f"ls {path}")

          """
        ),
        (
          "nursery.py",
          """
          import trio

          async def run(path: str):
              await trio.run_process(f"ls {path}", shell=True)
              await trio.run_process(["ls", path])

          """
        ),
      ],
      findings: [
        "nursery.py:4:34: AR971",
        "shell.py:12:51: AR971", "shell.py:13:37: AR971", "shell.py:15:52: AR971",
        "shell.py:21:70: AR971",
      ]),
  ]
}
