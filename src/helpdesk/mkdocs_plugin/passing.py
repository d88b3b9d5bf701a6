"""Lets an article pass that nothing has changed for: its page is kept whole, as search sees it too.

How a page outside the navigation looks follows from its Markdown and from what is the same for
all: settings, templates, languages, the files there are, the navigation. So neither its HTML nor
its headings need be known again. The titles in the navigation are known only when all Markdown
has been read: where they turn out to be others, the articles that were to pass are made after all.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page

from helpdesk.articles.kept import Kept, digest

from .on_disk import KeptPage
from .rendered import outside, restore
from .reuse_keys import HiddenError, as_json

PLUGINS = tuple(f"material.plugins.{name}." for name in ("info", "offline", "search"))
"""Plugins that make nothing of a page but its entries for search."""


class Articles:
    """The pages that may pass, in one build."""

    def __init__(self, kept: Kept, made_from: str, config: MkDocsConfig, files: Files) -> None:
        """Take where pages are kept, and a digest of what is the same for all."""
        self._kept = kept
        self._made_from = made_from
        self._config, self._files = config, files
        self._keys: dict[str, str] = {}
        self._passing: dict[str, str] = {}
        """The navigation that a page was made with."""
        self._navigation = ""
        self._whole: tuple[str, str, str] = ("", "", "")
        """A page's address, its entries for search, its HTML."""

    def may_pass(self, page: Page) -> bool:
        """Tell whether a page was the same last time, after its Markdown has been read."""
        key = self._key(page)
        if not key:
            return False
        self._keys[page.file.src_uri] = key
        known = self._kept.get(digest("outside", key))
        if known is None:
            return False
        restore(page, known, self._files)
        self._passing[page.file.src_uri] = known["navigation"]
        return True

    def is_passing(self, page: Page) -> bool:
        """Tell whether a page is likely to pass."""
        return page.file.src_uri in self._passing

    def passes(self, page: Page) -> bool:
        """Tell whether a page is taken as it was; if not, it has been made."""
        uri = page.file.src_uri
        if uri not in self._passing:
            return False
        if self._whole[0] != uri:
            kept = self._kept.get(self._keys[uri])
            if kept is None:  # damaged, or somebody else's build has dropped it
                self._make(page)
                return False
            entries, _, output = kept.partition("\n")
            self._whole = uri, entries, output
        return True

    def knows(self, page: Page) -> bool:
        """Tell whether a page is kept as a whole, from this build on if not from the last."""
        return page.file.src_uri in self._keys

    def forget(self, page: Page) -> None:
        """Let a page be made anew next time, because MkDocs has something to say about it."""
        self._keys.pop(page.file.src_uri, None)

    def navigated(self, navigation: str) -> None:
        """Take a digest of the navigation, and make the pages that showed another."""
        self._navigation = navigation
        for uri, shown in list(self._passing.items()):
            file = self._files.get_file_from_path(uri)
            page = file.page if file else None
            if page and shown != navigation:
                self._make(page)
            elif page:
                self._wait(page)

    def entries(self, page: Page, make: Callable[[], str]) -> str:
        """Return the entries of a page for search, as JSON in one line."""
        if self.passes(page):
            vars(page)["later"] = None  # the theme's search takes its own marks out of the content
        else:
            self._whole = page.file.src_uri, make(), ""
        return self._whole[1]

    def filled(self, page: Page, fill: Callable[[], tuple[str, bool]]) -> str:
        """Return the HTML of a page; `fill` makes it, and says whether it may be kept."""
        if self.passes(page):
            self._wait(page)
            return self._whole[2]
        output, lasting = fill()
        uri = page.file.src_uri
        if lasting:
            entries = self._whole[1] if self._whole[0] == uri else ""
            known = outside(page) | {"navigation": self._navigation}
            self._kept.put(digest("outside", self._keys[uri]), known)
            self._kept.put(self._keys[uri], f"{entries}\n{output}")
        return output

    def _wait(self, page: Page) -> None:
        """Let the content wait until a template of another page looks at it."""
        vars(page)["later"] = partial(self._make, page)

    def _make(self, page: Page) -> None:
        """Let a page be as if it had not been there."""
        self._passing.pop(page.file.src_uri, None)
        page.render(self._config, self._files)
        page.content = self._config.plugins.on_page_content(
            page.content or "", page=page, config=self._config, files=self._files
        )

    def _key(self, page: Page) -> str:
        """Return a digest of what a page is made from; nothing where it depends on more."""
        file, markdown = page.file, page.markdown or ""
        alone = isinstance(page, KeptPage) and file.inclusion is InclusionLevel.NOT_IN_NAV
        if not alone or "<helpdesk-wizard" in markdown:
            return ""
        if page.previous_page or page.next_page or page.parent:
            return ""
        try:
            seen = as_json([file.src_uri, file.url, file.edit_uri, page.update_date, page.meta])
        except HiddenError:
            return ""
        return digest("whole", self._made_from, seen, markdown)


def can_pass(config: MkDocsConfig, index: Any) -> bool:  # noqa: ANN401 - the theme's
    """Tell whether nobody looks at a page but its template and those who index it for search."""
    modules = [type(plugin).__module__ for plugin in config.plugins.values()]
    searched = any(module.startswith("material.plugins.search.") for module in modules)
    known = all(module.startswith(("helpdesk.", *PLUGINS)) for module in modules)
    return known and (index is not None or not searched)
