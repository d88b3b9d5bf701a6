"""What is reused from the build before is never out of date."""

import random
import re
import sqlite3
from pathlib import Path

import pytest

from helpdesk import starter
from helpdesk.articles.kept import Kept
from tests.random_edits import edit
from tests.site_tools import built

EDITS = 6

LOOKING = """\
{% extends "base.html" %}
{% block content %}
{{ super() }}
{% if page.is_homepage or page.url == "faq/" %}
{% for file in pages %}
<li>/{{ file.url }} {{ file.page.content | length }} {{ file.page.toc | list | length }}</li>
{% endfor %}
{% endif %}
{% endblock %}
"""
"""A template of a site's own: a page before all articles, and one after, say how long each is."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small help site with templates of its own."""
    folder = tmp_path / "site"
    starter.write(folder)
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    named = text.replace("name: material", "name: material\n  custom_dir: overrides", 1)
    settings.write_text(named, encoding="utf-8")
    (folder / "overrides").mkdir()
    return folder


def made(folder: Path, *, reuse: bool) -> dict[str, bytes]:
    """Build a site and return its files."""
    return built(folder, folder.parent / f"reuse-{reuse}", reuse=reuse)


def rows(folder: Path) -> set[str]:
    """Return the keys of what a site has kept."""
    with sqlite3.connect(folder / ".cache/helpdesk/building.sqlite") as database:
        return {key for (key,) in database.execute("SELECT key FROM kept")}


def test_a_build_after_an_edit_is_that_of_a_clean_folder(folder: Path) -> None:
    """After any edit, what is reused gives the same bytes as a build without anything kept."""
    dice = random.Random(1)  # noqa: S311 - no secret hangs on it
    made(folder, reuse=True)
    for _ in range(EDITS):
        what = edit(folder, dice)
        ours, clean = made(folder, reuse=True), made(folder, reuse=False)
        assert {name for name in clean if ours.get(name) != clean[name]} == set(), what
        assert ours.keys() == clean.keys(), what


def test_only_what_changed_is_made_anew(folder: Path) -> None:
    """After a changed text most of what was kept is still kept, and nothing is left over."""
    made(folder, reuse=True)
    made(folder, reuse=True)  # what was needed once, to make an article, goes
    before = rows(folder)
    made(folder, reuse=True)
    assert rows(folder) == before
    fixes = folder / "docs/catalog/fixes.yml"  # what stands here the wizard says too
    text = fixes.read_text(encoding="utf-8")
    fixes.write_text(text.replace("You get a day", "You are told a day", 1), encoding="utf-8")
    made(folder, reuse=True)
    made(folder, reuse=True)
    after = rows(folder)
    assert len(after) == len(before)
    assert 0 < len(after - before) <= len(before) / 4


def test_another_title_in_the_navigation_is_shown_by_all(folder: Path) -> None:
    """Where only a heading of a page changes, which the navigation shows, every page shows it."""
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("Contact: contact.md", "contact.md"), encoding="utf-8")
    made(folder, reuse=True)
    page = folder / "docs/contact.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r"^# .*", "# Ask the porter", text, flags=re.MULTILINE), "utf-8")
    changed = made(folder, reuse=True)
    assert changed == made(folder, reuse=False)
    articles = [html for name, html in changed.items() if re.match(r"causes/.+/index", name)]
    assert articles
    assert all(b"Ask the porter" in html for html in articles)


def test_a_template_may_look_at_other_pages(folder: Path) -> None:
    """The content of articles that have not changed is there for whoever shows it elsewhere."""
    (folder / "overrides/main.html").write_text(LOOKING, encoding="utf-8")
    made(folder, reuse=True)
    again = made(folder, reuse=True)
    assert again == made(folder, reuse=False)
    assert b"<li>/causes/" in again["index.html"]
    assert b"<li>/causes/" in again["faq/index.html"]


def test_half_of_what_was_kept_is_enough(folder: Path) -> None:
    """Where whole pages are gone from what was kept, they are made anew."""
    clean = made(folder, reuse=True)
    path = folder / ".cache/helpdesk/building.sqlite"
    with sqlite3.connect(path) as database:
        gone = database.execute("""DELETE FROM kept WHERE value LIKE '%<!doctype html>%'""")
        assert gone.rowcount
    assert made(folder, reuse=True) == clean


def test_damage_is_seen(folder: Path) -> None:
    """What was changed on disk is made anew; a file that is no database at all, too."""
    clean = made(folder, reuse=True)
    path = folder / ".cache/helpdesk/building.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("""UPDATE kept SET value = replace(value, 'the', 'THE')""")
    assert made(folder, reuse=True) == clean
    path.write_bytes(b"This is no database." * 500)
    assert made(folder, reuse=True) == clean
    assert rows(folder)


def test_a_database_in_use_is_left_alone(tmp_path: Path) -> None:
    """Two builds at a time: the second keeps in memory, the first is not disturbed."""
    path = tmp_path / "kept.sqlite"
    first, second = Kept(path), Kept(path)
    first.put("a", 1)
    second.put("a", 2)
    assert (first.get("a"), second.get("a")) == (1, 2)
    first.end()
    first.close()
    second.end()
    assert Kept(path).get("a") == 1


def test_what_cannot_be_seen_through_is_not_reused(folder: Path) -> None:
    """With a hook, which may change anything, all pages are made anew."""
    settings = folder / "mkdocs.yml"
    (folder / "hook.py").write_text(
        'def on_page_content(html, **_):\n    return html + "x"\n',
        encoding="utf-8",
    )
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\nhooks: [hook.py]\n", encoding="utf-8")
    made(folder, reuse=True)
    assert not (folder / ".cache/helpdesk/building.sqlite").exists()
