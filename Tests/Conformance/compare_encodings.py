#!/usr/bin/env python3
"""Compares how we read files in every encoding with CPython.

    compare_encodings.py --dump 'asyncrules ast --output-format json'

For each codec of CPython 3.13 and each of its names, files with all its characters and files with
bytes that are none must give the trees that `ast.parse` gives, or be rejected by both. Exit status 1
means that something differs.
"""

import argparse
import ast
import codecs
import encodings
import encodings.aliases
import json
import os
import pkgutil
import random
import shlex
import subprocess
import sys
import tempfile
import warnings

from compare_trees import Difference, compare

SAMPLES = 24
STATEFUL = ("hz", "iso2022", "utf_7", "unicode_escape", "raw_unicode_escape")
LETTERS = "aB1 ~{}+-/\\uU00e9xN\n¥‾ﾊあア漢字中国한글éßЖΩ€😀ñ½ſ丂噓"
ESCAPES = [
    b"\x1b$B", b"\x1b$@", b"\x1b$(D", b"\x1b$(O", b"\x1b$(P", b"\x1b$(Q", b"\x1b$A", b"\x1b$(C",
    b"\x1b$)C", b"\x1b(B", b"\x1b(J", b"\x1b(I", b"\x1b.A", b"\x1b.F", b"\x1bN", b"\x0e", b"\x0f",
    b"\x1b&@\x1b$B", b"\x1bX", b"~{", b"~}", b"~~", b"~\n", b"+", b"-", b"\\u00e9", b"\\x41",
    b"\\N{BULLET}", b"\\101", b"\\U0001f600", b"\\ud800", b"+2D3eAA-", b"+2D0-", b"+AOk-"]


def modules():
    names = {module.name for module in pkgutil.iter_modules(encodings.__path__)}
    names |= set(encodings.aliases.aliases.values())
    return sorted(names - {"mbcs", "oem", "aliases"})


def is_harmless(text):
    return bool(text) and not set(text) & set("'\\\n\r\0\f")


def decoded(codec, sequence):
    try:
        return sequence.decode(codec)
    except UnicodeError:
        return ""


def cookie(name):
    return f"# -*- coding: {name} -*-\n".encode()


def sequences(codec):
    """All characters of one to three bytes of a codec without state, and what is no character."""
    good, bad = [], []
    singles = [bytes([byte]) for byte in range(1, 256)]
    alone = {sequence for sequence in singles if decoded(codec, sequence)}
    for sequence in singles:
        (good if sequence in alone else bad).append(sequence)
    leads = [sequence for sequence in singles if sequence not in alone]
    doubles = [lead + trail for lead in leads for trail in singles]
    for sequence in doubles if len(leads) > 30 else []:
        (good if decoded(codec, sequence) else bad).append(sequence)
    if codec.startswith("euc_j"):
        good += [
            sequence for a in range(0xA1, 255) for b in range(0xA1, 255)
            if decoded(codec, sequence := bytes([0x8F, a, b]))]
    if codec == "gb18030":
        good += [
            chr(code).encode(codec) for code in [*range(0x80, 0xD800), *range(0xE000, 0x110000, 7)]]
    if codec == "euc_kr":
        good += [
            sequence for a in range(0xA1, 0xBF) for b in range(0xBF, 0xD4) for c in (0xA1, 0xD4)
            if decoded(codec, sequence := bytes([0xA4, 0xD4, 0xA4, a, 0xA4, b, 0xA4, c]))]
    return good, bad


def files(chance):
    """Names and contents."""
    for codec in modules():
        spellings = {codec} | {
            alias for alias, module in encodings.aliases.aliases.items() if module == codec}
        spellings |= {name.replace("_", "-").upper() for name in spellings}
        spellings |= {"-" + codec + "_", codec.replace("_", "."), codec + "-x"}
        for name in sorted(spellings):
            yield f"{name} names {codec}", cookie(name) + b"x = '\xc3\xa4'\n"
            yield f"{name} names {codec}", cookie(name) + b"x = 1\n"
            yield f"{name} below a mark", b"\xef\xbb\xbf" + cookie(name) + b"x = 1\n"
        if codec.startswith(STATEFUL):
            for number in range(40 * SAMPLES):
                text = "".join(chance.choices(LETTERS, k=chance.randrange(12)))
                content = text.encode(codec, "ignore")
                for _ in range(chance.randrange(3)):
                    at = chance.randrange(len(content) + 1)
                    content = content[:at] + chance.choice(ESCAPES) + content[at:]
                if number % 3 == 0 and content:
                    at = chance.randrange(len(content))
                    content = content[:at] + bytes([chance.randrange(1, 256)]) + content[at + 1:]
                yield f"{codec} {number}", cookie(codec) + b"'''" + content + b"\n'''\n"
            continue
        try:
            good, bad = sequences(codec)
        except LookupError:
            continue
        lines = [b"'" + s + b"'" for s in good if is_harmless(decoded(codec, s))]
        for start in range(0, len(lines), 4000):
            yield f"characters of {codec}", cookie(codec) + b"\n".join(lines[start:start + 4000])
        for sequence in chance.sample(bad, min(SAMPLES * 4, len(bad))):
            yield f"{sequence.hex()} in {codec}", cookie(codec) + b"x = '" + sequence + b"'\n"
            # In comments `ast.parse` lets bytes pass that CPython rejects when it runs the file.
            if not codec.startswith("utf_8"):
                yield f"{sequence.hex()} ends {codec}", cookie(codec) + b"#" + sequence


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dump", required=True)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100_000)
    same = rejected = differing = 0
    cases = list(files(random.Random(3)))
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(cases), 500):
            batch = cases[start:start + 500]
            paths = []
            for index, (_, content) in enumerate(batch):
                paths.append(os.path.join(folder, f"{index}.py"))
                with open(paths[-1], "wb") as stream:
                    stream.write(content)
            process = subprocess.run(
                shlex.split(arguments.dump) + paths, stdout=subprocess.PIPE, check=False)
            for (name, content), line in zip(batch, process.stdout.splitlines(), strict=True):
                actual = json.loads(line)
                try:
                    expected = ast.parse(content)
                except (SyntaxError, ValueError) as error:
                    if "error" in actual:
                        rejected += 1
                    else:
                        differing += 1
                        print(f"{name}: CPython rejects it ({error}): {content[:120]!r}")
                    continue
                if "error" in actual:
                    differing += 1
                    print(f"{name}: we reject it ({actual['error']['message']}): "
                          f"{content[:120]!r}")
                    continue
                try:
                    compare(expected, actual["tree"], "")
                    same += 1
                except Difference as difference:
                    differing += 1
                    print(f"{name}: {difference}")
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"CPython {version}: encodings: {same} files read alike, {rejected} rejected by both, "
          f"{differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
