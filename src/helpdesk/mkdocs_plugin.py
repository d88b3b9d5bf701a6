"""The MkDocs plugin: hands the pages and files of the lower floors to MkDocs, and nothing more.

Two things MkDocs does not do by itself are guarded here. A build writes beside the published
site and takes its place only when all went well. While serving, a broken catalog never raises,
because MkDocs then leaves every request hanging; the last good pages stay, with the errors on
top of them.
"""

import atexit
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler, meta

from helpdesk import articles
from helpdesk.browser import Bundle, bundle_catalog, catalog_json, plain_html
from helpdesk.catalog import Catalog, CatalogErrors, load

log = get_plugin_logger(__name__)

WIZARD = re.compile(
    r"(?:<p>\s*)?<helpdesk-wizard(?:\s+audience=\"(user|agent)\")?>\s*</helpdesk-wizard>(?:\s*</p>)?"
)


class HelpdeskConfig(Config):
    """What `mkdocs.yml` may say below `plugins: - helpdesk:`."""

    catalog = config_options.Type(str, default="catalog")
    """Folder of the catalog, below `docs_dir`."""


@dataclass(slots=True)
class _Site:
    """What was last read without a mistake."""

    catalog: Catalog
    bundle: Bundle
    pages: list[articles.Page]


class HelpdeskPlugin(BasePlugin[HelpdeskConfig]):
    """Adds the help center to a site."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._serving = False
        self._good: _Site | None = None
        self._next: _Site | None = None
        self._errors: list[str] = []
        self._published: Path | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs' names
        """Remember the command; that this exists also keeps the plugin over rebuilds."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the catalog, and send the output aside until it is whole."""
        self._errors = []
        self._next = None
        folder = Path(config.docs_dir) / self.config.catalog
        try:
            catalog = load(os.path.relpath(folder))
            self._next = _Site(catalog, bundle_catalog(catalog), [])
        except CatalogErrors as found:
            self._report(found)
        if site := self._next or self._good:
            script = config_options.ExtraScriptValue(site.bundle.module)
            script.type = "module"
            config.extra_javascript.append(script)
            config.extra_css.append(site.bundle.style)
        if "md_in_html" not in config.markdown_extensions:
            config.markdown_extensions.append("md_in_html")  # our templates group with <div>
        config.watch.extend(str(path) for path in _template_folders(config))
        if not self._serving:
            self._build_aside(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and files; take out the catalog itself."""
        prose = self._take_out(files)
        if self._next:
            try:
                by_hand = articles.ByHand(
                    templates=_template_folders(config),
                    prose=prose,
                    pages=[file.src_uri for file in files.documentation_pages()],
                )
                self._next.pages = articles.pages(self._next.catalog, by_hand)
                self._good = self._next
            except CatalogErrors as found:
                self._report(found)
        if not self._good:
            files.append(File.generated(config, "index.md", content="# 🚧\n"))
            return files
        for page in self._good.pages:
            self._add_page(files, config, page)
        for asset in self._good.bundle.files:
            files.append(_generated(config, asset.uri, asset.content, asset.path))
        files.append(_generated(config, "catalog.json", catalog_json(self._good.catalog)))
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Date the article for the sitemap."""
        if self._good and page.file.src_uri.startswith("causes/"):
            cause = self._good.catalog.causes.get(Path(page.file.src_uri).stem)
            if cause and cause.reviewed:
                page.update_date = cause.reviewed
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Put the wizard where the page asks for it, and errors on top while serving."""
        if self._good:
            html = WIZARD.sub(lambda match: self._wizard(page, match[1] or "user"), html)
        return _banner(self._errors) + html

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the finished site in one step, unless strict mode is about to refuse it."""
        if self._published is None:
            return
        aside, config.site_dir = Path(config.site_dir), str(self._published)
        if config.strict and _warned():
            shutil.rmtree(aside)
            return
        _swap(aside, self._published)
        log.info("Published in %s", os.path.relpath(self._published))

    def on_build_error(self, **_: Any) -> None:
        """Leave the published site as it is; what was built aside goes at exit."""

    def _report(self, found: CatalogErrors) -> None:
        """Stop a build with all errors; while serving, show them and go on."""
        self._errors = [str(error) for error in found.errors]
        self._next = None
        if not self._serving:
            lines = "\n  ".join(self._errors)
            raise PluginError(f"The catalog has {len(self._errors)} errors:\n  {lines}")
        for error in self._errors:
            click.secho(f"ERROR    -  {error}", fg="red", err=True)

    def _build_aside(self, config: MkDocsConfig) -> None:
        self._published = Path(config.site_dir)
        try:
            self._published.parent.mkdir(parents=True, exist_ok=True)
            aside = tempfile.mkdtemp(prefix=".site-", dir=self._published.parent)
        except OSError as error:
            raise PluginError(
                f"The site cannot be written beside {os.path.relpath(self._published)}: "
                f"{error.strerror}."
            ) from None
        Path(aside).chmod(0o755)
        atexit.register(shutil.rmtree, aside, ignore_errors=True)
        config.site_dir = aside

    def _take_out(self, files: Files) -> dict[str, str]:
        """Remove the catalog's files, and hand-written prose for articles, which is returned."""
        prose = {}
        site = self._next or self._good
        causes = site.catalog.causes if site else {}
        for file in list(files):
            if file.src_uri.startswith(f"{self.config.catalog}/"):
                files.remove(file)
            elif file.src_uri in {f"causes/{cause}.md" for cause in causes}:
                prose[file.src_uri] = meta.get_data(file.content_string)[0]
                files.remove(file)
        return prose

    def _add_page(self, files: Files, config: MkDocsConfig, page: articles.Page) -> None:
        if files.get_file_from_path(page.uri):
            log.info("docs/%s is written by hand and used as it is", page.uri)
            return
        kept_out = page.uri.startswith("causes/") and page.uri != "causes/index.md"
        file = File.generated(
            config,
            page.uri,
            content=page.markdown,
            inclusion=InclusionLevel.NOT_IN_NAV if kept_out else InclusionLevel.UNDEFINED,
        )
        source = os.path.relpath(page.source.path, config.docs_dir)
        file.edit_uri = f"{Path(source).as_posix()}#L{page.source.line}"
        files.append(file)

    def _wizard(self, page: MkDocsPage, audience: str) -> str:
        assert self._good  # noqa: S101 - the caller has looked
        return plain_html(self._good.catalog, "../" * page.url.count("/"), audience)


def _generated(
    config: MkDocsConfig, uri: str, content: bytes | str | None, path: Path | None = None
) -> File:
    if path:
        return File.generated(config, uri, abs_src_path=str(path))
    return File.generated(config, uri, content=content or "")


def _template_folders(config: MkDocsConfig) -> list[Path]:
    """Return where a site may put its own article templates: `articles/` in its overrides."""
    custom = config.theme.custom_dir
    folder = Path(custom) / "articles" if custom else None
    return [folder] if folder and folder.is_dir() else []


def _banner(errors: Iterable[str]) -> str:
    """Return the errors as HTML, or nothing."""
    items = Markup("").join(Markup("<li><code>{}</code></li>").format(error) for error in errors)
    if not items:
        return ""
    title = Markup("<p><strong>{}</strong></p>").format(
        "The catalog has errors. These pages show its last good state."
    )
    banner = Markup('<div class="helpdesk-errors" role="alert">{}<ul>{}</ul></div>')
    return str(banner.format(title, items))


def _warned() -> bool:
    """Tell whether MkDocs has counted a warning in this build."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(h, CountHandler) and h.get_counts() for h in handlers)


def _swap(aside: Path, published: Path) -> None:
    """Put a finished folder in the place of another."""
    old = aside.with_name(f"{aside.name}-old")
    if published.exists():
        published.rename(old)
    aside.rename(published)
    shutil.rmtree(old, ignore_errors=True)
