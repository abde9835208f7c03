#!/usr/bin/env python3
"""Looks at what the built-in rules hardly show: removed and deprecated rules, long titles and long
code, examples that cannot be run, a site deep below a host, and one without a single match.

    check_states.py ASYNCRULES
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import accessibility
from browser import chromium, page_of, width
from hostile_rules import rule
from host import Host
from report import Report, expect

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = "SupercalifragilisticAwaitableContextManagerFactory" * 2
TITLE = "A title about coroutines, generators and managers of several lines"


def write(folder):
    """Three rules: a removed one that another replaces, a deprecated one, one with long texts."""
    group = folder / "evil"
    group.mkdir(parents=True)
    state = "{state: deprecated, since: 0.1.0, reason: \"Harm harmless\"}"

    def add(number, **changes):
        name, text = rule(number, "tag", "harmless")
        for old, new in changes.values():
            expect(old in text, f"{old!r} is not in the template")
            text = text.replace(old, new)
        (group / f"{name}.md").write_text(text, encoding="utf-8")

    removed = "{state: removed, since: 0.1.0, replaced-by: [hostile-2], reason: Nobody needed it.}"
    # A built-in rule that a later release removed.
    name = "async-special-method"
    text = (ROOT / "Rules" / "protocol" / f"{name}.md").read_text(encoding="utf-8")
    (folder / "protocol").mkdir()
    (folder / "protocol" / f"{name}.md").write_text(
        re.sub("^(severity: .*)$", f"\\1\nstatus: {removed}", text, count=1, flags=re.M), encoding="utf-8"
    )
    add(1)
    add(
        2,
        status=(f"status: {state}\n", ""),
        title=('title: "Harm harmless"', f'title: "{TITLE}"'),
        prose=("Reports it. harmless", f"Reports `{LONG}`, and {LONG} too."),
        code=("def main():\n    m2.act()\n", f"def main():\n    m2.act()  # {'long ' * 60}\n"),
        symptom=('"Harm harmless"]', f'"RuntimeError: {LONG}"]'),
    )


class States:
    def __init__(self, browser, url):
        self.browser = browser
        self.url = url

    def open(self, page, name):
        page.goto(f"{self.url}rules/{name}.html")
        expect(width(page) <= 320, f"{name} is too wide")
        return page.locator("main").text_content()

    def states(self):
        with page_of(self.browser, viewport={"width": 320, "height": 640}) as page:
            text = self.open(page, "async-special-method")
            for words in ["removed in 0.1.0", "Nobody needed it.", "Replaced by", "hostile-2"]:
                expect(words in text, f"a removed rule does not say {words!r}")
            expect("deprecated since 0.1.0" in self.open(page, "hostile-1"), "a deprecated rule")
            text = self.open(page, "hostile-2")
            expect(TITLE in text and "Not run" not in text, text[:200])
            scrolls = page.evaluate(
                "[...document.querySelectorAll('pre')].some((one) => one.scrollWidth > one.clientWidth)"
            )
            expect(scrolls, "long code scrolls within itself")
            # The built-in rules have proofs, and reasons where there can be none.
            expect("Not run: It needs a camera." in self.open(page, "blocking-device"), "a skipped proof")
            expect(not page.faults, page.faults)

    def nothing_found(self):
        with page_of(self.browser, viewport={"width": 320, "height": 640}) as page:
            page.goto(self.url + "rules/?q=zzzz")
            expect(page.locator(".empty:visible").count() == 1, "no match says nothing")
            expect(width(page) <= 320, "too wide")
            page.goto(self.url + "rules/?status=removed")
            expect(page.locator("li.rule:visible").count() == 1, "removed rules can be filtered")

    def deep_below_a_host(self):
        """Pages, codes, assets and the page for missing addresses work at any depth."""
        with page_of(self.browser) as page:
            for path in ["", "rules/", "rules/hostile-1.html", "about.html"]:
                page.goto(self.url + path)
            page.goto(self.url + "AEVIL001/")
            page.wait_for_url(self.url + "rules/hostile-1.html")
            expect(not page.faults, page.faults)
            page.goto(self.url + "no/such/page")
            style = page.evaluate("getComputedStyle(document.querySelector('.top')).display")
            expect(style == "flex", "the page for missing addresses finds its stylesheet")
            page.locator("main li a").first.click()
            page.wait_for_load_state("load")
            expect(page.locator("h1").count() == 1 and page.url.startswith(self.url), page.url)

    def accessible(self):
        source = accessibility.script()
        for theme in ["light", "dark"]:
            with page_of(
                self.browser, color_scheme=theme, bypass_csp=True, reduced_motion="reduce"
            ) as page:
                for path in ["rules/async-special-method.html", "rules/hostile-2.html", "rules/?q=zzzz"]:
                    page.goto(self.url + path)
                    found = accessibility.violations(page, source)
                    expect(not found, f"{path}, {theme}: {found}")


def main():
    program = Path(sys.argv[1]).resolve()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        write(folder / "rules")
        prefix = "/deep/er/book/"
        result = subprocess.run(
            [program, "publish", "--rules", folder / "rules",
             "--output", folder / "out", "--base-url", f"https://rules.example.org{prefix}"],
            capture_output=True, text=True, cwd=folder,
        )
        if result.returncode != 0:
            sys.exit(result.stderr)
        host = Host(folder / "out" / "site", prefix)
        with chromium() as browser:
            states = States(browser, host.url)
            for check in [states.states, states.nothing_found, states.deep_below_a_host, states.accessible]:
                report.check(f"states: {check.__name__.replace('_', ' ')}", check)
        host.stop()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
