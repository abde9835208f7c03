"""What the set-up and entry code of an example may call besides the example itself."""

import asyncio
import os

__all__ = ["write", "request", "send_requests"]


def write(path, text=""):
    """Writes a file below the working directory, with its folders."""
    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(path, "w" if isinstance(text, str) else "wb") as file:
        file.write(text)


async def send_requests(app, *paths, method="GET", body=b""):
    """Sends requests to an ASGI application at the same time; returns the bodies in order."""
    return await asyncio.gather(*(respond(app, path, method, body) for path in paths))


def request(app, path, method="GET", body=b""):
    """Sends one request to an ASGI application in a loop of its own; returns the body."""
    return asyncio.run(respond(app, path, method, body))


async def respond(app, path, method, body):
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
