"""The words the wizard shows."""

import json

import brotli

from helpdesk.browser.texts import texts
from helpdesk.catalog import Catalog

MOST_BYTES = 20_000


def test_every_step_has_its_words(kettle: Catalog) -> None:
    """Whatever the engine says, there is something to show."""
    shown = texts(kettle)["en"]
    problem = kettle.problem
    assert set(shown["questions"]) == {question.id for question in problem.questions}
    assert set(shown["fixes"]) == {fix.id for fix in problem.fixes}
    assert set(shown["causes"]) == {cause.id for cause in problem.causes}
    assert set(shown["warnings"]) == {warning.id for warning in problem.warnings}
    assert set(shown["parties"]) >= set(problem.hand_off_to)


def test_every_language_has_its_texts(shipped: Catalog) -> None:
    """A translation's texts lead to the translation's pages."""
    for language, catalog in {"en": shipped, **shipped.translations}.items():
        shown = texts(shipped)[language]
        urls = [shown["article"], *(party["url"] for party in shown["parties"].values())]
        assert all(url.startswith(catalog.prefix) for url in urls)
        assert shown["problem"]["title"] == catalog.introduction.title


def test_texts_are_data(kettle: Catalog) -> None:
    """Markup is nodes, never HTML; links of pages lead to their addresses."""
    fix = texts(kettle)["en"]["fixes"]["descale"]
    link = ["a", "causes/crust/", "crust page"]
    assert fix["steps"] == [
        ["p", "Fill in a cup of vinegar and two cups of water. See the ", link, "."]
    ]


def test_time_is_in_words(kettle: Catalog) -> None:
    """A fix says how much is work and how much is waiting."""
    fixes = texts(kettle)["en"]["fixes"]
    assert "5" in fixes["descale"]["time"]
    assert "60" in fixes["descale"]["time"]
    assert fixes["plug-in"]["time"] != fixes["descale"]["time"]


def test_texts_are_small(shipped: Catalog) -> None:
    """In each language a slow line carries them at once."""
    for shown in texts(shipped).values():
        content = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        assert len(brotli.compress(content.encode(), quality=11)) <= MOST_BYTES
