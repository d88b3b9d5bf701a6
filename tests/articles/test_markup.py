"""Markdown of the catalog on its way to pages and scripts."""

from posixpath import relpath

import pytest

from helpdesk.articles.markup import escaped, first_sentence, moved, nodes, page_address, plain


def test_markdown_becomes_nodes() -> None:
    """Paragraphs, emphasis and lists become nested lists that start with their tag."""
    assert nodes("Do *this*:\n\n1. One\n2. **Two**") == [
        ["p", "Do ", ["em", "this"], ":"],
        ["ol", ["li", "One"], ["li", ["strong", "Two"]]],
    ]


def test_links_to_pages_become_addresses() -> None:
    """A page below docs/ is addressed from where the reader is; other links stay."""
    assert nodes("[a](causes/u-x.md#how)", base="../") == [["p", ["a", "../causes/u-x/#how", "a"]]]
    assert nodes("[a](https://example.com/?a=1&b=2)") == [
        ["p", ["a", "https://example.com/?a=1&b=2", "a"]]
    ]


@pytest.mark.parametrize(
    "target",
    ["a.md", "causes/b.md", "zh/causes/b.md", "../a.md", "causes//b.md", "./causes/../a.md"],
)
@pytest.mark.parametrize(
    "page", ["index.md", "causes/a.md", "zh/causes/a.md", "caus/a.md", "a/b/c/d.md"]
)
def test_links_are_moved_the_shortest_way(target: str, page: str) -> None:
    """From the folder of the page that shows a text to the page that it names."""
    way = relpath(target, page.rpartition("/")[0] or ".")
    assert moved(f"[a]({target})", page) == f"[a]({way})"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,hi)",
        "<img src=x onerror=alert(1)>",
        "[x](<java\tscript:alert(1)>)",
        "<iframe srcdoc='x'></iframe>",
    ],
)
def test_nothing_dangerous_gets_through(text: str) -> None:
    """Scripts, frames and unsafe addresses never reach the nodes, whatever was checked before."""
    shown = str(nodes(text)).lower()
    for word in ("script:", "data:", "onerror", "srcdoc", "'script'", "'img'", "'iframe'"):
        assert word not in shown


def test_addresses_of_pages() -> None:
    """Pages are addressed as folders, as static hosts serve them."""
    assert page_address("index.md") == ""
    assert page_address("causes/index.md") == "causes/"
    assert page_address("causes/u-x.md") == "causes/u-x/"


def test_links_move_with_the_text() -> None:
    """A link written from the root is relative to the page that shows it."""
    assert moved("[a](contact.md) [b](causes/u-x.md)", "causes/u-y.md") == (
        "[a](../contact.md) [b](u-x.md)"
    )
    assert moved("[a](https://example.com/x.md)", "causes/u-y.md") == (
        "[a](https://example.com/x.md)"
    )


def test_plain_text_shows_as_itself() -> None:
    """Characters that Markdown would take for markup are escaped."""
    assert plain(escaped("2 * 3 * 4 [x] `y` _z_")) == "2 * 3 * 4 [x] y _z_".replace("y", "`y`")


def test_first_sentences() -> None:
    """The first sentence ends at its full stop, in Chinese too."""
    assert first_sentence("One. Two.") == "One."
    assert first_sentence("The number 3.5 is one. Two.") == "The number 3.5 is one."
    assert first_sentence("一。二！三") == "一。"
