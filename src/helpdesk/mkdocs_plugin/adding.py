"""Gives pages and files of the lower floors to MkDocs."""

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from helpdesk.articles import Page
from helpdesk.browser import Bundle, bundle_catalog
from helpdesk.browser.wizards import ahead, modules, with_wizards
from helpdesk.catalog import Catalog

from .addresses import not_yet
from .on_disk import Texts
from .publishing import cache
from .templates import list_visible

log = get_plugin_logger(__name__)

THEME = Path(__file__).with_name("theme")
"""Templates between the site's own and the theme's."""

LISTED_ELSEWHERE = re.compile(r"(causes|codes)/(?!index)|wizard/|offline")
"""Pages that their index links to: a navigation with all of them slows every page down."""


def extend(config: MkDocsConfig) -> None:
    """Let Markdown and the theme do what our templates need, and no more work than they have to."""
    for name in ("md_in_html", "helpdesk.articles.quick_inline"):
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
    # A style in an attribute is what the policy of the pages forbids; the theme knows `align` too.
    config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    list_visible(config.theme)
    config.watch.extend(str(path) for path in template_folders(config))


def bundled(catalog: Catalog, config: MkDocsConfig, *, shown: bool, offline: bool) -> Bundle:
    """Return the wizard's files, where `shown` to editors without what takes long."""
    keeps = offline and not shown  # editors want to see the last change
    return bundle_catalog(catalog, cache(config), hurry=shown, keeps=keeps)


def add_pages(files: Files, config: MkDocsConfig, pages: Iterable[Page], texts: Texts) -> None:
    """Add pages, but for those that somebody has written by hand."""
    docs = config.docs_dir
    below = lru_cache(64)(lambda path: Path(os.path.relpath(path, docs)).as_posix())  # once a file
    for page in pages:
        _add_page(files, config, page, texts, below(page.source.path))


def _add_page(files: Files, config: MkDocsConfig, page: Page, texts: Texts, source: str) -> None:
    existing = files.get_file_from_path(page.uri)
    if existing and existing.generated_by is None:
        log.info("docs/%s is written by hand and used as it is", page.uri)
        return
    in_nav = not LISTED_ELSEWHERE.match(page.uri) and page.language == config.theme["language"]
    inclusion = InclusionLevel.UNDEFINED if in_nav else InclusionLevel.NOT_IN_NAV
    file = texts.file(config, page.uri, page.markdown, inclusion)
    file.edit_uri = f"{source}#L{page.source.line}"
    files.append(file)


def add_bundle(files: Files, config: MkDocsConfig, bundle: Bundle, texts: Texts) -> Bundle:
    """Add the wizard's files; return the bundle without what they hold, which is on disk now."""
    for asset in (*bundle.files, *bundle.pages):
        kept = texts.file(config, asset.uri, asset.content) if asset.content else None
        files.append(kept or generated(config, asset.uri, asset.content, asset.path))
    empty = tuple(replace(asset, content=None) for asset in bundle.files)
    return replace(bundle, files=empty, pages=())


def brought_to_life(html: str, page: MkDocsPage, catalog: Catalog, bundle: Bundle) -> str:
    """Return the HTML of a page with its wizards, and with what else it offers."""
    base = "../" * page.url.count("/")
    files = not_yet(bundle)
    return ahead(html, files, base) + with_wizards(html, catalog, base) + modules(html, files, base)


def generated(
    config: MkDocsConfig, uri: str, content: bytes | str | None, path: Path | None = None
) -> File:
    """Return a file with some content, or with that of a file on disk."""
    if path:
        return File.generated(config, uri, abs_src_path=str(path))
    return File.generated(config, uri, content=content or "")


def template_folders(config: MkDocsConfig) -> list[Path]:
    """Return where a site may put its own article templates: `articles/` in its overrides."""
    custom = config.theme.custom_dir
    folder = Path(custom) / "articles" if custom else None
    return [folder] if folder and folder.is_dir() else []
