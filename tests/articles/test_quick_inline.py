"""Markdown is read more quickly than usual, and means just the same."""

from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.articles.quick_inline import QuickInline

ROOT = Path(__file__).parents[2]
EXTENSIONS = ("sane_lists", "tables", "toc", "md_in_html", "footnotes", "attr_list", "smarty")
PIECES = st.sampled_from(
    [
        *("a", "b c", " ", "  \n", "\n\n", "*", "**", "_", "__", "***", "`", "``", "\\", "[", "]"),
        *("(x.md)", "[r]: y.md\n", "![", "<", ">", "<br>", "<b>", "</b>", "&", "&amp;", "&#65;"),
        *("<https://x.org>", "<a@b.org>", "# ", "- ", "1. ", "|", "'", '"', "...", "{#i}", "[^1]"),
    ]
)


def html(text: str, *more: markdown.Extension) -> str:
    """Return what Markdown makes of a text."""
    return markdown.Markdown(extensions=[*EXTENSIONS, *more]).convert(text)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_gives_the_same_html(text: str) -> None:
    """Whatever signs stand beside each other, no pattern is left out that would match."""
    assert html(text, QuickInline()) == html(text)


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_real_pages_give_the_same_html(path: Path) -> None:
    """Texts as people write them give the same bytes."""
    text = path.read_text(encoding="utf-8")
    assert html(text, QuickInline()) == html(text)
