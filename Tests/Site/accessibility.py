"""axe-core in light and in dark, on pages as published and while they are used."""

from pathlib import Path

from browser import page_of
from report import expect


def script():
    import axe_core_python

    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, source):
    """What axe finds, in a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(source)
    found = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)"
    )
    return [
        f"{one['id']} at {', '.join(' '.join(map(str, node['target'])) for node in one['nodes'][:3])}"
        for one in found
    ]


def check(report, site):
    """Adds two checks for each theme: every page as it is, and some while they are used."""
    source = script()

    def whole(theme):
        found = [
            f"{path}: {'; '.join(seen[theme])}" for path, seen in site.visits.items() if seen[theme]
        ]
        expect(len(site.visits) > len(site.readable), f"only {len(site.visits)} pages were visited")
        expect(not found, f"{len(found)} pages, {found[:5]}")
        return f"{len(site.visits)} pages"

    def in_use(theme):
        with page_of(
            site.browser, color_scheme=theme, reduced_motion="reduce"
        ) as page:
            page.goto(site.url + site.sleep)
            page.locator("button.edit").first.click()
            page.wait_for_selector("textarea")
            found = violations(page, source)
            expect(not found, f"edited example: {found}")
            page.goto(site.url)
            page.keyboard.press("/")
            page.wait_for_selector("dialog[open] [role=option]")
            found = violations(page, source)
            expect(not found, f"search dialog: {found}")
            page.goto(site.url + "playground/")
            page.wait_for_selector("textarea")
            for tab in ["rules", "tree"]:
                page.click(f"#tab-{tab}")
                found = violations(page, source)
                expect(not found, f"playground, {tab}: {found}")

    for theme in ["light", "dark"]:
        report.check(f"axe, {theme}", lambda theme=theme: whole(theme))
        report.check(f"axe in use, {theme}", lambda theme=theme: in_use(theme))
