"""The wizard as plain pages: where nothing but HTML works, every way ends in something useful."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urljoin

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from helpdesk.browser import bundle_catalog
from helpdesk.browser.plain_path import (
    FIXES_AT_MOST,
    FOLDER,
    START,
    THE_END,
    Left,
    PlainPage,
    page_name,
    plain_path,
)
from helpdesk.browser.strategy import Strategy, entries, expand
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import NOT_SURE, Problem, next_turn
from helpdesk.mkdocs_plugin.publishing import CACHE as KEPT
from tests.browser.site import Server
from tests.browser.test_accessibility import violations
from tests.site_tools import shipped_strategy

MOST_BYTES = 12_000
MOST_PAGES = 400


class Links(HTMLParser):
    """The links of a page, and what its head says."""

    def __init__(self, content: bytes) -> None:
        """Read it all."""
        super().__init__()
        self.hrefs: list[str] = []
        self.answers: dict[str, str] = {}
        self.robots = ""
        self.tags: set[str] = set()
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        found = {key: value or "" for key, value in attrs}
        if tag == "a":
            self.hrefs.append(found["href"])
            if "data-answer" in found:
                self.answers[found["data-answer"]] = found["href"]
        if found.get("name") == "robots":
            self.robots = found["content"]


def files(catalog: Catalog, cache: Path | None = None) -> dict[str, bytes]:
    """Return the plain pages of all languages."""
    made = bundle_catalog(catalog, cache)
    return {file.uri: file.content or b"" for file in made.pages}


def of_engine(problem: Problem, page: PlainPage) -> None:
    """Expect a page to say what the engine says, in real turns."""
    given = entries(problem, page.evidence)
    if not isinstance(page.shows, Left):
        step = next_turn(problem, given)["step"]
        assert [*step.values()] == [page.shows.kind, page.shows.subject]
        return
    asked = {entry.get("question") for entry in given}
    given += [
        {"question": question.id, "answer": NOT_SURE}
        for question in problem.questions
        if question.id not in asked and question.audience == "user"
    ]
    for advice in page.shows.fixes:
        assert next_turn(problem, given)["step"] == {"kind": "try", "fix": advice.fix}
        given.append({"fix": advice.fix, "outcome": "failed"})
    step = next_turn(problem, given)["step"]
    assert page.shows.warning == step.get("warning", "")
    assert len(page.shows.fixes) == FIXES_AT_MOST or step["kind"] in {"hand-off", "warn"}


@pytest.mark.parametrize("name", ["kettle", "shipped"])
def test_every_page_is_the_engines(
    name: str, kettle: Catalog, shipped: Catalog, root: Path
) -> None:
    """Each page asks, proposes or lists what the engine does for somebody who answered so."""
    catalog = {"kettle": kettle, "shipped": shipped}[name]
    found: Strategy = expand(catalog.problem) if name == "kettle" else shipped_strategy(root)
    pages = plain_path(catalog.problem, found)
    assert len(pages) <= MOST_PAGES
    assert len({page.name for page in pages}) == len(pages)
    for page in pages:
        of_engine(catalog.problem, page)
        assert page.name == page_name(page.evidence[::-1])


def test_every_way_ends(kettle: Catalog) -> None:
    """From the first page every answer leads to a page; those that ask nothing lead to help."""
    made = files(kettle)
    unseen, seen = [f"{FOLDER}{START}.html"], set[str]()
    while unseen:
        uri = unseen.pop()
        seen.add(uri)
        page = Links(made[uri])
        found = {urljoin(uri, href) for href in page.answers.values()}
        unseen += found - seen
        ways = [href for href in page.hrefs if "parties/" in href or "causes/" in href]
        warned = b"helpdesk-step--warn" in made[uri]
        assert page.answers or ways or warned or THE_END in uri
    assert seen == made.keys()


def test_pages_are_light(root: Path, shipped: Catalog) -> None:
    """Each page is small, in every language, asks not to be indexed and runs nothing."""
    made = files(shipped, root / KEPT)
    assert {uri.partition(FOLDER)[0] for uri in made} == {"", "zh/"}
    for content in made.values():
        page = Links(content)
        assert len(content) <= MOST_BYTES
        assert "noindex" in page.robots
        assert "script" not in page.tags


def test_the_full_wizard_goes_on(kettle: Catalog) -> None:
    """A page leads to the wizard's own page with what was answered."""
    path = plain_path(kettle.problem, expand(kettle.problem))
    made = files(kettle)
    for page in path[1:]:
        full = Links(made[f"{FOLDER}{page.name}.html"]).hrefs[-1]
        assert tuple(parse_qsl(full.partition("#")[2])) == page.evidence


def test_without_scripts(
    new_context: Callable[..., BrowserContext], server: Server, kettle: Catalog
) -> None:
    """The first question on the page leads on, from page to page, until it works."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(server.url)
    evidence: list[dict[str, str]] = []
    while (step := next_turn(kettle.problem, evidence)["step"])["kind"] == "ask":
        answer = {"q-tries": "never"}.get(step["question"], "no")
        page.locator(f"[data-answer='{answer}']").click()
        evidence.append({"question": step["question"], "answer": answer})
    expect(page.locator("h2")).to_contain_text(kettle.fixes[step["fix"]].title)
    page.go_back()
    page.go_forward()
    page.locator("[data-answer='solved']").click()
    expect(page.locator(".helpdesk-step--solved h2")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, server: Server, kettle: Catalog, axe: str, scheme: str
) -> None:
    """No violation on any kind of page, and at 320 pixels nothing is cut off."""
    path = plain_path(kettle.problem, expand(kettle.problem))
    kinds = {"left" if isinstance(p.shows, Left) else p.shows.kind: p.name for p in path}
    assert kinds.keys() >= {"ask", "try", "left"}
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 640})
    for name in (*kinds.values(), THE_END):
        page.goto(f"{server.url}{FOLDER}{name}.html")
        assert violations(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
