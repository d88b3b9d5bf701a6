"""What in the HTML of a page could act, rather than be read."""

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser

ELEMENTS = frozenset(
    {"base", "embed", "form", "frame", "iframe", "link", "meta", "object", "script", "style"}
)
SCHEMES = ("javascript:", "vbscript:", "data:")
ADDRESSES = frozenset({"action", "data", "formaction", "href", "src", "srcdoc", "xlink:href"})
PICTURE = "data:image/"
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f]")
"""What browsers leave out of an address before they look at its scheme."""
ELEMENT = re.compile(rf"<\s*(?:{'|'.join(sorted(ELEMENTS))})\b")
HANDLER = re.compile(r"on\w+\s*=")
"""Two expressions, because one that may begin in two ways takes three times as long."""
UNSEEN = "".join(filter(INVISIBLE.match, map(chr, range(160))))
SUSPECT_SCHEMES = ("script", "data")
"""How a scheme that acts ends. Missing before any colon of most pages, which saves reading them."""
READABLE = str.maketrans({"<": "‹", ">": "›"})


def active(html: str) -> Iterator[str]:
    """Yield what could act in a piece of a page: an element, an attribute, an address."""
    if not _suspect(unescape(html).lower()):
        return
    for node in LexborHTMLParser(html).css("*"):
        if node.tag in ELEMENTS:
            yield f"<{node.tag}>"
        for name, value in node.attributes.items():
            scheme = INVISIBLE.sub("", value or "").lower()
            if name.startswith("on") or name == "srcdoc":
                yield name
            elif (
                name in ADDRESSES and scheme.startswith(SCHEMES) and not scheme.startswith(PICTURE)
            ):
                yield f'{name}="{value}"'


def _suspect(text: str) -> bool:
    """Tell whether a text in small letters may hold something that acts."""
    if ELEMENT.search(text) or HANDLER.search(text) or "srcdoc" in text:
        return True
    before_colons = text.split(":")[:-1]
    return any(_ends(part, word) for part in before_colons for word in SUSPECT_SCHEMES)


def _ends(text: str, word: str) -> bool:
    """Tell whether a text ends with a word, whatever invisible stands between its letters."""
    for letter in reversed(word):
        text = text.rstrip(UNSEEN)
        if not text.endswith(letter):
            return False
        text = text[:-1]
    return True


def readable(title: str) -> str:
    """Return a title, or the like, in which nothing can be taken for HTML.

    The theme prints titles as they are, and undoes entities in some places.
    """
    plain, before = title, ""
    while plain != before:
        plain, before = unescape(plain), plain
    return plain.translate(READABLE)
