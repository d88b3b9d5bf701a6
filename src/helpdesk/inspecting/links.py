"""Where an address leads, and whether something is there."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath as Path
from urllib.parse import unquote, urljoin, urlsplit

from .fault import Fault
from .pages import Link, PageFacts

ELSEWHERE = {"mailto", "tel", "sms", "data", "blob", "about"}
LOCAL = "https://site.invalid/"
"""Stands for the site's own address where it does not say it."""
ABSOLUTE = re.compile(r"([a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
ANSWERS = re.compile(r"[\w-]+=")
"""A fragment with a reader's answers, which the wizard reads."""
ALWAYS_THERE = {"", "top"}
NO_PAGE = {"404.html"}


class Links:
    """The pages and files of a site, to be linked to."""

    def __init__(self, files: Sequence[str], pages: Mapping[str, PageFacts]) -> None:
        """Take all files and what is known of the pages among them."""
        self._files = frozenset(files)
        self._pages = pages
        self._root = _root(pages)
        self._reached = {"index.html", *NO_PAGE}
        self.count = 0

    def check(self, file: str, link: Link) -> Iterator[Fault]:
        """Yield what is wrong with a link of a file."""
        self.count += 1
        place = urljoin(self._root, posixpath.dirname(file) + "/" if "/" in file else "")
        try:
            parts = urlsplit(urljoin(place, link.address))
        except ValueError:
            yield Fault(file, f'"{link.address}" is no address.')
            return
        if parts.scheme in ELSEWHERE:
            return
        if parts.scheme == "javascript":
            yield Fault(file, f'"{link.address}" is a script; expected an address.')
            return
        address = f"{parts.scheme}://{parts.netloc}{parts.path}"
        if address.startswith(self._root):
            path = unquote(address.removeprefix(self._root))
            yield from self._target(file, link, path, unquote(parts.fragment))
        elif ABSOLUTE.match(link.address):
            yield from _foreign(file, link)
        else:
            yield Fault(file, f'The link "{link.address}" leads out of the site.')

    def unreachable(self) -> Iterator[Fault]:
        """Yield the pages that no other page links to."""
        for name, page in self._pages.items():
            if page.listed and name not in self._reached and Path(name).name not in NO_PAGE:
                yield Fault(name, "No page links to this one. Link to it, or delete it.")

    def _target(self, file: str, link: Link, path: str, fragment: str) -> Iterator[Fault]:
        name = f"{path}index.html" if not path or path.endswith("/") else path
        if name not in self._files:
            hint = ' Add "/".' if f"{name}/index.html" in self._files else ""
            yield Fault(file, f'The link "{link.address}" leads nowhere.{hint}')
            return
        if link.reads and file != name:
            self._reached.add(name)
        page = self._pages.get(name)
        if not page or fragment in ALWAYS_THERE or fragment in page.anchors:
            return
        if page.has_wizard and ANSWERS.match(fragment):
            return
        message = f'"{link.address}": there is no "{fragment}" on that page.'
        yield Fault(file, message)


def _root(pages: Mapping[str, PageFacts]) -> str:
    """Return the address of the site, as its home page says."""
    canonical = pages["index.html"].canonical if "index.html" in pages else ""
    return canonical if canonical.endswith("/") else LOCAL


def _foreign(file: str, link: Link) -> Iterator[Fault]:
    if link.loaded:
        yield Fault(file, f'"{link.address}" is loaded from another host. Serve it from this one.')
    elif link.own:
        yield Fault(file, f'"{link.address}" should be an address of this site.')
