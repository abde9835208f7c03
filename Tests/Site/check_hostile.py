#!/usr/bin/env python3
"""Publishes rule files that attack, and watches that nothing of them acts: not in Chromium, not in
the manual, not in a terminal.

    check_hostile.py ASYNCRULES

The texts stand in every field of a rule file that its author writes. A file that the loader refuses
is inert too, as long as its error message is; at least 100 must get through.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import CHROMIUM, chromium, page_of
from report import Report, expect

ATTACKS = [
    "<script>window.pwned = 1</script>",
    "\"><img src=x onerror=\"window.pwned = 1\">",
    "' onmouseover='window.pwned = 1",
    "</code></pre><svg onload=\"window.pwned = 1\">",
    "</title><script>window.pwned = 1</script>",
    "</script><script>window.pwned = 1</script>",
    "<!-- --><iframe src=javascript:window.pwned=1></iframe>",
    "[press](javascript:window.pwned=1)",
    "[press](JaVaScRiPt:window.pwned=1)",
    "[press](data:text/html,<script>window.pwned=1</script>)",
    "&lt;script&gt;window.pwned = 1&lt;/script&gt;",
    "<a href=//evil.example/>x</a>",
    "<style>body { display: none }</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "\\fBbold\\fP \\*(lq \\n(.$ \\X'ps: exec x'",
    "\n.sy touch pwned\n.pso touch pwned",
    "'so /etc/passwd",
    ".TH EVIL 8",
    "\x1b[31mred\x1b]0;title\x07",
    "\x9b31m",
    "\u202etxt.exe\u202c",
    "\u2066x\u2069",
    "\u2028\u2029",
    "${window.pwned = 1} {{constructor}}",
    "]]></script>",
]

FIELDS = ["title", "summary", "symptom", "reference", "tag", "note", "prose", "caption", "code"]

TEMPLATE = """\
---
code: {code}
name: {name}
title: {title}
summary: {summary}
severity: warning
since: 0.1.0
frameworks: [asyncio]
symptoms: [{symptom}]
tags: [{tag}]
check: blocking-call
messages:
  call: "`{{call}}` blocks"
calls:
  - {{call: {module}.act, role: blocking, note: {note}}}
fix: none
references:
  - {{title: {reference}, url: "https://example.org/"}}
---

## What it does

Reports it. {prose}

## Why it matters

It blocks.

## Examples

It blocks. {caption}

```python bad id=first
import {module}


async def main():
    {module}.act()  # {python}
#   {marks} {code} `{module}.act` blocks
```

## How to fix it

Do not.

```python good id=third
async def main():
    return 1
```

## Near misses

This is no coroutine.

```python near-miss id=second
import {module}


def main():
    {module}.act()
```

## When to ignore it

Never.
"""


def quoted(text):
    """A YAML string in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = re.sub(
        r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]",
        lambda match: f"\\u{ord(match.group(0)):04x}",
        escaped,
    )
    return f'"{escaped}"'


def rule(number, field, attack):
    """A rule file with the text in one field."""
    plain = {name: "harmless" for name in FIELDS}
    plain[field] = attack
    name = f"hostile-{number}"
    return name, TEMPLATE.format(
        code=f"EVIL{number:03}", name=name, module=f"m{number}",
        **{key: quoted(f"Harm {plain[key]}") for key in ["title", "symptom", "note"]},
        summary=quoted(f"Harm {plain['summary']}."),
        tag=quoted(plain["tag"]), reference=quoted(plain["reference"]),
        marks="^" * len(f"m{number}.act()"), prose=plain["prose"], caption=plain["caption"], python=plain["code"].replace("\n", " "),
    )


def active_characters(text):
    """Characters that a terminal obeys or that turn text around."""
    return re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


class Attack:
    def __init__(self, program, folder):
        self.program = program
        self.folder = Path(folder)
        self.rules = self.folder / "rules"
        self.names = []
        self.refused = 0

    def run(self, *arguments):
        return subprocess.run(
            [self.program, *map(str, arguments)], capture_output=True, cwd=self.folder
        )

    def write(self):
        """Keeps the files that the loader takes; the errors of the others must be inert."""
        group = self.rules / "evil"
        group.mkdir(parents=True)
        number = 0
        for attack in ATTACKS:
            for field in FIELDS:
                number += 1
                name, text = rule(number, field, attack)
                path = group / f"{name}.md"
                path.write_text(text, encoding="utf-8")
                result = self.run("verify", self.rules)
                output = (result.stdout + result.stderr).decode()
                expect(not active_characters(output), f"{field} {attack!r}: {output!r}")
                if result.returncode == 0:
                    self.names.append(name)
                    shutil.move(path, self.folder / path.name)
                else:
                    self.refused += 1
                    path.unlink()
        for name in self.names:
            shutil.move(self.folder / f"{name}.md", group / f"{name}.md")
        expect(len(self.names) >= 100, f"only {len(self.names)} of {number} got through")
        return f"{len(self.names)} of {number} got through, {self.refused} were refused"

    def publish(self):
        result = self.run("publish", "--rules", self.rules, "--output", "out",
                          "--base-url", "https://rules.example.org/")
        expect(result.returncode == 0, result.stderr.decode()[:500])

    def browser(self):
        site = self.folder / "out" / "site"
        pages = [site / f"rules/{name}.html" for name in self.names]
        pages += [site / "rules/index.html", site / "index.html", site / "asyncrules.html"]
        with chromium() as browser, page_of(browser) as page:
            requests = []
            page.on("request", lambda request: requests.append(request.url))
            for path in pages:
                page.goto(path.as_uri())
                state = page.evaluate(
                    """() => ({
                      pwned: window.pwned,
                      links: [...document.querySelectorAll("a[href], area[href]")].map((a) => a.protocol),
                      elements: document.querySelectorAll(
                        "iframe, object, embed, base, img, script:not([src]):not([type])").length,
                      handlers: [...document.querySelectorAll("*")].filter((element) =>
                        [...element.attributes].some((one) => one.name.startsWith("on"))).length,
                    })"""
                )
                expect(state["pwned"] is None, f"{path.name}: it ran")
                foreign = set(state["links"]) - {"file:", "https:", "http:", "mailto:"}
                expect(not foreign, f"{path.name}: {foreign}")
                expect(state["elements"] == state["handlers"] == 0, f"{path.name}: {state}")
            page.goto((site / "rules/index.html").as_uri())
            page.fill("#query", "pwned")
            page.wait_for_timeout(100)
            expect(page.evaluate("window.pwned") is None, "the search ran it")
            foreign = [url for url in requests if not url.startswith(("file:", "data:"))]
            expect(not foreign, foreign[:3])
            expect(not page.faults, page.faults[:3])
        return f"{len(pages)} pages"

    def manual(self):
        """mandoc and groff show every page, run nothing and pass nothing to the terminal."""
        pages = sorted((self.folder / "out" / "man").rglob("*hostile-*"))
        expect(len(pages) >= len(self.names), f"{len(pages)} manual pages")
        for path in pages:
            for line in path.read_text(encoding="utf-8").splitlines():
                expect(not re.match(r"[.'](sy|pso|so|open|pi|TH|nx|rd)\b", line), f"{path}: {line}")
            if shutil.which("mandoc"):
                shown = subprocess.run(["mandoc", "-T", "utf8", path], capture_output=True, cwd=self.folder)
                text = re.sub(".\b", "", shown.stdout.decode())
                expect(not active_characters(text), f"{path.name}: {active_characters(text)}")
        if shutil.which("groff"):
            for path in pages[:: max(1, len(pages) // 25)]:
                shown = subprocess.run(
                    ["groff", "-S", "-mdoc", "-T", "utf8", "-P-cbou", path],
                    capture_output=True, cwd=self.folder,
                )
                text = re.sub(".\b", "", shown.stdout.decode())
                expect(not active_characters(text), f"{path.name} with groff")
        expect(not list(self.folder.rglob("pwned")), "a request of roff was obeyed")
        return f"{len(pages)} pages"

    def terminal(self):
        for name in self.names:
            for arguments in [("rule", name), ("rules",)]:
                shown = self.run(*arguments, "--rules", self.rules)
                expect(shown.returncode == 0, shown.stderr.decode()[:300])
                found = active_characters(shown.stdout.decode())
                expect(not found, f"{name}: {found}")
                if name != self.names[0]:
                    break
        return f"{len(self.names)} rules"


def main():
    program = Path(sys.argv[1]).resolve()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        attack = Attack(program, folder)
        report.check("hostile rule files are written", attack.write)
        report.check("hostile rules are published", attack.publish)
        if CHROMIUM:
            report.check("hostile rules in Chromium", attack.browser)
        else:
            report.skip("hostile rules in Chromium", "Chromium is not here")
        report.check("hostile rules in the manual", attack.manual)
        report.check("hostile rules in a terminal", attack.terminal)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
