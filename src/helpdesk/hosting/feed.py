"""Atom feeds of what was reviewed last and of outages, so that nobody has to look for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from helpdesk.articles import wording
from helpdesk.articles.markup import plain
from helpdesk.articles.outages import moment, newest_first
from helpdesk.catalog import Catalog

from .addresses import absolute, page_address

FEED = "changes.xml"
STATUS = "status.xml"
ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ENTRIES_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a feed tells."""

    page: str
    part: str
    """What tells it from others of the same page, in its id."""
    title: str
    updated: str
    summary: str
    """Markdown."""


def feed(catalog: Catalog, address: str) -> str:
    """Return the feed of one language; the newest first, ties in catalog order."""
    dated = [cause for cause in catalog.causes.values() if cause.reviewed]
    dated.sort(key=lambda cause: cause.reviewed, reverse=True)
    entries = [
        Entry(f"causes/{cause.id}.md", "", cause.title, _moment(cause.reviewed), cause.summary)
        for cause in dated
    ]
    title = f"{catalog.service.name}: {wording.of(catalog)['changes.title']}"
    return _feed(catalog, address, FEED, title, entries)


def status_feed(catalog: Catalog, address: str) -> str:
    """Return the feed of outages of one language, the newest first."""
    words = wording.of(catalog)
    entries = [
        Entry(
            "status.md",
            f"#outage-{outage.id}",
            outage.title,
            outage.begins,
            f"{words['status.time'].format(begins=moment(outage.begins), ends=moment(outage.ends))}"
            f" {outage.text}".rstrip(),
        )
        for outage in newest_first(catalog)
    ]
    title = f"{catalog.service.name}: {words['status.title']}"
    return _feed(catalog, address, STATUS, title, entries)


def _feed(catalog: Catalog, address: str, uri: str, title: str, entries: Sequence[Entry]) -> str:
    ET.register_namespace("", ATOM)
    root = ET.Element(_name("feed"), {LANGUAGE: catalog.language})
    own = absolute(address, catalog.prefix + uri)
    home = absolute(address, catalog.prefix)
    _add(root, "title", title)
    _add(root, "id", own)
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    _add(root, "link", rel="alternate", type="text/html", href=home)
    _add(root, "updated", entries[0].updated if entries else _moment("1970-01-01"))
    _add(_add(root, "author"), "name", catalog.service.name)
    for each in entries[:ENTRIES_AT_MOST]:
        page = absolute(address, page_address(catalog.prefix + each.page))
        entry = _add(root, "entry")
        _add(entry, "title", each.title)
        _add(entry, "id", page + each.part)
        _add(entry, "link", rel="alternate", type="text/html", href=page + each.part)
        _add(entry, "updated", each.updated)
        _add(entry, "summary", plain(each.summary))
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, _name(tag), attributes)
    element.text = text
    return element
