#!/usr/bin/env python3
"""Writes rules beside a running `asyncrules serve`, and reads what it shows.

    check_serve.py ASYNCRULES RULES [MILLISECONDS]

MILLISECONDS is how long a rebuild of one changed rule may take (100 with an optimised program).
"""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from report import Report, expect


class Preview:
    def __init__(self, program, rules):
        self.rules = rules
        self.process = subprocess.Popen(
            [program, "serve", rules, "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1,
        )
        line = self.process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        expect(match, f"it says {line!r}")
        self.port = int(match.group(1))
        self.file = rules / "blocking" / "blocking-sleep.md"
        self.text = self.file.read_text(encoding="utf-8")

    def get(self, path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def save(self, text):
        """Writes the rule; the line that the program prints when it has seen it."""
        # In one step: a look at a file that is half written would be another change.
        draft = self.file.with_name(".draft")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self.file)
        return self.process.stdout.readline()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def check(report, preview, limit):
    page = "/rules/blocking-sleep.html"

    def pages():
        for path in ["/", "/rules/", page, "/about.html", "/AR101/"]:
            status, text = preview.get(path)
            expect(status == 200 and "<main" in text, f"{path}: {status}")
            expect('class="faults"' not in text, f"{path} shows faults")
        expect(preview.get("/../../etc/passwd")[0] == 404, "nothing outside")
        expect(preview.get("/", Host="evil.example")[0] == 403, "no foreign names")

    def changes():
        line = preview.save(preview.text.replace("title: ", "title: Changed ", 1))
        expect("all is well" in line, line)
        expect("Changed" in preview.get(page)[1], "the page is new")
        preview.save(preview.text)

    def faults():
        broken = preview.text.replace("severity: error", "severty: error", 1)
        number = broken.split("\n").index("severty: error") + 1
        line = preview.save(broken)
        expect("fault" in line, line)
        for path in [page, "/"]:
            _, text = preview.get(path)
            expect(f"blocking-sleep.md:{number}" in text, f"{path} does not name the line")
            expect("<mark>severty: error</mark>" in text, f"{path} does not show the line")
            expect("did you mean" in text and "severity" in text, "the message")
        preview.save(preview.text)
        expect('class="faults"' not in preview.get(page)[1], "mended")

    def example():
        wrong = re.sub(r"^(#\s*\^+ AR101 `time.sleep`) puts", r"\1 does put", preview.text, count=1, flags=re.M)
        expect(wrong != preview.text, "the rule has changed its words")
        line = preview.save(wrong)
        expect("1 fault" in line, line)
        expect("does put" in preview.get(page)[1], "the example that does not hold is shown")
        preview.save(preview.text)

    def reload():
        with socket.create_connection(("127.0.0.1", preview.port), timeout=20) as watcher:
            watcher.sendall(b"GET /.asyncrules/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            seen = watcher.recv(4096)
            expect(b"text/event-stream" in seen, seen)
            preview.save(preview.text + "\n")
            while b"data: changed" not in seen:
                more = watcher.recv(4096)
                expect(more, "the connection ended")
                seen += more
        preview.save(preview.text)

    def speed():
        times = []
        for round_ in range(6):
            changed = preview.text.replace("every other task.", f"every other task. {round_}", 1)
            expect(changed != preview.text, "the rule has changed its words")
            line = preview.save(changed)
            times.append(int(re.search(r"in (\d+) ms", line).group(1)))
            time.sleep(0.05)
        preview.save(preview.text)
        best = sorted(times)[len(times) // 2]
        expect(best < limit, f"{times} ms, wanted less than {limit}")
        return f"{best} ms ({times})"

    for one in [pages, changes, faults, example, reload, speed]:
        report.check(f"serve: {one.__name__}", one)


def main():
    program, rules = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "Rules"
        shutil.copytree(rules, copy)
        preview = Preview(program, copy)
        try:
            check(report, preview, limit)
        finally:
            preview.stop()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
