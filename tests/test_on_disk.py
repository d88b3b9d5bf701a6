"""Articles whose texts are on disk are, for whoever asks, as any others."""

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from helpdesk.mkdocs_plugin.on_disk import NEAR, Texts, put_away

PAGES = {f"{n}.md": f"---\ntitle: Page {n}\n---\n# Zahl – 数 {n}\n" for n in range(2 * NEAR)}


def built(files: list[File], config: MkDocsConfig) -> list[tuple[object, ...]]:
    """Return what there is to know of pages, after the last of them was made."""
    for file in files:
        page = Page(None, file, config)
        page.read_source(config)
        page.render(config, Files(files))
    pages = [file.page for file in files if file.page]
    return [
        (page.title, page.markdown, page.content, page.file.content_bytes, str(page.toc))
        for page in pages
    ]


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """The settings of a site, while a plugin runs."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "Made up", "docs_dir": str(tmp_path)})
    config.validate()
    config.plugins._current_plugin = "helpdesk"  # noqa: SLF001 - as MkDocs sets it
    return config


def pages_in_memory_and_on_disk(
    config: MkDocsConfig, folder: Path
) -> tuple[list[File], list[File]]:
    """Return the same files, to be made with their texts in memory and with their texts on disk."""
    texts, level = Texts(folder), InclusionLevel.NOT_IN_NAV
    here = [File.generated(config, uri, content=text) for uri, text in PAGES.items()]
    there = [texts.file(config, uri, text, level) for uri, text in PAGES.items()]
    return here, there


def test_texts_are_the_same_in_memory_and_on_disk(tmp_path: Path, config: MkDocsConfig) -> None:
    """A page says the same wherever its texts are, also once others were made, and when changed."""
    here, there = pages_in_memory_and_on_disk(config, tmp_path)
    assert built(there, config) == built(here, config)
    first = there[0].page
    assert first
    assert not any(isinstance(vars(first)[name], str) for name in ("markdown", "content"))
    first.content = "<p>Changed</p>"
    there[1].content_string = "changed"
    assert [first.content, there[1].content_bytes] == ["<p>Changed</p>", b"changed"]
    assert not list(tmp_path.iterdir())


def known(files: list[File]) -> list[tuple[object, ...]]:
    """Return what a template can ask of pages."""
    pages = [file.page for file in files if file.page]
    return [(dict(p.meta), [vars(a) for a in p.toc], p.present_anchor_ids) for p in pages]


def test_pages_are_the_same_once_they_are_put_away(tmp_path: Path, config: MkDocsConfig) -> None:
    """What a page has besides its texts is as it was; what is changed afterwards stays changed."""
    here, there = pages_in_memory_and_on_disk(config, tmp_path)
    assert built(there, config) == built(here, config)
    pages = [file.page for file in there if file.page]
    for page in pages:
        put_away(page)
        assert vars(page)["parts"] is None
    assert known(there) == known(here)
    assert sum(vars(page)["parts"] is not None for page in pages) < len(pages)
    pages[0].meta = {"title": "Changed"}
    known(there)
    assert pages[0].meta == {"title": "Changed"}


def test_what_is_no_text_is_on_disk_as_well(tmp_path: Path, config: MkDocsConfig) -> None:
    """Bytes come back as they were put, and are copied into the site."""
    config.site_dir = str(tmp_path / "site")
    file = Texts(tmp_path).file(config, "a.bin", b"\xff\x00")
    assert file.content_bytes == b"\xff\x00"
    assert not isinstance(vars(file)["_content"], bytes)
    file.content_bytes = b"\xfe"
    file.copy_file()
    assert (tmp_path / "site/a.bin").read_bytes() == b"\xfe"
