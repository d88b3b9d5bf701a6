"""Markdown of the catalog: links moved to where they are used, plain text out, nodes for scripts.

Links of the catalog name pages below `docs/`, such as `contact.md` or `causes/u-x.md#more`.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, lru_cache
from html.parser import HTMLParser
from itertools import chain
from posixpath import relpath
from typing import Any

import markdown

from .kept import Kept, digest
from .quick_inline import QuickInline

Node = str | list[Any]
"""A text, or a list: the tag (for links also the address), then the nodes inside."""

ALLOWED = frozenset({"p", "em", "strong", "code", "ul", "ol", "li", "br", "h3", "blockquote", "a"})
SAFE = re.compile(r"https://|mailto:|tel:|#")
PAGE = re.compile(r"[\w./-]+\.md")
PAGE_LINK = re.compile(r"(\]\(\s*<?|^ {0,3}\[[^\]]+\]:\s*<?)([\w./-]+\.md)", re.MULTILINE)
ADDRESS = re.compile(r"(\s*<?)([\w./-]+\.md)")
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]{}#|<>~"})
MARKUP = re.compile(r"[\\`*_\[\]{}#<>&~!+=:|-]|^\s*\d+[.)]|^ {4}|\n\s*\n", re.MULTILINE)
"""Without any of these a text says in Markdown just what it is."""
STRONG = re.compile(r"(?<![*\\])\*\*([^\W_]+(?: [^\W_]+)*)\*\*(?!\*)")
"""Words in strong emphasis."""
SPACED = re.compile(r"  \n|\t")
"""Space that means something: the end of a line, or code."""

STEP = re.compile(r"\d+\. ((?:\*\*)?[^\W\d_]\S*(?: \S+)*)")
"""A line of a numbered list, a text as it begins."""
INLINE = re.compile(r"[\\`*_\[<>&\x00-\x1f]")
"""Without any of these a line that begins so says in Markdown just what it is."""

SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]|(?=\n\s*\n)")


def nodes(text: str, base: str = "") -> list[Node]:
    """Return Markdown as nodes a script can build without parsing HTML.

    Links to pages become addresses below `base`, the way from the reader to the site's root.
    Only harmless tags are kept; of everything else the text remains.
    """
    if text and text == text.strip() and _unmarked(text):
        return _collected(f"<p>{text}</p>", base)
    if steps := _steps(text):
        return steps
    kept = KEPT.get()
    if not kept:
        return _collected(_converted(text), base)
    key = digest("nodes", kept.code, text, base)
    found: list[Node] = kept.once(key, lambda: _collected(_html(text), base))
    return found


def _steps(text: str) -> list[Node]:
    """Return a numbered list of texts that hold strong words at most, as most steps are."""
    lines = [STEP.fullmatch(line) for line in text.rstrip("\n").split("\n")]
    items = [STRONG.split(line[1]) for line in lines if line]
    if len(items) < len(lines) or any(map(INLINE.search, chain.from_iterable(items))):
        return []
    return [["ol", *(["li", *filter(None, _with_strong(pieces))] for pieces in items)]]


def _with_strong(pieces: list[str]) -> list[Node]:
    """Return nodes of texts, of which every other one is strong."""
    return [["strong", piece] if at % 2 else piece for at, piece in enumerate(pieces)]


KEPT: ContextVar[Kept | None] = ContextVar("kept", default=None)
"""Where the nodes of texts are kept from one build to the next."""


def _collected(html: str, base: str) -> list[Node]:
    collector = _Collector(base)
    collector.feed(html)
    collector.close()
    return collector.root


def _html(text: str) -> str:
    return _parser().reset().convert(text)


_converted = lru_cache(maxsize=20_000)(_html)
"""The HTML of a text, which is asked for again and again where nothing else is kept."""


@cache
def _parser() -> markdown.Markdown:
    """Return the one parser of all texts: to make one takes longer than to use it."""
    return markdown.Markdown(extensions=["sane_lists", QuickInline()])


class _Collector(HTMLParser):
    """Collects the allowed part of HTML as nodes."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Node] = []
        self._base = base
        self._open: list[tuple[str, list[Node]]] = [("", self.root)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            return
        node: list[Node] = [tag]
        if tag == "a":
            node.append(self._address(dict(attrs).get("href") or ""))
        self._open[-1][1].append(node)
        if tag != "br":
            self._open.append((tag, node))

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() or self._open[-1][0] in {"p", "em", "strong", "a", "li", "code"}:
            self._open[-1][1].append(re.sub(r"\s+", " ", data))

    def _address(self, href: str) -> str:
        target, _, anchor = href.partition("#")
        if PAGE.fullmatch(target):
            return self._base + page_address(target) + (f"#{anchor}" if anchor else "")
        return href if SAFE.match(href) else ""


def page_address(uri: str) -> str:
    """Return the address of a page below the site's root: `causes/x.md` is at `causes/x/`."""
    path = uri.removesuffix(".md")
    if path == "index":
        return ""
    return f"{path.removesuffix('/index')}/"


def moved(text: str, uri: str, place: Callable[[str], str] = str) -> str:
    """Return Markdown with its links to pages as seen from the page `uri`.

    `place` says where a page named in the text stands, for a language with its own pages.
    """
    if ".md" not in text:
        return text
    folder = uri.rpartition("/")[0] or "."
    return PAGE_LINK.sub(lambda match: match[1] + _way(place(match[2]), folder), text)


def way(target: str, uri: str, place: Callable[[str], str] = str) -> str:
    """Return an address that names a page, as `causes/x.md#more`, as seen from the page `uri`."""
    page = ADDRESS.match(target)
    if not page:
        return target
    folder = uri.rpartition("/")[0] or "."
    return page[1] + _way(place(page[2]), folder) + target[page.end() :]


def _way(target: str, folder: str) -> str:
    """Return the way from a folder to a page, which `relpath` takes long for."""
    if "./" in target or "//" in target or target.startswith("/"):
        return relpath(target, folder)
    up = ""
    while folder != "." and not target.startswith(f"{folder}/"):
        folder = folder.rpartition("/")[0] or "."
        up += "../"
    return up + (target if folder == "." else target[len(folder) + 1 :])


def _unmarked(text: str) -> bool:
    """Tell whether a text says in Markdown just what it is."""
    return not MARKUP.search(text) and not SPACED.search(text)


def escaped(text: str) -> str:
    """Return plain text as Markdown that shows just that text."""
    return text.translate(SPECIAL)


def as_code(text: str) -> str:
    """Return plain text as a code span of Markdown that shows just that text."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"


def plain(text: str) -> str:
    """Return the words of a Markdown text without markup."""
    bare = STRONG.sub(r"\1", text)
    words = bare if _unmarked(bare) else _words(nodes(text))
    return re.sub(r"\s+", " ", words).strip()


def _words(content: list[Node]) -> str:
    return " ".join(
        node if isinstance(node, str) else _words(node[2 if node[0] == "a" else 1 :])
        for node in content
    )


def first_sentence(text: str) -> str:
    """Return the first sentence of a Markdown text, still Markdown."""
    text = text.strip()
    end = SENTENCE_END.search(text)
    return (text[: end.end()] if end else text).replace("\n", " ")
