"""The world around an example, inside its box: names, servers, a serial line, a slow disk."""

import os
import socket
import socketserver
import ssl
import struct
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HARNESS = os.path.dirname(os.path.abspath(__file__))
NAME_DELAY = 0.06
RESPONSE_DELAY = 0.15
# Of paths that begin with `/slow`.
SLOW_RESPONSE_DELAY = 0.6


class Unavailable(Exception):
    """This machine has not what a fixture needs; says nothing about the example."""


def start(names, folders):
    """Starts what an example asks for in processes of their own and waits until it is ready.

    Returns the names and versions of the servers of the machine that it started.
    """
    wanted = dict(name.partition(":")[::2] for name in names)
    for name in names:
        if name.startswith("slow-disk"):
            import slow_disk

            slow_disk.mount(name.partition(":")[2] or folders["data"])
    servers = []
    if "redis" in wanted or "postgres" in wanted:
        import databases

        servers = databases.start(wanted, folders["work"])
    ready, announce = os.pipe()
    if os.fork() == 0:
        try:
            os.close(ready)
            if servers:
                serve_names()
                databases.serve(servers)
            if "http" in wanted:
                serve_names()
                serve_http(wanted["http"], folders["work"])
            if "echo" in wanted:
                serve_names()
                serve_echo(int(wanted["echo"] or 7))
            if "smtp" in wanted:
                serve_names()
                serve_mail()
            if "serial" in wanted:
                serve_serial()
            os.write(announce, b".")
            threading.Event().wait()
        finally:
            os._exit(1)
    os.close(announce)
    answer = os.read(ready, 1)
    os.close(ready)
    if not answer:
        raise OSError("a fixture did not start: " + ", ".join(names))
    return [server.version for server in servers]


def in_thread(function, *arguments):
    threading.Thread(target=function, args=arguments, daemon=True).start()


def serve_names():
    """Answers every name with the loopback address, after a delay."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        server.bind(("127.0.0.1", 53))
    except OSError:
        return

    def answer(query, sender):
        time.sleep(NAME_DELAY)
        server.sendto(name_answer(query), sender)

    def loop():
        while True:
            query, sender = server.recvfrom(4096)
            in_thread(answer, query, sender)

    in_thread(loop)


def name_answer(query):
    """The answer to a DNS query: one address record for A, none for anything else."""
    end = 12
    while query[end]:
        end += query[end] + 1
    end += 5
    kind = struct.unpack(">H", query[end - 4 : end - 2])[0]
    count = 1 if kind == 1 else 0
    header = query[:2] + struct.pack(">HHHHH", 0x8180, 1, count, 0, 0)
    record = struct.pack(">HHHIH4B", 0xC00C, 1, 1, 60, 4, 127, 0, 0, 1) if count else b""
    return header + query[12:end] + record


class Handler(BaseHTTPRequestHandler):
    """Answers any request with a small JSON object, after a delay.

    `/peak` is answered at once, with the most requests that there were at a time.
    """

    protocol_version = "HTTP/1.1"
    lock = threading.Lock()
    now = peak = 0

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        if self.path == "/peak":
            self.reply(b"%d" % Handler.peak)
            return
        with self.lock:
            Handler.now += 1
            Handler.peak = max(Handler.peak, Handler.now)
        is_slow = self.path.startswith("/slow")
        time.sleep(SLOW_RESPONSE_DELAY if is_slow else RESPONSE_DELAY)
        with self.lock:
            Handler.now -= 1
        path = self.path.split("?")[0]
        self.reply(('{"id": 1, "name": "Ada", "path": "%s"}\n' % path).encode())

    def reply(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


def make_authority(folder):
    """Makes a certificate for the names that examples use; it lives as long as the box."""
    names = ["localhost", "api.github.com"]
    for domain in ["example.com", "example.org", "example.net", "test", "internal"]:
        names += [domain, "*." + domain, "*.api." + domain]
    paths = [os.path.join(folder, name) for name in ("authority.pem", "authority-key.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        + ["-nodes", "-days", "2", "-subj", "/CN=asyncrules", "-out", paths[0]]
        + ["-keyout", paths[1], "-addext", "basicConstraints=critical,CA:TRUE"]
        + ["-addext", "subjectAltName=" + ",".join("DNS:" + name for name in names)],
        check=True,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "HOME": folder, "RANDFILE": paths[1] + ".seed"},
    )
    return paths


def serve_http(ports, folder):
    plain = [80, 8000, 8080] + [int(port) for port in ports.split("+") if port]
    for port in plain:
        in_thread(Server(("127.0.0.1", port), Handler).serve_forever)
    certificate, key = make_authority(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = Server(("127.0.0.1", 443), Handler)
    # Each connection shakes hands in its own thread.
    secure.socket = context.wrap_socket(
        secure.socket, server_side=True, do_handshake_on_connect=False
    )
    in_thread(secure.serve_forever)


def serve_echo(port):
    """Sends back what it receives, after a delay."""

    class Echo(socketserver.BaseRequestHandler):
        def handle(self):
            while True:
                data = self.request.recv(65536)
                if not data:
                    return
                time.sleep(RESPONSE_DELAY)
                self.request.sendall(data)

    class EchoServer(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    in_thread(EchoServer(("127.0.0.1", port), Echo).serve_forever)


def serve_mail():
    """Takes any mail, after a delay."""

    class Mail(socketserver.StreamRequestHandler):
        def say(self, line):
            self.wfile.write(line + b"\r\n")

        def handle(self):
            time.sleep(RESPONSE_DELAY)
            self.say(b"220 mail")
            for line in self.rfile:
                word = line.strip().upper()
                if word == b"DATA":
                    self.say(b"354 go on")
                    for text in self.rfile:
                        if text == b".\r\n":
                            break
                self.say(b"221 bye" if word == b"QUIT" else b"250 fine")
                if word == b"QUIT":
                    return

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 25), Mail)
    server.daemon_threads = True
    in_thread(server.serve_forever)


def serve_serial():
    """A device that says a line every now and then, and takes what it is told."""
    import tty

    master, slave = os.openpty()
    tty.setraw(slave)

    def speak():
        while True:
            time.sleep(RESPONSE_DELAY)
            os.write(master, b"21.5\n")

    def listen():
        while True:
            os.read(master, 1024)

    in_thread(speak)
    in_thread(listen)
