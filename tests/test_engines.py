"""Whatever engine builds the site, readers and programs find the same on its pages."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from helpdesk import starter
from helpdesk.inspecting import inspect
from helpdesk.stage import StageError, stage
from tests.site_tools import QUIET

ENGINES = {
    "mkdocs": ("mkdocs", "build", "--strict"),
    "properdocs": ("properdocs", "build", "--strict"),
    "zensical": ("zensical", "build"),
}
FRENCH = """\
problem: {title: Où est mon colis ?, summary: Il ne vient pas.}
causes:
  with-a-neighbor: {title: Chez un voisin, summary: Quelqu'un l'a. Demandez.}
"""
PAGES = (
    *("", "causes/", "causes/with-a-neighbor/", "contact/", "wizard/", "fr/", "fr/contact/"),
    "fr/causes/with-a-neighbor/",
)


@dataclass(frozen=True)
class Content:
    """What matters of a page, whatever stands around it."""

    title: str
    headings: tuple[str, ...]
    links: tuple[str, ...]
    said: str
    language: str


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run an engine in a folder."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=os.environ | QUIET,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small help center in two languages, with a page written by hand that names a cause."""
    folder = tmp_path_factory.mktemp("engines") / "parcels"
    starter.write(folder)
    (folder / "docs/catalog/fr").mkdir()
    (folder / "docs/catalog/fr/texts.yml").write_text(FRENCH, encoding="utf-8")
    page = folder / "docs/contact.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n\n[[causes]]\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def staged(source: Path) -> Path:
    """The same as plain Markdown."""
    folder = source.with_name("staged")
    stage(source, folder)
    return folder


@pytest.fixture(scope="module")
def expected(source: Path) -> dict[str, Content]:
    """What the plugin makes with MkDocs."""
    result = run(source, *ENGINES["mkdocs"], "--site-dir", "../with-mkdocs")
    assert result.returncode == 0, result.stderr
    return contents(source.parent / "with-mkdocs")


def contents(site: Path) -> dict[str, Content]:
    """Return what matters of the pages of a site."""
    return {page: content(site, page) for page in PAGES}


def content(site: Path, name: str) -> Content:
    """Return what matters of one page."""
    tree = LexborHTMLParser((site / name / "index.html").read_bytes())
    article = tree.css_first("article")
    title, root = tree.css_first("title"), tree.css_first("html")
    assert article
    assert title
    assert root
    said = tree.css_first('script[type="application/ld+json"]')
    return Content(
        title=title.text().partition(" - ")[0],
        headings=tuple(f"{node.tag} {words(node)}" for node in article.css("h1, h2, h3")),
        links=tuple(links(article, Path("/") / name)),
        said=said.text() if said else "",
        language=root.attributes["lang"] or "",
    )


def words(node: LexborNode) -> str:
    """Return the words of an element without the theme's link to itself."""
    return node.text().replace("¶", "").strip()


def links(article: LexborNode, page: Path) -> list[str]:
    """Return where the links of an article lead, without the theme's own to itself."""
    found = article.css("a[href]:not(.headerlink):not(.md-content__button)")
    addresses = [node.attributes.get("href") or "" for node in found]
    own = [href for href in addresses if not href.startswith("#")]
    return [href if "://" in href else os.path.normpath(page / href) for href in own]


def test_the_plugin_runs_on_properdocs(source: Path, expected: dict[str, Content]) -> None:
    """ProperDocs, which goes on where MkDocs has ended, makes the same pages."""
    result = run(source, *ENGINES["properdocs"], "--site-dir", "../with-properdocs")
    assert result.returncode == 0, result.stderr
    made = source.parent / "with-properdocs"
    assert contents(made) == expected
    assert inspect(made)[0] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_plain_pages_say_the_same(engine: str, staged: Path, expected: dict[str, Content]) -> None:
    """Staged pages, built by an engine without the plugin, have the same content and no fault."""
    for settings in ("mkdocs.yml", "mkdocs-fr.yml"):
        result = run(staged, *ENGINES[engine], "--config-file", settings)
        assert result.returncode == 0, result.stdout + result.stderr
    assert contents(staged / "site") == expected
    assert inspect(staged / "site")[0] == []


def test_an_engine_that_leaves_the_plugin_out_fails(source: Path) -> None:
    """Zensical knows no plugins of others: it stops, instead of building a site without pages."""
    result = run(source, *ENGINES["zensical"])
    assert result.returncode != 0
    assert "helpdesk stage" in result.stdout + result.stderr


def test_nothing_is_overwritten(staged: Path, source: Path) -> None:
    """A folder with something in it is left alone; one without a site is named."""
    with pytest.raises(StageError):
        stage(source, staged)
    with pytest.raises(StageError):
        stage(staged / "docs", source.with_name("elsewhere"))
