"""Keeps long texts on disk, where MkDocs would hold all of them in memory at once.

MkDocs makes the HTML of all pages before it fills the first template. What an article is made
from, its Markdown and its HTML are written to a file without a name, and read from there
whenever somebody asks for them. Whoever asks sees no difference. What else MkDocs knows of a page
follows once the page is made, where nobody would change it.
"""

import marshal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page

from .rendered import toc_from, toc_state

NEAR = 4
"""How many texts stay in memory as well: those of the page that is being made."""

NEAR_PAGES = 2
"""How many pages stay whole that were asked for once they were put away."""

SIZE_BITS = 32


class Place(int):
    """Where a text stands in the file, in bytes: two in one number, as there are many."""

    __slots__ = ()

    @classmethod
    def of(cls, start: int, size: int) -> Self:
        """Return the place of so many bytes."""
        return cls(start << SIZE_BITS | size)

    @property
    def start(self) -> int:
        """Its first byte."""
        return self >> SIZE_BITS

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self & (1 << SIZE_BITS) - 1


class _Bytes(Place):
    """Where something stands that is no text."""

    __slots__ = ()


class Texts:
    """Texts in a file of their own, which goes when nothing refers to it any more."""

    def __init__(self, folder: Path) -> None:
        """Make the file, in a folder where there is room for a site."""
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - see `__del__`
        self._end = 0
        self._near: dict[Place, str] = {}
        self._whole: list[KeptPage] = []
        """Pages that were put away and asked for again."""

    def __del__(self) -> None:
        """Give the room on disk back."""
        self._file.close()

    def put(self, text: str) -> Place:
        """Write a text, and return its place."""
        place = self.write(text.encode("utf-8", "surrogatepass"))
        self._remember(place, text)
        return place

    def write(self, data: bytes) -> Place:
        """Write data, and return its place."""
        place = Place.of(self._end, len(data))
        self._file.seek(self._end)
        while data:
            data = data[self._file.write(data) :]
        self._end += place.size
        return place

    def read(self, place: Place) -> bytes:
        """Return the data at a place."""
        self._file.seek(place.start)
        return self._file.read(place.size)

    def get(self, place: Place) -> str:
        """Return the text at a place."""
        text = self._near.get(place)
        if text is None:
            text = self.read(place).decode("utf-8", "surrogatepass")
            self._remember(place, text)
        return text

    def _remember(self, place: Place, text: str) -> None:
        if len(self._near) == NEAR:
            del self._near[next(iter(self._near))]
        self._near[place] = text

    def stay_whole(self, page: "KeptPage") -> None:
        """Let a page keep its parts until others are asked for theirs."""
        self._whole.append(page)
        if len(self._whole) > NEAR_PAGES:
            first = self._whole.pop(0)
            if first.place is not None:
                first.parts = None

    def file(
        self,
        config: MkDocsConfig,
        uri: str,
        content: str | bytes,
        inclusion: InclusionLevel = InclusionLevel.UNDEFINED,
    ) -> File:
        """Return a generated file whose texts, and those of its page, are here."""
        file = _File.generated(config, uri, content="", inclusion=inclusion)
        file.texts = self  # type: ignore[attr-defined] # ours
        file._content = content  # noqa: SLF001 - either of what is public
        return file


class _Text:
    """An attribute that holds where its text is, once the object knows a file for texts."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, _: type | None = None) -> Any:  # noqa: ANN401 - File or Page
        value = vars(owner).get(self._name)
        if isinstance(value, _Bytes):
            return owner.texts.read(value)
        return owner.texts.get(value) if isinstance(value, Place) else value

    def __set__(self, owner: Any, value: Any) -> None:  # noqa: ANN401 - File or Page
        if owner.texts and isinstance(value, str):
            if value == self.__get__(owner):
                return
            value = owner.texts.put(value)
        elif owner.texts and isinstance(value, bytes):
            value = _Bytes(owner.texts.write(value))
        vars(owner)[self._name] = value


class _Part:
    """An attribute that is on disk with the others of its page, once that has been put away."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, page: "KeptPage", _: type | None = None) -> Any:  # noqa: ANN401 - each its own
        return page.all_parts().get(self._name)

    def __set__(self, page: "KeptPage", value: Any) -> None:  # noqa: ANN401 - each its own
        page.all_parts()[self._name] = value
        page.place = None  # what is on disk is no longer so


class _LateText(_Text):
    def __get__(self, page: "KeptPage", _: type | None = None) -> Any:  # noqa: ANN401 - as above
        page.make()
        return super().__get__(page)


class _LatePart(_Part):
    def __get__(self, page: "KeptPage", _: type | None = None) -> Any:  # noqa: ANN401 - as above
        page.make()
        return super().__get__(page)


class KeptPage(Page):
    """A page whose texts are on disk."""

    texts: Texts
    parts: dict[str, Any] | None
    """Those below by name; None while they are on disk only."""
    place: Place | None = None
    """Where they are, once they were put away."""
    later: Callable[[], None] | None = None
    """What makes content and table of contents, where that waits until somebody asks."""
    markdown = _Text()
    content = _LateText()
    meta = _Part()
    toc = _LatePart()
    present_anchor_ids = _Part()

    def make(self) -> None:
        """Make what has waited."""
        later, self.later = self.later, None
        if later:
            later()

    def put_away(self) -> None:
        """Write all parts to disk, unless there is what only another plugin can have put there."""
        with suppress(ValueError):
            data = marshal.dumps((self.meta, toc_state(self.toc), self.present_anchor_ids))
            self.place = self.texts.write(data)
            self.parts = None
            for each in (self, self.file):  # made anew, for much has been taken out
                each.__dict__ = dict(list(vars(each).items()))

    def all_parts(self) -> dict[str, Any]:
        """Return the parts, read from disk if they are there only."""
        if self.parts is None:
            assert self.place is not None  # noqa: S101 - else they are here
            data = self.texts.read(self.place)
            meta, toc, ids = marshal.loads(data)  # noqa: S302 - our own, in a file without a name
            self.parts = {"meta": meta, "toc": toc_from(toc), "present_anchor_ids": ids}
            self.texts.stay_whole(self)
        return self.parts


def put_away(page: Page | None) -> None:
    """Keep on disk what is known of a page that is made, if its texts are there.

    Whoever asks for it sees what was so now, so nobody may change it later. Pages of a navigation
    stay, as every other page asks for them.
    """
    if isinstance(page, KeptPage) and not (page.previous_page or page.next_page):
        page.put_away()


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
            page.__class__ = KeptPage
            vars(page).update(texts=self.texts, parts={})
        self._page = page

    _page: Page | None = None
