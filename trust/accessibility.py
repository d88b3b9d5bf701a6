"""What axe, a narrow screen and a thumb find on every page, and in every kind of step.

Also in a language written from the right, which is added to the site for this.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, expect
from tests.browser.hands import Entry, fragment
from tests.site_tools import arabic_site

from helpdesk.catalog import Catalog, load
from helpdesk.diagnosis import NOT_SURE, next_turn
from trust.browsing import PATIENCE, browser
from trust.figure import Figure, none_of
from trust.host import ROOT, hosted, pages, shipped

LOOKS: Sequence[dict[str, Any]] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
WIDTHS = (320, 1280)
LANGUAGES = ("", "zh/")
ARABIC = "ar/"
NOWHERE = "404.html"
"""One page in all languages."""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SMALLEST_TARGET = 24
SAMPLE = ("", "zh/causes/u-weak-signal/", "codes/", NOWHERE)
COLORS = ["color-contrast", "link-in-text-block"]
"""Rules that a look can break."""
PLAIN = re.compile(r"(.*/)plain/")
KIND = re.compile(r"helpdesk-step--[\w-]+")
"""Plain pages of a kind differ in their texts only."""
TARGETS = """() => [...document.querySelectorAll("button, summary, select, [role=button]")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((each) => [each.getBoundingClientRect(), each.outerHTML.slice(0, 80)])
  .filter(([box]) => box.width && box.height && Math.min(box.width, box.height) < LEAST)
  .map(([box, html]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${html}`)"""
"""Links in text are exempt (WCAG 2.2, 2.5.8)."""


@dataclass
class Found:
    """What was found, and how often pages were looked at."""

    bad: list[str]
    wide: list[str]
    small: list[str]
    seen: int


def figures(*, whole: bool) -> Iterator[Figure]:
    """Look at pages and steps in each look and width."""
    found = Found([], [], [], 0)
    with TemporaryDirectory() as folder, browser() as chromium:
        looked_at = {shipped(): _states(shipped(), LANGUAGES, whole=whole)}
        if whole:
            mirrored = arabic_site(ROOT, Path(folder))
            states = _states(mirrored, (ARABIC,), whole=True)
            looked_at[mirrored] = (each for each in states if each.startswith((ARABIC, NOWHERE)))
        for site, states in looked_at.items():
            with hosted(site, headers=False) as host:
                context = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
                context.set_default_timeout(PATIENCE)
                page = context.new_page()
                kinds = set[tuple[str, str]]()
                for address in states:
                    _open(page, host.url, address)
                    if whole and _is_new(site, address, kinds):
                        _look(page, f"/{address}", LOOKS, WIDTHS, found)
                    else:
                        _look(
                            page, f"/{address}", LOOKS[1:2], WIDTHS[:1] if whole else WIDTHS, found
                        )
                context.close()
    yield none_of("violations that axe finds", found.bad, found.seen)
    yield none_of("pages that scroll sideways", found.wide, found.seen)
    yield none_of(f"targets under {SMALLEST_TARGET} pixels", found.small, found.seen)


def _open(page: Page, root: str, address: str) -> None:
    page.goto("about:blank")
    page.goto(f"{root}{address}")
    if "#" in address:
        expect(page.locator(".helpdesk-live h2")).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))


def _is_new(site: Path, address: str, kinds: set[tuple[str, str]]) -> bool:
    """Tell whether an address is no plain page, or the first of its kind in its language."""
    if not (plain := PLAIN.match(address)):
        return True
    kind = KIND.search((site / address).read_text(encoding="utf-8"))
    known = len(kinds)
    kinds.add((plain[1], kind[0] if kind else ""))
    return len(kinds) > known


def _look(
    page: Page,
    where: str,
    looks: Sequence[dict[str, Any]],
    widths: Sequence[int],
    found: Found,
) -> None:
    """Look at the page at hand: at all of it in each width, and at its colors in each look."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for number, look in enumerate(looks):
            page.emulate_media(**look)
            found.seen += 1
            each = f"{where} {width} {look['color_scheme']} {look['forced_colors']}"
            found.bad += [f"{each}: {bad}" for bad in _violations(page, colors_only=number > 0)]
        found.wide += [f"{where} {width}"] if _overflows(page) else []
        targets = page.evaluate(TARGETS.replace("LEAST", str(SMALLEST_TARGET)))
        found.small += [f"{where} {width}: {target}" for target in targets]


def _states(site: Path, languages: Sequence[str], *, whole: bool) -> Iterator[str]:
    """Yield the addresses of pages, and of the wizard at each kind of step."""
    yield from (address for address in pages(site) if whole or address in SAMPLE)
    steps = list(_steps(load(ROOT / "docs" / "catalog")))
    for language, evidence in product(languages if whole else languages[1:], steps):
        yield f"{language}wizard/{fragment(evidence)}"


def _steps(catalog: Catalog) -> Iterator[list[Entry]]:
    """Yield answers that lead to each kind of step; the first of a kind is enough."""
    evidence: list[Entry] = []
    kinds = set()
    while True:
        step = next_turn(catalog.problem, list(evidence))["step"]
        if step["kind"] not in kinds and evidence:
            kinds.add(step["kind"])
            yield list(evidence)
        if "question" in step:
            evidence.append({"question": step["question"], "answer": NOT_SURE})
        elif "fix" in step:
            evidence.append({"fix": step["fix"], "outcome": "failed"})
        else:
            break
    yield [{"question": "q-sudden-no-service", "answer": "yes"}]
    yield [*evidence[:-1], {**evidence[-1], "outcome": "solved"}]


def _violations(page: Page, *, colors_only: bool) -> list[str]:
    options = {"resultTypes": ["violations"], "preload": False}
    if colors_only:
        options["runOnly"] = COLORS
    found = page.evaluate("options => axe.run(options).then(run => run.violations)", options)
    return [f"{entry['id']}: {node['html'][:100]}" for entry in found for node in entry["nodes"]]


def _overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
