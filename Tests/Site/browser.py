"""Chromium, as the tests start it, with an eye on everything that goes wrong in a page."""

import contextlib
import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@contextlib.contextmanager
def chromium():
    """A running browser; closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def page_of(browser, **options):
    """A page that remembers its faults: console errors, failed requests, exceptions, dialogs."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(15000)
    page.faults = []
    page.on(
        "console",
        lambda message: message.type in ("error", "warning")
        and page.faults.append(f"console: {message.text}"),
    )
    page.on("pageerror", lambda error: page.faults.append(f"exception: {error}"))
    page.on(
        "requestfailed",
        # What the next page interrupts has not failed.
        lambda request: request.failure != "net::ERR_ABORTED"
        and page.faults.append(f"{request.failure}: {request.url}"),
    )
    page.on(
        "response",
        lambda response: response.status >= 400
        and page.faults.append(f"{response.status}: {response.url}"),
    )
    page.on("dialog", lambda dialog: (page.faults.append("a dialog"), dialog.dismiss()))
    try:
        yield page
    finally:
        context.close()


def width(page):
    """The width that the page needs."""
    return page.evaluate("document.documentElement.scrollWidth")
