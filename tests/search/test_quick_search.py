"""The search index is made more quickly than by the theme, and is the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from selectolax.lexbor import LexborHTMLParser

from helpdesk.mkdocs_plugin.quick_search import quickly

PIECES = st.sampled_from(
    [
        *("a", "b c", " ", "\n", "&amp;", "&lt;", "&", "<", ">", "–", "<br>", "<br />", "<hr>"),
        *("<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<div>", "</div>", "<code>", "</code>"),
        *('<h1 id="a">', "</h1>", '<h2 id="b">', "</h2>", "<h3>", "</h3>", '<h3 id="c">', "<pre>"),
        *("</pre>", '<a class="headerlink" href="#a">', '<a href="x">', "</a>", "<!-- x -->"),
        *("<p data-search-exclude>", "<script>x</script>", "<P>", "<p id>", "<p/>", "<em/>"),
    ]
)


def entries(html: str, *, quick: bool) -> object:
    """Return what an index holds of a page, or the error on which the theme stops."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": ".", "site_dir": "site"})
    page = Page("x", File("x.md", "docs", "site", use_directory_urls=True), config)
    page.content = html
    index = SearchIndex()
    usual = index.add_entry_from_context
    try:
        (quickly(index, usual) if quick else usual)(page)
    except (ValueError, AttributeError) as error:
        return type(error)
    return index.entries


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_page_gives_the_same_entries(html: str) -> None:
    """Whatever tags stand beside each other, well or badly nested."""
    assert entries(html, quick=True) == entries(html, quick=False)


@pytest.mark.parametrize(
    "page", ["index.html", "causes/u-weak-signal/index.html", "zh/faq/index.html"]
)
def test_real_pages_give_the_same_entries(site: Path, page: str) -> None:
    """Pages as they are built."""
    tree = LexborHTMLParser((site / "site" / page).read_text(encoding="utf-8"))
    article = tree.css_first("article")
    assert article
    assert entries(article.inner_html or "", quick=True) == entries(
        article.inner_html or "", quick=False
    )
