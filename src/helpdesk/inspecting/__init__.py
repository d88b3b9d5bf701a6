"""Looks at a built site as browsers and hosts will: whatever engine has made it.

Every link, anchor and file that a page, a style sheet, a script, the sitemap, a feed, the search
index or a redirect names has to be there; nothing is loaded from another host; a page stays small.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from .active import active, readable
from .budgets import over_budget
from .fault import Fault
from .links import Links
from .named import named_in
from .pages import PageFacts, read_page

__all__ = ["Fault", "active", "inspect", "readable"]


def inspect(site: Path) -> tuple[list[Fault], dict[str, float]]:
    """Return everything that is wrong with the site in a folder, and figures about it."""
    start = time.perf_counter()
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = {name: read_page(site, name) for name in files if name.endswith(".html")}
    links = Links(files, pages)
    faults = list(_faults(site, files, pages, links))
    figures = {
        "pages": len(pages),
        "links": links.count,
        "largest": max((page.size for page in pages.values()), default=0),
        "seconds": time.perf_counter() - start,
    }
    return sorted(set(faults)), figures


def _faults(
    site: Path, files: list[str], pages: dict[str, PageFacts], links: Links
) -> Iterator[Fault]:
    if "index.html" not in pages:
        yield Fault("index.html", "There is no home page; expected the folder of a built site.")
        return
    for page in pages.values():
        yield from page.faults
        yield from over_budget(page)
        for link in page.links:
            yield from links.check(page.name, link)
    for name in files:
        for link in named_in(site, name):
            yield from links.check(name, link)
    yield from links.unreachable()
