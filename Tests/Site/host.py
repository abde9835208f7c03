"""A host for the website under test, as ready-made ones behave: types, compression, 404 page."""

import contextlib
import gzip
import http.server
import threading
from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
}


class Host:
    """Serves a folder below a path on the loopback interface."""

    def __init__(self, folder, prefix="/book/"):
        folder = Path(folder).resolve()
        self.folder = folder

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):  # noqa: N802 - the name that http.server calls
                path = self.path.split("?")[0]
                status = 404
                file = folder / "404.html"
                if path.startswith(prefix):
                    wanted = (folder / path[len(prefix) :]).resolve()
                    if wanted.is_dir():
                        wanted = wanted / "index.html"
                    if wanted.is_file() and wanted.is_relative_to(folder):
                        status, file = 200, wanted
                body = file.read_bytes()
                self.send_response(status)
                self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
                if "gzip" in self.headers.get("Accept-Encoding", "") and file.suffix != ".png":
                    body = gzip.compress(body, 6)
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

            def handle(self):
                # A browser may go away in the middle of an answer.
                with contextlib.suppress(ConnectionError):
                    super().handle()

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}{prefix}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def file(self, url):
        """The file that is sent for an address; `None` for one of another host."""
        return self.folder / url.removeprefix(self.url) if url.startswith(self.url) else None

    def stop(self):
        self.server.shutdown()
