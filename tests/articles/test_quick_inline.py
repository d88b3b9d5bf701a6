"""Markdown is read more quickly than usual, and means just the same."""

from collections.abc import Sequence
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.articles.quick_inline import QuickInline

ROOT = Path(__file__).parents[2]
OF_MKDOCS = ("toc", "tables", "fenced_code", "sane_lists", "md_in_html")
MANY = (*OF_MKDOCS, "footnotes", "attr_list", "smarty", "def_list", "abbr", "admonition")
PIECES = st.sampled_from(
    [
        *("a", "b c", " ", "  \n", "\n\n", "*", "**", "_", "__", "***", "`", "``", "\\", "[", "]"),
        *("(x.md)", "[r]: y.md\n", "![", "<", ">", "<br>", "<b>", "</b>", "&", "&amp;", "&#65;"),
        *(
            "**b c**",
            "*e*",
            "**d.** ",
            "[l](x.md)",
            "[m n](../y.md#z)",
            "_e_",
            ":   ",
            "---",
            "=",
            "字",
        ),
        *(
            '<div markdown="1">\n\n',
            "\n\n</div>",
            "[TOC]",
            "```\n",
            "*[a]: d",
            "!!! note",
            "- ",
            "\n",
        ),
        *("<https://x.org>", "<a@b.org>", "# ", "- ", "1. ", "|", "'", '"', "...", "{#i}", "[^1]"),
    ]
)


def html(text: str, extensions: Sequence[str], *more: markdown.Extension) -> str:
    """Return what Markdown makes of a text."""
    return markdown.Markdown(extensions=[*extensions, *more]).convert(text)


@pytest.mark.parametrize("extensions", [(), OF_MKDOCS, MANY], ids=["none", "usual", "many"])
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_gives_the_same_html(extensions: Sequence[str], text: str) -> None:
    """Whatever signs stand beside each other, no pattern is left out that would match."""
    assert html(text, extensions, QuickInline()) == html(text, extensions)


@pytest.mark.parametrize("extensions", [OF_MKDOCS, MANY], ids=["usual", "many"])
@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_real_pages_give_the_same_html(extensions: Sequence[str], path: Path) -> None:
    """Texts as people write them give the same bytes."""
    text = path.read_text(encoding="utf-8")
    assert html(text, extensions, QuickInline()) == html(text, extensions)
