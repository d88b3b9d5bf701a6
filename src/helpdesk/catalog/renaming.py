"""Ids that something had before: their addresses stay taken, and lead to what it is called now."""

from collections.abc import Iterator

from .errors import CatalogError
from .model import Catalog, Cause, Party

SECTIONS = ("causes", "parties")
"""Sections whose entries have a page each."""


def former_ids(catalog: Catalog) -> Iterator[tuple[str, Cause | Party, str]]:
    """Yield section, entry and an id that the entry had before."""
    for section in SECTIONS:
        for entry in getattr(catalog, section).values():
            for former in entry.renamed:
                yield section, entry, former


def ids_used_once(catalog: Catalog) -> Iterator[CatalogError]:
    """An id stands for one thing for ever, because links to it are out in the world."""
    owners: dict[tuple[str, str], str] = {}
    for section, entry, former in former_ids(catalog):
        owner = owners.setdefault((section, former), entry.id)
        if former in getattr(catalog, section):
            message = f'"{former}" was renamed to "{entry.id}" and is used again. Take a new id.'
            yield CatalogError(getattr(catalog, section)[former].position, message)
        elif owner != entry.id:
            message = f'"{former}" cannot have become both "{owner}" and "{entry.id}". Keep one.'
            yield CatalogError(entry.position, message)
