"""Which pages a catalog makes, and that they say what it says."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from helpdesk.articles import ByHand, Page, pages
from helpdesk.articles.addresses import uris
from helpdesk.articles.codes import codes_of
from helpdesk.catalog import Catalog, CatalogErrors

LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def by_uri(made: list[Page]) -> dict[str, Page]:
    """Pages by their uri."""
    return {page.uri: page for page in made}


def test_every_cause_and_party_has_a_page(shipped: Catalog) -> None:
    """In each language: one page a cause and a party, an index, a FAQ, the wizard and home."""
    one = {f"causes/{cause}.md" for cause in shipped.causes}
    one |= {f"parties/{party}.md" for party in shipped.parties}
    one |= {"index.md", "causes/index.md", "faq.md", "codes/index.md"}
    one |= {"wizard/index.md", "wizard/agent.md", "offline.md"}
    one |= {provider.page for provider in codes_of(shipped).providers}
    expected = {prefix + uri for uri in one for prefix in ("", "zh/")}

    made = pages(shipped)

    assert {page.uri for page in made} == expected
    assert len(made) == len(expected)


def test_an_article_names_its_fixes_in_the_editors_order(shipped: Catalog) -> None:
    """The fixes of the reader stand in the article in the order of the catalog."""
    made = by_uri(pages(shipped))
    for cause in shipped.causes.values():
        text = made[f"causes/{cause.id}.md"].markdown
        own = [shipped.fixes[fix] for fix in cause.fixes if shipped.fixes[fix].by == "recipient"]
        places = [text.index(f'id="fix-{fix.id}"') for fix in own]
        assert places == sorted(places)


def test_links_between_pages_lead_to_pages(shipped: Catalog, root: Path) -> None:
    """Every relative link of a generated page names a generated or a hand-written page."""
    made = pages(shipped)
    known = {page.uri for page in made}
    known |= {path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")}
    for page in made:
        for target in LINK.findall(page.markdown):
            assert normpath(join(dirname(page.uri), target)) in known, (page.uri, target)


def test_a_page_knows_the_line_it_was_made_from(shipped: Catalog, root: Path) -> None:
    """The source of an article is the line of the catalog where its id stands."""
    for page in pages(shipped):
        if page.uri.startswith("causes/u-"):
            lines = Path(page.source.path).read_text(encoding="utf-8").splitlines()
            assert lines[page.source.line - 1].strip() == f"{Path(page.uri).stem}:"
            assert root / "docs" in Path(page.source.path).parents


def test_an_editors_prose_is_part_of_the_article(lamp: Catalog) -> None:
    """What an editor wrote by hand for a cause stands in its article."""
    made = by_uri(
        pages(lamp, ByHand(prose={"causes/unplugged.md": "## A story\n\nOnce upon a time."}))
    )
    assert "## A story\n\nOnce upon a time." in made["causes/unplugged.md"].markdown


def test_a_site_can_bring_its_own_template(lamp: Catalog, tmp_path: Path) -> None:
    """A template of the same name in the site's folder wins over the package's."""
    (tmp_path / "cause.md.jinja").write_text("# Mine: {{ cause.title }}\n", encoding="utf-8")
    made = by_uri(pages(lamp, ByHand(templates=[tmp_path])))
    assert made["causes/unplugged.md"].markdown.endswith("# Mine: Not plugged in\n")
    assert "Mine" not in made["index.md"].markdown


@pytest.mark.parametrize("mistake", ["{% if %}", "{{ nothing_of_that_name }}", "{{ cause.titel }}"])
def test_a_broken_template_is_reported_with_its_file(
    lamp: Catalog, tmp_path: Path, mistake: str
) -> None:
    """A template that cannot be used is reported like a mistake in the catalog."""
    path = tmp_path / "cause.md.jinja"
    path.write_text(f"# Title\n{mistake}\n", encoding="utf-8")
    with pytest.raises(CatalogErrors) as found:
        pages(lamp, ByHand(templates=[tmp_path]))
    assert [(e.position.path, e.position.line) for e in found.value.errors] == [(str(path), 2)]


def test_the_same_catalog_gives_the_same_pages(shipped: Catalog) -> None:
    """Nothing but the catalog is in the pages: no clock, no chance."""
    assert pages(shipped) == pages(shipped)


def test_addresses_are_known_before_pages_are_made(shipped: Catalog) -> None:
    """The list of addresses is that of the pages, in every language."""
    assert uris(shipped) == [page.uri for page in pages(shipped)]


def test_progress_ends_with_the_last_page(shipped: Catalog) -> None:
    """Whoever watches is told of each page, of how many, and the last is the last."""
    told: list[tuple[int, int]] = []
    made = pages(shipped, made=lambda done, total: told.append((done, total)))
    assert told == [(done, len(made)) for done in range(1, len(made) + 1)]
