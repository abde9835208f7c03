#!/usr/bin/env python3
"""Looks at the published files as other programs read them: feeds, sitemap, HTML, hosts, scripts.

    check_files.py PUBLISHED ASYNCRULES [VNU.jar]

PUBLISHED is a folder that `asyncrules publish --base-url` wrote, ASYNCRULES the program.
"""

import datetime
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from report import Report, expect

ROOT = Path(__file__).resolve().parent.parent.parent
HOSTING = ROOT / "Site" / "hosting"


class Published:
    def __init__(self, folder, program):
        self.folder = Path(folder)
        self.site = self.folder / "site"
        self.program = program

    def pages(self):
        return sorted(self.site.rglob("*.html"))

    def address(self):
        """Where the site says that it is."""
        page = (self.site / "index.html").read_text(encoding="utf-8")
        return re.search(r'<link rel="canonical" href="([^"]*)"', page).group(1)

    def local(self, address):
        """The file behind an address of the site."""
        expect(address.startswith(self.address()), f"{address} is elsewhere")
        path = urllib.parse.urlsplit(address.removeprefix(self.address())).path
        return self.site / (path + "index.html" if path == "" or path.endswith("/") else path)

    # Feeds.

    def sitemap(self):
        """sitemaps.org 0.9: the namespace, absolute addresses once each, and files behind them."""
        space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
        root = ElementTree.parse(self.site / "sitemap.xml").getroot()
        expect(root.tag == f"{space}urlset", root.tag)
        expect(all(child.tag == f"{space}url" for child in root), "only url elements")
        places = [url.findtext(f"{space}loc") for url in root]
        expect(len(places) == len(set(places)) > 10, f"{len(places)} places, some twice")
        for place in places:
            expect(self.local(place).is_file(), f"{place} is not there")
        robots = (self.site / "robots.txt").read_text(encoding="utf-8")
        expect(f"Sitemap: {self.address()}sitemap.xml" in robots, robots)
        return f"{len(places)} pages"

    def feed(self):
        """RFC 4287: what a feed and its entries must have, unique ids, times, and live links."""
        space = "{http://www.w3.org/2005/Atom}"
        root = ElementTree.parse(self.site / "changes.atom").getroot()
        expect(root.tag == f"{space}feed", root.tag)
        entries = root.findall(f"{space}entry")
        expect(entries, "no entries")
        for element in [root, *entries]:
            for name in ["id", "title", "updated"]:
                found = element.findall(f"{space}{name}")
                expect(len(found) == 1 and found[0].text, f"{name} of {element.tag}")
            datetime.datetime.fromisoformat(element.findtext(f"{space}updated").replace("Z", "+00:00"))
        expect(root.find(f"{space}author/{space}name") is not None, "an author")
        itself = [link for link in root.findall(f"{space}link") if link.get("rel") == "self"]
        expect(itself and itself[0].get("href") == f"{self.address()}changes.atom", "self")
        ids = [entry.findtext(f"{space}id") for entry in entries]
        expect(len(ids) == len(set(ids)), "an id twice")
        for entry in entries:
            place = entry.find(f"{space}link").get("href")
            expect(self.local(place).is_file(), f"{place} is not there")
            expect(entry.find(f"{space}content").get("type") == "html", "content")
        return f"{len(entries)} entries"

    def changes(self):
        """`asyncrules diff` and the feed tell what was changed in a catalogue by hand."""
        catalogue = json.loads((self.folder / "catalogue.json").read_text(encoding="utf-8"))
        new = self.folder / "catalogue.json"
        gone = catalogue["rules"].pop()
        first = catalogue["rules"][0]
        first["severity"] = "suggestion"
        call = first["callables"].pop()["name"]
        example = first["examples"].pop()["id"]
        catalogue["tool"]["version"] = "0.0.9"
        with tempfile.TemporaryDirectory() as folder:
            old = Path(folder) / "old.json"
            old.write_text(json.dumps(catalogue), encoding="utf-8")

            def run(*arguments):
                return subprocess.run(
                    [self.program, "diff", *map(str, arguments)], capture_output=True, text=True
                )

            text = run(old, new)
            expect(text.returncode == 1, text.stderr)
            for words in [
                f"+ {gone['code']} ", f"~ {first['code']} ", "severity: suggestion to ",
                f"calls added: {call}", f"examples added: {example}",
            ]:
                expect(words in text.stdout, f"{words!r} is not in {text.stdout}")
            answer = json.loads(run("--output-format", "json", old, new).stdout)
            expect({rule["code"] for rule in answer["rules"]} == {gone["code"], first["code"]}, answer)
            same = run(new, new)
            expect(same.returncode == 0 and "No rule differs" in same.stdout, same.stdout)
            broken = Path(folder) / "broken.json"
            broken.write_text("{}", encoding="utf-8")
            expect(run(broken, new).returncode == 2, "not a catalogue")

    # Pages.

    def twins(self):
        """Each page names its Markdown twin and it is there; `llms.txt` leads to all rules."""
        count = 0
        for page in self.pages():
            text = page.read_text(encoding="utf-8")
            twin = re.search(r'type="text/markdown" href="([^"]*)"', text)
            if twin:
                count += 1
                expect((page.parent / twin.group(1)).is_file(), f"{page}: {twin.group(1)}")
        index = (self.site / "llms.txt").read_text(encoding="utf-8")
        expect(index.startswith("# asyncrules\n\n> "), index[:80])
        links = re.findall(r"\]\((https?://[^)]*)\)", index)
        for link in links:
            expect(self.local(link).is_file(), f"{link} is not there")
        rules = json.loads((self.folder / "catalogue.json").read_text(encoding="utf-8"))["rules"]
        for rule in rules:
            expect(f"/{rule['name']}.md)" in index, f"{rule['name']} is not in llms.txt")
            record = json.loads((self.site / f"rules/{rule['name']}.json").read_text(encoding="utf-8"))
            expect(record == rule, f"{rule['name']}.json differs from the catalogue")
        return f"{count} twins"

    def structured_data(self):
        """Data blocks are JSON, of schema.org, with addresses that are there."""
        count = 0
        for page in self.pages():
            text = page.read_text(encoding="utf-8")
            for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text):
                data = json.loads(block)
                expect(data["@context"] == "https://schema.org", page)
                for thing in data.get("@graph", [data]):
                    expect("@type" in thing, page)
                    if "url" in thing:
                        expect(self.local(thing["url"]).is_file(), thing["url"])
                count += 1
        expect(count > 10, f"only {count} blocks")
        return f"{count} blocks"

    def cards(self):
        page = (self.site / "index.html").read_text(encoding="utf-8")
        image = self.local(re.search(r'og:image" content="([^"]*)"', page).group(1))
        bytes_ = image.read_bytes()
        expect(bytes_.startswith(b"\x89PNG\r\n\x1a\n"), image)
        size = (int.from_bytes(bytes_[16:20], "big"), int.from_bytes(bytes_[20:24], "big"))
        expect(size == (1200, 630), f"the card is {size}")

    def bundle(self):
        """One file with every rule for each language, which loads nothing."""
        bundles = sorted(self.site.rglob("asyncrules.html"))
        expect(len(bundles) == 2, bundles)
        for bundle in bundles:
            text = bundle.read_text(encoding="utf-8")
            expect(not re.search(r'(src|href)="(?!#|https?://|mailto:)[^"]*"', text), "it needs a file")
            expect(not re.search(r"<(script|img|iframe)[^>]*src=", text), "it loads something")
            ids = re.findall(r' id="([^"]*)"', text)
            expect(len(ids) == len(set(ids)), "an id twice")
            known = set(ids)
            for target in re.findall(r'href="#([^"]*)"', text):
                expect(target in known, f"#{target} leads nowhere")
            for page in (self.site / "rules").glob("*.json"):
                expect(page.stem in known, f"{page.stem} is missing")
        return f"{len(bundles)} files"

    def valid(self, validator):
        """The Nu validator finds no error in any page."""
        result = subprocess.run(
            ["java", "-Xss16m", "-jar", validator, "--errors-only", "--format", "json",
             *map(str, self.pages())],
            capture_output=True, text=True,
        )
        messages = json.loads(result.stderr or '{"messages": []}')["messages"]
        # The validator is older than this source expression of Content Security Policy Level 3.
        messages = [one for one in messages if "'wasm-unsafe-eval'" not in one["message"]]
        # Nor does it know the style sheets of today.
        messages = [one for one in messages if not one["message"].startswith("CSS:")]
        found = {f"{one.get('url', '')[-40:]}:{one.get('lastLine')} {one['message']}" for one in messages}
        expect(not found, f"{len(messages)} errors: {sorted(found)[:5]}")
        return f"{len(self.pages())} pages"

    # Other programs.

    def ruff_script(self):
        """The script of the recipes adds our pages and proofs to ruff's findings."""
        findings = [
            {"code": "ASYNC251", "filename": "a.py", "message": "m", "location": {"row": 3, "column": 5}},
            {"code": "E501", "filename": "a.py", "message": "long", "location": {"row": 1, "column": 1}},
            {"code": None, "filename": "b.py", "message": "syntax", "location": {"row": 1, "column": 1}},
        ]

        def run(text, *arguments):
            return subprocess.run(
                [sys.executable, HOSTING / "explain_ruff.py", self.folder / "catalogue.json",
                 "--base-url", self.address(), *arguments],
                input=text, capture_output=True, text=True,
            )

        answer = run(json.dumps(findings))
        expect(answer.returncode == 0, answer.stderr)
        explained = json.loads(answer.stdout)
        rule = explained[0]["asyncrules"][0]
        expect(rule["code"] == "AR101" and self.local(rule["url"]).is_file(), rule)
        expect(rule["proofs"] and self.local(rule["proofs"][0].split("#")[0]).is_file(), rule)
        page = self.local(rule["url"]).read_text(encoding="utf-8")
        expect(f'id="{rule["proofs"][0].split("#")[1]}"' in page, "the proof is on the page")
        expect(explained[1:] == findings[1:], "other findings stay as they are")
        text = run(json.dumps(findings), "--text")
        expect("a.py:3:5: ASYNC251 m\n    AR101 " in text.stdout, text.stdout)
        expect(run("{}").returncode == 2 and run("no").returncode == 2, "bad input")

    def readme_line(self):
        """The line of jq in the README prints a code and an address for each rule."""
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        line = re.search(r"^jq .*catalogue\.json$", readme, re.MULTILINE)
        expect(line, "the README has no such line")
        result = subprocess.run(
            line.group(0).replace("build/catalogue.json", str(self.folder / "catalogue.json")),
            shell=True, capture_output=True, text=True,
        )
        expect(result.returncode == 0 and "AR101" in result.stdout, result.stderr or result.stdout)

    def nginx(self):
        """Debian's nginx with the recipe: types, headers, compression, 404, caches, a sub-path."""
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            recipe = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
            port = 18099
            server = recipe.replace("listen 80;", f"listen 127.0.0.1:{port};")
            server = server.replace("  listen [::]:80;\n", "")
            server = server.replace("root /var/www/asyncrules;", f"root {self.site.resolve()};")
            expect(server.count(str(port)) == 1 and "/var/www" not in server.split("server {")[1], "recipe")
            (folder / "site.conf").write_text(server, encoding="utf-8")
            (folder / "nginx.conf").write_text(
                f"user root;\ndaemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
                "events {}\nhttp {\n"
                f"  access_log off;\n  client_body_temp_path {folder}/body;\n"
                f"  proxy_temp_path {folder}/proxy;\n  fastcgi_temp_path {folder}/fastcgi;\n"
                f"  uwsgi_temp_path {folder}/uwsgi;\n  scgi_temp_path {folder}/scgi;\n"
                f"  include {folder}/site.conf;\n}}\n",
                encoding="utf-8",
            )
            process = subprocess.Popen(
                ["nginx", "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error.log"]
            )
            try:
                self.ask_nginx(f"http://127.0.0.1:{port}", folder / "error.log")
            finally:
                process.terminate()
                process.wait(10)

    def ask_nginx(self, host, log):
        def get(path, **headers):
            request = urllib.request.Request(host + path, headers=headers)
            try:
                return urllib.request.urlopen(request, timeout=5)
            except urllib.error.HTTPError as error:
                return error

        for _ in range(50):
            try:
                get("/")
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise AssertionError(log.read_text())
        home = get("/")
        expect(home.status == 200, home.status)
        policy = home.headers["Content-Security-Policy"]
        expect("default-src 'none'" in policy and "frame-ancestors 'none'" in policy, policy)
        expect(home.headers["X-Content-Type-Options"] == "nosniff", "nosniff")
        expect(home.headers["Cache-Control"] == "no-cache", home.headers["Cache-Control"])
        types = {
            "/": "text/html; charset=utf-8", "/llms.txt": "text/plain; charset=utf-8",
            "/index.md": "text/markdown; charset=utf-8",
            "/catalogue.json": "application/json; charset=utf-8",
            "/changes.atom": "application/atom+xml; charset=utf-8", "/sitemap.xml": "text/xml; charset=utf-8",
        }
        for path, wanted in types.items():
            found = get(path).headers["Content-Type"]
            expect(found == wanted, f"{path} is {found}")
        assets = {path.suffix: path.name for path in (self.site / "assets").iterdir()}
        for suffix, wanted in {".wasm": "application/wasm", ".css": "text/css; charset=utf-8"}.items():
            asset = get(f"/assets/{assets[suffix]}", **{"Accept-Encoding": "gzip"})
            expect(asset.headers["Content-Type"] == wanted, asset.headers["Content-Type"])
            expect("immutable" in asset.headers["Cache-Control"], asset.headers["Cache-Control"])
            expect(asset.headers["Content-Encoding"] == "gzip", f"{suffix} is not compressed")
        missing = get("/no/such/page")
        body = missing.read().decode()
        expect(missing.status == 404 and "There is no page here" in body, missing.status)
        expect("Content-Security-Policy" in missing.headers, "a 404 has the headers too")
        expect(get("/AR101/").status == 200 and get("/rules/").status == 200, "folders")


def main():
    folder, program = sys.argv[1:3]
    validator = sys.argv[3] if len(sys.argv) > 3 else None
    report = Report()
    published = Published(folder, program)
    for check in [
        published.sitemap, published.feed, published.changes, published.twins,
        published.structured_data, published.cards, published.bundle, published.ruff_script,
    ]:
        report.check(check.__name__.replace("_", " "), check)
    if shutil.which("jq"):
        report.check("readme line", published.readme_line)
    else:
        report.skip("readme line", "jq is not here")
    if shutil.which("nginx"):
        report.check("nginx", published.nginx)
    else:
        report.skip("nginx", "nginx is not here")
    if validator and shutil.which("java"):
        report.check("valid HTML", lambda: published.valid(validator))
    else:
        report.skip("valid HTML", "the Nu validator or Java is not here")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
