"""What a page of HTML says: its links, its anchors, what it loads."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .fault import Fault

LINKING = "[href],[src],[srcset],[poster],[action],[formaction],[data],[id],a[name],[style]"
ADDRESSES = ("href", "src", "poster", "action", "formaction", "data")
MERELY_NAMED = {"a", "area"}
"""Elements whose address is gone to when a reader wants to; all others load it."""
NAMING = re.compile(r"\b(canonical|alternate|license|author|prev|next|help|me|edit)\b")
"""Relations of `<link>` that load nothing."""
STYLE_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
POLICY = 'meta[http-equiv="Content-Security-Policy"]'
REFRESH = re.compile(r"^\s*\d+\s*;\s*url\s*=\s*['\"]?(.+?)['\"]?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a file names."""

    address: str
    loaded: bool
    """Whether a browser fetches it by itself."""
    own: bool = False
    """Whether it has to be an address of this site."""
    reads: bool = True
    """Whether a reader gets to the page by it."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What matters of a page."""

    name: str
    size: int
    """Bytes."""
    packed: int
    """Bytes after gzip."""
    links: tuple[Link, ...]
    anchors: frozenset[str]
    canonical: str
    listed: bool
    """Whether search engines may list it."""
    has_wizard: bool
    faults: tuple[Fault, ...]


def read_page(site: Path, name: str) -> PageFacts:
    """Return what matters of a page of a site."""
    content = (site / name).read_bytes()
    tree = LexborHTMLParser(content)
    nodes = tree.css(LINKING)
    anchors = [node.attributes["id"] or "" for node in nodes if "id" in node.attributes]
    named = [node.attributes.get("name") or "" for node in nodes if node.tag == "a"]
    canonical = tree.css_first('link[rel="canonical"]')
    robots = tree.css_first('meta[name="robots"]')
    refresh = tree.css_first('meta[http-equiv="refresh"]')
    links = [link for node in nodes for link in _links(node)]
    if refresh and (match := REFRESH.match(refresh.attributes.get("content") or "")):
        links.append(Link(match[1], loaded=False, own=True))
    return PageFacts(
        name=name,
        size=len(content),
        packed=len(gzip.compress(content, 6, mtime=0)),
        links=(*links, *_meta_links(tree)),
        anchors=frozenset(filter(None, (*anchors, *named))),
        canonical=(canonical.attributes.get("href") or "") if canonical else "",
        listed=not refresh and "noindex" not in _content(robots),
        has_wizard=bool(tree.css_first("helpdesk-wizard")),
        faults=tuple(_faults(name, tree, anchors)),
    )


def _content(meta: LexborNode | None) -> str:
    return (meta.attributes.get("content") or "") if meta else ""


def _links(node: LexborNode) -> Iterator[Link]:
    attributes, tag = node.attributes, node.tag or ""
    relation = attributes.get("rel") or ""
    merely = tag in MERELY_NAMED or (tag == "link" and bool(NAMING.search(relation)))
    own = tag == "link" and "edit" not in relation
    for attribute in ADDRESSES:
        address = attributes.get(attribute)
        if address is not None and tag != "base":
            yield Link(address.strip(), loaded=not merely, own=own, reads=tag in MERELY_NAMED)
    for candidate in (attributes.get("srcset") or "").split(","):
        if candidate.strip():
            yield Link(candidate.split()[0], loaded=True, reads=False)
    for match in STYLE_ADDRESS.finditer(attributes.get("style") or ""):
        yield Link(match[1] or match[2], loaded=True, reads=False)


def _meta_links(tree: LexborHTMLParser) -> Iterator[Link]:
    """Yield what other programs are told to show of the page."""
    for meta in tree.css('meta[property="og:image"], meta[property="og:url"]'):
        yield Link(_content(meta), loaded=False, own=True, reads=False)
    for style in tree.css("style"):
        for match in STYLE_ADDRESS.finditer(style.text()):
            yield Link(match[1] or match[2], loaded=True, reads=False)


def _faults(name: str, tree: LexborHTMLParser, anchors: list[str]) -> Iterator[Fault]:
    for anchor, count in Counter(anchors).items():
        if count > 1:
            yield Fault(name, f'{count} elements have the id "{anchor}"; a link finds the first.')
    title = tree.css_first("head > title")
    if not title or not title.text().strip():
        yield Fault(name, "The page has no <title>. Give it one.")
    if "style-src 'self';" in _content(tree.css_first(POLICY)):
        for node in tree.css("[style]"):
            found = f'<{node.tag} style="{node.attributes["style"]}">'
            yield Fault(name, f"The page's policy ignores {found}. Use a class of a style sheet.")
