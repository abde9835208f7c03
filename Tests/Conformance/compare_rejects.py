#!/usr/bin/env python3
"""Compares what we say about odd and invalid snippets with CPython.

    compare_rejects.py --dump 'asyncrules ast --output-format json' \\
        [--check 'asyncrules check --every-file --select ALL --output-format json'] [--verbose]

Every snippet of the folder `Snippets` (separated by `---`, grouped by `## ` lines) is given to
CPython's `ast.parse` and to the dump command. Both must accept or reject it. With `--check`, what
only `compile()` rejects must have a finding and what it accepts no syntax error. The script prints
how many messages and lines are the same, and the others when verbose. Exit status 1 means that
acceptance differs.
"""

import argparse
import ast
import json
import os
import shlex
import subprocess
import sys
import tempfile
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))


def snippets():
    folder = os.path.join(HERE, "Snippets")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as stream:
            lines = stream.read().split("\n")
        current = []
        for line in lines:
            if line == "---":
                yield "\n".join(current) + "\n"
                current = []
            elif not line.startswith("## "):
                current.append(line)
        if any(current):
            yield "\n".join(current)


def nested(count, head, tail="", before=""):
    """A statement in itself so many times, with what ends each."""
    indent = 1 if before else 0
    lines = [before] if before else []
    lines += [" " * (indent + depth) + head for depth in range(count)]
    lines.append(" " * (indent + count) + "pass")
    if tail:
        lines += [" " * (indent + depth) + tail for depth in reversed(range(count))]
    return "\n".join(lines) + "\n"


def limits():
    """Snippets just within and just beyond what CPython takes."""
    for count in (1, 198, 199, 200, 201):
        for left, right in ("()", "[]", "{}", ("f(", ")"), ("x[", "]")):
            yield left * count + "x" + right * count + "\n"
            yield left * count + "\n"
            yield right * count + "\n"
    for count in (98, 99, 100, 101):
        yield nested(count, "if x:")
        yield nested(count, "class C:")
    for count in (10, 11, 19, 20, 21, 22):
        for head in ("for x in y:", "while x:", "with x:", "with x, y:"):
            yield nested(count, head)
            yield nested(count, head, "else: pass" if "with" not in head else "")
            yield nested(count, head, before="def f():")
            yield nested(count, head, before="async def f():")
        yield nested(count, "async for x in y:", before="async def f():")
        yield nested(count, "async with x:", before="async def f():")
        yield nested(count, "for x in (yield):", before="def f():")
        yield nested(count, "try:", "except: pass")
        yield nested(count, "try:", "finally: pass")
        yield nested(count, "try:", "except* x: pass", before="def f():")
        yield nested(count, "if x:", "else: pass")
        lines = [" " * depth + part for depth in range(count) for part in ("try: pass", "except:")]
        yield "\n".join(lines) + "\n" + " " * count + "pass\n"
    for count in (1, 2, 3, 4, 149, 150, 151):
        text = "x"
        for depth in range(count):
            text = f"f{'"' if depth % 2 else "'"}{{{text}}}{'"' if depth % 2 else "'"}"
        yield text + "\n"
        yield "f'" + "{x:" * count + "}" * count + "'\n"
    for digits in (4299, 4300, 4301):
        yield "9" * digits + "\n"
        yield "0x" + "9" * digits + "\n"
        yield "0" * digits + "\n"
        yield "1" + "_1" * (digits - 1) + "\n"
        yield "9" * digits + ".5\n"
        yield "9" * digits + "j\n"
    for count in (255, 256, 257):
        yield ", ".join(f"x{index}" for index in range(count)) + ", *y = z\n"
        yield "f(" + ", ".join(f"x{index}=1" for index in range(count)) + ")\n"


def verdict(source):
    """How CPython takes a snippet: parse, compile or ok, with its message and place."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return "parse", error.msg, error.lineno, error.offset
    except ValueError as error:
        return "parse", str(error), 1, 1
    try:
        compile(tree, "snippet", "exec")
        compile(source, "snippet", "exec")
    except SyntaxError as error:
        return "compile", error.msg, error.lineno, error.offset
    return "ok", "", 0, 0


def findings(command, folder):
    """The codes of the findings by the number of the snippet."""
    process = subprocess.run(
        shlex.split(command) + [folder], stdout=subprocess.PIPE, check=False)
    codes = {}
    for finding in json.loads(process.stdout):
        number = int(os.path.basename(finding["path"]).removesuffix(".py"))
        codes.setdefault(number, set()).add(finding["code"])
    return codes


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dump", required=True)
    parser.add_argument("--check")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    sources = [*snippets(), *limits()]
    counts = {"same message": 0, "other message": 0, "same line": 0, "wrong": 0, "compile": 0,
              "ok": 0}
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for index, source in enumerate(sources):
            files.append(os.path.join(folder, f"{index:04}.py"))
            with open(files[-1], "w", encoding="utf-8", newline="") as stream:
                stream.write(source)
        process = subprocess.run(
            shlex.split(arguments.dump) + files, stdout=subprocess.PIPE, check=False)
        answers = [json.loads(line) for line in process.stdout.splitlines()]
        found = findings(arguments.check, folder) if arguments.check else None
    for index, (source, answer) in enumerate(zip(sources, answers, strict=True)):
        stage, message, line, column = verdict(source)
        ours = answer.get("error")
        if (stage == "parse") != (ours is not None):
            counts["wrong"] += 1
            print(f"{source!r}: CPython {stage} ({message}), we {ours or 'accept'}")
        elif stage == "compile":
            counts["compile"] += 1
            if found is not None and index not in found:
                counts["wrong"] += 1
                print(f"{source!r}: CPython does not compile it ({message}), we find nothing")
        elif stage == "ok":
            counts["ok"] += 1
            if found is not None and "syntax-error" in found.get(index, ()):
                counts["wrong"] += 1
                print(f"{source!r}: CPython compiles it, we find a syntax error")
        elif stage == "parse":
            same = ours["message"] == message
            counts["same message" if same else "other message"] += 1
            counts["same line"] += ours["line"] == line
            if arguments.verbose and (not same or ours["line"] != line):
                print(f"{source!r}:\n    CPython {line}:{column} {message}\n"
                      f"    we      {ours['line']}:{ours['column']} {ours['message']}")
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"CPython {version}: {len(sources)} snippets: {counts}")
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
