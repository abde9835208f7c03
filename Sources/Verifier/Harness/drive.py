"""What the set-up and entry code of an example may call besides the example itself."""

import asyncio
import os

__all__ = ["write", "request", "send_requests", "serve", "peak"]


def write(path, text=""):
    """Writes a file below the working directory, with its folders."""
    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(path, "w" if isinstance(text, str) else "wb") as file:
        file.write(text)


def peak():
    """The most requests that the `http` fixture had at a time."""
    from urllib.request import urlopen

    with urlopen("http://127.0.0.1/peak") as response:
        return int(response.read())


async def send_requests(app, *paths, method="GET", body=b""):
    """Sends requests to an ASGI application at the same time; returns the bodies in order."""
    async with Lifespan(app) as state:
        return await asyncio.gather(*(respond(app, path, method, body, state) for path in paths))


def request(app, path, method="GET", body=b""):
    """Sends one request to an ASGI application in a loop of its own; returns the body."""
    return asyncio.run(send_requests(app, path, method=method, body=body))[0]


def serve(target):
    """Starts uvicorn with an application, named as on its command line, and stops it again."""
    import sys

    import uvicorn

    startup = uvicorn.Server.startup

    async def start_and_stop(self, sockets=None):
        await startup(self, sockets=sockets)
        print("started" if self.started else "not started")
        self.should_exit = True

    uvicorn.Server.startup = start_and_stop
    # The server is the first to import the application.
    sys.modules.pop(target.partition(":")[0], None)
    uvicorn.run(target, port=8000, log_level="critical")


class Lifespan:
    """What a server does around the requests: start-up and shutdown of the application."""

    def __init__(self, app):
        self.app = app
        self.state = {}
        self.incoming = asyncio.Queue()
        self.outgoing = asyncio.Queue()

    async def __aenter__(self):
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self.state}
        self.task = asyncio.ensure_future(self.run(scope))
        await self.step("lifespan.startup")
        return self.state

    async def __aexit__(self, *error):
        await self.step("lifespan.shutdown")
        await self.task

    async def run(self, scope):
        try:
            await self.app(scope, self.incoming.get, self.outgoing.put)
        except BaseException:
            # An application without a lifespan raises; that is how it says so.
            pass
        await self.outgoing.put(None)

    async def step(self, kind):
        if not self.task.done():
            await self.incoming.put({"type": kind})
            await self.outgoing.get()


async def respond(app, path, method, body, state):
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 80),
        "state": dict(state),
    }
    pieces = []
    messages = [{"type": "http.request", "body": body, "more_body": False}]
    done = asyncio.Event()

    async def receive():
        if messages:
            return messages.pop()
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.body":
            pieces.append(message.get("body", b""))
            if not message.get("more_body"):
                done.set()

    await app(scope, receive, send)
    return b"".join(pieces).decode()
