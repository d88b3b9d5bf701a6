"""Hands the pages and files of the lower floors to MkDocs, and nothing more.

What is built goes aside and takes the place of the last good site only when it is whole.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from helpdesk import articles, hosting
from helpdesk.browser import Bundle, keep_site
from helpdesk.catalog import CatalogError, CatalogErrors, load
from helpdesk.guard import Guard

from . import around
from .adding import add_bundle, add_pages, brought_to_life, bundled, extend, template_folders
from .addresses import load_in_pages, written
from .by_hand import References, take_out_prose, take_out_unreadable
from .languages import Languages
from .mistakes import MistakesError
from .on_disk import Texts
from .publishing import Publication, cache, refusal
from .reuse import Reuse
from .risks import Risks
from .searching import SearchWorker, add_worker, with_worker, write_indexes
from .settings import HelpdeskConfig

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from .serving import Preview

log = get_plugin_logger(__name__)


@dataclass(slots=True)
class _Site:
    """What a build has read."""

    languages: Languages
    bundle: Bundle
    protection: hosting.Protection
    navigations: dict[str, Navigation] = field(default_factory=dict)
    worker: SearchWorker | None = None
    newest: str = ""
    """The day on which something was last reviewed."""


class HelpdeskPlugin(BasePlugin[HelpdeskConfig]):
    """Adds the help center to a site."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._site: _Site | None = None
        self._preview: Preview | None = None
        self._references = References()
        self._publication: Publication | None = None
        self._files = Files([])
        self._copyright = ""
        self._reuse = Reuse()
        self._risks = Risks()

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs' names
        """Remember the command; that this exists also keeps the plugin over rebuilds."""
        if command == "serve":
            from .serving import Preview  # noqa: PLC0415 - much that only a server needs

            self._preview = Preview()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the catalog, and send the output aside until it is whole."""
        Guard.plugin_runs = True
        self._site = None
        self._copyright = config.copyright or ""
        folder = Path(config.docs_dir) / self.config.catalog
        name = "serving" if self._preview else "building"
        self._reuse.open(config, name if self.config.reuse else "")
        try:
            catalog = load(os.path.relpath(folder))
            self._reuse.settle()
            languages = Languages(catalog, self.config.languages)
            languages.check()
            shown = bool(self._preview)
            bundle = bundled(catalog, config, shown=shown, offline=self.config.offline)
            self._site = _Site(languages, bundle, around.protection(catalog))
            config.extra["not_found"] = languages.not_found()
            load_in_pages(config, bundle)
        except CatalogErrors as found:
            self._report(found.errors)
        extend(config)
        kept = cache(config) / "before" if self.config.reuse and not self._preview else None
        self._publication = Publication(config, kept)
        return config

    def on_serve(self, server: "LiveReloadServer", **_: Any) -> None:
        """Serve on whatever happens."""
        if self._preview:
            self._preview.attach(server)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """See what can be reused, now that all settings are made."""
        self._reuse.begin(config)

    def on_shutdown(self) -> None:
        """Leave what was kept to the next build."""
        self._reuse.close()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and files; take out the catalog itself."""
        errors = take_out_unreadable(files)
        if self._site:
            errors += self._add(self._site, files, config)
        if errors:
            self._report(errors)
        if not self._site:
            files.append(File.generated(config, "index.md", content="# 🚧\n"))
        return files

    def _add(self, site: _Site, files: Files, config: MkDocsConfig) -> list[CatalogError]:
        """Add what a site is made of, and return what is wrong with it."""
        languages, site.worker = site.languages, add_worker(files, config)
        prose, errors = take_out_prose(files, self.config.catalog, languages.all())
        languages.complete(files, config)
        errors += self._references.check(files, languages)
        by_hand = articles.ByHand(template_folders(config), prose, config.site_url or "")
        texts = Texts(Path(config.site_dir).parent)
        pages = articles.one_by_one(languages.catalog, by_hand, self._reuse.kept)
        try:
            add_pages(files, config, pages, texts)
        except CatalogErrors as found:
            errors += found.errors
        site.bundle = add_bundle(files, config, site.bundle, texts)
        around.add_around(files, config, languages.catalog, texts)
        site.newest = languages.newest
        return errors

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make the navigation of the other languages from this one."""
        if site := self._site:
            site.navigations = site.languages.navigations(nav, files, config)
            told = around.told(site.languages, self._copyright, site.bundle)
            self._reuse.before_pages(files, config, told, site.navigations.values())
        return nav

    def on_pre_page(self, page: MkDocsPage, **_: Any) -> MkDocsPage:
        """Let a page reuse its HTML."""
        self._reuse.before_page(page)
        return page

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Replace references in pages written by hand; date the article for the sitemap."""
        around.date(page, self._site.newest if self._site else "")
        text = self._references.replaced(markdown, page.file.src_uri)
        return self._site.languages.told(text, page.file.src_uri) if self._site else text

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, **_: Any) -> str:
        """Put the wizard where the page asks for it, and refuse what editors may not write."""
        if not self._reuse.is_passing(page):
            self._risks.look(html, page, config.theme.custom_dir)
            if site := self._site:
                catalog = site.languages.of(page.file.src_uri)
                html = brought_to_life(html, page, catalog, site.bundle)
        return html

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, **_: Any
    ) -> TemplateContext:
        """Let the theme speak the language of the page."""
        if (site := self._site) and not self._reuse.passes(page):
            language = site.languages.of(page.file.src_uri)
            around.tell_programs(config, language, self._files)
            site.languages.speak(config, page.file.src_uri, self._files, self._copyright)
            context["nav"] = site.navigations.get(language.language, context["nav"])
            # What the theme takes for the root of search: each language has its own index.
            if language.prefix:
                context["base_url"] = f"{context['base_url']}/{language.prefix}."
        return context

    @event_priority(-100)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:  # noqa: ANN401
        """Remember the files, for finding a page in another language; let templates be reused."""
        if risky := self._risks.take():
            self._report(risky)
        self._files = files
        self._reuse.before_templates(env, config)
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, **_: Any
    ) -> TemplateContext:
        """Let the sitemap know of the languages."""
        if self._site:
            around.with_alternates(context, template_name, self._site.languages, self._files)
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage | None = None, **_: Any) -> str:
        """Write where the wizard's files are, and the worker that searches; protect the page."""
        if site := self._site:
            output = with_worker(written(output, site.bundle), site.worker)
            if page and self._reuse.kept and not self._preview:  # nobody unknown changes it later
                output = site.protection.of(page.file.dest_uri, output)
        if page and self._publication:
            self._publication.make_room(page.file.dest_uri)
        return output

    def on_post_template(self, output: str, **_: Any) -> str:
        """Write the same into what is no page, such as that for what is not found."""
        return self.on_post_page(output)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the finished site."""
        if site := self._site:
            folder, entries = Path(config.site_dir), self._reuse.entries
            write_indexes(folder, site.languages.all(), self._files, site.worker, entries)
            if self._preview:  # MkDocs puts a script of its own into what it serves
                keep_site(Path(config.site_dir), None)
                self._preview.show(site.languages.catalog)
            else:
                kept = site.bundle if self.config.offline else None
                around.write_for_hosts(config, site.languages.catalog, kept, site.protection)
        if (way := self._publication) and way.publish(config) and not self._preview:
            log.info("Published in %s", os.path.relpath(way.published))
        self._reuse.end()

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """Leave nothing behind; say plainly what the system refused: no room, no permission."""
        if self._publication:
            self._publication.discard()
        if isinstance(error, OSError) and not self._preview:
            raise Abort(refusal(error)) from None

    def _report(self, errors: Sequence[CatalogError]) -> None:
        """Stop with all errors; where the first build is to be served, serve them."""
        lines = [str(error) for error in errors]
        if not self._preview or self._preview.started:
            raise MistakesError(lines)
        self._preview.report([*self._preview.errors, *lines])
        self._site = None
        self._reuse.stop()
