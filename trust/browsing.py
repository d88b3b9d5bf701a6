"""A browser for a subject, and what it noticed."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.conftest import chromium_path
from tests.browser.engines import FLAGS

PATIENCE = 120_000
"""Milliseconds that Python may take to start on a busy machine."""
LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@contextmanager
def browser() -> Iterator[Browser]:
    """Run the machine's own Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield chromium
        chromium.close()


def listening(context: BrowserContext) -> Page:
    """Return a page that remembers what its policy refused, in `window.refused`."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.add_init_script(LISTEN)
    return page


def refused(page: Page) -> list[str]:
    """Return what the policy of the page at hand refused."""
    found: list[str] = page.evaluate("window.refused")
    return [f"{page.url}: {each}" for each in found]
