"""Folders of an old site serve again, and nothing that was in them comes back."""

from pathlib import Path

from helpdesk import starter
from helpdesk.mkdocs_plugin.publishing import CACHE
from tests.site_tools import built

ARTICLE = "causes/with-a-neighbor"
PAGE = f"{ARTICLE}/index.html"


def made(folder: Path) -> dict[str, bytes]:
    """Build a site once more where it was, and return its files."""
    return built(folder, folder / "site", reuse=True)


def site(tmp_path: Path) -> Path:
    """Return the folder of a site that has been built twice."""
    folder = tmp_path / "help"
    starter.write(folder)
    assert made(folder) == made(folder)
    assert (folder / CACHE / "before" / PAGE).is_file()
    return folder


def test_the_folder_of_a_page_goes_on(tmp_path: Path) -> None:
    """A page gets the folder of the page of the site before last; its file is a new one."""
    folder = site(tmp_path)
    before = folder / CACHE / "before" / ARTICLE
    number = before.stat().st_ino
    (before / "index.html").chmod(0o600)
    kept = tmp_path / "kept.html"
    kept.hardlink_to(before / "index.html")
    text = kept.read_text(encoding="utf-8")
    pages = made(folder)
    assert (folder / "site" / ARTICLE).stat().st_ino == number
    assert (folder / "site" / PAGE).stat().st_mode & 0o777 != 0o600
    assert kept.read_text(encoding="utf-8") == text
    assert pages == made(folder)


def test_what_lies_beside_an_old_page_is_not_published(tmp_path: Path) -> None:
    """A folder with more than a page in it is not used again."""
    folder = site(tmp_path)
    (folder / CACHE / "before" / ARTICLE / "secret.txt").write_text("x", encoding="utf-8")
    clean = made(folder)
    assert PAGE in clean
    assert f"{ARTICLE}/secret.txt" not in clean


def test_a_site_behind_a_link_is_not_taken_apart(tmp_path: Path) -> None:
    """Where the published folder is a link, what it led to stays as it is."""
    folder = site(tmp_path)
    (folder / "site").rename(tmp_path / "release")
    (folder / "site").symlink_to(tmp_path / "release")
    first = made(folder)
    assert made(folder) == first
    assert (tmp_path / "release" / PAGE).is_file()
