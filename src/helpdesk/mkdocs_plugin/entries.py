"""Keeps what search finds on disk, where the theme would hold all of it in memory at once."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.structure.pages import Page

from .on_disk import Place, Texts

JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
"""As indexes are written in the end."""

OFFLINE = frozenset({"offline", "material/offline"})
"""The theme's plugin that reads the search index, by its names."""


class Entries:
    """The entries of the theme's search index, on disk as JSON."""

    def __init__(
        self,
        index: Any,  # noqa: ANN401 - the theme's
        folder: Path,
        reused: Callable[[Page, Callable[[], str]], str],
        *,
        written: bool,
    ) -> None:
        """Take from the index what it makes of each page.

        `reused` returns the entries of a page, where they are not known as they are made now;
        `written` says whether they stand in the file that the theme writes.
        """
        self._index = index
        self._written = written
        self._texts = Texts(folder)
        self._places: list[Place] = []
        self._add: Callable[[Page], None] = index.add_entry_from_context
        self._whole: Callable[[Any], str] = index.generate_search_index
        self._reused = reused
        index.add_entry_from_context = self._add_and_write
        if written:
            index.generate_search_index = self._joined

    def __iter__(self) -> Iterator[str]:
        """Yield the entries of one page after the other, with commas: together they take much."""
        for place in self._places:
            yield self._texts.get(place).removeprefix(",")

    def _made(self, page: Page) -> str:
        entries = self._index.entries
        before = len(entries)
        self._add(page)
        found = entries[before:]
        del entries[before:]
        text = json.dumps(found, separators=(",", ":"), default=str)
        return (text if self._written else JSON.encode(json.loads(text)))[1:-1]

    def _add_and_write(self, page: Page) -> None:
        if found := self._reused(page, partial(self._made, page)):
            self._places.append(self._texts.put(f",{found}" if self._places else found))

    def _joined(self, prev: Any) -> str:  # noqa: ANN401 - the theme's
        entries = map(self._texts.get, self._places)
        return "".join((self._whole(prev).removesuffix("]}"), *entries, "]}"))
