"""What pages say to some readers only."""

import re
from pathlib import Path

import pytest

from helpdesk.articles import Page, pages
from helpdesk.articles.instructions import beside_cause, beside_fix
from helpdesk.catalog import Catalog, load
from tests.articles.test_pages import by_uri

LAMP = Path(__file__).parents[1] / "catalog/valid/lamp.yml"
FOR_SOME = """\
readers:
  kind:
    title: Your lamp
    choices:
      desk: {label: Desk & bench lamp, agent: DeskBrowser DESK-}
      floor: {label: Floor lamp}
  place:
    title: Where it stands
    choices:
      attic: {label: The attic}
instructions:
  turn-left:
    for: {kind: [floor, desk]}
    fixes: [new-bulb]
    text: "Turn it to the left. See [the shop](contact.md)."
    checked: 2026-11-20
    sources: [book]
  second-switch:
    for: {kind: desk}
    fixes: [new-bulb]
    causes: [dead-bulb]
    text: Look for a second switch.
    checked: 2026-11-21
  roof-window:
    for: {place: attic}
    fixes: [new-bulb, plug-in]
    text: Open the roof window first.
    checked: 2026-11-22
"""
BLOCK = re.compile(r'<div class="helpdesk-instructions" markdown>.*?</div>', re.DOTALL)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """A lamp's catalog with instructions."""
    folder = tmp_path_factory.mktemp("catalog")
    (folder / "lamp.yml").write_text(LAMP.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "instructions.yml").write_text(FOR_SOME, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def made(catalog: Catalog) -> dict[str, Page]:
    """Its pages."""
    return by_uri(pages(catalog))


def test_instructions_are_grouped_by_what_tells_readers_apart(catalog: Catalog) -> None:
    """Each kind of reader is a group, each choice with all that is for it, in catalog order."""
    groups = beside_fix(catalog, "new-bulb")
    assert [
        (
            group.reader.id,
            [(choice.id, [e.id for e in entries]) for choice, entries in group.choices],
        )
        for group in groups
    ] == [
        ("kind", [("desk", ["turn-left", "second-switch"]), ("floor", ["turn-left"])]),
        ("place", [("attic", ["roof-window"])]),
    ]


def test_a_choice_is_known_by_the_browsers_name_or_by_its_id(catalog: Catalog) -> None:
    """What a script looks for in the browser's name, the same in every language."""
    group = beside_fix(catalog, "new-bulb")[0]
    assert group.options == [
        (r"DeskBrowser|DESK\-", "Desk & bench lamp"),
        ("^floor$", "Floor lamp"),
    ]


def test_an_article_says_an_instruction_once(catalog: Catalog, made: dict[str, Page]) -> None:
    """What stands beside the cause does not stand beside its fixes too."""
    article = made["causes/dead-bulb.md"].markdown
    assert article.count("Look for a second switch.") == 1
    assert article.index("second switch") < article.index(">Put in a new bulb<")
    assert [group.reader.id for group in beside_cause(catalog, "dead-bulb")] == ["kind"]


def test_all_are_there_without_a_script(made: dict[str, Page]) -> None:
    """Each choice is folded under its label, with the day it was checked; the list is hidden."""
    for block in BLOCK.findall(made["causes/dead-bulb.md"].markdown):
        options = re.findall(r"<option value=\"[^\"]*\">([^<]*)</option>", block)
        labels = re.findall(r"<summary markdown=\"span\">(.*)</summary>", block)
        assert [label.replace("&amp;", "&") for label in options[1:]] == labels
        assert block.count("<details markdown>") == len(labels)
        assert block.count("Checked on 2026-11-2") >= len(labels)
        assert '<select autocomplete="off" hidden>' in block


def test_links_and_sources_lead_somewhere(made: dict[str, Page]) -> None:
    """Links start at the page that shows them, and what was read is named."""
    article = made["causes/dead-bulb.md"].markdown
    assert "[the shop](../contact.md)" in article
    assert "[The lamp book](https://example.com/lamps)" in article


def test_every_shipped_instruction_stands_in_an_article(shipped: Catalog) -> None:
    """In each language, an instruction is in the articles of its causes and of its fixes."""
    for catalog in (shipped, *shipped.translations.values()):
        made = by_uri(pages(catalog))
        for entry in catalog.instructions.values():
            start = entry.text.splitlines()[0]
            causes = {
                cause.id for cause in catalog.causes.values() if cause.fixes.keys() & entry.fixes
            }
            assert causes
            for cause in causes | set(entry.causes):
                article = made[f"{catalog.prefix}causes/{cause}.md"].markdown
                assert article.count(start) >= 1, (entry.id, cause)


def test_the_shipped_instructions_are_for_the_phones_and_countries_people_have(
    shipped: Catalog,
) -> None:
    """iPhone, Android and its big makers; India, mainland China and the United States."""
    whom = {(e.reader, choice) for e in shipped.instructions.values() for choice in e.choices}
    phones = ("iphone", "android", "samsung", "xiaomi", "huawei", "oppo", "vivo")
    assert {("phone", phone) for phone in phones} <= whom
    assert {("country", country) for country in ("in", "cn", "us")} <= whom
    assert all(entry.sources for entry in shipped.instructions.values())
