"""The pages a site's editors write by hand beside the catalog, as Markdown files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpdesk.catalog.errors import CatalogError
from helpdesk.catalog.model import Position
from helpdesk.catalog.source import read_text, yaml_faults
from helpdesk.catalog.text import links, without_code

from .findings import ERROR, WARNING, Finding

SETTINGS = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")

FENCED = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?\n)?? {0,3}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL
)
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ADDRESS = re.compile(r"""<\w[^>]*?\s(?:href|src)\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
ACTIVE = re.compile(r"<(script|iframe|object|embed|base|meta|link|form)\b", re.IGNORECASE)
HANDLER = re.compile(r"<\w[^>]*?\s(on\w+|style)\s*=", re.IGNORECASE)
FRONT = "---\n"


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A Markdown file below `docs/`."""

    uri: str
    shown: str
    """Its path as findings print it."""
    text: str
    """Without its front matter, whose lines are left empty."""
    faults: tuple[CatalogError, ...]

    def at(self, offset: int) -> Position:
        """Return the place of a character of the text."""
        before = self.text[:offset]
        return Position(self.shown, before.count("\n") + 1, offset - before.rfind("\n"))

    @property
    def visible(self) -> str:
        """The text with spaces for code and comments, so that places stay the same."""
        blank = self.text
        for pattern in (FENCED, COMMENT):
            blank = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), blank)
        return without_code(blank)

    def links(self) -> Iterator[tuple[int, str]]:
        """Yield offset and target of every link and picture, those in HTML too."""
        yield from links(self.visible)
        for match in ADDRESS.finditer(self.visible):
            yield match.start(1), match[1]


def site_of(catalog: Path) -> Path | None:
    """Return the folder with the pages of a site, if the catalog's folder belongs to one."""
    docs = catalog.parent
    has_settings = any((docs.resolve().parent / name).is_file() for name in SETTINGS)
    return docs if has_settings else None


def written_pages(docs: Path, catalog: Path) -> list[WrittenPage]:
    """Return the pages of a site that are written by hand."""
    return [
        _page(docs, path)
        for path in sorted(docs.rglob("*.md"))
        if catalog not in path.parents
        and not any(part.startswith(".") for part in path.relative_to(docs).parts)
    ]


def _page(docs: Path, path: Path) -> WrittenPage:
    shown = str(path)
    text, faults = read_text(path, shown)
    uri = path.relative_to(docs).as_posix()
    if text.startswith(FRONT):
        end = text.find(f"\n{FRONT}", len(FRONT) - 1)
        if end < 0:
            message = 'The settings at the top of this page never end. Add a line "---" below them.'
            faults = [*faults, CatalogError(Position(shown, 1, 1), message)]
        else:
            settings = text[len(FRONT) : end + 1]
            faults = [*faults, *yaml_faults(settings, Position(shown, 2, 1))]
            text = "\n" * (settings.count("\n") + 2) + text[end + 1 + len(FRONT) :]
    return WrittenPage(uri, shown, text, tuple(faults))


def risky_pages(pages: list[WrittenPage]) -> Iterator[Finding]:
    """Yield what cannot be read, what is left open, and what is no mere text."""
    for page in pages:
        for fault in page.faults:
            yield Finding(fault.position, ERROR, "page", fault.message)
        if fence := FENCE.search(page.visible):
            message = f"This code block is never closed. Add a line with {fence[1]} below it."
            yield Finding(page.at(fence.start(1)), ERROR, "open-code-block", message)
        for pattern, advice in (
            (ACTIVE, "The site's rules stop it in the browser. Use Markdown, or a template."),
            (HANDLER, "The site's rules stop it in the browser. Use a class and a style sheet."),
        ):
            for match in pattern.finditer(page.visible):
                message = f'Found "{match[1]}" in HTML. {advice}'
                yield Finding(page.at(match.start(1)), WARNING, "risky-html", message)
