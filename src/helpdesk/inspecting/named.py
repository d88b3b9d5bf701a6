"""What files other than pages name: styles, scripts, the sitemap, feeds, search, redirects."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from .pages import STYLE_ADDRESS, Link

IMPORT = re.compile(
    r"""(?:\bimport|\bfrom)\s*\(?\s*["'](\.{1,2}/[^"']+)["']|new URL\(\s*["'](\.{1,2}/[^"']+)["']"""
)
XML_ADDRESSES = ("loc", "link", "id", "uri", "logo", "icon")


def named_in(site: Path, name: str) -> Iterator[Link]:
    """Yield the addresses that a file names."""
    for suffix, read in READERS.items():
        if name.endswith(suffix):
            yield from read((site / name).read_text(encoding="utf-8"))


def _style(text: str) -> Iterator[Link]:
    for match in STYLE_ADDRESS.finditer(text):
        yield Link(match[1] or match[2], loaded=True, reads=False)


def _script(text: str) -> Iterator[Link]:
    for match in IMPORT.finditer(text):
        yield Link(match[1] or match[2], loaded=True, reads=False)


def _xml(text: str) -> Iterator[Link]:
    for element in ET.fromstring(text).iter():  # noqa: S314 - made by our own build
        tag = str(element.tag).rpartition("}")[2]
        address = element.get("href") or (element.text or "").strip()
        if tag in XML_ADDRESSES and address.startswith(("http", "/", ".")):
            yield Link(address, loaded=False, own=tag != "id", reads=False)


def _search(text: str) -> Iterator[Link]:
    for entry in json.loads(text).get("docs", ()):
        yield Link(f"../{entry['location']}", loaded=False, own=True, reads=False)


def _redirects(text: str) -> Iterator[Link]:
    for line in text.splitlines():
        fields = line.split()
        if len(fields) > 1 and not line.startswith("#"):
            yield Link(fields[1], loaded=False, own=True, reads=False)


READERS: dict[str, Callable[[str], Iterator[Link]]] = {
    ".css": _style,
    ".mjs": _script,
    "sitemap.xml": _xml,
    "changes.xml": _xml,
    "status.xml": _xml,
    "_index.json": _search,
    "_redirects": _redirects,
}
