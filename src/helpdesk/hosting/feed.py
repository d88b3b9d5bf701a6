"""An Atom feed of what was reviewed last, so that nobody has to look for changes."""

from xml.etree import ElementTree as ET

from helpdesk.articles import wording
from helpdesk.articles.markup import plain
from helpdesk.catalog import Catalog

from .addresses import absolute, page_address

FEED = "changes.xml"
ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ENTRIES_AT_MOST = 50


def feed(catalog: Catalog, address: str) -> str:
    """Return the feed of one language; the newest first, ties in catalog order."""
    ET.register_namespace("", ATOM)
    dated = [cause for cause in catalog.causes.values() if cause.reviewed]
    dated.sort(key=lambda cause: cause.reviewed, reverse=True)
    root = ET.Element(_name("feed"), {LANGUAGE: catalog.language})
    own = absolute(address, catalog.prefix + FEED)
    home = absolute(address, catalog.prefix)
    _add(root, "title", f"{catalog.service.name}: {wording.of(catalog)['changes.title']}")
    _add(root, "id", own)
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    _add(root, "link", rel="alternate", type="text/html", href=home)
    _add(root, "updated", _moment(dated[0].reviewed if dated else "1970-01-01"))
    _add(_add(root, "author"), "name", catalog.service.name)
    for cause in dated[:ENTRIES_AT_MOST]:
        page = absolute(address, page_address(f"{catalog.prefix}causes/{cause.id}.md"))
        entry = _add(root, "entry")
        _add(entry, "title", cause.title)
        _add(entry, "id", page)
        _add(entry, "link", rel="alternate", type="text/html", href=page)
        _add(entry, "updated", _moment(cause.reviewed))
        _add(entry, "summary", plain(cause.summary))
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
