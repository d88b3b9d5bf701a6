"""A browser for a subject, and what it noticed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser import engines
from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.engines import Engine

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


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """Run one of the engines that are installed."""
    others: dict[str, Callable[[], AbstractContextManager[Engine]]] = {
        "firefox": engines.firefox,
        "webkit": engines.webkit,
    }
    if name in others:
        with others[name]() as made:
            yield made
    else:
        with browser() as chromium, engines.chromium(chromium) as made:
            yield made


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
