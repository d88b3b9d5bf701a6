"""What stands around the pages of a site: redirects, feeds, robots.txt, headers for hosts."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from helpdesk.catalog import Catalog

from .feed import FEED, STATUS, feed, status_feed
from .headers import headers_file, nginx_file, rules
from .licenses import ADDRESS as LICENSES
from .licenses import licenses
from .policy import Protection
from .redirects import moves, redirect_page, redirects_file
from .robots import robots

__all__ = [
    "FEED",
    "Protection",
    "around",
    "for_hosts",
]

SCHEMA = Path(__file__).with_name("catalog.schema.json")
"""What `catalog.json` holds."""


def around(catalog: Catalog, address: str) -> Iterator[tuple[str, str]]:
    """Yield path and content of the files that a catalog makes besides its pages.

    `address` is where the site will be; without it there are no feeds and no `robots.txt`.
    """
    for move in moves(catalog):
        yield f"{move.old}index.html", redirect_page(move, address)
    yield LICENSES, licenses()
    yield "catalog.schema.json", SCHEMA.read_text(encoding="utf-8")
    if address:
        yield "robots.txt", robots(address)
        for language in (catalog, *catalog.translations.values()):
            yield language.prefix + FEED, feed(language, address)
            if catalog.outages:
                yield language.prefix + STATUS, status_feed(language, address)


def for_hosts(
    files: Sequence[str], catalog: Catalog, address: str, policy: str
) -> Mapping[str, str]:
    """Return the files that tell hosts how to serve the finished site.

    `files` are those it has, in order; `policy` goes with its pages.
    """
    found = rules(files, policy, catalog.service.embedded_in)
    moved = list(moves(catalog))
    return {
        "_headers": headers_file(found, address),
        "_redirects": redirects_file(moved, address),
        "nginx.conf": nginx_file(found, moved, address),
    }
