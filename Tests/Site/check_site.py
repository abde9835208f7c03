#!/usr/bin/env python3
"""Uses the published website in Chromium as people do, and looks at every page.

    check_site.py SITE CASES PLAYGROUND

SITE is the folder that `asyncrules publish` wrote, with playground; CASES is what
`playground-cases` prints; PLAYGROUND is the native program of that name. Needs Playwright and
axe-core-python from PyPI, and Debian's Chromium.
"""

import json
import re
import statistics
import struct
import subprocess
import sys
import time
from pathlib import Path

import accessibility
from browser import chromium, page_of
from every_page import Visits
from host import Host
from report import Report, expect


# How many pixels of a field are left beside the words that it shows while empty.
PLACEHOLDER_ROOM = """(selector) => {
  const field = document.querySelector(selector);
  const style = getComputedStyle(field);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const inner = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return inner - pen.measureText(field.placeholder).width;
}"""


def encode(files):
    """A request with the prepared table, as Sources/Playground/PlaygroundRequest.swift reads it."""

    def text(value):
        return struct.pack("<I", len(value)) + value

    parts = [text(files[0]), struct.pack("<I", len(files) - 1)]
    for file in files[1:]:
        parts.append(text(file["path"].encode()))
        parts.append(struct.pack("<I", int(file["isNotebook"])))
        parts.append(text(file["text"].encode()))
    return b"".join(parts)


class Site:
    def __init__(self, host, browser):
        self.host = host
        self.folder = folder = host.folder
        self.browser = browser
        self.url = host.url
        pages = sorted(str(path.relative_to(folder)) for path in self.folder.rglob("*.html"))
        apart = ("404.html", "asyncrules.html")
        self.pages = [page for page in pages if Path(page).name not in apart]
        self.rules = [
            page
            for page in self.pages
            if re.match(r"(ja/)?rules/", page) and not page.endswith(("index.html", ".calls.html"))
            and ".examples" not in page
        ]
        self.english = [page for page in self.rules if not page.startswith("ja/")]
        self.further = [page for page in self.pages if ".examples" in page]
        self.sleep = "rules/blocking-sleep.html"
        redirects = [
            page
            for page in self.pages
            if 'http-equiv="refresh"' in (self.folder / page).read_text(encoding="utf-8")
        ]
        self.visits = {}
        self.readable = [page for page in self.pages if page not in redirects]

    # Every page.

    def every_page_is_clean(self):
        """No error, no failed request, and nothing wider than a small phone, on every page."""
        seen = Visits(self.url, [*self.readable, "404.html"])
        self.visits = seen.pages
        for path, one in self.visits.items():
            expect(one["width"] <= 320, f"{path} is {one['width']} px wide on 320 px")
        expect(not seen.faults, seen.faults[:5])
        return f"{len(self.visits)} pages"

    def redirects_lead(self):
        """Codes, ours and those of others, lead to a rule, or to a list of rules where it is several."""
        lists = 0
        with page_of(self.browser) as page:
            for code, name in [("AR101", "blocking-sleep"), ("ASYNC251", "blocking-sleep")]:
                page.goto(self.url + code + "/")
                page.wait_for_url(f"**/rules/{name}.html")
            folders = [path.parent for path in self.folder.glob("*/index.html")]
            codes = [path.name for path in folders if path.name not in ("rules", "playground", "ja")]
            for code in codes:
                # What leads on is gone too soon to be looked at.
                text = (self.folder / code / "index.html").read_text(encoding="utf-8")
                if 'http-equiv="refresh"' in text:
                    target = re.search(r'content="0; url=\.\./([^"]*)"', text)
                    expect(target and (self.folder / target.group(1)).is_file(), f"/{code}/")
                    continue
                lists += 1
                page.goto(f"{self.url}{code}/")
                expect(page.locator("ul.related li").count() > 1, f"/{code}/ lists no rules")
            expect("S7499" in codes, "Sonar's codes are addresses too")
            expect(not page.faults, page.faults)
        return f"{len(codes)} codes, {lists} of several rules"

    def weight(self):
        """A rule's page is at most 60 KB of HTML, 100 KB with all that it loads by itself."""
        heaviest = (0, "")
        for path in [*self.rules, *self.further]:
            html = self.host.file(self.url + path).stat().st_size
            loaded = self.visits[path]["addresses"]
            total = sum(self.host.file(url).stat().st_size for url in loaded)
            expect(html <= 60 * 1024, f"{path} has {html} bytes of HTML")
            rest = total - html
            expect(rest <= 40 * 1024, f"{path} loads {rest} bytes besides its HTML")
            heaviest = max(heaviest, (total, path))
        return f"the heaviest, {heaviest[1]}, takes {heaviest[0]} bytes uncompressed"

    def fast_on_a_phone(self):
        """First text within a second and no shift of the layout, on a slow phone and network: the
        median of some tries, of the heaviest page.
        """
        tries = [self.first_text() for _ in range(5)]
        painted = statistics.median(one[0] for one in tries)
        shift, page = max((one[1], one[2]) for one in tries)
        times = sorted(round(one[0]) for one in tries)
        expect(painted < 1000, f"{page} shows text after {times} ms")
        expect(shift < 0.01, f"{page} shifts by {shift}")
        return f"{page}: text after {times} ms, shift {shift:.4f}"

    def first_text(self):
        """When the heaviest page shows its first text, in ms, and by how much its layout shifts."""
        with page_of(self.browser, viewport={"width": 390, "height": 844}) as page:
            tools = page.context.new_cdp_session(page)
            tools.send("Network.enable")
            tools.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": 150,
                    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
                    "uploadThroughput": 750 * 1024 / 8,
                },
            )
            tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            heavy = max(self.rules, key=lambda path: (self.folder / path).stat().st_size)
            page.add_init_script(
                "window.shift = 0; new PerformanceObserver((list) => { for (const entry of"
                " list.getEntries()) if (!entry.hadRecentInput) shift += entry.value; })"
                ".observe({ type: 'layout-shift', buffered: true });"
            )
            page.goto(self.url + heavy, wait_until="load")
            page.wait_for_timeout(300)
            painted = page.evaluate(
                "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
            )
            shift = page.evaluate("window.shift")
            return (painted or 1e6, shift, heavy)

    # People.

    def search(self):
        with page_of(self.browser) as page:
            for query, code in [
                ("ASYNC251", "AR101"),
                ("S7499", "AR102"),
                ("requests.get", "AR102"),
                ("never awaited", None),
                ("blocking sleep", "AR101"),
            ]:
                page.goto(self.url + "rules/")
                page.fill("#query", query)
                first = page.locator("li.rule:visible .code-name").first
                found = first.text_content() if first.count() else None
                expect(found is not None, f"'{query}' finds nothing")
                expect(code in (None, found), f"'{query}' finds {found}, wanted {code}")
            page.fill("#query", "zzzz-nothing")
            expect(page.locator(".empty:visible").count() == 1, "an empty result says nothing")
            page.click(".empty button")
            expect(page.locator("li.rule:visible").count() >= len(self.english), "reset shows all")
            expect(not page.faults, page.faults)

    def fields_say_all_on_a_phone(self):
        """What stands in an empty search field is not cut off, in either language."""
        with page_of(self.browser, viewport={"width": 390, "height": 844}) as page:
            for folder in ["", "ja/"]:
                page.goto(f"{self.url}{folder}rules/")
                room = page.evaluate(PLACEHOLDER_ROOM, "#query")
                expect(room >= 0, f"{folder}rules/: {-room:.0f} px too few")
                page.goto(self.url + folder)
                page.click(".search-open")
                page.wait_for_selector("dialog[open] input")
                room = page.evaluate(PLACEHOLDER_ROOM, "dialog[open] input")
                expect(room >= 0, f"{folder} search: {-room:.0f} px too few")
            expect(not page.faults, page.faults)

    def filters_are_in_the_address(self):
        with page_of(self.browser) as page:
            page.goto(self.url + "rules/")
            everything = page.locator("li.rule:visible").count()
            page.select_option("#framework", "django")
            page.check("input[name=fixable]")
            some = page.locator("li.rule:visible").count()
            expect(0 < some < everything, f"{some} of {everything}")
            expect("framework=django" in page.url, page.url)
            page.goto(page.url)
            expect(page.locator("li.rule:visible").count() == some, "the address restores filters")
            expect(not page.faults, page.faults)

    def keyboard_alone(self):
        """From the first page to a rule, without a mouse."""
        with page_of(self.browser) as page:
            page.goto(self.url)
            page.keyboard.press("/")
            page.wait_for_selector("dialog[open] input")
            page.keyboard.type("ASYNC251")
            page.wait_for_selector("dialog[open] [role=option]")
            page.keyboard.press("Enter")
            page.wait_for_url("**/rules/blocking-sleep.html")
            page.keyboard.press("/")
            page.wait_for_selector("dialog[open]")
            page.keyboard.press("Escape")
            expect(page.locator("dialog[open]").count() == 0, "Escape closes the search")
            page.goto(self.url + "rules/")
            page.keyboard.press("/")
            page.keyboard.type("sleep")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            page.wait_for_url("**/rules/*.html")
            expect(not page.faults, page.faults)

    def switches_last(self):
        """The framework and the colours stay from page to page."""
        with page_of(self.browser) as page:
            page.goto(self.url + self.sleep)
            page.locator(".lens input[value=trio]").check(force=True)
            expect("framework=trio" in page.url, page.url)
            visible = page.locator(".cure:visible")
            frameworks = [visible.nth(i).get_attribute("data-framework") for i in range(visible.count())]
            expect(set(frameworks) <= {"trio", None}, frameworks)
            page.click("button.theme")
            theme = page.evaluate("document.documentElement.dataset.theme")
            page.goto(self.url + "rules/blocking-http.html")
            expect(page.evaluate("document.documentElement.dataset.theme") == theme, "theme is kept")
            expect(page.locator(".lens input[value=trio]").is_checked(), "the framework is kept")
            expect(not page.faults, page.faults)

    def without_scripts(self):
        with page_of(self.browser, java_script_enabled=False) as page:
            page.goto(self.url + "rules/")
            expect(page.locator("li.rule:visible").count() >= len(self.english), "the list is plain")
            expect(page.locator("form.filters:visible").count() == 0, "filters need the script")
            page.goto(self.url + self.sleep)
            expect(page.locator("pre.code mark:visible").count() > 0, "marks are in the page")
            page.goto(self.url + "playground/")
            expect(page.locator("noscript").count() == 1, "the playground says what it needs")

    def examples_are_edited(self):
        """Nothing of the checker is loaded before `Edit`; then findings follow what is typed."""
        with page_of(self.browser) as page:
            loaded = []
            page.on("request", lambda request: loaded.append(request.url))
            page.goto(self.url + self.sleep)
            page.wait_for_timeout(100)
            expect(not any(".wasm" in url or "checker" in url for url in loaded), loaded)
            file = page.locator(".file").first
            before = file.locator(".findings .message").first.text_content()
            file.locator("button.edit").click()
            area = file.locator("textarea")
            area.wait_for()
            shown = file.locator(".findings:visible .message").first.text_content()
            expect(shown == before, f"the page said {before!r}, the checker in it {shown!r}")
            area.fill(area.input_value().replace("time.sleep(1)", "await asyncio.sleep(1)"))
            expect(file.locator(".verdict").first.text_content() == "No finding", "the cure cures")
            area.fill("import requests\n\nasync def load():\n    return requests.get('x')\n")
            expect("requests.get" in file.locator(".findings:visible").text_content(), "a new finding")
            file.locator(".editor-bar button").click()
            expect(file.locator("textarea").count() == 0, "the example comes back")
            expect(not page.faults, page.faults)

    def playground(self):
        """Findings, a fix, the tree, the rules, and a link that brings all of it back."""
        with page_of(self.browser) as page:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            page.goto(self.url + "playground/")
            page.wait_for_selector("textarea")
            expect(page.locator("#panel-findings .message").count() == 1, "one finding at first")
            page.locator("#panel-findings .apply button").click()
            expect("await asyncio.sleep(1)" in page.input_value("textarea"), "the fix is applied")
            expect(page.locator("#panel-findings .message").count() == 0, "and nothing is left")
            page.fill("textarea", "import time as t\nasync def f():\n    é = 'é'; t.sleep(1)\n    t.sleep(2)\n")
            expect(page.locator("#panel-findings .message").count() == 2, "two findings")
            page.click("#fix-all")
            expect(page.input_value("textarea").count("await asyncio.sleep") == 2, "both are fixed")
            page.fill("textarea", "import time as t\nasync def f():\n    é = 'é'; t.sleep(1)\n")
            page.click("#tab-tree")
            page.wait_for_selector("#tree button")
            names = page.locator("#tree button").all_text_contents()
            expect(names[0] == "Module" and "Name t" in names, names[:9])
            page.click("#tab-rules")
            page.uncheck("#rule-list input[value=AR101]")
            page.click("#tab-findings")
            expect(page.locator("#panel-findings .message").count() == 0, "a rule is off")
            page.click("#share")
            page.wait_for_selector("#share:text('Link copied')")
            link = page.evaluate("navigator.clipboard.readText()")
            expect(not page.faults, page.faults)
        with page_of(self.browser) as page:
            page.goto(link)
            page.wait_for_selector("textarea")
            expect("é = 'é'; t.sleep(1)" in page.input_value("textarea"), "the link holds the code")
            expect(page.locator("#panel-findings .message").count() == 0, "and the rules")
            expect(len(link) < 400, f"the link has {len(link)} characters")
            expect(not page.faults, page.faults)

    def broken_links_do_no_harm(self):
        with page_of(self.browser) as page:
            for fragment in ["zAAAA", "p!!!", "z", "pbnVsbA", "p" + "A" * 3000]:
                page.goto("about:blank")
                page.goto(f"{self.url}playground/#{fragment}")
                page.wait_for_selector("textarea")
            expect(not [fault for fault in page.faults if "exception" in fault], page.faults)

    def same_findings_as_native(self, cases, playground):
        """The checker in the browser prints what the native program prints, on every example."""
        examples = json.loads(Path(cases).read_text(encoding="utf-8"))
        table = examples["table"].encode()
        with page_of(self.browser) as page:
            page.goto(self.url + self.sleep)
            page.evaluate("window.asyncrules.loadEditor()")
            for case in examples["examples"]:
                request = encode([table, *case["files"]])
                native = subprocess.run([playground], input=request, capture_output=True, check=True)
                answer = page.evaluate(
                    "(files) => window.asyncrulesChecker.check(files)",
                    [{"path": file["path"], "text": file["text"]} for file in case["files"]],
                )
                expect(
                    answer.encode() == native.stdout,
                    f"{case['rule']}#{case['example']}: {answer} is not {native.stdout.decode()}",
                )
            expect(not page.faults, page.faults)
        return f"{len(examples['examples'])} examples"

    def fast_recheck(self):
        """A file of 500 lines full of work is checked anew in less than 10 ms.

        What counts is the time that the page's thread computes, as the browser measures it: the
        mean of all checks behind the first ten, which the engine needs to translate the module.
        """
        body = (
            "async def work_{0}(session, path):\n"
            "    with open(path) as file:\n"
            "        lines = [line.strip() for line in file if line]\n"
            "    for line in lines:\n"
            "        time.sleep(0.{0})\n"
            "        await session.post(f'https://example.org/{{line}}', json={{'line': line}})\n"
            "    return await asyncio.gather(*[load(line) for line in lines])\n"
            "\n\n"
        )
        text = "import asyncio\nimport time\n\n\n" + "".join(body.format(i) for i in range(55))
        lines = text.count("\n")
        with page_of(self.browser) as page:
            page.goto(self.url + "playground/")
            page.wait_for_selector("textarea")
            tools = page.context.new_cdp_session(page)
            tools.send("Performance.enable", {"timeDomain": "threadTicks"})

            def computed():
                metrics = tools.send("Performance.getMetrics")["metrics"]
                return next(one["value"] for one in metrics if one["name"] == "TaskDuration") * 1000

            def check(count):
                before = computed()
                page.evaluate(
                    """([text, count]) => {
                      const files = [{ path: "example.py", text }];
                      for (let round = 0; round < count; round += 1) window.asyncrulesChecker.check(files);
                    }""",
                    [text, count],
                )
                return (computed() - before) / count

            first, later = check(10), check(50)
            page.evaluate(
                """(text) => {
                  const area = document.querySelector("textarea");
                  area.value = text;
                  area.dispatchEvent(new Event("input"));
                }""",
                text,
            )
            count = page.locator("#panel-findings .message").count()
            expect(count >= 55, f"only {count} findings")
            expect(later < 10, f"{later:.1f} ms for {lines} lines")
            return f"{later:.1f} ms for {lines} lines with {count} findings, {first:.1f} ms at first"

    def as_files(self):
        """The folder works without any server, checker included."""
        with page_of(self.browser) as page:
            page.goto((self.folder / self.sleep).resolve().as_uri())
            page.locator("button.edit").first.click()
            page.wait_for_selector("textarea")
            page.goto((self.folder / "rules/index.html").resolve().as_uri())
            page.fill("#query", "ASYNC251")
            expect(page.locator("li.rule:visible .code-name").first.text_content() == "AR101", "search")
            expect(not page.faults, page.faults)


def main():
    folder, cases, playground = sys.argv[1:4]
    report = Report()
    host = Host(folder)
    start = time.monotonic()
    with chromium() as browser:
        site = Site(host, browser)
        for check in [
            site.every_page_is_clean, site.redirects_lead, site.weight, site.fast_on_a_phone,
            site.search, site.fields_say_all_on_a_phone, site.filters_are_in_the_address, site.keyboard_alone, site.switches_last,
            site.without_scripts, site.examples_are_edited, site.playground,
            site.broken_links_do_no_harm, site.fast_recheck, site.as_files,
        ]:
            report.check(check.__name__.replace("_", " "), check)
        report.check(
            "same findings as native", lambda: site.same_findings_as_native(cases, playground)
        )
        accessibility.check(report, site)
    host.stop()
    print(f"in {time.monotonic() - start:.0f} s")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
