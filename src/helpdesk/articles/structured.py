"""What a page says of itself to programs, as JSON-LD of schema.org."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.catalog.model import Catalog

from .markup import page_address


@dataclass(frozen=True, slots=True)
class Described:
    """A page in the words of its catalog."""

    uri: str
    title: str
    reviewed: str
    """ISO date, or nothing."""
    above: Sequence[tuple[str, str]]
    """Title and address of the pages above it, from the home page down."""
    is_article: bool


def structured(page: Described, catalog: Catalog, address: str) -> str:
    """Return what stands in `<script type="application/ld+json">`, nothing for a home page.

    `address` is where the site will be. No text can end the script.
    """
    here = _absolute(address, page_address(page.uri))
    graph = [_breadcrumbs(page, address, here)] if page.above else []
    if page.is_article:
        graph.append(_article(page, catalog, address, here))
    whole = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028") if graph else ""


def _absolute(address: str, path: str) -> str:
    return f"{address.rstrip('/')}/{path}"


def _breadcrumbs(page: Described, address: str, here: str) -> dict[str, Any]:
    above = [(title, _absolute(address, path)) for title, path in page.above]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": target}
            for position, (title, target) in enumerate([*above, (page.title, here)], 1)
        ],
    }


def _article(page: Described, catalog: Catalog, address: str, here: str) -> dict[str, Any]:
    home = _absolute(address, catalog.prefix)
    maker = {"@type": "Organization", "name": catalog.service.name, "url": home}
    return {
        "@type": "Article",
        "headline": page.title,
        "inLanguage": catalog.language,
        "url": here,
        "author": maker,
        **({"dateModified": page.reviewed} if page.reviewed else {}),
    }
