"""Keeps long texts on disk, where MkDocs and its search would hold all of them in memory at once.

MkDocs makes the HTML of all pages before it fills the first template. What an article is made
from, its Markdown and its HTML are written to a file without a name, and read from there
whenever somebody asks for them. Whoever asks sees no difference.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page

OFFLINE = frozenset({"offline", "material/offline"})
"""The theme's plugin that reads the search index, by its names."""

NEAR = 4
"""How many texts stay in memory as well: those of the page that is being made."""


class _Place(NamedTuple):
    """Where a text stands in the file, in bytes."""

    start: int
    size: int


class Texts:
    """Texts in a file of their own, which goes when nothing refers to it any more."""

    def __init__(self, folder: Path) -> None:
        """Make the file, in a folder where there is room for a site."""
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - see `__del__`
        self._end = 0
        self._near: dict[_Place, str] = {}

    def __del__(self) -> None:
        """Give the room on disk back."""
        self._file.close()

    def put(self, text: str) -> _Place:
        """Write a text, and return its place."""
        data = text.encode("utf-8", "surrogatepass")
        place = _Place(self._end, len(data))
        self._file.seek(self._end)
        while data:
            data = data[self._file.write(data) :]
        self._end += place.size
        self._remember(place, text)
        return place

    def get(self, place: _Place) -> str:
        """Return the text at a place."""
        text = self._near.get(place)
        if text is None:
            self._file.seek(place.start)
            text = self._file.read(place.size).decode("utf-8", "surrogatepass")
            self._remember(place, text)
        return text

    def _remember(self, place: _Place, text: str) -> None:
        if len(self._near) == NEAR:
            del self._near[next(iter(self._near))]
        self._near[place] = text

    def file(self, config: MkDocsConfig, uri: str, content: str, inclusion: InclusionLevel) -> File:
        """Return a generated file whose texts, and those of its page, are here."""
        file = _File.generated(config, uri, content="", inclusion=inclusion)
        file.texts = self  # type: ignore[attr-defined] # ours
        file.content_string = content
        return file


class _Text:
    """An attribute that holds where its text is, once the object knows a file for texts."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, _: type | None = None) -> Any:  # noqa: ANN401 - File or Page
        value = vars(owner).get(self._name)
        return owner.texts.get(value) if isinstance(value, _Place) else value

    def __set__(self, owner: Any, value: Any) -> None:  # noqa: ANN401 - File or Page
        if owner.texts and isinstance(value, str):
            if value == self.__get__(owner):
                return
            value = owner.texts.put(value)
        vars(owner)[self._name] = value


class _Page(Page):
    texts: Texts | None = None
    markdown = _Text()
    content = _Text()


class _File(File):
    texts: Texts | None = None
    _content = _Text()

    @property
    def page(self) -> Page | None:
        return self._page

    @page.setter
    def page(self, page: Page | None) -> None:
        """Take the page that MkDocs makes, and let it keep its texts where the file does."""
        if type(page) is Page:
            page.__class__ = _Page
            vars(page)["texts"] = self.texts
        self._page = page

    _page: Page | None = None


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
        self._texts = Texts(folder)
        self._places: list[_Place] = []
        self._add: Callable[[Page], None] = index.add_entry_from_context
        self._whole: Callable[[Any], str] = index.generate_search_index
        self._reused = reused
        index.add_entry_from_context = self._add_and_write
        if written:
            index.generate_search_index = self._joined

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield one by one what takes much room together."""
        for place in self._places:
            yield from json.loads(f"[{self._texts.get(place).lstrip(',')}]")

    def _made(self, page: Page) -> str:
        entries = self._index.entries
        before = len(entries)
        self._add(page)
        found = entries[before:]
        del entries[before:]
        return json.dumps(found, separators=(",", ":"), default=str)[1:-1]

    def _add_and_write(self, page: Page) -> None:
        if found := self._reused(page, partial(self._made, page)):
            self._places.append(self._texts.put(f",{found}" if self._places else found))

    def _joined(self, prev: Any) -> str:  # noqa: ANN401 - the theme's
        entries = map(self._texts.get, self._places)
        return "".join((self._whole(prev).removesuffix("]}"), *entries, "]}"))
