"""The Content Security Policy: strict, and in nobody's way."""

import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page
from tests.browser.hands import Hands

from helpdesk.catalog import load
from trust.browsing import browser, listening, refused
from trust.figure import Figure, none_of
from trust.host import ROOT, Host, hosted, pages, rules, shipped

SAMPLE = 12
PERMISSIONS = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "blob:", "http:", "https:")


def figures(*, whole: bool) -> Iterator[Figure]:
    """Read the policies, then visit pages and use what they offer, with headers and without."""
    site = shipped()
    yield from _written(site)
    addresses = pages(site)
    step = 1 if whole else max(1, len(addresses) // SAMPLE)
    for headers in (True, False):
        with hosted(site, headers=headers) as host, browser() as chromium:
            page = listening(chromium.new_context())
            found = []
            for address in addresses[::step]:
                page.goto(f"{host.url}{address}")
                found += refused(page)
            used = list(_use(page, host))
            found += [each for name, bad in used for each in [*bad, name] if bad]
        name = f"violations {'with' if headers else 'without'} the host's headers"
        yield none_of(name, found, len(addresses[::step]) + len(used))


def _written(site: Path) -> Iterator[Figure]:
    headers = rules((site / "_headers").read_text(encoding="utf-8"))
    policies = [
        (where, value) for where, name, value in headers if name == "Content-Security-Policy"
    ]
    lax = [f"{w}: {p}" for w, value in policies for p in PERMISSIONS if p in value]
    lax += [f"{w}: {value}" for w, value in policies if not value.startswith("default-src 'none'")]
    yield none_of("policies that allow too much", lax, len(policies))
    wasm = [where for where, value in policies if "'wasm-unsafe-eval'" in value]
    strangers = [where for where in wasm if not where.endswith("-worker.mjs")]
    yield none_of("answers beside the worker's that may compile wasm", strangers, len(wasm))
    bare = [
        address
        for path in sorted(site.rglob("*.html"))
        for address in [path.relative_to(site).as_posix()]
        if not re.search(r"<meta http-equiv=.Content-Security-Policy", path.read_text("utf-8"))
    ]
    yield none_of("pages without a policy of their own", bare, len(pages(site)))


def _use(page: Page, host: Host) -> Iterator[tuple[str, list[str]]]:
    """Use each feature of the site."""
    page.goto(host.url)
    hands = Hands(page, load(ROOT / "docs" / "catalog"))
    hands.is_ready()
    hands.walk({"q-signal": "weak"}, ends=["try"])
    yield "wizard", refused(page)
    page.locator("label[for^=__palette]:visible").click()
    yield "dark mode", refused(page)
    page.locator("label.md-header__button[for=__search]:visible, .md-search__input").first.click()
    page.locator(".md-search__input").press_sequentially("signal")
    page.locator(".md-search-result__item").first.wait_for()
    yield "search", refused(page)
    page.goto(f"{host.url}codes/")
    yield "codes", refused(page)
