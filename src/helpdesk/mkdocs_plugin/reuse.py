"""Makes only those pages anew that something has changed for.

Three things take the time of a build: Markdown to HTML, HTML into the theme's template, and
HTML to search entries. Each is kept under a digest of all that it reads. What cannot be seen
through is not kept: plugins and hooks we do not know, Markdown extensions that read files,
templates that look at other pages or at the clock, pages that MkDocs warned about.
"""

import gc
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import pages
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from helpdesk.articles import markup
from helpdesk.articles.kept import CompiledTemplates, Kept, digest
from helpdesk.articles.rendering import Compiled

from .entries import OFFLINE, Entries
from .on_disk import put_away
from .one_parser import OneParser
from .passing import Articles, can_pass
from .publishing import cache
from .quick_search import quickly, theme_index
from .rendered import read, restore, state
from .reuse_keys import (
    HiddenError,
    as_json,
    code_digest,
    known_config,
    navigation_json,
    own_config,
    page_digest,
    templates_digest,
    unknown_parts,
)
from .slim import slim
from .templates import getting
from .watching import UNSEEN, Silence, filled

log = get_plugin_logger(__name__)

OF_THE_WIZARD = "assets/helpdesk/"
"""Files in folders named after their content, which no page links to."""

PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "pygments")


class Reuse:
    """What one site keeps between two builds."""

    def __init__(self) -> None:
        """Start without anything kept."""
        self._kept: Kept | None = None
        self._path: Path | None = None
        self._versions = digest(*map(version, PACKAGES), code_digest())
        self._on = False
        self._settings = ""
        self._rendering = ""
        self._articles: Articles | None = None
        self._shown_in: tuple[Navigation, ...] = ()
        self._page: tuple[Page, str] | None = None
        self._made: Page | None = None  # the one before, to which nobody adds anything any more
        self._navigations: dict[int, tuple[object, str]] = {}
        self._compiled = Compiled()
        self._parser = OneParser()
        self.entries: Entries | None = None
        """Those of the search index, where nobody but us reads them."""

    def open(self, config: MkDocsConfig, name: str) -> None:
        """Start a build, with what was kept by this name; without one nothing is reused."""
        unknown = list(unknown_parts(config)) if name else []
        self._on = bool(name) and not unknown
        if unknown:
            log.info("All pages are made anew, because of %s", ", ".join(unknown))
        if self._on:
            self._open(config, name)
        markup.KEPT.set(self.kept)

    def settle(self) -> None:
        """Take what was read so far for what stays, in which no garbage is looked for."""
        gc.freeze()

    @property
    def kept(self) -> Kept | None:
        """What is kept, while reusing it is safe."""
        return self._kept if self._on else None

    def begin(self, config: MkDocsConfig) -> None:
        """Start to make pages, now that all settings are made."""
        self._navigations.clear()
        self._parser = OneParser()
        self._articles = None
        self._rendering, self._made = "", None
        self._on = self._on and not any(unknown_parts(config))
        if self._on:
            self._settings = digest(self._versions, known_config(config), templates_digest(config))

    def end(self) -> None:
        """Finish a build: what it did not use is dropped."""
        gc.unfreeze()
        markup.KEPT.set(None)
        self._navigations.clear()
        if self.kept:
            self.kept.end()

    def close(self) -> None:
        """Leave the database to others."""
        gc.unfreeze()
        if self._kept:
            self._kept.close()
            self._kept = None

    def before_pages(
        self, files: Files, config: MkDocsConfig, told: str, navigations: Iterable[Navigation]
    ) -> None:
        """See what there is, once that is settled; `told` is what else pages are told."""
        if not self._on:
            return
        named = (file for file in files if not file.src_uri.startswith(OF_THE_WIZARD))
        listed = sorted((f.src_uri, f.url, f.inclusion.name) for f in named)
        level = pages.log.getEffectiveLevel()
        self._rendering = digest(self._settings, as_json([level, listed]))
        if self._kept and can_pass(config, theme_index(config)):
            self._articles = Articles(self._kept, digest(self._rendering, told), config, files)
            self._shown_in = tuple(navigations)

    def stop(self) -> None:
        """Make every page anew after all: the site is not whole, and nothing of it is to stay."""
        if self._articles:
            self._articles.navigated("")
        self._on, self._articles = False, None

    def before_page(self, page: Page) -> None:
        """Let a page be read quickly, and take its HTML from last time."""
        if self._rendering:
            put_away(self._made)
            self._made = page
            page.read_source = partial(read, page, page.read_source)  # type: ignore[method-assign]
            page.render = partial(self._render, page, page.render)  # type: ignore[method-assign]

    def is_passing(self, page: Page) -> bool:
        """Tell whether a page is likely to pass, so that its HTML is not there."""
        return self._articles is not None and self._articles.is_passing(page)

    def passes(self, page: Page) -> bool:
        """Tell whether a page is taken as a whole as it was, so that nothing need be done to it."""
        return self._articles is not None and self._articles.passes(page)

    def before_templates(self, env: Any, config: MkDocsConfig) -> None:  # noqa: ANN401 - Jinja's
        """Let templates and the search index take what they made last time."""
        kept, made_from = self.kept, self._settings
        self._parser = OneParser()  # the one before holds all of the last page
        self.entries = None
        env.bytecode_cache = CompiledTemplates(kept, made_from) if kept else self._compiled
        slim(env, config)
        if index := theme_index(config):
            index.add_entry_from_context = quickly(index, index.add_entry_from_context)
            others = not self._on or not OFFLINE.isdisjoint(config.plugins)
            entries = Entries(index, Path(config.site_dir).parent, self._search, written=others)
            self.entries = None if others else entries
        env.get_template = getting(env.get_template, self._fill if self._on else None)
        if self._articles:
            self._articles.navigated(digest(*map(self._shown, self._shown_in)))

    def _open(self, config: MkDocsConfig, name: str) -> None:
        path = cache(config) / f"{name}.sqlite"
        if self._kept is None or self._path != path:
            self.close()
            self._kept, self._path = Kept(path, self._versions), path
        self._kept.begin()

    def _render(
        self, page: Page, render: Callable[..., None], config: MkDocsConfig, files: Files
    ) -> None:
        assert self._kept  # noqa: S101 - open while on
        del page.render  # the class has its own again
        articles = self._articles
        if articles and articles.may_pass(page):
            return
        whole = articles is not None and articles.knows(page)
        key = digest("html", self._rendering, page.file.src_uri, page.markdown or "")
        if not whole and (kept := self._kept.get(key)):
            restore(page, kept, files)
            return
        with Silence() as silence, self._parser.used(config):
            render(config, files)
        if articles and silence.broken:
            articles.forget(page)
        elif not whole and not silence.broken:
            self._kept.put(key, state(page))

    def _fill(self, render: Callable[..., str], name: str, context: dict[str, Any]) -> str:
        assert self._kept  # noqa: S101 - open while on
        fill, page = partial(filled, render, context), context["page"]
        if self._articles and self._articles.knows(page):
            return self._articles.filled(page, fill)
        if not (key := self._context_key(name, context)):
            return render(context)
        kept = self._kept.get(key)
        if isinstance(kept, str):
            return kept
        output, lasting = fill()
        if lasting:
            self._kept.put(key, output)
        return output

    def _shown(self, nav: Navigation) -> str:
        """Return a navigation as pages show it, made once."""
        if id(nav) not in self._navigations:
            self._navigations[id(nav)] = (nav, navigation_json(nav))
        return self._navigations[id(nav)][1]

    def _context_key(self, name: str, context: dict[str, Any]) -> str:
        """Return the digest of all a page's template can see; nothing where that is unknown."""
        page, config, nav = context["page"], context["config"], context["nav"]
        apart = {"page", "config", "nav", *UNSEEN}
        try:
            return digest(
                *("page", self._settings, name, self._seen(page), own_config(config)),
                self._shown(nav),
                as_json({key: value for key, value in context.items() if key not in apart}),
            )
        except HiddenError:
            return ""

    def _seen(self, page: Page) -> str:
        """Return a digest of all that a template can see of a page, made once for each."""
        if not self._page or self._page[0] is not page:
            self._page = (page, page_digest(page))
        return self._page[1]

    def _search(self, page: Page, make: Callable[[], str]) -> str:
        if not self.kept:
            return make()
        if self._articles and self._articles.knows(page):
            return self._articles.entries(page, make)
        self._page = None
        key = digest("search", self._settings, self._seen(page))
        entries: str = self.kept.once(key, make)
        return entries
