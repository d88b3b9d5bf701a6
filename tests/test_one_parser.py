"""Pages that share a parser of Markdown are as they are with parsers of their own."""

from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from helpdesk.mkdocs_plugin.one_parser import ANEW, OneParser

PAGES = [
    "# One\n\n## Two\n\n[TOC]\n\n[[TOC]]\n\n1. a\n2. b\n",
    "## Two\n\nA [reference][r] and [one](b.md#two), [nowhere] too.\n\n[r]: b.md\n*[one]: first\n",
    '<div id="x" markdown="1">\n\n## Two\n\nSome *words*.\n\n</div>\n\n<b>raw</b>\n\n7. g\n',
    "Title: meta\n\n```sh\nx = 1\n```\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n!!! note\n    one\n",
    "Unclosed **strong and [r] and _one\n\n* * *\n\n> - quoted\n>\n> 3. c\n\nword\n:   means\n",
    '"Quoted" -- one... {#here}\n\n### One ### {#own .c}\n\nnowhere[^1]\n\n[^1]: a note\n',
    "",
]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> MkDocsConfig:
    """Settings with the extensions that begin each text anew."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    loaded = load_config(str(folder / "mkdocs.yml"))
    loaded.markdown_extensions = sorted(ANEW - {"helpdesk.guard"})
    return loaded


def made(config: MkDocsConfig, texts: list[str], parser: OneParser | None) -> list[Any]:
    """Return what MkDocs knows of pages when it has rendered them in this order."""
    uris = [f"{number}.md" for number in range(len(texts))]
    files = Files([File(uri, "docs", "site", use_directory_urls=True) for uri in (*uris, "b.md")])
    return [
        _rendered(config, uri, text, files, parser) for uri, text in zip(uris, texts, strict=True)
    ]


def _rendered(
    config: MkDocsConfig, uri: str, text: str, files: Files, parser: OneParser | None
) -> tuple[Any, ...]:
    file = files.get_file_from_path(uri)
    assert file
    page = Page(None, file, config)
    page.markdown = text
    with parser.used(config) if parser else nullcontext():
        page.render(config, files)
    links = [(to.src_uri, links) for to, links in (page.links_to_anchors or {}).items()]
    return page.content, str(page.toc), page.title, page.present_anchor_ids, links


@given(st.lists(st.sampled_from(PAGES), max_size=5))
def test_no_page_shows_what_another_holds(config: MkDocsConfig, texts: list[str]) -> None:
    """In any order, pages are the same as with a parser for each."""
    assert made(config, texts, OneParser()) == made(config, texts, None)


def test_an_extension_that_may_remember_gets_its_own(config: MkDocsConfig) -> None:
    """The numbers of footnotes can go on from page to page; here they begin anew."""
    with_notes = load_config(config.config_file_path)
    with_notes.markdown_extensions = ["footnotes"]
    with_notes.mdx_configs = {"footnotes": {"UNIQUE_IDS": True}}
    texts = PAGES[-2:-1] * 2
    assert made(with_notes, texts, OneParser()) == made(with_notes, texts, None)
