#!/usr/bin/env python3
"""Publishes a synthetic base of rules with asyncrules and renders the same Markdown with Hugo.

    publish_speed.py ASYNCRULES [--rules 10000] [--repeat 1]

How the two are compared: both read the same files from the same disk in the same run, by turns, each
with all cores and an empty output folder, and neither finds a cache of its own. Hugo does one thing:
each file becomes one page, with its fences highlighted by classes, in the smallest of templates.
asyncrules does all that `asyncrules publish` does, with these rules alone: it reads and checks every
file, classifies its examples with all rules, applies fixes, checks every link, and writes pages, their
Markdown twins, records, manual pages, the catalogue and SARIF. Printed are the times on the clock, the
processor time, the highest memory, the files and bytes that each wrote, and the ratios; exit status 1
below the wanted ratio. On a busy machine the ratio of the processor times is the one to look at.
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = (
    "event loop task waits other request answer thread blocks socket timer handler queue lock file "
    "process second deadline result value caller module service client server connection byte"
).split()

RULE = """\
---
code: {code}
name: {name}
title: Blocking call of module {number} in a coroutine
summary: {summary}
severity: error
since: 0.1.0
frameworks: [asyncio]
symptoms: ["Executing <Task {number}> took 1.000 seconds"]
tags: [blocking, synthetic]
check: blocking-call
messages:
  call: "`{{call}}` blocks the event loop; use `{{replacement}}`"
calls:
  - {{call: m{number}.act, replace: {{asyncio: a{number}.act}}}}
fix: none
references:
  - {{title: "Reference {number}", url: "https://example.org/{number}"}}
---

## What it does

{p1}

## Why it matters

{p2}

- {w1}
- {w2}
- {w3}

{p3}

## Examples

{w4}

```python bad id=handler framework=asyncio
import asyncio

import m{number}


class Service{number}:
    def __init__(self, name: str) -> None:
        self.name = name
        self.seen = {{}}

    async def handle(self, request):
        key = f"{{self.name}}:{{request}}"
        self.seen[key] = m{number}.act(key, retries=3)
#                        {marks1} {code} `m{number}.act` blocks the event loop; use `a{number}.act`
        return self.seen[key]


async def main():
    service = Service{number}("one")
    for request in range(10):
        print(await service.handle(request))


asyncio.run(main())
```

{w5}

```python bad id=loop framework=asyncio
from m{number} import act as work


async def every(items):
    results = []
    for index, item in enumerate(items):
        if index % 2 == 0:
            results.append(work(item))
#                          ^^^^^^^^^^ {code} `m{number}.act` blocks the event loop; use `a{number}.act`
        else:
            results.append(None)
    return results
```

## How to fix it

### asyncio

{p4}

```python good id=thread framework=asyncio
import asyncio

import m{number}


async def handle(request):
    return await asyncio.to_thread(m{number}.act, request)
```

## Near misses

{w6}

```python near-miss id=plain-function framework=asyncio
import m{number}


def load(items):
    total = 0
    for item in items:
        total += m{number}.act(item)
    return total
```

## When to ignore it

{p5}
"""


def rule(number, chance):
    def sentence(count):
        words = [chance.choice(WORDS) for _ in range(count)]
        return " ".join(words).capitalize() + "."

    def paragraph():
        return "\n".join(sentence(chance.randint(9, 18)) for _ in range(chance.randint(2, 4)))

    parts = {f"w{index}": sentence(10) for index in range(1, 7)}
    parts |= {f"p{index}": paragraph() for index in range(1, 6)}
    name = f"synthetic-{number}"
    # Codes have three digits; the letters count on.
    code = f"S{chr(ord('A') + number // 1000)}{number % 1000:03}"
    marks = "^" * len(f"m{number}.act(key, retries=3)")
    return name, RULE.format(
        number=number, code=code, name=name, summary=sentence(12), marks1=marks, **parts
    )


def generate(folder, count):
    """Rule files in groups of 100, the same ones every time."""
    chance = random.Random(6)
    size = 0
    for number in range(count):
        name, text = rule(number, chance)
        group = folder / f"group-{number // 100}"
        group.mkdir(parents=True, exist_ok=True)
        (group / f"{name}.md").write_text(text, encoding="utf-8")
        size += len(text)
    return size


def hugo_site(folder, rules):
    """A site of Hugo with the same files and the least of a theme."""
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "config.toml").write_text(
        'baseURL = "https://example.org/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n'
        "[markup.highlight]\ncodeFences = true\nnoClasses = false\n",
        encoding="utf-8",
    )
    page = "<!DOCTYPE html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>"
    (folder / "layouts" / "_default" / "single.html").write_text(page + "{{ .Content }}")
    (folder / "layouts" / "_default" / "list.html").write_text(
        page + "{{ range .Pages }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}"
    )
    (folder / "layouts" / "index.html").write_text(page)
    (folder / "content").symlink_to(rules)


def measure(command, **options):
    """The seconds that a command takes, on the clock and of processors, and its highest memory in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"{command[0]} failed:\n{output.decode()[-2000:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def written(folder):
    """How many files are below a folder, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("asyncrules", type=Path)
    parser.add_argument("--rules", type=int, default=10000)
    parser.add_argument("--repeat", type=int, default=1, help="runs of each; the fastest counts")
    parser.add_argument("--want", type=float, default=10, help="how many times faster")
    options = parser.parse_args()
    if shutil.which("hugo") is None:
        sys.exit("hugo is not here: apt-get install hugo")
    program = options.asyncrules.resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        rules = folder / "rules"
        size = generate(rules, options.rules)
        print(f"{options.rules} rules, {size / 1e6:.1f} MB of Markdown")
        site = folder / "hugo"
        hugo_site(site, rules)
        times = {"asyncrules": [], "hugo": []}
        for round_ in range(options.repeat):
            shutil.rmtree(folder / "out", ignore_errors=True)
            times["asyncrules"].append(
                measure(
                    [program, "publish", "--without-built-in", "--rules", rules, "--output", folder / "out"],
                    cwd=folder,
                )
            )
            shutil.rmtree(site / "public", ignore_errors=True)
            environment = os.environ | {"HUGO_CACHEDIR": str(folder / f"cache-{round_}")}
            times["hugo"].append(
                measure(["hugo", "--quiet", "--source", site], cwd=site, env=environment)
            )
        pages = len(list((site / "public").rglob("*.html")))
        if pages < options.rules:
            sys.exit(f"hugo wrote only {pages} pages")
        best = {name: min(runs) for name, runs in times.items()}
        outputs = {"asyncrules": folder / "out", "hugo": site / "public"}
        for name, (seconds, processor, memory) in best.items():
            files, size = written(outputs[name])
            print(
                f"{name:11} {seconds:7.2f} s  {processor:7.2f} s of processors  {memory:6.0f} MiB"
                f"  {files} files, {size / 1e6:.0f} MB"
            )
        ratio, work, room = (best["hugo"][index] / best["asyncrules"][index] for index in range(3))
        print(
            f"asyncrules is {ratio:.1f} times as fast, takes {1 / work:.2f} of the processor time "
            f"and {1 / room:.2f} of the memory"
        )
    return 0 if ratio >= options.want and room > 1 else 1


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    sys.exit(main())
