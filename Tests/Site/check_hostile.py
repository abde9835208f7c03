#!/usr/bin/env python3
"""Publishes rule files that attack, and watches that nothing of them acts: not in Chromium, not in
the manual, not in a terminal.

    check_hostile.py ASYNCRULES

The texts stand in every field of a rule file that its author writes. A file that the loader refuses
is inert too, as long as its error message is; at least 100 must get through.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import CHROMIUM, chromium, page_of
from hostile_rules import ATTACKS, FIELDS, rule
from report import Report, expect


def active_characters(text):
    """Characters that a terminal obeys or that turn text around."""
    return re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


class Attack:
    def __init__(self, program, folder):
        self.program = program
        self.folder = Path(folder)
        self.rules = self.folder / "rules"
        self.names = []
        self.fields = {}

    def run(self, *arguments):
        return subprocess.run(
            [self.program, *map(str, arguments)], capture_output=True, cwd=self.folder
        )

    def write(self):
        """Keeps the files that the loader takes; the errors of the others must be inert."""
        group = self.rules / "evil"
        group.mkdir(parents=True)
        cases = [(field, attack) for attack in ATTACKS for field in FIELDS]
        fields = self.fields
        for number, (field, attack) in enumerate(cases):
            name, text = rule(number, field, attack)
            fields[name] = field
            (group / f"{name}.md").write_text(text, encoding="utf-8", newline="")
        while True:
            result = self.run("verify", self.rules)
            output = (result.stdout + result.stderr).decode()
            expect(not active_characters(output), f"{active_characters(output)} in {output[:300]!r}")
            if result.returncode == 0:
                break
            wrong = set(re.findall(r"hostile-\d+(?=\.md:)", output))
            expect(wrong, output[:500])
            for name in wrong:
                (group / f"{name}.md").unlink(missing_ok=True)
        self.names = sorted(path.stem for path in group.iterdir())
        kept = {field: sum(fields[name] == field for name in self.names) for field in FIELDS}
        expect(len(self.names) >= 500, f"only {len(self.names)} of {len(cases)} got through: {kept}")
        # The same texts as translations, for the pages in another language.
        result = self.run("translate", "--rules", self.rules)
        expect(result.returncode == 0, result.stderr.decode()[:500])
        # What cannot stand in a text file cannot be translated as it is.
        output = self.run("verify", self.rules).stderr.decode()
        expect(not active_characters(output), "errors of translations")
        for path in set(re.findall(r"translations/ja/evil/hostile-\d+\.md", output)):
            (self.rules / path).unlink()
        result = self.run("verify", self.rules)
        expect(result.returncode == 0, f"the translations are refused: {result.stderr.decode()[:300]}")
        translated = len(list((self.rules / "translations").rglob("*.md")))
        expect(translated >= 300, f"only {translated} translations")
        weak = [field for field, count in kept.items() if count == 0]
        return (
            f"{len(self.names)} of {len(cases)} got through ({len(ATTACKS)} texts in {len(FIELDS)} "
            f"places{', none in ' + ', '.join(weak) if weak else ''})"
        )

    def publish(self):
        result = self.run("publish", "--rules", self.rules, "--output", "out",
                          "--base-url", "https://rules.example.org/")
        expect(result.returncode == 0, result.stderr.decode()[:500])

    def documents(self):
        """What every page is once Chromium has parsed it, with no policy to protect it."""
        pages = sorted((self.folder / "out" / "site").rglob("*.html"))
        with chromium() as browser, page_of(browser) as page:
            # Many at a time: the way to the browser and back takes longer than the look.
            for start in range(0, len(pages), 64):
                some = pages[start : start + 64]
                texts = [path.read_text(encoding="utf-8") for path in some]
                for path, state in zip(some, page.evaluate(INSPECT, texts)):
                    foreign = set(state["schemes"]) - {"about:", "https:", "http:", "mailto:"}
                    expect(not foreign, f"{path.name}: {foreign}")
                    expect(not state["elements"], f"{path.name}: {state['elements']}")
                    expect(not state["handlers"], f"{path.name}: {state['handlers']}")
            expect(page.evaluate("window.pwned") is None, "it ran")
        return f"{len(pages)} pages"

    def browser(self):
        """Pages opened as files: nothing runs, nothing is fetched, no console error; some of each
        place, and those that gather texts of all rules."""
        site = self.folder / "out" / "site"
        some = self.names[:: max(1, len(self.names) // 110)]
        pages = [site / f"rules/{name}.html" for name in some]
        pages += [site / f"ja/rules/{name}.html" for name in some[::2]]
        pages += [site / path for path in [
            "rules/index.html", "index.html", "asyncrules.html", "symptoms.html", "migration.html",
            "comparison.html", "proofs.html", "ja/rules/index.html", "ja/symptoms.html"]]
        with chromium() as browser, page_of(browser) as page:
            requests = []
            page.on("request", lambda request: requests.append(request.url))
            for path in pages:
                if path.name == "asyncrules.html" and not path.exists():
                    continue
                page.goto(path.as_uri())
                expect(page.evaluate("window.pwned") is None, f"{path.name}: it ran")
                if self.fields.get(path.stem) in ("link", "autolink", "tooltip", "address"):
                    self.press(page)
            page.goto((site / "rules/index.html").as_uri())
            for word in ["pwned", "evil", "\u202e"]:
                page.fill("#query", word)
                page.wait_for_timeout(100)
                expect(page.evaluate("window.pwned") is None, "the search ran it")
            foreign = [url for url in requests if not url.startswith(("file:", "data:"))]
            expect(not foreign, foreign[:3])
            expect(not page.faults, page.faults[:3])
        return f"{len(pages)} pages"

    @staticmethod
    def press(page):
        """Presses the first link of the rule's text that is in sight, into a window of its own."""
        for link in page.locator("main a:text-is('press')").all():
            if link.is_visible():
                link.click(force=True, no_wait_after=True, modifiers=["Shift"])
                break
        expect(page.evaluate("window.pwned") is None, f"{page.url}: a link ran it")
        for other in page.context.pages[1:]:
            other.close()

    def manual(self):
        """mandoc and groff show every page, run nothing and pass nothing to the terminal."""
        pages = sorted((self.folder / "out" / "man").rglob("*hostile-*"))
        expect(len(pages) >= len(self.names), f"{len(pages)} manual pages")
        for path in pages:
            for line in path.read_text(encoding="utf-8").splitlines():
                expect(not re.match(r"[.'](sy|pso|so|open|pi|TH|nx|rd)\b", line), f"{path}: {line}")
        for command in [["mandoc", "-T", "utf8"], ["groff", "-S", "-mdoc", "-T", "utf8", "-P-cbou"]]:
            if not shutil.which(command[0]):
                continue
            for start in range(0, len(pages), 100):
                shown = subprocess.run(
                    [*command, *pages[start : start + 100]], capture_output=True, cwd=self.folder
                )
                text = re.sub(".\b", "", shown.stdout.decode())
                found = active_characters(text)
                expect(not found, f"{command[0]}, {pages[start].name} and on: {found[:5]}")
        expect(not list(self.folder.rglob("pwned")), "a request of roff was obeyed")
        return f"{len(pages)} pages"

    def terminal(self):
        """The page of every rule as `asyncrules rule` prints it, which SARIF holds too; and commands."""
        log = json.loads((self.folder / "out" / "catalogue.sarif").read_text(encoding="utf-8"))
        for one in log["runs"][0]["tool"]["driver"]["rules"]:
            found = active_characters(one["help"]["text"])
            expect(not found, f"{one['name']}: {found}")
        commands = [("rules",), *(("rule", name) for name in self.names[:: len(self.names) // 12])]
        for command in commands:
            shown = self.run(*command, "--rules", self.rules)
            expect(shown.returncode == 0, shown.stderr.decode()[:300])
            found = active_characters(shown.stdout.decode())
            expect(not found, f"{command}: {found}")
        return f"{len(self.names)} rules, {len(commands)} commands"


# Of a parsed page: elements that load or run, attributes that run, and the schemes of addresses.
INSPECT = """(texts) => texts.map((text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const all = [...page.querySelectorAll("*")];
  const own = (script) => /^(\\/|(\\.\\.\\/)*)assets\\/[\\w.]+$/.test(script.getAttribute("src") ?? "")
    || script.type === "application/ld+json";
  const attributes = all.flatMap((element) => [...element.attributes]);
  const addresses = attributes
    .filter((one) => ["href", "xlink:href", "src", "action", "formaction"].includes(one.name))
    .map((one) => one.value.replace(/[\\u0000-\\u0020]/g, ""))
    .filter((value) => /^[a-z][a-z0-9+.-]*:/i.test(value) || value.startsWith("//"));
  return {
    elements: all.filter((element) => element.matches(
      "iframe, object, embed, base, img, video, audio, math, template, form[action], foreignObject,"
      + "animate, use, svg a, body > style, main style") || (element.matches("script") && !own(element)))
      .map((element) => element.outerHTML.slice(0, 120)),
    handlers: attributes.filter((one) => /^on/i.test(one.name) || one.name === "srcdoc")
      .map((one) => `${one.name}=${one.value}`),
    schemes: addresses.map((value) =>
      value.startsWith("//") ? "//" : value.slice(0, value.indexOf(":") + 1).toLowerCase()),
  };
})"""


def main():
    program = Path(sys.argv[1]).resolve()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        attack = Attack(program, folder)
        report.check("hostile rule files are written", attack.write)
        report.check("hostile rules are published", attack.publish)
        if CHROMIUM:
            report.check("hostile rules as documents", attack.documents)
            report.check("hostile rules in Chromium", attack.browser)
        else:
            report.skip("hostile rules in Chromium", "Chromium is not here")
        report.check("hostile rules in the manual", attack.manual)
        report.check("hostile rules in a terminal", attack.terminal)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
