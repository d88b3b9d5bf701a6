"""What is kept of articles, and said of texts without reading them, is what would be made."""

import re
from pathlib import Path

import markdown
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.articles import markup
from helpdesk.articles.seen import APART, OF_CATALOG

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
        assert not re.search(rf"\b(?:cause|fix)\.(?:{'|'.join(APART - {'prior'})})\b", text)
        assert set(re.findall(r"\b(?:likelihood|cause\.prior)\.(\w+)", text)) <= {"word"}


LINES = st.sampled_from(
    [
        *(
            "1. Do **this** now.",
            "2. **So.**",
            "10. a",
            "1. 2. b",
            "3. **c** **d**e",
            "4. - f",
            "5.  g",
        ),
        *(
            "1. a *b*",
            "2. a_b",
            "3. [a](b.md)",
            "4. # a",
            "5. a & b",
            "6. a: b – c!",
            "",
            "7. **a**b",
        ),
        *(
            "1. **a** ",
            "2. a\u00a0b",
            "3) a",
            "    4. a",
            "5. 中文**字**。",
            "- a",
            "a",
            "---",
            "6. **",
        ),
    ]
)


@given(st.one_of(st.lists(LINES, max_size=5), st.lists(st.lists(PIECES).map("".join))))
def test_steps_are_a_list(lines: list[str]) -> None:
    """Numbered lines are read without Markdown where that would have said the same."""
    text = "\n".join(lines)
    assert markup.nodes(text) == _by_markdown(text)
    numbered = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    assert markup.nodes(f"{numbered}\n") == _by_markdown(f"{numbered}\n")


@given(st.lists(PIECES, max_size=20).map("".join))
def test_text_without_markup_is_a_paragraph(text: str) -> None:
    """Where Markdown has nothing to do it is not asked, and would have said the same."""
    assert markup.nodes(text) == _by_markdown(text)


@given(st.lists(st.one_of(PIECES, st.sampled_from(["**", "*", "`", "_", "\\"])), max_size=20))
def test_strong_words_are_words(pieces: list[str]) -> None:
    """The words of a text are those that a reader sees, however they are emphasized."""
    text = "".join(pieces)
    seen = re.sub(r"\s", "", markup._words(markup.nodes(text)))  # noqa: SLF001 - the long way
    assert re.sub(r"\s", "", markup.plain(text)) == seen


def _by_markdown(text: str) -> list[markup.Node]:
    collector = markup._Collector("")  # noqa: SLF001 - what nodes are made with
    collector.feed(markdown.markdown(text, extensions=["sane_lists"]))
    collector.close()
    return collector.root
