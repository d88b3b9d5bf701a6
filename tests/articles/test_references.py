"""References between double brackets, in pages that editors write."""

from pathlib import Path

import pytest

from helpdesk.articles import expand
from helpdesk.catalog import Catalog, Position

PAGES = Path(__file__).parent / "references"
START = Position("docs/page.md", 5, 1)


def test_references_become_markdown(lamp: Catalog) -> None:
    """Links, lists and the wizard are written out; code, comments and other brackets stay."""
    page = (PAGES / "page.md").read_text(encoding="utf-8")
    expected = (PAGES / "page.expected.md").read_text(encoding="utf-8")
    assert expand(page, "guide/page.md", START, lamp) == (expected, [])


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        ("[[cause:unpluged]]", '"unplugged"'),
        ("[[casue:unplugged]]", '"cause"'),
        ("[[cause]]", "cause"),
        ("[[fix:plugin]]", '"plug-in"'),
        ("[[party:shops]]", '"shop"'),
        ("[[code:Lamps/1]]", '"Lamps/1"'),
        ("[[causes:shops]]", '"shop"'),
        ("[[wizard: q-plug]]", '"q-plug"'),
        ("[[wizard: q-plugs=no]]", '"q-plug"'),
        ("[[wizard: q-plug=nope]]", '"nope"'),
        ("[[wizard: audience=staff]]", '"staff"'),
        ("[[wizard: plug-in=worked]]", '"worked"'),
    ],
)
def test_what_is_not_there_is_named(lamp: Catalog, reference: str, named: str) -> None:
    """The place in the file, what was found or is near it; the page stays as it was written."""
    page = f"First.\n\n{reference}\n"
    text, (error,) = expand(page, "page.md", START, lamp)
    assert text == page
    assert error.position == Position("docs/page.md", 7, 1)
    assert named in error.message


def test_the_wizard_stands_alone(lamp: Catalog) -> None:
    """In the middle of a sentence there is no room for it."""
    _, (error,) = expand("Use [[wizard]] now.", "page.md", START, lamp)
    assert error.position == Position("docs/page.md", 5, 5)


def test_a_page_has_one_wizard(lamp: Catalog) -> None:
    """Two would read each other's answers; the second is named, one in code is none."""
    page = "`[[wizard]]`\n\n[[wizard]]\n\n[[wizard: q-plug=no]]\n"
    text, (error,) = expand(page, "page.md", START, lamp)
    assert text.count("<helpdesk-wizard") == 1
    assert error.position == Position("docs/page.md", 9, 1)


def test_every_mistake_is_named(lamp: Catalog) -> None:
    """Each reference that names nothing is reported, what is right is replaced."""
    text, errors = expand("[[fix:a]] [[fix:b]] [[cause:dead-bulb]]", "page.md", START, lamp)
    assert [error.position.column for error in errors] == [1, 11]
    assert "](causes/dead-bulb.md)" in text


def test_links_stay_in_the_language(shipped: Catalog) -> None:
    """A page of another language links to the articles of that language, by their titles."""
    chinese = shipped.translations["zh"]
    title = chinese.causes["u-weak-signal"].title
    text, _ = expand("[[cause:u-weak-signal]]", "zh/contact.md", START, chinese)
    assert text == f"[{title}](causes/u-weak-signal.md)"


def test_a_code_leads_to_its_heading(shipped: Catalog) -> None:
    """A provider's code is named as the wizard names it."""
    text, _ = expand("[[code:Twilio Messaging/30003]]", "contact.md", START, shipped)
    assert text == "[30003](codes/twilio-messaging.md#30003)"
