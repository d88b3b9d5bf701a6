"""What an editor sees of the wizard."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from helpdesk.catalog import Catalog, load
from helpdesk.insight import ROOT, Views
from helpdesk.insight.drawing import WIDTH, Box, draw
from helpdesk.insight.effects import effects
from helpdesk.insight.walks import Walks


@pytest.fixture(scope="module")
def kettle(root: Path) -> Catalog:
    """A small catalog with every kind of step, and questions for staff."""
    return load(root / "tests/browser/catalog")


@pytest.fixture(scope="module")
def views(kettle: Catalog) -> Views:
    """Its view."""
    return Views(kettle)


def addresses(catalog: Catalog) -> list[str]:
    """Every address of a view."""
    return [
        *(f"{ROOT}{part}" for part in ("", "words/", "walks/", "walks/agent/", "strategy/")),
        *(f"{ROOT}causes/{cause}/" for cause in catalog.causes),
        *(f"{ROOT}questions/{question}/" for question in catalog.questions),
    ]


def test_every_page_is_there_and_leads_only_to_pages(views: Views, kettle: Catalog) -> None:
    """Each cause and each question has a page; every link within the view leads to one."""
    for address in addresses(kettle):
        page = views.page(address)
        assert page, address
        for link in re.findall(rf'href="({re.escape(ROOT)}[^"]*)"', page):
            assert link in {*addresses(kettle), f"{ROOT}strategy/agent/", f"{ROOT}walks/user/"}


@pytest.mark.parametrize(
    "path", ["causes/none/", "questions/", "nothing/", "walks/all/", "words/x/"]
)
def test_what_is_not_there_is_not_made_up(views: Views, path: str) -> None:
    """An unknown address has no page."""
    assert views.page(ROOT + path) is None


def test_a_walk_ends_with_what_helps(kettle: Catalog) -> None:
    """The walk of a cause ends at its fix or at who mends it; belief grows on the way."""
    walks = Walks(kettle)
    for cause in kettle.causes.values():
        seen = walks.of(cause.id)
        assert [step.helps for step in seen[:-1]] == [False] * (len(seen) - 1)
        if seen[-1].helps and seen[-1].step.kind == "try":
            assert seen[-1].step.about in cause.fixes
            assert seen[-1].belief > seen[0].belief or len(seen) == 1


def test_each_word_has_its_number_and_effect(kettle: Catalog) -> None:
    """A word above what is usual speaks for the cause, one below against it."""
    found = list(effects(kettle))
    said = sum(len(words) for cause in kettle.causes.values() for words in cause.signs.values())
    assert len(found) == said > 0
    for each in found:
        assert (each.factor > 1) == (each.given > each.usual)


def test_the_picture_has_no_box_over_another() -> None:
    """Boxes of a layer keep apart, and every line goes from left to right."""
    boxes = [Box("ask", "A question with a long text " * 3, "") for _ in range(12)]
    edges = {(0, 1): "a", (0, 2): "b", (0, 3): "c", (1, 4): "", (1, 5): "", (2, 6): "", (3, 7): ""}
    edges |= {(3, 6): "", (4, 8): "", (5, 8): "", (6, 9): "", (7, 10): "", (10, 11): ""}
    picture = draw(boxes, edges)
    for one, other in combinations(picture.boxes, 2):
        apart = abs(one.x - other.x) >= WIDTH
        assert apart or abs(one.y - other.y) >= (one.height + other.height) / 2
    for start, end in edges:
        assert picture.boxes[start].x < picture.boxes[end].x
