"""Loads every page of the website once and looks at it in all the ways that need no person.

A page is loaded as a small phone sees it, measured, widened, and handed to axe-core in light and in
dark. Several browsers share the pages.
"""

import os
from concurrent.futures import ProcessPoolExecutor

import accessibility
from browser import chromium, page_of, width

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 720}
THEMES = ["light", "dark"]


class Visits:
    """What was seen of each page: its `width` on a phone, the `addresses` that it loaded by itself,
    and what axe says of it in `light` and in `dark`; and the `faults` of all of them."""

    def __init__(self, url, paths):
        workers = max(1, os.cpu_count() or 1)
        # Neighbours in the list weigh about the same.
        shares = [paths[start::workers] for start in range(workers)]
        self.pages = {}
        self.faults = []
        with ProcessPoolExecutor(workers) as executor:
            for pages, faults in executor.map(visit, [url] * workers, shares):
                self.pages |= pages
                self.faults += faults


def visit(url, paths):
    """Looks at some pages, one after the other, in a browser of its own."""
    source = accessibility.script()
    pages = {}
    faults = []
    addresses = set()
    with chromium() as browser, page_of(browser, reduced_motion="reduce") as page:
        page.on("request", lambda request: addresses.add(request.url))
        for path in paths:
            page.set_viewport_size(NARROW)
            page.emulate_media(color_scheme=THEMES[0])
            addresses.clear()
            page.goto(url + path, wait_until="load")
            if path.endswith("playground/index.html"):
                page.wait_for_selector("textarea")
            seen = {"width": width(page), "addresses": sorted(addresses)}
            page.set_viewport_size(WIDE)
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                seen[theme] = accessibility.violations(page, source)
            pages[path] = seen
            while len(page.faults) > len(faults):
                faults.append(f"{path}: {page.faults[len(faults)]}")
    return pages, faults
