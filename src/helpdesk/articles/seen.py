"""What the article of a cause shows, as text to take a digest of.

`cause.md.jinja` and what it includes take nothing else from the catalog.
"""

from collections.abc import Mapping
from typing import Any

from helpdesk.catalog.model import Catalog

OF_CATALOG = (
    *("language", "prefix", "introduction", "service"),
    *("parties", "sources", "readers", "instructions"),
)
"""Parts of the catalog that every article may show."""


def by_every_article(catalog: Catalog, words: Mapping[str, str], address: str) -> str:
    """Return what articles show besides what belongs to their causes."""
    return repr((*(getattr(catalog, name) for name in OF_CATALOG), words, address))


def by_one_article(context: Mapping[str, Any]) -> str:
    """Return what the article of a cause shows of it; of related causes, only their titles."""
    related = [(cause.id, cause.title) for cause in context["related"]]
    return repr({**context, "related": related})
