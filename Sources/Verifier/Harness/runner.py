"""Runs the example it is handed inside the box, and writes what it saw to descriptor 3."""

import ast
import asyncio
import gc
import importlib
import json
import os
import platform
import re
import sys
import threading
import traceback
import types

from recorder import Recorder

TOP_LEVEL_AWAIT = getattr(ast, "PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000)


def main():
    with open(sys.argv[1]) as file:
        request = json.load(file)
    os.remove(sys.argv[1])
    code = request["folders"]["code"]
    for file in request["files"]:
        path = os.path.join(code, file["path"])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", newline="") as handle:
            handle.write(file["text"])
    harness = sys.path[0]
    sys.path[0] = code
    sys.argv = [os.path.join(code, request["files"][-1]["path"])]
    recorder = Recorder(code)
    report = Report(recorder, request)
    helpers = prepare(request, harness)
    run_setup(request, helpers)
    if "trio" in request.get("packages", []):
        recorder.watch_trio()
    recorder.calibrate()
    # What was loaded until here is no garbage of the example: not looked at when it ends.
    gc.freeze()
    report.watch_clock(request["seconds"])
    recorder.install()
    with open(os.path.join(request["folders"]["work"], "started"), "w"):
        pass
    error = None
    try:
        run(request, code, helpers)
    except SystemExit as exit:
        if exit.code not in (None, 0):
            error = exit
    except BaseException as raised:
        error = raised
    recorder.uninstall()
    report.finish(error)


def prepare(request, harness):
    """Loads what entry and set-up code may use."""
    sys.path.append(harness)
    import drive

    helpers = {name: getattr(drive, name) for name in drive.__all__}
    if "django" in request.get("fixtures", []):
        import django_project

        django_project.prepare(request["folders"])
        helpers["view"] = django_project.view
    sys.path.remove(harness)
    return helpers


def run_setup(request, helpers):
    if request.get("setup"):
        namespace = dict(helpers, __name__="setup")
        exec(compile(request["setup"], "<setup>", "exec"), namespace)


def run(request, code, helpers):
    # The last file is the one that uses the others.
    first = request["files"][-1]["path"]
    path = os.path.join(code, first)
    if first.endswith((".ipynb", ".ipynb.py")):
        run_cells([os.path.join(code, file["path"]) for file in request["files"]])
    elif request.get("entry"):
        name = first[: -len(".py")].replace("/", ".")
        if name.endswith(".__init__"):
            name = name[: -len(".__init__")]
        module = importlib.import_module(name)
        namespace = dict(helpers)
        namespace.update(vars(module))
        namespace.setdefault("asyncio", asyncio)
        path = os.path.join(code, "<entry>")
        exec(compile(request["entry"], path, "exec"), namespace)
        clear(namespace)
        clear(vars(module))
    else:
        with open(path, "rb") as file:
            source = file.read()
        module = types.ModuleType("__main__")
        module.__file__ = path
        sys.modules["__main__"] = module
        exec(compile(source, path, "exec"), vars(module))
        clear(vars(module))


def run_cells(paths):
    """Runs notebook cells as a kernel does: inside a loop that is already running."""

    async def kernel():
        namespace = {"__name__": "__main__"}
        for path in paths:
            with open(path, "rb") as file:
                source = file.read()
            result = eval(compile(source, path, "exec", flags=TOP_LEVEL_AWAIT), namespace)
            if asyncio.iscoroutine(result):
                await result

    asyncio.run(kernel())


def clear(namespace):
    """Drops what a module holds, as the interpreter does when it ends."""
    for name in list(namespace):
        if not name.startswith("__"):
            namespace[name] = None


class Report:
    """The observation and the descriptor it goes to, once."""

    def __init__(self, recorder, request):
        self.recorder = recorder
        self.request = request
        self.lock = threading.Lock()

    def watch_clock(self, seconds):
        """Reports from a thread when the example does not end by itself."""

        def expire():
            self.send({"ending": "unfinished"})

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()

    def finish(self, error):
        ending = {"ending": "returned"}
        if error is not None:
            ending = {"ending": "raised", "exception": self.describe(error)}
            error.__traceback__ = None
            error.__context__ = None
        del error
        for _ in range(2):
            gc.collect()
        self.send(ending)

    def describe(self, error):
        """The type, message and place of an exception; for a group also its parts."""
        kind = type(error)
        name = kind.__qualname__
        if kind.__module__ not in ("builtins", "__main__"):
            name = "%s.%s" % (kind.__module__, name)
        code = self.request["folders"]["code"] + os.sep
        place = {}
        if isinstance(error, SyntaxError):
            message = error.msg
            if (error.filename or "").startswith(code):
                place = {"line": error.lineno, "file": error.filename[len(code) :]}
        else:
            message = str(error).split("\n")[0]
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename.startswith(code):
                    place = {"line": frame.lineno, "file": frame.filename[len(code) :]}
        if place.get("file") == "<entry>":
            place = {}
        parts = [self.describe(part) for part in getattr(error, "exceptions", ())]
        return dict(place, type=name, message=message, parts=parts)

    def send(self, ending):
        if not self.lock.acquire(False):
            return
        observation = dict(self.recorder.observation(), **ending)
        observation.update(
            python=platform.python_version(),
            implementation=platform.python_implementation(),
            system=platform.system() + " " + platform.machine(),
        )
        text = self.normalized(json.dumps(observation))
        data = text.encode()
        sys.stdout.flush()
        while data:
            data = data[os.write(3, data) :]
        # Threads and tasks that never end must not keep the box open.
        os._exit(0)

    def normalized(self, text):
        text = re.sub(r"0x[0-9a-f]{6,}", "0x…", text)
        text = re.sub(r"<(socket\.socket|ssl\.SSLSocket) [^>]*>", r"<\1 …>", text)
        for name in ("code", "data", "work"):
            text = text.replace(self.request["folders"][name] + os.sep, "")
        return text
