"""What editors may not write: pages are read, and nothing in them acts."""

import os
import re
from pathlib import Path

from mkdocs.structure.pages import Page

from helpdesk.catalog import CatalogError, Position
from helpdesk.inspecting import active, readable

WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
SETTING = re.compile(r"""^["']?template["']?[ \t]*:""", re.IGNORECASE | re.MULTILINE)

PRINTED = {"author", "description", "status", "subtitle", "title"}
"""Settings of a page that the theme prints as they are."""

SHOWING = {"main.html", "base.html", "blog.html", "blog-post.html"}
"""Templates of themes that show a page. Others act: one leads to an address that the page gives."""


class Risks:
    """What pages have that could act."""

    def __init__(self) -> None:
        """Start without pages."""
        self._found: list[CatalogError] = []

    def look(self, html: str, page: Page, own: str | None) -> None:
        """Look at a page as Markdown made it; what the theme prints of it becomes plain.

        `own` is the folder of the site's own templates.
        """
        page.title = readable(str(page.title or "")) or page.title
        for key in PRINTED & page.meta.keys():
            page.meta[key] = readable(str(page.meta[key])).replace('"', "”")
        self._found += [
            CatalogError(
                _place(page, _first_word(found)),
                f"Found {found} in the page. Pages are text: scripts, frames, forms and styles "
                "belong in a template or a file of the theme.",
            )
            for found in dict.fromkeys(active(html))
        ]
        template = page.meta.get("template", "main.html")
        if not _shows(template, own):
            self._found.append(
                CatalogError(
                    _place(page, SETTING),
                    f'Found the template "{template}"; expected main.html or a template of the '
                    "site's own. Delete the line, or put the template into the folder that "
                    "`custom_dir` names.",
                )
            )

    def take(self) -> list[CatalogError]:
        """Return what was found, once."""
        found, self._found = self._found, []
        return found


def _shows(template: object, own: str | None) -> bool:
    """Tell whether a template shows a page; those of the site's own are what its owner wants."""
    if not isinstance(template, str):
        return False
    name = "/".join(part for part in template.split("/") if part not in {"", "."})
    return name in SHOWING or (own is not None and Path(own, name).is_file())


def _first_word(found: str) -> re.Pattern[str]:
    word = WORD.search(found)
    return re.compile(re.escape(word[0]) if word else r"\A", re.IGNORECASE)


def _place(page: Page, looks: re.Pattern[str]) -> Position:
    """Return the first place of the source that looks like it; else the page as a whole."""
    path = page.file.abs_src_path
    if not path:
        return Position(page.file.src_uri, 1, 1)
    text = Path(path).read_text(encoding="utf-8-sig")
    match = looks.search(text)
    before = text[: match.start() if match else 0]
    line = before.count("\n") + 1
    return Position(os.path.relpath(path), line, len(before) - before.rfind("\n"))
