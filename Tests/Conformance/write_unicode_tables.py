#!/usr/bin/env python3
"""Writes the Unicode tables of Sources/PythonSyntax/Lexer from the interpreter that runs it.

    write_unicode_tables.py [--check]

Run it with the CPython whose identifiers and character names are the reference (3.13). Numbers are
packed into string literals, which compile fast and stay small: see `PackedNumbers.swift`. With
`--check` nothing is written; exit status 1 means that a committed table differs.
"""

import argparse
import ctypes
import os
import sys
import unicodedata

FOLDER = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../Sources/PythonSyntax/Lexer")
# Printable characters that need no escape in a literal.
DIGITS = [chr(code) for code in range(0x23, 0x7F) if chr(code) != "\\"]
BASE = len(DIGITS)
ONE, TWO = 64, 25
HANGUL = range(0xAC00, 0xD7A4)


def packed(numbers):
    """Numbers as `PackedNumbers` reads them: one digit, two, or a mark and three or four."""
    text = []
    for number in numbers:
        if number < ONE:
            text.append(DIGITS[number])
        elif number < ONE + TWO * BASE:
            high, low = divmod(number - ONE, BASE)
            text.append(DIGITS[ONE + high] + DIGITS[low])
        else:
            count = 3 if number < BASE ** 3 else 4
            text.append(DIGITS[ONE + TWO + count - 3])
            text += [DIGITS[number // BASE ** power % BASE] for power in reversed(range(count))]
    return "".join(text)


def signed(number):
    return number * 2 if number >= 0 else -number * 2 - 1


def runs(members):
    """The runs of sorted numbers as gap and length after gap and length."""
    numbers, end = [], 0
    members = sorted(members)
    position = 0
    while position < len(members):
        last = position
        while last + 1 < len(members) and members[last + 1] == members[last] + 1:
            last += 1
        numbers += [members[position] - end, last - position + 1]
        end = members[last] + 1
        position = last + 1
    return numbers


def identifier_characters():
    every = [chr(code) for code in range(0x80, 0x110000) if not 0xD800 <= code < 0xE000]
    inside = [ord(c) for c in every if ("a" + c).isidentifier()]
    only_inside = [code for code in inside if not chr(code).isidentifier()]
    return inside, only_inside


def decompositions(inside):
    """Code point, length and whether it is composed again, and the characters, as differences."""
    numbers, last_code, last = [], 0, [0] * 20
    for code in inside:
        character = chr(code)
        text = unicodedata.normalize("NFKD", character)
        if code in HANGUL or text == character:
            continue
        is_composed = unicodedata.normalize("NFC", text) == character
        if is_composed:
            # The reader finds the pair by composing all but the last character.
            first = unicodedata.normalize("NFC", text[:-1])
            assert len(first) == 1
            one_step = unicodedata.decomposition(character).split()
            assert [int(part, 16) for part in one_step] == [ord(first), ord(text[-1])], character
        numbers += [code - last_code, len(text) * 2 + is_composed]
        for place, part in enumerate(text):
            numbers.append(signed(ord(part) - last[place]))
            last[place] = ord(part)
        last_code = code
    return numbers


def combining_classes(inside):
    """Gap, length and class of runs of characters with the same combining class."""
    numbers, end = [], 0
    marks = [(code, unicodedata.combining(chr(code))) for code in inside]
    marks = [mark for mark in marks if mark[1]]
    position = 0
    while position < len(marks):
        last = position
        while last + 1 < len(marks) and marks[last + 1] == (marks[last][0] + 1, marks[last][1]):
            last += 1
        numbers += [marks[position][0] - end, last - position + 1, marks[position][1]]
        end = marks[last][0] + 1
        position = last + 1
    return numbers


def character_names():
    """Every name and alias that `\\N{…}` knows, but for those made by rule."""
    class Interface(ctypes.Structure):
        _fields_ = [
            ("name", ctypes.PYFUNCTYPE(
                ctypes.c_int, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)),
            ("code", ctypes.PYFUNCTYPE(
                ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)),
        ]
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype = ctypes.c_void_p
    pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
    address = pointer(unicodedata._ucnhash_CAPI, b"unicodedata._ucnhash_CAPI")
    interface = Interface.from_address(address)
    buffer = ctypes.create_string_buffer(256)
    code = ctypes.c_uint32()
    names = set()
    for value in range(0x110000):
        # Aliases have code points of a private area here; sequences are no characters.
        if not interface.name(value, buffer, 256, 1):
            continue
        name = buffer.value
        if interface.code(name, len(name), ctypes.byref(code), 0):
            names.add(name)
    made = (b"CJK UNIFIED IDEOGRAPH-", b"HANGUL SYLLABLE ")
    return sorted(name for name in names if not name.startswith(made))


def ideographs():
    return [
        code for code in range(0x110000)
        if unicodedata.name(chr(code), "").startswith("CJK UNIFIED IDEOGRAPH-")]


def fingerprint(name):
    """FNV-1a over the bytes, folded to 32 bits."""
    value = 0xCBF29CE484222325
    for byte in name:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return (value ^ value >> 32) & 0xFFFFFFFF


def name_hashes():
    """The sorted fingerprints as differences of three digits; a mark and two numbers if larger."""
    names = character_names()
    hashes = sorted({fingerprint(name) for name in names})
    text, last = [], 0
    limit = BASE ** 2 * (BASE - 1)
    for value in hashes:
        difference = value - last
        last = value
        while difference >= limit:
            text.append(DIGITS[BASE - 1])
            difference -= limit
        text.append("".join(
            DIGITS[digit] for digit in
            (difference // BASE ** 2, difference // BASE % BASE, difference % BASE)))
    return len(hashes), "".join(text)


def literal(text, width):
    pieces = [text[at:at + width] for at in range(0, len(text), width)]
    return "\n".join("    " + piece + "\\" for piece in pieces)[:-1]


def declaration(comment, name, text, width=95):
    return (f"  /// {comment}\n  static let {name}: StaticString = \"\"\"\n"
            f"{literal(text, width)}\n    \"\"\"\n")


def identifier_tables():
    inside, only_inside = identifier_characters()
    version = unicodedata.unidata_version
    return f"""\
// Written by Tests/Conformance/write_unicode_tables.py from the Unicode database {version}.

/// The characters of identifiers beyond ASCII and their NFKC, as ``PackedNumbers``.
enum IdentifierTables {{
{declaration("Characters of identifiers, as gaps and lengths of runs.", "members",
             packed(runs(inside)))}
{declaration("Those that no identifier starts with.", "continuations",
             packed(runs(only_inside)))}
{declaration("Characters that NFKD changes: code, length and whether NFC joins them, characters.",
             "decompositions", packed(decompositions(inside)))}
{declaration("Gap, length and combining class of runs of marks.", "combiningClasses",
             packed(combining_classes(inside)))}}}
"""


def name_table():
    count, text = name_hashes()
    version = unicodedata.unidata_version
    return f"""\
// Written by Tests/Conformance/write_unicode_tables.py from the Unicode database {version}.
// swift-format-ignore-file

#if !hasFeature(Embedded)
/// The names of characters, as fingerprints: see ``CharacterNames``.
enum CharacterNameTable {{
  static let count = {count}

{declaration("The unified ideographs, as gaps and lengths of runs of ``PackedNumbers``.",
             "ideographs", packed(runs(ideographs())))}
{declaration("The sorted fingerprints of the other names, as differences.", "fingerprints", text,
             1000)}}}
#endif
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    status = 0
    for name, text in [("IdentifierTables.swift", identifier_tables()),
                       ("CharacterNameTable.swift", name_table())]:
        path = os.path.normpath(os.path.join(FOLDER, name))
        if not arguments.check:
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(text)
            continue
        with open(path, encoding="utf-8") as stream:
            if stream.read() != text:
                print(f"{path} is not what Unicode {unicodedata.unidata_version} gives")
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
