"""What editors may not write: pages are read, and nothing in them acts."""

import os
import re
from pathlib import Path

from mkdocs.structure.pages import Page

from helpdesk.catalog import CatalogError, Position
from helpdesk.inspecting import active, readable

WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)

PRINTED = {"author", "description", "status", "subtitle", "title"}
"""Settings of a page that the theme prints as they are."""


class Risks:
    """What pages have that could act."""

    def __init__(self) -> None:
        """Start without pages."""
        self._found: list[CatalogError] = []

    def look(self, html: str, page: Page) -> None:
        """Look at a page as Markdown made it; what the theme prints of it becomes plain."""
        page.title = readable(str(page.title or "")) or page.title
        for key in PRINTED & page.meta.keys():
            page.meta[key] = readable(str(page.meta[key])).replace('"', "”")
        self._found += [
            CatalogError(
                _place(page, found),
                f"Found {found} in the page. Pages are text: scripts, frames, forms and styles "
                "belong in a template or a file of the theme.",
            )
            for found in dict.fromkeys(active(html))
        ]

    def take(self) -> list[CatalogError]:
        """Return what was found, once."""
        found, self._found = self._found, []
        return found


def _place(page: Page, found: str) -> Position:
    """Return the first line of the source that looks like it; else the page as a whole."""
    path = page.file.abs_src_path
    if not path:
        return Position(page.file.src_uri, 1, 1)
    text = Path(path).read_text(encoding="utf-8-sig")
    word = WORD.search(found)
    at = text.lower().find(word[0].lower()) if word else -1
    before = text[: max(at, 0)]
    line = before.count("\n") + 1
    return Position(os.path.relpath(path), line, len(before) - before.rfind("\n"))
