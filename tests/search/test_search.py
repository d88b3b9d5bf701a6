"""Readers find articles by their own words."""

import gzip
from pathlib import Path

from .queries import LANGUAGES, Query, found, hits, queries


def test_nine_in_ten_find_their_page(site: Path) -> None:
    """Among the first three, in each language, and also of the queries that were held out."""
    held_out = []
    for language, prefix in LANGUAGES.items():
        asked = queries(language)
        hit = hits(asked, found(site / "site", prefix, [query.text for query in asked]))
        assert sum(hit) >= 0.9 * len(hit)
        held_out += [found_it for query, found_it in zip(asked, hit, strict=True) if query.held_out]
    assert sum(held_out) >= 0.9 * len(held_out)


def test_there_are_enough_queries_and_half_are_held_out() -> None:
    """At least 150, all different in their language, for pages of many causes."""
    asked = []
    for language in LANGUAGES:
        these = queries(language)
        assert len({query.text for query in these}) == len(these)
        asked += these
    assert len(asked) >= 150
    assert sum(query.held_out for query in asked) >= len(asked) / 2
    assert len({query.page for query in asked}) >= 50


SPELLED = {
    "recieving nothing abroad, roaming": "causes/u-roaming/",
    "airpalne mode": "causes/u-phone-off/",
    "unblocking the sender": "causes/u-own-blocklist/",
    "TWILIO 30003": "codes/twilio-messaging/",
    '"spam folder"': "causes/u-spam-filter/",
}


def test_slips_endings_codes_and_marks(site: Path) -> None:
    """A swapped letter, another form of a word, a number, and the search's own marks."""
    asked = [Query(text, page, held_out=False) for text, page in SPELLED.items()]
    assert all(hits(asked, found(site / "site", "", [query.text for query in asked])))


def test_what_is_not_there_is_not_found(site: Path) -> None:
    """Nonsense finds nothing, so that the wizard can be offered; neither do marks alone."""
    for prefix in LANGUAGES.values():
        assert found(site / "site", prefix, ["qqqqzzzz", "***", '"', "  "])[0] == []


def test_the_index_is_small(site: Path) -> None:
    """All languages together, packed."""
    indexes = (site / "site").rglob("*_index.json")
    assert sum(len(gzip.compress(path.read_bytes())) for path in indexes) <= 300_000


def test_the_wizard_is_offered_in_the_readers_language(site: Path) -> None:
    """Beside the list of results of every page, as a link to the wizard of that language."""
    for prefix in LANGUAGES.values():
        page = site / "site" / prefix / "causes/u-weak-signal/index.html"
        _, offer = page.read_text(encoding="utf-8").split('class="helpdesk-nothing-found"')
        link = offer.split('href="')[1].split('"')[0]
        assert (page.parent / link / "index.html").resolve() == (
            site / "site" / prefix / "wizard/index.html"
        )
