"""One Markdown parser for all pages: to make one for each takes a tenth of the time it is used."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages

ANEW = frozenset(
    {
        *("admonition", "attr_list", "def_list", "fenced_code", "md_in_html", "meta"),
        *("nl2br", "sane_lists", "smarty", "tables", "toc"),
        *("helpdesk.guard", "helpdesk.articles.quick_inline"),
    }
)
"""Extensions that begin each text anew, in older releases too, as `abbr` does not.

Of others, each page gets its own, as usual.
"""


class OneParser:
    """Stands for Python-Markdown where MkDocs makes a parser for each page."""

    def __init__(self) -> None:
        """Start without one."""
        self._make: Any = None
        self._made: Any = None

    @contextmanager
    def used(self, config: MkDocsConfig) -> Iterator[None]:
        """Let MkDocs use the same parser again, where that gives the same."""
        names = (name.removeprefix("markdown.extensions.") for name in config.markdown_extensions)
        if not ANEW.issuperset(names):
            yield
            return
        asking: Any = pages
        usual = asking.markdown
        self._make = usual.Markdown
        asking.markdown = SimpleNamespace(Markdown=self._parser)  # all that is asked for there
        try:
            yield
        finally:
            asking.markdown = usual

    def _parser(self, **settings: Any) -> Any:  # noqa: ANN401 - Python-Markdown's
        """Return a parser that has read nothing, with what MkDocs has added for the page before.

        MkDocs replaces that by the same for this page.
        """
        if self._made is None:
            self._made = self._make(**settings)
        return self._made.reset()
