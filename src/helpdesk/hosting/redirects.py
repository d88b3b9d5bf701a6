"""From an address that something had before to the one it has now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import relpath

from markupsafe import Markup

from helpdesk.articles import wording
from helpdesk.catalog import Catalog
from helpdesk.catalog.renaming import former_ids

from .addresses import absolute, root_path

PAGE = Markup(
    """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={there}">
<link rel="canonical" href="{canonical}">
<p>{moved} <a href="{there}">{title}</a></p>
</html>
"""
)


@dataclass(frozen=True, slots=True)
class Move:
    """A page that has another address now; both end in `/`."""

    old: str
    new: str
    title: str
    language: str


def moves(catalog: Catalog) -> Iterator[Move]:
    """Yield what has moved, in each language."""
    for each in (catalog, *catalog.translations.values()):
        for section, entry, former in former_ids(each):
            folder = f"{each.prefix}{section}/"
            yield Move(f"{folder}{former}/", f"{folder}{entry.id}/", entry.title, each.language)


def redirect_page(move: Move, address: str) -> str:
    """Return a page that leads on without a script."""
    there = f"{relpath(move.new, move.old)}/"
    return PAGE.format(
        language=move.language,
        title=move.title,
        there=there,
        canonical=absolute(address, move.new) if address else there,
        moved=wording.load(move.language)["page.moved"],
    )


def redirects_file(moved: Iterable[Move], address: str) -> str:
    """Return `_redirects`, as Netlify, Cloudflare Pages and others read it."""
    root = root_path(address)
    lines = [f"{root}{move.old} {root}{move.new} 301\n" for move in moved]
    return "".join(["# What has been renamed: old address, new address.\n", *lines])
