"""Database servers of the machine inside the box: Redis and PostgreSQL, a network away.

Each real server listens on a port of its own. Clients reach it through a relay at the usual
port, which hands on what they send after a delay: as if the server were in another house.
"""

import ctypes
import glob
import os
import shutil
import socket
import subprocess
import threading
import time

from fixtures import Unavailable

DELAY = 0.05
START_SECONDS = 15
UNPRIVILEGED = 65534
CLONE_NEWUSER = 0x10000000
FOLDERS = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"]

libc = ctypes.CDLL(None, use_errno=True)


class Server:
    """A server that was started: `Redis 7.0.15`, where it is and where clients look for it."""

    def __init__(self, version, port, public):
        self.version = version
        self.port = port
        self.public = public


def start(wanted, folder):
    """Starts the servers that are wanted and waits until they take connections."""
    starters = {"redis": start_redis, "postgres": start_postgres}
    servers = [starter(folder) for name, starter in starters.items() if name in wanted]
    for server in servers:
        await_connections(server)
    return servers


def start_redis(folder):
    program = found("redis-server", FOLDERS)
    # What Redis does depends on the name by which it is called.
    command = [program, "--port", "16379", "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    launch(command, os.path.join(folder, "redis.log"))
    return Server("Redis " + version_of(program), 16379, 6379)


def start_postgres(folder):
    """Makes an empty cluster whose superuser is `postgres`, without a password."""
    versioned = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=postgres_version, reverse=True)
    program = os.path.realpath(found("postgres", versioned + FOLDERS))
    initialise = os.path.join(os.path.dirname(program), "initdb")
    if not os.path.exists(initialise):
        raise Unavailable("initdb is not installed")
    data = os.path.join(folder, "postgres")
    os.mkdir(data, 0o700)
    owner = unprivileged_owner()
    if owner:
        os.chown(data, owner, owner)
    log = os.path.join(folder, "postgres.log")
    options = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
    options += ["--no-sync", "--no-instructions"]
    process = launch([initialise] + options, log, give_up_rights)
    if process.wait() != 0:
        raise Unavailable("initdb fails: " + last_line(log))
    options = ["-D", data, "-p", "15432", "-h", "127.0.0.1", "-k", "", "-F"]
    launch([program] + options, log, give_up_rights)
    return Server("PostgreSQL " + version_of(program), 15432, 5432)


def postgres_version(folder):
    number = folder.split("/")[-2]
    return int(number) if number.isdigit() else 0


def found(name, folders):
    path = shutil.which(name, path=os.pathsep.join(folders))
    if path is None:
        raise Unavailable("no %s is installed" % name)
    return path


def version_of(program):
    """The number that `--version` prints."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    answer = subprocess.run(
        [program, "--version"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=environment,
        check=True,
    )
    words = answer.stdout.decode().replace("v=", "").split()
    return next(word for word in words if word[0].isdigit())


def launch(command, log, before=None):
    with open(log, "ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"},
            preexec_fn=before,
        )


def last_line(path):
    with open(path, errors="replace") as file:
        lines = file.read().split("\n")
    return next((line for line in reversed(lines) if line), "no output")


def unprivileged_owner():
    """The user that a server runs as; `None` where the box knows only one user."""
    with open("/proc/self/uid_map") as file:
        first, _, count = [int(number) for number in file.readline().split()]
    return UNPRIVILEGED if first + count > UNPRIVILEGED else None


def give_up_rights():
    """Makes the process one of an ordinary user, under another name if there is only one."""
    if unprivileged_owner():
        os.setgroups([])
        os.setgid(UNPRIVILEGED)
        os.setuid(UNPRIVILEGED)
        return
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespace")
    for path, text in [
        ("/proc/self/setgroups", "deny"),
        ("/proc/self/uid_map", "%d %d 1" % (UNPRIVILEGED, user)),
        ("/proc/self/gid_map", "%d %d 1" % (UNPRIVILEGED, group)),
    ]:
        with open(path, "w") as file:
            file.write(text)


def await_connections(server):
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise Unavailable("%s does not start" % server.version)
            time.sleep(0.02)


def serve(servers):
    """Relays connections to the servers, from threads of this process."""
    for server in servers:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", server.public))
        listener.listen(128)
        in_thread(accept, listener, server.port)


def accept(listener, port):
    while True:
        client, _ = listener.accept()
        upstream = socket.create_connection(("127.0.0.1", port))
        for connection in (client, upstream):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        in_thread(relay, client, upstream, DELAY)
        in_thread(relay, upstream, client, 0)


def relay(source, target, delay):
    """Hands on what comes from one side until it ends."""
    try:
        while True:
            data = source.recv(65536)
            if not data:
                break
            time.sleep(delay)
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def in_thread(function, *arguments):
    threading.Thread(target=function, args=arguments, daemon=True).start()
