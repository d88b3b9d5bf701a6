"""The wizard with the keys alone: every walk to its end, with the focus where it belongs."""

import random
from collections.abc import Iterator

from playwright.sync_api import Page
from tests.browser.hands import Entry, Hands

from helpdesk.catalog import Catalog, load
from trust.browsing import PATIENCE, browser
from trust.figure import Figure, none_of
from trust.host import ROOT, hosted, shipped

WALKS, SAMPLE = 12, 1
STEPS = 8
TABS_AT_MOST = 60
FOCUS = """() => {
  const at = document.activeElement;
  return at === document.body ? "" : at.closest("helpdesk-wizard") ? at.value || at.tagName : "-";
}"""


def figures(*, whole: bool) -> Iterator[Figure]:
    """Walk at random, by Tab and Enter."""
    catalog = load(ROOT / "docs" / "catalog")
    lost: list[str] = []
    stuck: list[str] = []
    steps = 0
    walks = WALKS if whole else SAMPLE
    with hosted(shipped()) as host, browser() as chromium:
        for seed in range(walks):
            context = chromium.new_context(reduced_motion="reduce")
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto(f"{host.url}wizard/")
            Hands(page, catalog).is_ready()
            for trouble in _walk(page, catalog, seed):
                steps += 1
                (lost if trouble == "lost" else stuck).extend(
                    [f"{seed}: {trouble}"] * bool(trouble)
                )
            context.close()
    yield none_of("steps that the keys do not reach", stuck, steps)
    yield none_of("steps after which the focus is lost", lost, steps)


def _walk(page: Page, catalog: Catalog, seed: int) -> Iterator[str]:
    """Take steps at random, and yield for each what went wrong."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    hands = Hands(page, catalog)
    evidence: list[Entry] = []
    for _ in range(STEPS):
        step = hands.turn(evidence)["step"]
        if step["kind"] == "ask":
            value = chance.choice([*catalog.questions[step["question"]].answers, "not-sure"])
            entry = {"question": step["question"], "answer": value}
        elif step["kind"] == "try":
            value = chance.choice(["failed", "deferred", "tried"])
            entry = {"fix": step["fix"], "outcome": value}
        else:
            return
        if not _tab_to(page, value):
            yield f"{step}: {value}"
            return
        page.keyboard.press("Enter")
        evidence.append(entry)
        hands.shows(evidence)
        yield "" if page.evaluate(FOCUS) not in {"", "-"} else "lost"


def _tab_to(page: Page, value: str) -> bool:
    for _ in range(TABS_AT_MOST):
        if page.evaluate(FOCUS) == value:
            return True
        page.keyboard.press("Tab")
    return False
