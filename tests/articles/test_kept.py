"""What is kept of articles, and said of texts without reading them, is what would be made."""

import re
from pathlib import Path

import markdown
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.articles import markup
from helpdesk.articles.seen import OF_CATALOG

TEMPLATES = Path(markup.__file__).parent / "templates"
PIECES = st.sampled_from(
    [
        *("a", "b c", " ", "  ", "\n", "\t", "1", "2.", "3)", "%", "'", '"', "(x)", ".", "?", "é"),
        *("中文。", "\u00a0", "\u200b", "/", "@", ",", ";", "$", "^"),
    ]
)


def test_an_article_takes_from_the_catalog_what_its_key_holds() -> None:
    """The template of an article names no part of the catalog that could change unseen."""
    for name in ("cause.md.jinja", "instructions.md.jinja"):
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        assert set(re.findall(r"\bcatalog\.(\w+)", text)) <= set(OF_CATALOG)
        assert not re.search(r"\bnamed_causes\b|\bcatalog\b(?!\.)", text)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_text_without_markup_is_a_paragraph(text: str) -> None:
    """Where Markdown has nothing to do it is not asked, and would have said the same."""
    html = markdown.markdown(text, extensions=["sane_lists"])
    collector = markup._Collector("")  # noqa: SLF001 - what nodes are made with
    collector.feed(html)
    collector.close()
    assert markup.nodes(text) == collector.root


@given(st.lists(st.one_of(PIECES, st.sampled_from(["**", "*", "`", "_", "\\"])), max_size=20))
def test_strong_words_are_words(pieces: list[str]) -> None:
    """The words of a text are those that a reader sees, however they are emphasized."""
    text = "".join(pieces)
    seen = re.sub(r"\s", "", markup._words(markup.nodes(text)))  # noqa: SLF001 - the long way
    assert re.sub(r"\s", "", markup.plain(text)) == seen
