"""A page that stays open while somebody edits."""

from pathlib import Path

from playwright.sync_api import Page, expect

from helpdesk import starter
from tests.site_tools import serving

PATIENCE = 60_000
ANSWERS = "#q-tracking=moving&q-note=no"


def test_an_open_page_keeps_the_answers(tmp_path: Path, page: Page) -> None:
    """A new word shows in the page that is open; the wizard is where it was."""
    folder = tmp_path / "site"
    starter.write(folder)
    path = folder / "docs/catalog/fixes.yml"
    good = path.read_text(encoding="utf-8")
    heading = page.locator("helpdesk-wizard .helpdesk-live h2")
    with serving(folder) as address:
        page.goto(f"{address}wizard/{ANSWERS}")
        expect(heading).to_contain_text("Give it two more", timeout=PATIENCE)
        path.write_text(good.replace("Give it two more", "Give it just two"), encoding="utf-8")
        expect(heading).to_contain_text("Give it just two", timeout=PATIENCE)
        assert page.evaluate("location.hash") == ANSWERS
        page.goto("about:blank")  # else the server waits for the page
