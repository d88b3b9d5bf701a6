"""The entries that the theme's search makes of a page, made in a tenth of the time.

What the theme reads character by character is read here by one regular expression, which takes
the HTML that Markdown writes. A page with anything else is left to the theme.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

TAG = re.compile(r"""<(/?)([a-z][a-z0-9-]*)((?:\s+[a-z_:][a-z0-9_:.-]*(?:="[^"<>]*")?)*)\s*(/?)>""")
"""A tag: whether it ends, its name, its attributes, whether it is empty.

Lexbor takes as long only to visit the nodes of a page (90 µs to 80), and does not say which tags
are written out, on which the theme's reader goes.
"""
ID = re.compile(r'\sid="([^"]*)"')
PERMALINK = ' class="headerlink"'
SPECIAL = ("<!", "data-search", "linenodiv")
"""What the theme treats in a special way."""
SPECIAL_TAG = re.compile(
    r"<(?:script|style|object|textarea|title|plaintext|xmp|noembed|noframes|noscript|iframe)\b"
)
"""What its reader of HTML does."""
BARE_ID = re.compile(r"id(?<=\sid)[\s/>]")
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
KEPT = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    }
)
EXITED = float("inf")


class _IrregularError(Exception):
    """The page holds something that the theme should read."""


@dataclass(slots=True)
class _Section:
    """A heading and what stands below it, as the theme's index takes it."""

    tag: str
    depth: float = 0
    id: str | None = None
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Reader:
    """Follows the theme's own reader step by step."""

    def __init__(self) -> None:
        self.sections: list[_Section] = []
        self._section: _Section | None = None
        self._open: list[str] = []
        self._permalink = 0
        """How deep the link beside a heading is that leads to itself; 0 where none is open."""

    def read(self, html: str) -> None:
        """Take a page as Markdown has written it."""
        if SPECIAL_TAG.search(html) or BARE_ID.search(html) or any(s in html for s in SPECIAL):
            raise _IrregularError
        pieces = TAG.split(html)
        self._text(pieces[0])
        columns = (pieces[number::5] for number in range(1, 6))
        for end, tag, attributes, empty, text in zip(*columns, strict=True):
            if end:
                self._end(tag)
            elif empty and tag not in VOID:
                raise _IrregularError
            elif tag not in VOID:
                self._start(tag, attributes)
            self._text(text)

    def _text(self, text: str) -> None:
        if "<" in text:
            raise _IrregularError
        if text:
            self._data(unescape(text) if "&" in text else text)

    def _current(self) -> _Section:
        if self._section is None:
            self._section = _Section("hx")
            self.sections.append(self._section)
        return self._section

    def _kept_in(self) -> list[str]:
        """Return where text goes: into the heading while that is open."""
        section = self._current()
        return section.title if section.tag in self._open else section.text

    def _start(self, tag: str, attributes: str) -> None:
        self._open.append(tag)
        if tag in HEADINGS and (named := ID.search(attributes)):
            if tag != "h1" and not self.sections:
                self.sections.append(_Section("hx", len(self._open)))
            name = unescape(named[1]) if self.sections else None
            self._section = _Section(tag, len(self._open), name)
            self.sections.append(self._section)
        if tag == "a" and PERMALINK in attributes:
            self._permalink = len(self._open)
        if tag in KEPT:
            self._kept_in().append(f"<{tag}>")
        else:
            self._current()

    def _end(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            return
        section = self._current()
        if section.depth > len(self._open):
            for other in reversed(self.sections):
                if other.depth <= len(self._open):
                    section.depth = EXITED
                    self._section = other
                    break
        if self._permalink == len(self._open):
            self._permalink = 0
        self._open.pop()
        if tag in KEPT:
            self._close(tag, self._kept_in())

    def _close(self, tag: str, data: list[str]) -> None:
        """Drop an element without text, as the theme does."""
        try:
            first = data.index(f"<{tag}>")
        except ValueError:
            raise _IrregularError from None
        if any(not piece.isspace() for piece in data[first + 1 :]):
            data.append(f"</{tag}>")
        else:
            del data[first:]

    def _data(self, data: str) -> None:
        code = "pre" in self._open
        if not code:
            data = " " if data.isspace() else data.replace("\n", " ")
        section = self._current()
        if section.tag in self._open:
            if not self._permalink:
                section.title.append(escape(data, quote=False))
        elif not data.isspace():
            section.text.append(escape(data, quote=False))
        elif code or not section.text or not section.text[-1].isspace():
            section.text.append(data)


def theme_index(config: MkDocsConfig) -> Any:  # noqa: ANN401 - the theme's
    """Return the theme's search index, unless it looks for what it held last time."""
    search = config.plugins.get("search") or config.plugins.get("material/search")
    index: Any = getattr(search, "search_index", None)
    ours = hasattr(index, "entries") and hasattr(index, "add_entry_from_context")
    return index if ours and not getattr(search, "is_dirty", True) else None


def quickly(index: Any, add: Callable[[Page], None]) -> Callable[[Page], None]:  # noqa: ANN401 - the theme's
    """Return what adds a page to the theme's index, in the same way as `add` does."""
    if not hasattr(sys.modules[type(index).__module__], "Parser"):
        return add

    def quick(page: Page) -> None:
        html = page.content or ""
        if (page.meta.get("search") or {}).get("exclude"):
            return
        reader = _Reader()
        try:
            reader.read(html)
        except _IrregularError:
            add(page)
            return
        for section in reader.sections:
            index.create_entry_for_section(section, page.toc, page.url, page)

    return quick
