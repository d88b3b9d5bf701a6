"""What editors see while they write: their words soon, their mistakes at once, never nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk import starter
from tests.site_tools import mkdocs, serving, wait_for

SAVES = 100


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small help site with a template of its own."""
    folder = tmp_path_factory.mktemp("served") / "site"
    starter.write(folder)
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    named = text.replace("name: material", "name: material\n  custom_dir: overrides", 1)
    settings.write_text(named, encoding="utf-8")
    (folder / "overrides/partials").mkdir(parents=True)
    (folder / "overrides/partials/copyright.html").write_text("<p>Ours</p>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The site, served."""
    with serving(folder, "--watch", "overrides") as address:
        yield address


MISTAKES = {
    "catalog": ("docs/catalog/causes.yml", "prior:", "priorr:", r"docs/catalog/causes.yml:\d+:5: "),
    "reference": ("docs/contact.md", "# C", "[[cause:none]]\n\n# C", r"docs/contact.md:1:1: "),
    "bytes": ("docs/contact.md", "Write", "Write \udcff\udc81", r"docs/contact.md:3:1: "),
    "template": (
        "overrides/partials/copyright.html",
        "Ours",
        "\n{% if %}",
        "overrides/partials/copyright.html:2: ",
    ),
    "value": (
        "overrides/partials/copyright.html",
        "Ours",
        "\n\n{{ nothing.at.all }}",
        "overrides/partials/copyright.html:3: ",
    ),
    "settings": ("mkdocs.yml", "  - helpdesk", "  - helpdesk: {catalog: [x]}", "catalog"),
    "yaml": ("mkdocs.yml", "theme:", "theme: [", "line "),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_stands_on_the_last_good_page(folder: Path, address: str, mistake: str) -> None:
    """Whatever is wrong is said on the page with its place; mended, the page is as before."""
    name, found, replacement, said = MISTAKES[mistake]
    path = folder / name
    good = path.read_text(encoding="utf-8")
    assert found in good
    page = f"{address}contact/"
    title = re.findall(r"<h1[^>]*>.*?</h1>", wait_for(page, "Ours"))[0]
    changed = good.replace(found, replacement, 1)
    path.write_text(changed, encoding="utf-8", errors="surrogateescape")
    broken = wait_for(page, "helpdesk-errors")
    assert re.search(said, broken)
    assert title in broken
    path.write_text(good, encoding="utf-8")
    assert title in wait_for(page, "Ours", without="helpdesk-errors")


def test_each_article_leads_to_the_editors_view(address: str) -> None:
    """While serving, a page leads to how the wizard sees it, and from there back."""
    page = wait_for(f"{address}causes/still-moving/", "<h1")
    link = re.findall(r'class="helpdesk-eyes" href="/([^"]+)"', page)[0]
    view = wait_for(address + link, "</html>")
    assert "docs/catalog/causes.yml:" in view
    assert 'href="/causes/still-moving/"' in view


def test_the_last_of_many_saves_is_shown(folder: Path, address: str) -> None:
    """However quickly an editor saves, in whatever state, the page ends as the file does."""
    path = folder / "docs/catalog/causes.yml"
    good = path.read_text(encoding="utf-8")
    for number in range(SAVES):
        words = f"It is only late, {number}" if number % 3 else '"'
        path.write_text(good.replace("It is only late", words, 1), encoding="utf-8")
    path.write_text(good.replace("It is only late", "It is very late", 1), encoding="utf-8")
    page = f"{address}causes/still-moving/"
    wait_for(page, "It is very late", without="helpdesk-errors")
    path.write_text(good, encoding="utf-8")
    assert "very late" not in wait_for(page, "It is only late")


def test_serving_starts_with_a_broken_catalog(tmp_path: Path) -> None:
    """Where the first catalog is already broken, the errors are what is served."""
    folder = tmp_path / "site"
    starter.write(folder)
    path = folder / "docs/catalog/questions.yml"
    good = path.read_text(encoding="utf-8")
    path.write_text("questions: [", encoding="utf-8")
    with serving(folder) as address:
        assert "questions.yml:" in wait_for(address, "helpdesk-errors")
        path.write_text(good, encoding="utf-8")
        wait_for(address, "<helpdesk-wizard", without="helpdesk-errors")


def test_a_build_stops_at_a_reference_to_nothing(tmp_path: Path) -> None:
    """The line is that of the file, front matter included."""
    starter.write(tmp_path)
    page = tmp_path / "docs/contact.md"
    page.write_text("---\ntags: [a]\n---\n\n# C\n\nSee [[cause:still-movin]].\n", encoding="utf-8")
    result = mkdocs("build", cwd=tmp_path)
    assert result.returncode == 1
    assert "docs/contact.md:7:5: " in result.stderr
    assert "Traceback" not in result.stderr
