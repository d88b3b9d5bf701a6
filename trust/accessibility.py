"""What axe, a narrow screen and a thumb find on every page, and in every kind of step."""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from tests.browser.hands import Entry, Hands, fragment

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
SMALLEST_TARGET = 24
SAMPLE = ("", "zh/causes/u-weak-signal/", "codes/")
TARGETS = """() => [...document.querySelectorAll("button, summary, select, [role=button]")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((each) => [each.getBoundingClientRect(), each.outerHTML.slice(0, 80)])
  .filter(([box]) => box.width && box.height && Math.min(box.width, box.height) < LEAST)
  .map(([box, html]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${html}`)"""
"""Links in text are exempt (WCAG 2.2, 2.5.8)."""


def figures(*, whole: bool) -> Iterator[Figure]:
    """Look at pages and steps in each look and width."""
    axe = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    site = shipped()
    catalog = load(ROOT / "docs" / "catalog")
    seen, bad, wide, small = 0, [], [], []
    with hosted(site, headers=False) as host, browser() as chromium:
        context = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        for address in _states(site, catalog, whole=whole):
            page.goto("about:blank")
            page.goto(f"{host.url}{address}")
            if "#" in address:
                Hands(page).is_ready()
            page.evaluate(axe)
            for look, width in product(LOOKS if whole else LOOKS[1:2], WIDTHS):
                page.emulate_media(**look)
                page.set_viewport_size({"width": width, "height": 800})
                seen += 1
                where = f"/{address} {width} {look['color_scheme']} {look['forced_colors']}"
                bad += [f"{where}: {each}" for each in _violations(page)]
                wide += [where] if _overflows(page) else []
                found = page.evaluate(TARGETS.replace("LEAST", str(SMALLEST_TARGET)))
                small += [f"{where}: {each}" for each in found]
    yield none_of("violations that axe finds", bad, seen)
    yield none_of("pages that scroll sideways", wide, seen)
    yield none_of(f"targets under {SMALLEST_TARGET} pixels", small, seen)


def _states(site: Path, catalog: Catalog, *, whole: bool) -> Iterator[str]:
    """Yield the addresses of pages, and of the wizard at each kind of step."""
    yield from (address for address in pages(site) if whole or address in SAMPLE)
    for language, evidence in product(LANGUAGES if whole else LANGUAGES[1:], _steps(catalog)):
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


def _violations(page: Page) -> list[str]:
    found = page.evaluate("axe.run().then((run) => run.violations)")
    return [f"{entry['id']}: {node['html'][:100]}" for entry in found for node in entry["nodes"]]


def _overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
