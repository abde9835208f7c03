"""Runs one example in a box and prints what was observed, as JSON.

The box is a process of its own in new mount, network, process and host-name namespaces: the
file system is read-only but for an empty memory file system, the network is a loopback with
nothing behind it, and every process of the example dies with the box. Standard library only;
any CPython from 3.8.

    python3 -S box.py < request.json > observation.json
"""

import ctypes
import fcntl
import json
import os
import re
import resource
import select
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time

HARNESS = os.path.dirname(os.path.abspath(__file__))
OUTPUT_LIMIT = 64 * 1024
RESULT_LIMIT = 1024 * 1024
MEMORY_LIMIT = 2 * 1024 * 1024 * 1024
FILE_LIMIT = 64 * 1024 * 1024
PROCESS_LIMIT = 48
CPU_SECONDS = 20
TYPING_DELAY = 0.3
# The example's files, its working directory, and what the harness needs.
FOLDERS = ["code", "data", "work"]

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_BIND, MS_MOVE, MS_REC, MS_PRIVATE = 4096, 8192, 16384, 1 << 18
MS_NOSUID, MS_NODEV = 2, 4
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG = 24, 38, 1
MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE, MOUNT_ATTR_RDONLY = 442, -100, 0x8000, 1

libc = ctypes.CDLL(None, use_errno=True)


class BoxError(Exception):
    """The box itself could not be built; says nothing about the example."""


def checked(result, what):
    if result != 0:
        raise BoxError("%s: %s" % (what, os.strerror(ctypes.get_errno())))


def mount(source, target, kind=None, flags=0, options=None):
    def text(value):
        return None if value is None else value.encode()

    checked(
        libc.mount(text(source), text(target), text(kind), ctypes.c_ulong(flags), text(options)),
        "mount " + target,
    )


def write_file(path, text):
    with open(path, "w") as file:
        file.write(text)


# The namespaces


def enter_namespaces():
    """Leaves the host's namespaces; the next fork is process 1 of the box."""
    flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
    user, group = os.getuid(), os.getgid()
    if user != 0:
        checked(libc.unshare(CLONE_NEWUSER), "user namespace")
        write_file("/proc/self/setgroups", "deny")
        write_file("/proc/self/uid_map", "0 %d 1" % user)
        write_file("/proc/self/gid_map", "0 %d 1" % group)
    checked(libc.unshare(flags), "namespaces")


def make_devices(folder):
    """Lays a /dev without disks over the host's."""
    os.mkdir(folder)
    mount("devices", folder, "tmpfs", MS_NOSUID, "size=1m,mode=755")
    for name in ["null", "zero", "full", "random", "urandom", "fuse"]:
        if os.path.exists("/dev/" + name):
            write_file(os.path.join(folder, name), "")
            mount("/dev/" + name, os.path.join(folder, name), flags=MS_BIND)
    for name in ["pts", "shm"]:
        os.mkdir(os.path.join(folder, name))
    mount("devpts", os.path.join(folder, "pts"), "devpts", 0, "newinstance,ptmxmode=0666")
    mount("shm", os.path.join(folder, "shm"), "tmpfs", MS_NOSUID | MS_NODEV, "size=16m")
    os.symlink("pts/ptmx", os.path.join(folder, "ptmx"))
    # The first terminal is that of the `serial` fixture.
    os.symlink("pts/0", os.path.join(folder, "ttyUSB0"))
    os.symlink("/proc/self/fd", os.path.join(folder, "fd"))
    mount(folder, "/dev", flags=MS_MOVE)


def make_file_system(root):
    """Makes everything read-only but `root`, which becomes an empty memory file system."""
    mount("none", "/", flags=MS_REC | MS_PRIVATE)
    mount("box", root, "tmpfs", MS_NOSUID, "size=256m,mode=755")
    files = os.path.join(root, "etc")
    os.mkdir(files)
    # The same everywhere, so that what an example reads from it does not tell machines apart.
    for name, text in [
        ("resolv.conf", "nameserver 127.0.0.1\noptions timeout:2 attempts:1\n"),
        ("hosts", "127.0.0.1 localhost\n"),
        ("hostname", "box\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
        # PostgreSQL does not start as root.
        ("passwd", "root:x:0:0:root:/root:/bin/sh\nserver:x:65534:65534::/:/bin/sh\n"),
        ("group", "root:x:0:\nserver:x:65534:\n"),
        ("host.conf", "multi on\n"),
    ]:
        write_file(os.path.join(files, name), text)
    for name in ["ssl", "alternatives"]:
        if os.path.isdir("/etc/" + name):
            os.mkdir(os.path.join(files, name))
            mount("/etc/" + name, os.path.join(files, name), flags=MS_BIND)
    mount(files, "/etc", flags=MS_BIND | MS_REC)
    make_devices(os.path.join(root, "dev"))
    for name in FOLDERS:
        os.mkdir(os.path.join(root, name))
    attributes = struct.pack("QQQQ", MOUNT_ATTR_RDONLY, 0, 0, 0)
    checked(
        libc.syscall(
            MOUNT_SETATTR, AT_FDCWD, b"/", AT_RECURSIVE, attributes, ctypes.c_size_t(32)
        ),
        "read-only file system",
    )
    for name in FOLDERS:
        mount("box", os.path.join(root, name), "tmpfs", MS_NOSUID, "size=256m,mode=755")
    for folder in ["/dev/shm", "/dev/pts"]:
        attributes = struct.pack("QQQQ", 0, MOUNT_ATTR_RDONLY, 0, 0)
        checked(
            libc.syscall(MOUNT_SETATTR, AT_FDCWD, folder.encode(), 0, attributes, ctypes.c_size_t(32)),
            folder,
        )
    mount("proc", "/proc", "proc")


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        name = struct.pack("16sh", b"lo", 0x1 | 0x40)
        fcntl.ioctl(handle, 0x8914, name + bytes(22))


def drop_privileges():
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def limit_resources(request):
    for kind, value in [
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_LIMIT),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(kind, (value, value))


# The run


def start_example(request, folders, result, output, errors):
    """Forks the process that becomes the example's interpreter."""
    typed = os.pipe() if request.get("stdin") else None
    process = os.fork()
    if process != 0:
        if typed:
            os.close(typed[0])
            type_later(typed[1], request["stdin"], folders["work"])
        return process
    try:
        os.setsid()
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        drop_privileges()
        limit_resources(request)
        os.dup2(typed[0] if typed else os.open("/dev/null", os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(errors, 2)
        os.dup2(result, 3)
        os.closerange(4, 256)
        os.chdir(folders["data"])
        environment = {
            "PATH": os.path.dirname(request["interpreter"]) + ":/usr/bin:/bin",
            "HOME": folders["data"],
            "TMPDIR": folders["work"],
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
        }
        authority = os.path.join(folders["work"], "authority.pem")
        if os.path.exists(authority):
            environment.update(SSL_CERT_FILE=authority, REQUESTS_CA_BUNDLE=authority)
        request_file = os.path.join(folders["work"], "request.json")
        # As a module and not as a script, so that its compiled form is used.
        program = "import sys; sys.path[0] = %r; import runner; runner.main()" % HARNESS
        command = [request["interpreter"], "-s", "-X", "dev", "-c", program, request_file]
        os.execve(command[0], command, environment)
    except BaseException as error:
        os.write(2, ("box: %s" % error).encode())
    finally:
        os._exit(127)


def type_later(descriptor, text, work):
    """Plays the person at the keyboard: types `text` a while after the example has started."""
    if os.fork() == 0:
        while not os.path.exists(os.path.join(work, "started")):
            time.sleep(0.01)
        time.sleep(TYPING_DELAY)
        os.write(descriptor, text.encode())
        time.sleep(60)
        os._exit(0)
    os.close(descriptor)


def count_processes():
    return sum(1 for name in os.listdir("/proc") if name.isdigit())


class Capture:
    """What came through a pipe, up to a limit."""

    def __init__(self, limit):
        self.reader, self.writer = os.pipe()
        self.limit = limit
        self.bytes = b""
        self.is_open = True
        self.is_over = False

    def read(self):
        piece = os.read(self.reader, 65536)
        if not piece:
            self.is_open = False
        self.is_over = len(self.bytes) + len(piece) > self.limit
        self.bytes = (self.bytes + piece)[: self.limit]


def watch(process, captures, seconds):
    """Waits for the example; returns why it was stopped, and its wait status."""
    names = {capture.reader: name for name, capture in captures.items()}
    poller = select.poll()
    for descriptor in names:
        poller.register(descriptor, select.POLLIN | select.POLLHUP)
    others = count_processes()
    deadline = time.monotonic() + seconds
    status, reason = None, None
    while reason is None:
        for descriptor, _ in poller.poll(10):
            capture = captures[names[descriptor]]
            capture.read()
            if not capture.is_open:
                poller.unregister(descriptor)
            if capture.is_over:
                reason = "output"
        if status is None:
            ended, code = os.waitpid(process, os.WNOHANG)
            if ended:
                status = code
        if status is not None and (drained(captures) or time.monotonic() > deadline):
            break
        if status is not None:
            deadline = min(deadline, time.monotonic() + 0.2)
        if count_processes() - others > PROCESS_LIMIT:
            reason = "processes"
        if status is None and time.monotonic() > deadline:
            reason = "time"
    return reason, status


def drained(captures):
    return not any(capture.is_open for capture in captures.values())


def stop_everything():
    """Kills every other process of the box; as process 1 that is all of them."""
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run_in_box(request, root):
    """Is process 1 of the box. Returns the observation."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    make_file_system(root)
    raise_loopback()
    socket.sethostname("box")
    folders = {name: os.path.join(root, name) for name in FOLDERS}
    servers = []
    if request.get("fixtures"):
        import fixtures

        try:
            servers = fixtures.start(request["fixtures"], folders)
        except fixtures.Unavailable as error:
            return {"ending": "unavailable", "stopped": str(error)}
    request = dict(request, folders=folders)
    write_file(os.path.join(folders["work"], "request.json"), json.dumps(request))
    captures = {
        "result": Capture(RESULT_LIMIT),
        "output": Capture(OUTPUT_LIMIT),
        "errors": Capture(OUTPUT_LIMIT),
    }
    process = start_example(
        request,
        folders,
        captures["result"].writer,
        captures["output"].writer,
        captures["errors"].writer,
    )
    for capture in captures.values():
        os.close(capture.writer)
    # The runner ends itself at its time limit and tells what it saw; the margin is for one
    # that cannot: held inside a call that keeps the interpreter's lock, or killed.
    reason, status = watch(process, captures, request["seconds"] + 3)
    stop_everything()
    observation = summary(captures, folders, reason, status)
    if servers:
        observation["servers"] = servers
    return observation


def normalized(capture, folders):
    """The text of a capture without addresses and folders, which differ from run to run."""
    text = capture.bytes.decode("utf-8", "replace")
    text = re.sub(r"0x[0-9a-f]{6,}", "0x…", text)
    for folder in folders.values():
        text = text.replace(folder + os.sep, "").replace(folder, ".")
    return text


def summary(captures, folders, reason, status):
    try:
        observation = json.loads(captures["result"].bytes.decode("utf-8", "replace"))
    except ValueError:
        observation = {}
    observation["stdout"] = normalized(captures["output"], folders)
    observation["stderr"] = normalized(captures["errors"], folders)[:4000]
    if reason:
        observation["ending"] = "stopped"
        observation["stopped"] = reason
        observation["stdout"] = observation["stdout"][:400]
    elif "ending" not in observation:
        observation["ending"] = "stopped"
        if status is not None and os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            limit = {signal.SIGXCPU: "cpu", signal.SIGKILL: "killed"}.get(number)
            observation["stopped"] = limit or signal.Signals(number).name
        else:
            code = os.WEXITSTATUS(status) if status is not None else -1
            observation["stopped"] = "exit %d" % code
    return observation


def boxed(request):
    """Builds the box around a child and returns what that child reports."""
    root = tempfile.mkdtemp(prefix="asyncrules-")
    reader, writer = os.pipe()
    middle = os.fork()
    if middle == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(reader)
        report_from_box(request, root, writer)
        os._exit(0)
    os.close(writer)
    try:
        return read_report(reader, middle, request["seconds"] + 20)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def report_from_box(request, root, writer):
    def send(value):
        data = json.dumps(value).encode()
        while data:
            data = data[os.write(writer, data) :]

    try:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        enter_namespaces()
    except (BoxError, OSError) as error:
        send({"ending": "unboxed", "stopped": str(error)})
        return
    first = os.fork()
    if first != 0:
        os.close(writer)
        os.waitpid(first, 0)
        return
    try:
        send(run_in_box(request, root))
    except (BoxError, OSError) as error:
        send({"ending": "unboxed", "stopped": str(error)})
    finally:
        os._exit(0)


def read_report(reader, middle, seconds):
    deadline = time.monotonic() + seconds
    data = b""
    while True:
        ready, _, _ = select.select([reader], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            os.kill(middle, signal.SIGKILL)
            os.waitpid(middle, 0)
            return {"ending": "stopped", "stopped": "time"}
        piece = os.read(reader, 65536)
        if not piece:
            break
        data += piece
    os.waitpid(middle, 0)
    return json.loads(data.decode()) if data else {"ending": "unboxed", "stopped": "no report"}


def main():
    # Being asked to end is no reason to leave the folder of the box behind.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    sys.path.insert(0, HARNESS)
    request = json.load(sys.stdin)
    json.dump(boxed(request), sys.stdout, sort_keys=True)


if __name__ == "__main__":
    main()
