#!/usr/bin/env python3
"""Writes the tables of Sources/TextCodecs from the codecs of the interpreter that runs it.

    write_codec_tables.py [--check]

Run it with the CPython whose reading of source files is the reference (3.13). With `--check` nothing
is written; exit status 1 means that the committed table differs.
"""

import argparse
import codecs
import encodings
import encodings.aliases
import os
import pkgutil
import re
import sys

from write_unicode_tables import declaration, packed, signed

PATH = os.path.normpath(os.path.join(
    os.path.dirname(os.path.abspath(__file__)),
    "../../Sources/TextCodecs/CodecTables.swift"))

# Multi-byte codecs, each as what it adds to another, which keeps the table small.
MULTIPLE = {
    "gb2312": None, "gbk": "gb2312", "gb18030": "gbk",
    "big5": None, "cp950": "big5", "big5hkscs": "big5",
    "euc_kr": None, "cp949": "euc_kr", "johab": None,
    "shift_jis": None, "cp932": "shift_jis", "shift_jisx0213": "shift_jis",
    "shift_jis_2004": "shift_jisx0213",
    "euc_jp": None, "euc_jisx0213": "euc_jp", "euc_jis_2004": "euc_jisx0213",
}
# Codecs with code of their own, and those that the core reads.
STATEFUL = [
    "hz", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3",
    "iso2022_jp_ext", "iso2022_kr", "raw_unicode_escape", "unicode_escape", "utf_7"]
CORE = {"utf_8", "utf_8_sig", "ascii", "latin_1"}
# The first of the four-byte characters of GB 18030 that are found by counting.
SUPPLEMENTARY = 0x10000


def decoded(codec, sequence):
    try:
        return sequence.decode(codec)
    except UnicodeDecodeError:
        return ""


def single_byte(codec):
    """The characters of bytes that are not those of ASCII; 0 for none."""
    changed = {}
    for byte in range(256):
        text = decoded(codec, bytes([byte]))
        assert len(text) < 2
        code = ord(text) if text else 0
        if code != (byte if byte < 0x80 else 0):
            changed[byte] = code
    return changed


def multiple_bytes(codec):
    """Characters by key, and the keys of pairs of characters; see `MultipleByteTable`."""
    table, pairs = single_byte(codec), {}
    alone = {byte for byte in range(256) if decoded(codec, bytes([byte]))}

    def add(key, sequence):
        text = decoded(codec, sequence)
        if len(text) == 1:
            table[key] = ord(text)
        elif text:
            assert len(text) == 2
            pairs[key] = [ord(character) for character in text]

    for lead in range(0x80, 256):
        if lead in alone:
            continue
        for trail in range(256):
            add(lead << 8 | trail, bytes([lead, trail]))
    if codec.startswith("euc_j"):
        for lead in range(256):
            for trail in range(256):
                add(0x10000 | lead << 8 | trail, bytes([0x8F, lead, trail]))
    if codec == "gb18030":
        for code in range(SUPPLEMENTARY):
            if 0xD800 <= code < 0xE000:
                continue
            sequence = chr(code).encode(codec)
            if len(sequence) == 4:
                digits = [a - b for a, b in zip(sequence, (0x81, 0x30, 0x81, 0x30))]
                key = ((digits[0] * 10 + digits[1]) * 126 + digits[2]) * 10 + digits[3]
                table[0x20000 + key] = code
    return table, pairs


def segments(table):
    """Gap, twice the length and whether characters follow each other; then the first difference
    of characters, or all of them."""
    numbers, end, last, keys, at = [], 0, 0, sorted(table), 0

    def length(start, is_sequence):
        stop = start + 1
        while (stop < len(keys) and keys[stop] == keys[stop - 1] + 1
               and (not is_sequence or table[keys[stop]] == table[keys[stop - 1]] + 1)):
            stop += 1
        return stop - start

    while at < len(keys):
        run = length(at, True)
        if run < 6:
            whole, run = length(at, False), 1
            while run < whole and length(at + run, True) < 6:
                run += 1
            is_sequence = False
        else:
            is_sequence = True
        numbers += [keys[at] - end, run * 2 + is_sequence]
        for key in keys[at:at + (1 if is_sequence else run)]:
            numbers.append(signed(table[key] - last))
            last = table[key]
        at += run
        last = table[keys[at - 1]]
        end = keys[at - 1] + 1
    return numbers


def additions(codec, base):
    """What a codec has that its base has not; 0 for what only the base has."""
    table, pairs = multiple_bytes(codec)
    if base:
        older, older_pairs = multiple_bytes(base)
        for key in older:
            if key not in table:
                table[key] = 0
        table = {key: code for key, code in table.items() if older.get(key, 0) != code}
        pairs = {key: text for key, text in pairs.items() if older_pairs.get(key) != text}
    numbers, last = [], 0
    for key in sorted(pairs):
        numbers += [key - last, *pairs[key]]
        last = key
    return packed(segments(table)), packed(numbers)


def reads_ascii(codec):
    text = "#\n" if codec in ("hz", "utf_7") else "".join(map(chr, range(0x20, 0x25))) + "\n"
    try:
        return text.encode("ascii").decode(codec) == text
    except UnicodeError:
        return False


def codec_names():
    """The codecs for text that read a cookie as it is written, and those that do not."""
    modules = {module.name for module in pkgutil.iter_modules(encodings.__path__)}
    usable, other = [], []
    for name in sorted(modules | set(encodings.aliases.aliases.values())):
        try:
            info = codecs.lookup(name)
        except (LookupError, AttributeError):
            continue
        if name in CORE:
            continue
        if info._is_text_encoding and reads_ascii(name):
            usable.append(name)
        else:
            other.append(name)
    return usable, other


def aliases(names):
    """The spellings of each codec, without those that the search for modules finds."""
    spellings = {}
    for alias, name in sorted(encodings.aliases.aliases.items()):
        if name in names:
            spellings.setdefault(name, []).append(alias)
    return spellings


def row(name, base, table, pairs):
    body = declaration("", "x", table, 1000).split("\n", 2)[2].rstrip("\n") if table else ""
    text = f'"""\n{body}' if table else '""'
    return f'    Row(\n      "{name}", base: "{base}", pairs: "{pairs}",\n      {text}),\n'


def source():
    usable, other = codec_names()
    spelled = aliases({*usable, *other, *CORE})
    rows = []
    for name, base in MULTIPLE.items():
        table, pairs = additions(name, base)
        rows.append(row(name, base or "", table, pairs))
    single = [
        name for name in usable
        if name not in MULTIPLE and name not in STATEFUL and name not in ("idna", "charmap")]
    for name in single:
        rows.append(row(name, "", packed(segments(single_byte(name))), ""))
    version = ".".join(map(str, sys.version_info[:2]))
    names = "\n".join(
        "    " + " ".join([name, *spelled.get(name, [])])
        for name in sorted({*usable, *other, *CORE}))
    return f"""\
// Written by Tests/Conformance/write_codec_tables.py from the codecs of CPython {version}.
// swift-format-ignore-file

/// The codecs by name, and the characters of those that are tables: see ``CodecTable``.
enum CodecTables {{
  /// A codec that is a table, as what it adds to its base.
  typealias Row = CodecTable.Row

  /// A codec and its aliases on each line.
  static let names: StaticString = \"\"\"
{names}
    \"\"\"

  /// Codecs that are not for text, or that read no cookie as it is written.
  static let unusable: StaticString = "{' '.join(other)}"

  static let rows: [Row] = [
{''.join(rows)}  ]
}}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    text = source()
    if not arguments.check:
        with open(PATH, "w", encoding="utf-8") as stream:
            stream.write(text)
        return 0
    with open(PATH, encoding="utf-8") as stream:
        if stream.read() != text:
            print(f"{PATH} is not what this CPython's codecs give")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
