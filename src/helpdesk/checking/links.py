"""Links that lead nowhere, and links that lead where no reader should go."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import markdown
from markdown.extensions.toc import TocExtension, slugify, slugify_unicode

from helpdesk.articles import expand, pages
from helpdesk.articles.addresses import uris
from helpdesk.catalog.errors import did_you_mean
from helpdesk.catalog.model import Catalog, Position

from .findings import ERROR, WARNING, Finding
from .handwritten import WrittenPage

SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):|//")
SAFE = frozenset({"https", "mailto", "tel"})
ANCHOR = re.compile(r"""\b(?:id|name)=["']([^"']+)["']""")
MADE = re.compile(
    r"assets/helpdesk/.+|"
    r"(?:.+/)?(?:changes\.xml|sitemap\.xml|robots\.txt|licenses\.txt|catalog(?:\.schema)?\.json)"
)
"""Files that a build adds."""

EXTENSIONS = ("attr_list", "fenced_code", "md_in_html", "sane_lists", "tables")


@dataclass
class Site:
    """All pages there are, and the files beside them."""

    catalog: Catalog
    docs: Path
    written: list[WrittenPage]
    _anchors: dict[str, AbstractSet[str]] = field(default_factory=dict)

    @cached_property
    def pages(self) -> frozenset[str]:
        """The uris of all pages; a page that lacks a translation stands in for it."""
        own = {page.uri for page in self.written}
        others = [catalog.prefix for catalog in self.catalog.translations.values()]
        copies = {prefix + uri for prefix in others for uri in own}
        return frozenset({*uris(self.catalog), *own, *copies})

    def has_file(self, path: str) -> bool:
        """Tell whether there is such a file."""
        return (self.docs / path).is_file() or bool(MADE.fullmatch(path))

    def anchors(self, uri: str) -> AbstractSet[str]:
        """Return the names of the places on a page."""
        if uri not in self._anchors:
            self._anchors[uri] = frozenset(
                name for text in self._texts(uri) for name in _anchors(text)
            )
        return self._anchors[uri]

    def _texts(self, uri: str) -> list[str]:
        found = [page.text for page in self.written if page.uri == uri]
        if uri in self._made:
            found.append(self._made[uri])
        language = uri.partition("/")[0]
        if not found and language in self.catalog.translations:
            return self._texts(uri.partition("/")[2])
        return found

    @cached_property
    def _made(self) -> dict[str, str]:
        return {page.uri: page.markdown for page in pages(self.catalog)}


def _anchors(text: str) -> set[str]:
    """Return the names of the headings, in either spelling that sites choose, and of all else."""
    found: set[str] = set()
    for spelled in (slugify, slugify_unicode):
        html = markdown.markdown(text, extensions=[*EXTENSIONS, TocExtension(slugify=spelled)])
        found.update(ANCHOR.findall(html))
    return found


def dead_links(site: Site) -> Iterator[Finding]:
    """Yield the links of the catalog and of pages written by hand that lead nowhere."""
    for link in site.catalog.links:
        if not SCHEME.match(link.target):
            yield from _leads(site, "", link.target, link.position)
    for page in site.written:
        for offset, target in page.links():
            if scheme := SCHEME.match(target):
                yield from _address(target, scheme[1], page.at(offset))
            elif target.startswith("/"):
                message = (
                    f'"{target}" breaks where the site moves. Link from this page on: "../x.md".'
                )
                yield Finding(page.at(offset), WARNING, "absolute-link", message)
            else:
                yield from _leads(site, page.uri, target, page.at(offset))


def dead_references(site: Site) -> Iterator[Finding]:
    """Yield the references in double brackets that name nothing."""
    languages = {c.language: c for c in site.catalog.translations.values()}
    for page in site.written:
        catalog = languages.get(page.uri.partition("/")[0], site.catalog)
        _, errors = expand(page.text, page.uri, Position(page.shown, 1, 1), catalog)
        for error in errors:
            yield Finding(error.position, ERROR, "unknown-reference", error.message)


def _leads(site: Site, uri: str, target: str, place: Position) -> Iterator[Finding]:
    """Yield why a link within the site leads nowhere."""
    path, _, anchor = target.partition("#")
    path = unquote(path.partition("?")[0])
    there = normpath(join(dirname(uri), path)) if path else uri
    if path and there not in site.pages and not site.has_file(there):
        hint = did_you_mean(there, sorted(site.pages)) if there.endswith(".md") else ""
        message = f'"{target}" leads nowhere: there is no docs/{there}.{hint}'
        yield Finding(place, ERROR, "dead-link", message)
    elif anchor and there.endswith(".md") and unquote(anchor) not in site.anchors(there):
        hint = did_you_mean(unquote(anchor), sorted(site.anchors(there)))
        message = f'"{target}" leads nowhere: docs/{there} has no place "#{anchor}".{hint}'
        yield Finding(place, ERROR, "dead-anchor", message)


def _address(target: str, scheme: str | None, place: Position) -> Iterator[Finding]:
    """Yield why an address is none to send readers to."""
    if scheme is None or scheme.lower() == "http":
        message = f'"{target[:60]}" can be read and changed on the way. Write https://.'
        yield Finding(place, WARNING, "insecure-link", message)
    elif scheme.lower() not in SAFE:
        message = f'Found a link with "{scheme}:"; expected https://, mailto: or tel:. Delete it.'
        yield Finding(place, ERROR, "risky-link", message)
