"""A disk in memory on which each operation takes a while: a file system over /dev/fuse.

Speaks the kernel's protocol directly, version 7.31, so it needs no library.
**Source:** linux/include/uapi/linux/fuse.h
"""

import ctypes
import errno
import os
import stat
import struct
import threading
import time

DELAY = 0.05
(LOOKUP, FORGET, GETATTR, SETATTR, READLINK, SYMLINK) = (1, 2, 3, 4, 5, 6)
(MKNOD, MKDIR, UNLINK, RMDIR, RENAME, LINK, OPEN, READ, WRITE) = range(8, 17)
(STATFS, RELEASE) = (17, 18)
(FSYNC, SETXATTR, GETXATTR, LISTXATTR, REMOVEXATTR, FLUSH, INIT, OPENDIR, READDIR) = range(20, 29)
(RELEASEDIR, FSYNCDIR, GETLK, SETLK, SETLKW, ACCESS, CREATE, INTERRUPT) = range(29, 37)
DESTROY, BATCH_FORGET, RENAME2 = 38, 42, 45
# What the kernel does by itself or in the background costs nobody time.
QUICK = {FORGET, BATCH_FORGET, INIT, RELEASE, RELEASEDIR, FLUSH, INTERRUPT, DESTROY, GETXATTR}
HEADER = struct.Struct("IIQQIIII")


class Node:
    def __init__(self, mode, content=b""):
        self.mode = mode
        self.content = bytearray(content)
        self.children = {} if stat.S_ISDIR(mode) else None
        self.time = int(time.time())
        self.links = 1


class Refused(Exception):
    def __init__(self, number):
        self.number = number


class Disk:
    """Answers the kernel's requests, one thread each."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.nodes = {1: Node(stat.S_IFDIR | 0o755)}
        self.next = 2
        self.lock = threading.Lock()

    def fill(self, folder, parent):
        """Copies what is in a folder."""
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            name = entry.name.encode()
            if entry.is_symlink():
                target = os.readlink(entry.path).encode()
                self.add(parent, name, Node(stat.S_IFLNK | 0o777, target))
            elif entry.is_dir():
                child = Node(stat.S_IFDIR | 0o755)
                self.add(parent, name, child)
                self.fill(entry.path, child)
            elif entry.is_file():
                with open(entry.path, "rb") as file:
                    self.add(parent, name, Node(stat.S_IFREG | 0o644, file.read(1 << 20)))

    def serve(self):
        while True:
            try:
                request = os.read(self.descriptor, 1 << 18)
            except OSError as error:
                if error.errno in (errno.EINTR, errno.ENOENT, errno.EAGAIN):
                    continue
                return
            threading.Thread(target=self.answer, args=(request,), daemon=True).start()

    def answer(self, request):
        _, code, unique, number = HEADER.unpack_from(request)[:4]
        body = request[HEADER.size :]
        if code in (FORGET, BATCH_FORGET, INTERRUPT):
            return
        if code not in QUICK:
            time.sleep(DELAY)
        try:
            with self.lock:
                reply, failure = self.perform(code, number, body), 0
        except Refused as refused:
            reply, failure = b"", refused.number
        try:
            os.write(self.descriptor, struct.pack("IiQ", 16 + len(reply), -failure, unique) + reply)
        except OSError:
            pass

    def perform(self, code, number, body):
        node = self.nodes.get(number)
        if code == INIT:
            return struct.pack("IIIIHHIIHHI7I", 7, 31, 65536, 0, 16, 8, 1 << 17, 1, 32, 0, 0, *[0] * 7)
        if code == LOOKUP:
            return self.entry(self.child(node, text(body)))
        if code == GETATTR:
            return self.attributes(number)
        if code == SETATTR:
            return self.change(node, number, body)
        if code == READLINK:
            return bytes(node.content)
        if code == SYMLINK:
            name, target = body.split(b"\0")[:2]
            return self.entry(self.add(node, name, Node(stat.S_IFLNK | 0o777, target)))
        if code in (MKNOD, MKDIR, CREATE):
            return self.make(code, node, body)
        if code in (UNLINK, RMDIR):
            return self.remove(code, node, text(body))
        if code in (RENAME, RENAME2):
            return self.rename(code, node, body)
        if code == LINK:
            source = struct.unpack_from("Q", body)[0]
            node.children[text(body[8:])] = source
            self.nodes[source].links += 1
            return self.entry(source)
        if code in (OPEN, OPENDIR):
            # 1: bypass the page cache, so that each read reaches the disk.
            return struct.pack("QII", 0, 1 if code == OPEN else 0, 0)
        if code == READ:
            _, offset, size = struct.unpack_from("QQI", body)
            return bytes(node.content[offset : offset + size])
        if code == WRITE:
            return self.write(node, body)
        if code == READDIR:
            return self.listing(node, body)
        if code == STATFS:
            return struct.pack("QQQQQIIII6I", 9999, 9999, 9999, 9999, 9999, 4096, 255, 4096, 0, *[0] * 6)
        if code in (RELEASE, RELEASEDIR, FSYNC, FSYNCDIR, FLUSH, ACCESS, DESTROY):
            return b""
        raise Refused(errno.ENOSYS)

    def child(self, node, name):
        if name not in node.children:
            raise Refused(errno.ENOENT)
        return node.children[name]

    def add(self, parent, name, node):
        number, self.next = self.next, self.next + 1
        self.nodes[number] = node
        parent.children[name] = number
        return number

    def make(self, code, parent, body):
        if code == MKDIR:
            mode, kind, name = struct.unpack_from("I", body)[0], stat.S_IFDIR, text(body[8:])
        elif code == MKNOD:
            mode, kind, name = struct.unpack_from("I", body)[0], 0, text(body[16:])
        else:
            mode, kind, name = struct.unpack_from("I", body, 4)[0], 0, text(body[16:])
        if name in parent.children:
            raise Refused(errno.EEXIST)
        number = self.add(parent, name, Node(mode | kind))
        opened = struct.pack("QII", 0, 1, 0) if code == CREATE else b""
        return self.entry(number) + opened

    def remove(self, code, parent, name):
        number = self.child(parent, name)
        node = self.nodes[number]
        if code == RMDIR and node.children:
            raise Refused(errno.ENOTEMPTY)
        del parent.children[name]
        node.links -= 1
        return b""

    def rename(self, code, parent, body):
        size = 8 if code == RENAME else 16
        target = self.nodes[struct.unpack_from("Q", body)[0]]
        old, new = body[size:].split(b"\0")[:2]
        target.children[new] = self.child(parent, old)
        del parent.children[old]
        return b""

    def change(self, node, number, body):
        valid, _, _, size = struct.unpack_from("IIQQ", body)
        if valid & 1:
            node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(struct.unpack_from("I", body, 68)[0])
        if valid & 8:
            del node.content[size:]
            node.content.extend(bytes(size - len(node.content)))
        if valid & 32:
            node.time = struct.unpack_from("Q", body, 40)[0]
        return self.attributes(number)

    def write(self, node, body):
        _, offset, size = struct.unpack_from("QQI", body)
        data = body[40 : 40 + size]
        node.content.extend(bytes(max(0, offset - len(node.content))))
        node.content[offset : offset + size] = data
        node.time = int(time.time())
        return struct.pack("II", size, 0)

    def listing(self, node, body):
        _, offset, size = struct.unpack_from("QQI", body)
        names = [(b".", 1), (b"..", 1)] + list(node.children.items())
        reply = b""
        for index, (name, number) in enumerate(names[offset:], offset + 1):
            kind = stat.S_IFMT(self.nodes[number].mode) >> 12
            record = struct.pack("QQII", number, index, len(name), kind) + name
            record += bytes(-len(record) % 8)
            if len(reply) + len(record) > size:
                break
            reply += record
        return reply

    def attribute(self, number):
        node = self.nodes[number]
        size = len(node.content)
        when = node.time
        return struct.pack(
            "QQQQQQIIIIIIIIII",
            *(number, size, (size + 511) // 512, when, when, when, 0, 0, 0),
            *(node.mode, max(1, node.links), 0, 0, 0, 4096, 0),
        )

    def attributes(self, number):
        # Nothing is remembered by the kernel: each question reaches the disk.
        return struct.pack("QII", 0, 0, 0) + self.attribute(number)

    def entry(self, number):
        return struct.pack("QQQQII", number, 0, 0, 0, 0, 0) + self.attribute(number)


def text(body):
    return bytes(body.split(b"\0")[0])


def mount(folder):
    """Lays the disk over a folder and serves it from a process of its own."""
    descriptor = os.open("/dev/fuse", os.O_RDWR)
    disk = Disk(descriptor)
    disk.fill(folder, disk.nodes[1])
    options = "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other" % descriptor
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.mount(
        b"disk", folder.encode(), b"fuse.asyncrules", ctypes.c_ulong(2 | 4), options.encode()
    )
    if result != 0:
        raise OSError(ctypes.get_errno(), "slow disk")
    if os.fork() == 0:
        disk.serve()
        os._exit(0)
    os.close(descriptor)
