"""Uses the wizard as a reader does, and knows from the engine in CPython what must come."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from helpdesk.articles import wording
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import NOT_SURE, USER, next_turn

Entry = Mapping[str, str]
STARTING = 60_000
"""Milliseconds in which Python starts on a slow machine."""


def fragment(evidence: Sequence[Entry]) -> str:
    """Return the fragment that stands for evidence."""
    pairs = ["=".join(quote(part, safe="") for part in entry.values()) for entry in evidence]
    return f"#{'&'.join(pairs)}" if pairs else ""


def title(catalog: Catalog, evidence: Sequence[Entry], audience: str = USER) -> str:
    """Return the heading that the engine leads to, in the catalog's language."""
    return heading(catalog, next_turn(catalog.problem, list(evidence), audience)["step"])


def heading(catalog: Catalog, step: Mapping[str, str]) -> str:
    """Return the heading of a step, in the catalog's language."""
    words = wording.of(catalog)
    party = catalog.parties.get(step.get("party", ""))
    titles = {
        "ask": lambda: catalog.questions[step["question"]].ask,
        "try": lambda: catalog.fixes[step["fix"]].title,
        "warn": lambda: catalog.warnings[step["warning"]].title,
        "hand-off": lambda: words["wizard.hand-off.title"].format(
            party=party.short if party else ""
        ),
        "solved": lambda: words["wizard.solved"],
    }
    return str(titles[step["kind"]]())


class Hands:
    """A page with a wizard."""

    def __init__(self, page: Page, catalog: Catalog | None = None, audience: str = USER) -> None:
        """Use the wizard on a page."""
        self.page = page
        self.audience = audience
        self.root = page.locator("helpdesk-wizard")
        self.live = page.locator(".helpdesk-live")
        self.heading = self.live.locator("h2")
        self._catalog = catalog

    @property
    def catalog(self) -> Catalog:
        """What the page was made from."""
        assert self._catalog
        return self._catalog

    def begin(self) -> None:
        """Go back to the first question, as the browser's Back does."""
        self.page.emulate_media(color_scheme="light")
        self.page.evaluate(
            """() => {
              document.activeElement?.blur();
              history.pushState({helpdesk: true}, "", location.pathname);
              dispatchEvent(new PopStateEvent("popstate", {state: {helpdesk: true}}));
            }"""
        )
        self.shows([])

    def open(self, evidence: Sequence[Entry] | str) -> None:
        """Follow a link into the middle."""
        target = evidence if isinstance(evidence, str) else fragment(evidence)
        self.page.evaluate("hash => { location.hash = hash }", target)

    def is_ready(self) -> None:
        """Wait until Python has taken over."""
        expect(self.live).to_be_visible(timeout=STARTING)
        expect(self.root).to_have_attribute("data-python", "", timeout=STARTING)

    def turn(self, evidence: Sequence[Entry]) -> dict[str, Any]:
        """Return what the engine says to evidence."""
        return next_turn(self.catalog.problem, list(evidence), self.audience)

    def title(self, evidence: Sequence[Entry]) -> str:
        """Return the heading that evidence leads to."""
        return title(self.catalog, evidence, self.audience)

    def shows(self, evidence: Sequence[Entry]) -> None:
        """Expect the step that evidence leads to, and the evidence in the address."""
        expect(self.heading).to_contain_text(self.title(evidence), timeout=STARTING)
        assert self.fragment() == fragment(evidence)

    def fragment(self) -> str:
        """Return what the address remembers."""
        return str(self.page.evaluate("location.hash"))

    def choice(self, value: str) -> Locator:
        """Return the button of an answer or an outcome."""
        return self.live.locator(f"form button[value='{value}']")

    def action(self, name: str) -> Locator:
        """Return the button of an action."""
        return self.live.locator(f"button[data-action='{name}']")

    def unfold_answers(self) -> None:
        """Show the answers given so far."""
        self.live.locator(".helpdesk-details").last.locator("summary").click()

    def lead(self, choices: Mapping[str, str], ends: Sequence[str]) -> list[Entry]:
        """Return the evidence that leads to a kind of step.

        `choices` says what to answer, by question or fix; else nobody is sure and nothing helps.
        """
        evidence: list[Entry] = []
        while (step := self.turn(evidence)["step"])["kind"] not in ends:
            if "question" in step:
                answer = choices.get(step["question"], NOT_SURE)
                evidence.append({"question": step["question"], "answer": answer})
            else:
                outcome = choices.get(step["fix"], "failed")
                evidence.append({"fix": step["fix"], "outcome": outcome})
        return evidence

    def walk(self, choices: Mapping[str, str], ends: Sequence[str]) -> list[Entry]:
        """Go there by clicking; return the evidence."""
        evidence = self.lead(choices, ends)
        for length, entry in enumerate(evidence, start=1):
            self.choice([*entry.values()][1]).click()
            self.shows(evidence[:length])
        return evidence
