"""The wizard's HTML, which stands in every page and needs nothing."""

from dataclasses import replace
from html.parser import HTMLParser

from helpdesk.browser import plain_html
from helpdesk.browser.plain_path import left_to_try
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AGENT, next_turn

VOID = {"br", "hr", "img", "input"}


class Reader(HTMLParser):
    """Notes what an HTML text holds, and that every tag is closed in its turn."""

    def __init__(self, html: str) -> None:
        """Read it all."""
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.answers: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        found = dict(attrs)
        self.links += [found["href"] or ""] if "href" in found else []
        self.answers += [found["data-answer"] or ""] if "data-answer" in found else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        assert self.open.pop() == tag


def test_the_html_is_whole(kettle: Catalog) -> None:
    """Every tag is closed; each answer of the first question has a place."""
    read = Reader(plain_html(kettle, ""))
    question = kettle.questions[next_turn(kettle.problem, [])["step"]["question"]]
    assert read.open == []
    assert read.answers == [*question.answers, "not-sure"]


def test_links_start_at_the_root(kettle: Catalog) -> None:
    """From a page deep in the site, links lead where they lead from the root."""
    here, deep = Reader(plain_html(kettle, "")), Reader(plain_html(kettle, "../.."))
    assert [f"../../{link}" for link in here.links] == deep.links
    assert {f"causes/{cause}/" for cause in kettle.causes} <= set(here.links)


def test_a_translation_links_to_its_own_pages(shipped: Catalog) -> None:
    """The HTML in another language leads to the pages in that language."""
    for catalog in shipped.translations.values():
        links = Reader(plain_html(catalog, "../")).links
        assert links
        assert all(link.startswith(f"../{catalog.prefix}") for link in links if "://" not in link)


def test_texts_cannot_become_html(kettle: Catalog) -> None:
    """A title is shown as it is written, even where it looks like markup."""
    first = next_turn(kettle.problem, [])["step"]["question"]
    evil = '</h2><script>alert("x")</script>'
    question = replace(kettle.questions[first], ask=evil, help=f"<img src=x onerror=x> {evil}")
    html = plain_html(replace(kettle, questions={**kettle.questions, first: question}), "")
    assert not {"script", "img"} & set(Reader(html).tags)


def test_a_first_step_that_is_a_fix(lamp: Catalog) -> None:
    """Where trying is quicker than asking, the HTML begins with what to try."""
    step = next_turn(lamp.problem, [])["step"]
    read = Reader(plain_html(lamp, ""))
    assert step["kind"] == "try"
    assert read.open == []
    assert read.answers == ["failed"]
    assert lamp.fixes[step["fix"]].title in plain_html(lamp, "")


def test_danger_is_told_without_scripts(kettle: Catalog) -> None:
    """Answers that end in a warning show it in the HTML, known before or given there."""
    text = kettle.warnings["fire"].title
    assert text in plain_html(kettle, "", answers=(("q-smell", "yes"),))
    assert left_to_try(kettle.problem, (("q-smell", "yes"),)).warning == "fire"


def test_every_way_of_staff_ends_somewhere(shipped: Catalog) -> None:
    """For staff, each first answer unfolds fixes or a person."""
    html = plain_html(shipped, "", AGENT)
    plans = html.split('<div class="helpdesk-plan">')[1:]
    assert len(plans) == len(Reader(html).answers)
    assert all("href=" in plan.partition("</details>")[0] for plan in plans)
