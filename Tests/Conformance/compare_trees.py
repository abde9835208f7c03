#!/usr/bin/env python3
"""Compares our syntax trees with CPython's `ast`, node by node.

    compare_trees.py [--acceptance] --dump 'asyncrules ast --output-format json' DIRECTORY|FILE…

The dump command gets file names as arguments and prints one JSON object per file and line.
Run the script with the CPython whose trees are the reference (3.13). Compared are node classes,
fields, identifiers, operators, constants and positions; where `ast.parse` rejects a file our dump
must be an error, and the other way round. With `--acceptance`, for older interpreters, only what
they accept is looked at, and whether we accept it. Exit status 1 means that something differs.
"""

import argparse
import ast
import json
import os
import shlex
import struct
import subprocess
import sys
import threading
import warnings

POSITIONS = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def python_files(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
            continue
        for root, folders, files in os.walk(path):
            folders.sort()
            for name in sorted(files):
                if name.endswith(".py"):
                    yield os.path.join(root, name)


def encoded(value):
    """A constant's value as the dump writes it."""
    if value is None:
        return ["None"]
    if value is Ellipsis:
        return ["Ellipsis"]
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, str):
        # JSON joins neighbouring surrogate escapes; both sides are joined before comparing.
        return ["str", value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
                if joined_surrogates(value) else value]
    if isinstance(value, bytes):
        return ["bytes", value.hex()]
    if isinstance(value, int):
        return ["int", hex(value)]
    if isinstance(value, float):
        return ["float", struct.pack(">d", value).hex()]
    if isinstance(value, complex):
        return ["complex", struct.pack(">d", value.imag).hex()]
    raise TypeError(type(value))


def joined_surrogates(text):
    return any(
        0xD800 <= ord(a) < 0xDC00 <= ord(b) < 0xE000 for a, b in zip(text, text[1:]))


class Difference(Exception):
    pass


def compare(expected, actual, path):
    stack = [(expected, actual, path)]
    while stack:
        expected, actual, path = stack.pop()
        if isinstance(expected, ast.AST):
            if not isinstance(actual, dict):
                raise Difference(f"{path}: {type(expected).__name__} expected, found {actual!r}")
            name = type(expected).__name__
            if actual.get("_type") != name:
                raise Difference(
                    f"{path}: {name} expected, found {actual.get('_type')} "
                    f"(line {getattr(expected, 'lineno', '?')})")
            where = f"{path}/{name}"
            if hasattr(expected, "lineno"):
                where += f"@{expected.lineno}:{expected.col_offset}"
            for position in POSITIONS:
                wanted = getattr(expected, position, None)
                if wanted != actual.get(position):
                    raise Difference(
                        f"{where}: {position} {wanted} expected, found {actual.get(position)}")
            if isinstance(expected, (ast.Constant, ast.MatchSingleton)):
                wanted = encoded(expected.value)
                if wanted != actual.get("value"):
                    raise Difference(
                        f"{where}: value {wanted!r:.200} expected, "
                        f"found {actual.get('value')!r:.200}")
                if getattr(expected, "kind", None) != actual.get("kind"):
                    raise Difference(f"{where}: kind {expected.kind} expected")
                continue
            known = {"_type", *POSITIONS, *expected._fields}
            extra = set(actual) - known
            if extra:
                raise Difference(f"{where}: unknown fields {sorted(extra)}")
            for field in expected._fields:
                stack.append(
                    (getattr(expected, field, None), actual.get(field), f"{where}.{field}"))
        elif isinstance(expected, list):
            if not isinstance(actual, list) or len(actual) != len(expected):
                raise Difference(
                    f"{path}: {len(expected)} elements expected, found "
                    f"{len(actual) if isinstance(actual, list) else actual!r}")
            for index, (left, right) in enumerate(zip(expected, actual)):
                stack.append((left, right, f"{path}[{index}]"))
        elif expected != actual:
            raise Difference(f"{path}: {expected!r:.200} expected, found {actual!r:.200}")


def batches(files, size=200):
    batch = []
    for file in files:
        batch.append(file)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def run(arguments):
    command = shlex.split(arguments.dump)
    total = same = rejected = differing = 0
    for batch in batches(python_files(arguments.paths)):
        process = subprocess.Popen(command + batch, stdout=subprocess.PIPE)
        answers = iter(process.stdout)
        for file in batch:
            line = next(answers, None)
            if line is None:
                print(f"{file}: the dump command printed nothing")
                return 1
            actual = json.loads(line)
            total += 1
            with open(file, "rb") as stream:
                source = stream.read()
            try:
                expected = ast.parse(source)
                problem = None
            except (SyntaxError, ValueError) as error:
                expected = None
                problem = error
            except (RecursionError, MemoryError):
                print(f"{file}: too deep for CPython")
                continue
            if arguments.acceptance and (expected is None or "error" not in actual):
                same += expected is not None
            elif expected is None:
                if "error" in actual:
                    rejected += 1
                else:
                    differing += 1
                    print(f"{file}: CPython rejects it ({problem})")
            elif "error" in actual:
                differing += 1
                error = actual["error"]
                print(f"{file}:{error['line']}:{error['column']}: we reject it "
                      f"({error['message']})")
            else:
                try:
                    compare(expected, actual["tree"], "")
                    same += 1
                except Difference as difference:
                    differing += 1
                    print(f"{file}: {difference}")
        process.wait()
    version = ".".join(map(str, sys.version_info[:3]))
    if arguments.acceptance:
        print(f"CPython {version}: {total} files: {same} accepted by both, {differing} only by it")
    else:
        print(f"CPython {version}: {total} files: {same} trees agree, {rejected} rejected by both, "
              f"{differing} differ")
    return 1 if differing else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dump", required=True, help="command that prints trees as JSON")
    parser.add_argument("--acceptance", action="store_true", help="compare no trees")
    parser.add_argument("paths", nargs="+")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100_000)
    threading.stack_size(512 << 20)
    result = []
    thread = threading.Thread(target=lambda: result.append(run(arguments)))
    thread.start()
    thread.join()
    sys.exit(result[0] if result else 2)


if __name__ == "__main__":
    main()
