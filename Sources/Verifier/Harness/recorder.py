"""Watches one example from inside its interpreter: the loop, its tasks, warnings and losses.

A stall is a turn of the event loop during which its thread waited in the kernel. Time in which
the thread was ready to run while the machine was busy with something else does not count, nor
does time in which other threads of the example had the interpreter's lock, so a loaded machine
changes no verdict. A turn that computes for long is recorded too, and marked as busy.
"""

import asyncio
import inspect
import logging
import os
import sys
import threading
import time
import warnings

ACTIVITY_LIMIT = 24
SUSPENDING = ("YIELD_VALUE", "YIELD_FROM", "SEND")
CALL_FLOOR = 0.02
BUSY_FLOOR = 0.1
# A wait of this length is a stall on any machine.
STALL_CEILING = 0.1
READING_LIMIT = 20
IMPORT_MACHINERY = "<frozen importlib._bootstrap>"


class Kernel:
    """What the kernel knows about the calling thread, in seconds."""

    def __init__(self):
        self.local = threading.local()
        # What threads that have ended had used, so that it does not go with them.
        self.ended = {}
        self.ended_earlier = 0.0

    def queued(self):
        """How long the thread has been ready to run without a processor."""
        try:
            descriptor = self.local.descriptor
        except AttributeError:
            try:
                descriptor = os.open("/proc/thread-self/schedstat", os.O_RDONLY)
            except OSError:
                descriptor = None
            self.local.descriptor = descriptor
        if descriptor is None:
            return 0.0
        return int(os.pread(descriptor, 100, 0).split()[1]) / 1e9

    def begin_thread(self):
        """The system gives the number of a thread that ended to another one."""
        self.ended_earlier += self.ended.pop(threading.get_native_id(), 0.0)

    def end_thread(self):
        """Keeps what the calling thread has used."""
        self.ended[threading.get_native_id()] = time.thread_time() + self.queued()
        descriptor = getattr(self.local, "descriptor", None)
        if descriptor is not None:
            os.close(descriptor)
            self.local.descriptor = None

    def others(self):
        """Processor and queue time of the other threads of the process, ended ones included."""
        ended = dict(self.ended)
        total = self.ended_earlier + sum(ended.values())
        if threading.active_count() < 2:
            return total
        own = threading.get_native_id()
        for name in os.listdir("/proc/self/task"):
            if int(name) == own or int(name) in ended:
                continue
            try:
                with open("/proc/self/task/%s/schedstat" % name) as file:
                    total += sum(int(number) for number in file.read().split()[:2]) / 1e9
            except OSError:
                pass
        return total

    def now(self):
        """Wall clock; processor time, queue time of the thread; both of the other threads."""
        others = self.others()
        queued = self.queued()
        for _ in range(READING_LIMIT):
            reading = time.perf_counter(), time.thread_time(), queued, others
            before, queued = queued, self.queued()
            # Time in the queue between two of these clocks would be in one of them only, and
            # look like a wait.
            if queued == before:
                break
        return reading


class Activity:
    """A coroutine of the example, or a function it handed to a thread, from start to end."""

    def __init__(self, name, kind, start):
        self.name = name
        self.kind = kind
        self.start = start
        self.end = None

    def record(self, origin, now):
        return {
            "name": self.name,
            "kind": self.kind,
            "start": milliseconds(self.start - origin),
            "end": milliseconds((self.end or now) - origin),
            "finished": self.end is not None,
        }


def milliseconds(seconds):
    return round(seconds * 1000, 1)


class Recorder:
    """Everything that is observed of one run."""

    def __init__(self, code_folder, stall_floor=0.04):
        self.code_folder = code_folder + os.sep
        self.kernel = Kernel()
        self.stall_floor = stall_floor
        self.baseline = 0.0
        self.activities = []
        self.omitted = 0
        self.open = {}
        self.stalls = []
        self.blocking_calls = []
        self.warnings = []
        self.lost = []
        self.denied = []
        self.turns = {}

    # Installing

    def calibrate(self):
        """Measures how long a turn that waits for nothing seems to wait on this machine."""
        worst = 0.0
        for _ in range(100):
            before = self.kernel.now()
            sum(range(1000))
            worst = max(worst, waited(before, self.kernel.now()))
        self.baseline = worst
        self.stall_floor = min(max(self.stall_floor, 8 * worst), STALL_CEILING)

    def install(self):
        self.watch_handles()
        self.watch_threads()
        self.watch_losses()
        warnings.simplefilter("always")
        warnings.showwarning = self.on_warning
        sys.unraisablehook = self.on_unraisable
        sys.addaudithook(self.on_audit)
        threading.setprofile(self.profile_thread)
        sys.setprofile(self.profiler())

    def uninstall(self):
        sys.setprofile(None)
        threading.setprofile(None)

    def watch_handles(self):
        """Times each callback that an asyncio loop runs."""
        recorder = self
        run = asyncio.events.Handle._run

        def timed_run(self):
            recorder.begin_turn()
            try:
                return run(self)
            finally:
                recorder.end_turn()

        asyncio.events.Handle._run = timed_run
        # Its own slow-callback message goes by the wall clock.
        asyncio.BaseEventLoop.slow_callback_duration = property(
            lambda self: float("inf"), lambda self, value: None
        )
        self.turn_code = timed_run.__code__

    def watch_trio(self):
        """Times each step of a trio task."""
        import trio

        recorder = self

        class Watch(trio.abc.Instrument):
            def before_task_step(self, task):
                recorder.begin_turn()

            def after_task_step(self, task):
                recorder.end_turn()

        def with_watch(run):
            def watched(*arguments, **options):
                options["instruments"] = list(options.get("instruments", ())) + [Watch()]
                return run(*arguments, **options)

            return watched

        trio.run = with_watch(trio.run)

    def watch_threads(self):
        """Records what thread pools run for the example, and what ended threads have used."""
        from concurrent.futures import thread

        recorder = self
        bootstrap = threading.Thread._bootstrap_inner

        def counted_bootstrap(self):
            recorder.kernel.begin_thread()
            try:
                bootstrap(self)
            finally:
                recorder.kernel.end_thread()

        threading.Thread._bootstrap_inner = counted_bootstrap
        run = thread._WorkItem.run

        def recorded_run(self):
            activity = recorder.begin(thread_label(self, recorder), "thread")
            try:
                return run(self)
            finally:
                recorder.end(activity)

        thread._WorkItem.run = recorded_run

    def watch_losses(self):
        """Records what asyncio can only log: exceptions and tasks that nobody kept."""
        recorder = self

        class Losses(logging.Handler):
            def emit(self, record):
                text = record.getMessage().split("\n")[0]
                if record.levelno < logging.ERROR:
                    return
                error = record.exc_info[1] if record.exc_info else None
                if isinstance(error, BaseException):
                    text += " (%s: %s)" % (type(error).__name__, error)
                recorder.lost.append(text)

        logging.getLogger("asyncio").addHandler(Losses())

    # Turns of the loop

    def begin_turn(self):
        self.turns.setdefault(threading.get_ident(), []).append(self.kernel.now())

    def end_turn(self):
        thread = threading.get_ident()
        turns = self.turns[thread]
        before = turns.pop()
        after = self.kernel.now()
        if turns:
            return
        if waited(before, after) >= self.stall_floor:
            self.add_stall(thread, before[0], waited(before, after), False)
        elif served(before, after) >= BUSY_FLOOR:
            self.add_stall(thread, before[0], served(before, after), True)

    def add_stall(self, thread, start, seconds, is_busy):
        calls = [c for c in self.blocking_calls if c["at"] >= start and c["thread"] == thread]
        # A module that is imported late is read and compiled once; no rule is about that.
        if sum(c["seconds"] for c in calls if c["import"]) > seconds / 2:
            return
        self.stalls.append({"start": start, "seconds": seconds, "busy": is_busy, "calls": calls})

    def in_turn(self, thread):
        return bool(self.turns.get(thread))

    # Frames

    def is_ours(self, code):
        return code.co_filename.startswith(self.code_folder)

    def profile_thread(self, frame, event, argument):
        """Puts a profiler of its own into the thread that calls this first."""
        sys.setprofile(self.profiler())

    def profiler(self):
        """A profile function for one thread; it runs at each call, so it is short."""
        starts = []
        clock, folder, open_frames = time.perf_counter, self.code_folder, self.open
        flags = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR

        def on_event(frame, event, argument):
            if event == "c_call":
                starts.append(clock())
            elif event == "call":
                code = frame.f_code
                if code.co_flags & flags and code.co_filename.startswith(folder):
                    self.enter(frame)
            elif event == "return":
                if id(frame) in open_frames:
                    self.leave(frame)
            elif starts:
                start = starts.pop()
                if clock() - start >= CALL_FLOOR:
                    self.note_call(frame, argument, start)

        return on_event

    def note_call(self, frame, function, start):
        """Keeps the innermost long call of a turn, with the example's line that led to it."""
        thread = threading.get_ident()
        if not self.in_turn(thread):
            return
        if any(c["at"] >= start and c["thread"] == thread for c in self.blocking_calls):
            return
        line, file, is_import = None, None, False
        while frame is not None and frame.f_code is not self.turn_code:
            is_import = is_import or frame.f_code.co_filename == IMPORT_MACHINERY
            if self.is_ours(frame.f_code):
                line, file = frame.f_lineno, frame.f_code.co_filename[len(self.code_folder) :]
                break
            frame = frame.f_back
        if line is None:
            return
        self.blocking_calls.append(
            {
                "at": start,
                "seconds": time.perf_counter() - start,
                "thread": thread,
                "callee": callee_name(function),
                "line": line,
                "file": file,
                "import": is_import,
            }
        )

    def enter(self, frame):
        if id(frame) in self.open:
            return
        activity = self.begin(coroutine_label(frame), "coroutine")
        if activity is not None:
            self.open[id(frame)] = activity

    def leave(self, frame):
        if not is_suspended(frame):
            self.end(self.open.pop(id(frame)))

    def begin(self, name, kind):
        if len(self.activities) >= ACTIVITY_LIMIT:
            self.omitted += 1
            return None
        activity = Activity(name, kind, time.perf_counter())
        self.activities.append(activity)
        return activity

    def end(self, activity):
        if activity is not None:
            activity.end = time.perf_counter()

    # Warnings and denials

    def on_warning(self, message, category, filename, lineno, file=None, line=None):
        text = str(message).split("\n")[0]
        inside = filename.startswith(self.code_folder)
        self.warnings.append(
            {
                "category": category.__name__,
                "message": text,
                "line": lineno if inside else None,
            }
        )

    def on_unraisable(self, unraisable):
        error = unraisable.exc_value
        self.lost.append(
            "Exception ignored (%s: %s)" % (type(error).__name__, error)
        )

    def on_audit(self, event, arguments):
        if event == "socket.connect":
            address = arguments[1]
            if isinstance(address, tuple) and not is_loopback(address[0]):
                self.denied.append("network %s" % address[0])
        elif event == "open":
            path, mode, flags = arguments
            writes = flags is not None and flags & (os.O_WRONLY | os.O_RDWR)
            if writes and isinstance(path, str) and not self.may_write(path):
                self.denied.append("write %s" % path)

    def may_write(self, path):
        path = os.path.realpath(path)
        roots = [os.path.dirname(self.code_folder.rstrip(os.sep)), "/dev", "/proc/self"]
        return any(path == root or path.startswith(root + os.sep) for root in roots)

    # The result

    def observation(self):
        now = time.perf_counter()
        for thread, turns in list(self.turns.items()):
            # A turn that never ended.
            if turns and now - turns[0][0] > 1:
                self.add_stall(thread, turns[0][0], now - turns[0][0], False)
        origin = min(
            [activity.start for activity in self.activities]
            + [stall["start"] for stall in self.stalls]
            + [now]
        )
        return {
            "activities": numbered([a.record(origin, now) for a in self.activities]),
            "omitted": self.omitted,
            "stalls": [stall_record(stall, origin) for stall in self.stalls],
            "warnings": self.warnings,
            "lost": self.lost,
            "denied": self.denied,
            "baseline": milliseconds(self.baseline),
        }


def waited(before, after):
    """Seconds between two readings that the thread spent waiting in the kernel."""
    wall, processor, queued, others = [b - a for a, b in zip(before, after)]
    return max(0.0, wall - processor - queued - max(0.0, others))


def served(before, after):
    """Seconds between two readings, less those in the run queue."""
    return after[0] - before[0] - (after[2] - before[2])


def stall_record(stall, origin):
    record = {
        "start": milliseconds(stall["start"] - origin),
        "duration": milliseconds(stall["seconds"]),
    }
    if stall["busy"]:
        record["busy"] = True
    # Of many short calls none is the one that stalled.
    if stall["calls"] and max(c["seconds"] for c in stall["calls"]) > stall["seconds"] / 4:
        worst = max(stall["calls"], key=lambda call: call["seconds"])
        record.update({key: worst[key] for key in ("callee", "line", "file")})
    return record


def numbered(records):
    """Tells activities of the same name apart: `fetch()`, `fetch() #2`."""
    seen = {}
    for record in records:
        count = seen[record["name"]] = seen.get(record["name"], 0) + 1
        if count > 1:
            record["name"] += " #%d" % count
    return records


def is_loopback(host):
    return host in ("localhost", "::1", "") or host.startswith("127.")


def is_suspended(frame):
    """Whether a frame that gives control back will go on later."""
    import dis

    code, place = frame.f_code.co_code, frame.f_lasti

    def operation(offset):
        at = place + offset
        return dis.opname[code[at]] if 0 <= at < len(code) else ""

    if operation(0) in SUSPENDING:
        return True
    if sys.version_info < (3, 11):
        return operation(2) == "YIELD_FROM"
    # Since 3.13 the frame already points behind the yield.
    return operation(0) == "RESUME" and operation(-2) == "YIELD_VALUE"


def callee_name(function):
    owner = getattr(function, "__self__", None)
    name = getattr(function, "__name__", str(function))
    module = getattr(function, "__module__", None)
    if module:
        return "%s.%s" % (module.lstrip("_"), name)
    if owner is not None and not inspect.ismodule(owner):
        return "%s.%s" % (type(owner).__name__, name)
    return name


def coroutine_label(frame):
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    values = [frame.f_locals.get(name) for name in names if name not in ("self", "cls")]
    return "%s(%s)" % (code.co_name, ", ".join(simple_arguments(values)))


def simple_arguments(values):
    shown = []
    for value in values:
        if isinstance(value, (int, float, str)) and len(repr(value)) <= 24:
            shown.append(repr(value))
        else:
            shown.append("…")
    return shown


def thread_label(item, recorder):
    function = getattr(item, "fn", None)
    arguments = getattr(item, "args", ())
    if function is None:
        function, arguments = item.task[0], item.task[1]
    candidates = flattened(function, arguments)
    ours = [f for f in candidates if recorder.is_ours(getattr(f, "__code__", None) or NO_CODE)]
    named = [f for f in candidates if getattr(f, "__name__", "run") not in PLUMBING]
    chosen = (ours or named or candidates)[0]
    return "%s in a thread" % getattr(chosen, "__qualname__", type(chosen).__name__)


class NO_CODE:
    co_filename = ""


PLUMBING = ("run", "thread_handler", "partial", "_run_once", "<lambda>")


def flattened(function, arguments):
    """A callable and the callables it was bundled with, outermost first."""
    found = []
    bundle = [function] + list(arguments)
    while bundle:
        value = bundle.pop(0)
        if hasattr(value, "func") and hasattr(value, "args"):
            bundle = [value.func] + list(value.args) + bundle
        elif callable(value) and not isinstance(value, type):
            found.append(value)
    return found or [function]
