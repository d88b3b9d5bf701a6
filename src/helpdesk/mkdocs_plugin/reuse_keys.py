"""What a page depends on, as text to take a digest of."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from types import BuiltinFunctionType, FunctionType
from typing import Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from helpdesk.articles.kept import digest

OWN_PLUGINS = ("helpdesk.", "mkdocs.contrib.search", "properdocs.contrib.search")
THEME_PLUGINS = tuple(f"material.plugins.{name}." for name in ("info", "meta", "offline", "search"))
"""Plugins that give a page nothing but what its template is seen to take."""

EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code"),
    *("footnotes", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists"),
    *("smarty", "tables", "toc", "wikilinks"),
)
"""Markdown's own: they read nothing but the text."""
EXTENSION_PACKAGES = ("helpdesk.", "markdown.extensions.", "pymdownx.", "material.extensions.")
READING_FILES = ("pymdownx.snippets", "pymdownx.b64")
FUNCTIONS = ("markdown", "pymdownx", "material", "mkdocs", "properdocs", "slugs", "builtins")

APART = ("config_file_path", "plugins", "hooks", "watch", "site_dir", "docs_dir", "nav")
"""Settings that pages do not show: where things are, and what is looked at by itself."""
ASSETS = {".icons", "assets"}
"""Folders of an installed theme that change with its version only."""


class HiddenError(Exception):
    """Something that cannot be seen through."""


@cache
def code_digest() -> str:
    """Return a digest of our own code, which decides about every page too."""
    package = Path(__file__).parents[1]
    paths = sorted(path for kind in ("py", "jinja", "yml") for path in package.rglob(f"*.{kind}"))
    return digest(*(text for path in paths for text in (str(path.name), path.read_text("utf-8"))))


def unknown_parts(config: MkDocsConfig) -> Iterator[str]:
    """Yield what may change a page in ways that cannot be seen."""
    for name, plugin in config.plugins.items():
        if not type(plugin).__module__.startswith((*OWN_PLUGINS, *THEME_PLUGINS)):
            yield f"the plugin {name}"
    if config.hooks:
        yield "hooks"
    for name in config.markdown_extensions:
        known = name in EXTENSIONS or name.startswith(EXTENSION_PACKAGES)
        if not known or name in READING_FILES:
            yield f"the Markdown extension {name}"
    try:
        known_config(config)
    except HiddenError as hidden:
        yield f"{hidden} in the settings"


def known_config(config: MkDocsConfig) -> str:
    """Return the settings."""
    names = [name for name in sorted(config) if name not in APART]
    settings = {name: config[name] for name in names if name != "theme"}
    theme = {key: config.theme[key] for key in config.theme}
    return as_json([settings, config.theme.name, theme, sorted(config.plugins)])


def own_config(config: MkDocsConfig) -> str:
    """Return the settings that differ from page to page, because each language has its own."""
    return as_json([config.copyright, config.theme["language"], config.extra])


def templates_digest(config: MkDocsConfig) -> str:
    """Return a digest of all templates of the theme and of those put before them."""
    parts = []
    for folder in map(Path, config.theme.dirs):
        unchanging = ASSETS if (folder / "mkdocs_theme.yml").is_file() else set()
        for path in sorted(_templates(folder, unchanging)):
            text = path.read_text(encoding="utf-8", errors="surrogateescape")
            parts += [path.relative_to(folder).as_posix(), text]
    return digest(*parts)


def _templates(folder: Path, without: Collection[str]) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and path.name not in without:
            yield from _templates(path, without)
        elif path.is_file():
            yield path


def navigation_json(nav: Navigation) -> str:
    """Return a navigation as templates show it, without what is marked as current."""
    return as_json([_item(item) for item in nav.items])


def _item(item: Any) -> Any:  # noqa: ANN401 - page, section or link
    if item is None:
        return None
    children = [_item(child) for child in item.children or ()]
    return [item.title, getattr(item, "url", None), getattr(item, "meta", None), children]


def page_digest(page: Page) -> str:
    """Return a digest of all that a template can see of a page."""
    short = as_json(
        [
            *(page.title, page.url, page.canonical_url, page.edit_url, page.update_date),
            *(page.file.src_uri, page.file.url, page.file.inclusion.name),
            *(page.meta, page.is_homepage, page.is_index),
            [vars(item) for item in page.toc],
            [parent.title for parent in page.ancestors],
            _item(page.previous_page),
            _item(page.next_page),
        ]
    )
    return digest(short, page.markdown or "", page.content or "")


def as_json(value: Any) -> str:  # noqa: ANN401 - anything that can be seen through
    """Return JSON. Raises HiddenError where it would not say all."""
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_seen)
    except (TypeError, ValueError) as error:
        raise HiddenError(str(error)) from None


def _seen(value: Any) -> Any:  # noqa: ANN401 - anything that can be seen through
    match value:
        case AnchorLink():  # first, as most are
            seen: Any = vars(value)
        case ExtraScriptValue():
            seen = [str(value), vars(value)]
        case set() | frozenset():
            seen = sorted(value)
        case FunctionType() | BuiltinFunctionType():
            seen = _function(value)
        case Mapping():
            seen = dict(value)
        case date() | PurePath() | bytes():
            seen = repr(value)
        case _ if type(value).__name__ == "Locale":
            seen = repr(value)
        case _ if type(value).__name__ == "GitIgnoreSpec":
            seen = [str(pattern) for pattern in value.patterns]
        case _:
            raise HiddenError(type(value).__qualname__)
    return seen


def _function(value: Callable[..., Any]) -> str:
    module = str(value.__module__)
    if module.partition(".")[0] not in FUNCTIONS or "<" in value.__qualname__:
        raise HiddenError(f"{module}.{value.__qualname__}")
    return f"{module}.{value.__qualname__}"
