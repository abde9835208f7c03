#!/usr/bin/env python3
"""Adds the pages and proofs of asyncrules to the findings of ruff.

    ruff check --select ASYNC,RUF --output-format json src | python3 explain_ruff.py CATALOGUE

CATALOGUE is catalogue.json as `asyncrules publish` writes it; ruff's findings come on standard
input. Each finding whose code one of our rules knows gets a member "asyncrules" with the rules:
code, title, relation to ruff's rule, page, and whether the page's examples were run. With --text,
findings are printed for people instead. Exit status 2 for input that is not what it should be.
"""

import argparse
import json
import sys


def rules_by_ruff_code(catalogue, base_url):
    """What our rules say of each of ruff's codes."""
    found = {}
    for rule in catalogue["rules"]:
        proven = sorted(
            example["id"] for example in rule["examples"] if example["observed"]
        )
        for alias in rule["aliases"]:
            if alias["tool"] != "ruff":
                continue
            page = rule["links"]["page"].removeprefix("site/")
            found.setdefault(alias["rule"], []).append(
                {
                    "code": rule["code"],
                    "name": rule["name"],
                    "title": rule["title"],
                    "summary": rule["summary"],
                    "relation": alias["relation"],
                    "url": base_url + page,
                    "proofs": [f"{base_url}{page}#{example}" for example in proven],
                }
            )
    return found


def explain(findings, rules):
    """The findings in their order, each with the rules that know its code."""
    return [
        {**finding, "asyncrules": rules[finding["code"]]}
        if finding.get("code") in rules
        else finding
        for finding in findings
    ]


def as_text(finding):
    """A finding as ruff's concise output shows it, and a line for each of our rules."""
    place = finding["location"]
    lines = [
        f"{finding['filename']}:{place['row']}:{place['column']}: "
        f"{finding.get('code')} {finding['message']}"
    ]
    for rule in finding.get("asyncrules", []):
        lines.append(f"    {rule['code']} {rule['title']}: {rule['url']}")
        lines.extend(f"        seen at run time: {proof}" for proof in rule["proofs"][:1])
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="Reads ruff's findings (--output-format json) from standard input.",
    )
    parser.add_argument("catalogue", help="catalogue.json of asyncrules")
    parser.add_argument("--base-url", default="", help="where the website is, for the links")
    parser.add_argument("--text", action="store_true", help="print for people, not JSON")
    options = parser.parse_args()
    base_url = options.base_url
    if base_url and not base_url.endswith("/"):
        base_url += "/"
    try:
        with open(options.catalogue, encoding="utf-8") as file:
            rules = rules_by_ruff_code(json.load(file), base_url)
        findings = json.load(sys.stdin)
        if not isinstance(findings, list):
            raise ValueError("standard input is not a list of findings")
        explained = explain(findings, rules)
        if options.text:
            output = "".join(as_text(finding) + "\n" for finding in explained)
        else:
            output = json.dumps(explained, indent=2, ensure_ascii=False) + "\n"
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"explain_ruff: {error!r}", file=sys.stderr)
        return 2
    sys.stdout.write(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
