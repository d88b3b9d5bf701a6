"""The pages about providers' codes."""

import re
from dataclasses import replace
from pathlib import Path

from helpdesk.articles import Page, pages
from helpdesk.articles.codes import codes_of, first_fixes
from helpdesk.catalog import Catalog, Position
from helpdesk.catalog.model import Code

ADDRESS = re.compile(r"[a-z0-9-]+")


def by_uri(made: list[Page]) -> dict[str, str]:
    """The Markdown of pages by their uri."""
    return {page.uri: page.markdown for page in made}


def with_codes(catalog: Catalog, *pairs: tuple[str, str]) -> Catalog:
    """A catalog with these codes."""
    codes = tuple(
        Code(
            provider=provider,
            code=code,
            meaning="Dark",
            causes=("unplugged",),
            source="A book",
            position=Position("codes.csv", line, 1),
        )
        for line, (provider, code) in enumerate(pairs, 2)
    )
    return replace(catalog, codes=codes)


def test_every_code_has_an_anchor_on_its_providers_page(shipped: Catalog) -> None:
    """Each code has a heading with a readable id, unique on its page, and says what it means."""
    made = by_uri(pages(shipped))
    codes = codes_of(shipped)
    assert sum(len(provider.entries) for provider in codes.providers) == len(shipped.codes)
    for provider in codes.providers:
        text = made[provider.page]
        anchors = re.findall(r'<h2 id="([^"]+)"', text)
        assert anchors == [entry.anchor for entry in provider.entries]
        assert len(set(anchors)) == len(anchors)
        assert all(ADDRESS.fullmatch(anchor) for anchor in anchors)


def test_addresses_are_made_of_the_codes_own_letters(shipped: Catalog) -> None:
    """An anchor is the code itself, as far as an address can hold it."""
    anchors = {
        entry.code.answer: entry.anchor
        for provider in codes_of(shipped).providers
        for entry in provider.entries
    }
    assert anchors["Twilio Messaging/30003"] == "30003"
    assert anchors["KPN SMS/002"] == "002"
    assert anchors["China Mobile receipt (as listed by Huawei Cloud)/MI:0208"] == "mi-0208"
    assert anchors["Tencent Cloud SMS legacy/-106"] == "minus-106"
    assert anchors["AWS SNS failure reason/Phone has blocked SMS"] == "phone-has-blocked-sms"


def test_what_looks_alike_in_an_address_is_kept_apart(lamp: Catalog) -> None:
    """Codes and providers of the same letters get addresses of their own; nothing gets none."""
    made = codes_of(with_codes(lamp, ("A b", "1"), ("A-b", "X:1"), ("A-b", "x.1"), ("Index", "?!")))
    assert [provider.page for provider in made.providers] == [
        "codes/a-b.md",
        "codes/a-b-2.md",
        "codes/index-2.md",
    ]
    assert [entry.anchor for entry in made.providers[1].entries] == ["x-1", "x-1-2"]
    assert made.providers[2].entries[0].anchor == "code"


def test_a_code_links_to_its_causes_and_what_to_do_first(shipped: Catalog) -> None:
    """Below each code stand its causes in their order, each with its first fixes."""
    made = by_uri(pages(shipped))
    provider = codes_of(shipped).providers[0]
    parts = re.split(r"<h2 ", made[provider.page])[1:]
    for entry, part in zip(provider.entries, parts, strict=True):
        links = re.findall(r"\]\(\.\./causes/([a-z0-9-]+)\.md\)", part)
        assert tuple(links) == entry.code.causes
        for cause in entry.code.causes:
            fixes = first_fixes(shipped, shipped.causes[cause])
            assert fixes
            assert all(fix.title in part for fix in fixes)


def test_shared_codes_are_linked_both_ways(shipped: Catalog) -> None:
    """A code that other providers have too is linked to theirs."""
    made = by_uri(pages(shipped))
    codes = codes_of(shipped)
    shared = {code: entries for code, entries in codes.by_code.items() if len(entries) > 1}
    assert len(shared) == 44
    for entries in shared.values():
        for entry in entries:
            part = made[entry.page].split(f'<h2 id="{entry.anchor}"')[1].split("<h2 ")[0]
            for other in codes.elsewhere(entry):
                assert f"({Path(other.page).name}#{other.anchor})" in part


def test_the_index_lists_every_code(shipped: Catalog) -> None:
    """The list in the page holds all there is: without a script it is complete."""
    index = by_uri(pages(shipped))["codes/index.md"]
    targets = re.findall(r"^- \[.+\]\(([a-z0-9-]+\.md#[a-z0-9-]+)\) ", index, re.MULTILINE)
    expected = [Path(entry.target).name for p in codes_of(shipped).providers for entry in p.entries]
    assert targets == expected


def test_articles_name_the_codes_that_point_to_them(shipped: Catalog) -> None:
    """An article lists the codes of its cause, and nothing where there are none."""
    made = by_uri(pages(shipped))
    for cause in shipped.causes:
        listed = re.findall(
            r"\(\.\./codes/([a-z0-9-]+\.md#[a-z0-9-]+)\)", made[f"causes/{cause}.md"]
        )
        expected = [
            Path(entry.target).name
            for provider in codes_of(shipped).providers
            for entry in provider.entries
            if cause in entry.code.causes
        ]
        assert listed == expected


def test_a_catalog_without_codes_has_no_pages_for_them(lamp: Catalog) -> None:
    """Where there is no file with codes, nothing speaks of codes."""
    assert not [page.uri for page in pages(lamp) if page.uri.startswith("codes/")]


def test_a_codes_page_is_changed_where_its_codes_stand(shipped: Catalog) -> None:
    """The source of a provider's page is the line of its first code."""
    sources = {page.uri: page.source for page in pages(shipped)}
    for provider in codes_of(shipped).providers:
        assert sources[provider.page] == provider.entries[0].code.position
