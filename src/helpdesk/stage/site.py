"""Writes all that an engine needs, each language in a folder of its own."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpdesk import articles, hosting
from helpdesk.articles import Made
from helpdesk.articles.markup import page_address
from helpdesk.browser import Bundle, bundle_catalog, catalog_json
from helpdesk.catalog import Catalog, CatalogErrors, load

from .pages import Text, by_hand, copies, expanded, ready
from .settings import (
    Settings,
    navigation,
    own_options,
    read_settings,
    without_us,
    write_settings,
)

THEME = Path(__file__).parents[1] / "mkdocs_plugin/theme"
NEEDS_THE_PLUGIN = ("sitemap.xml",)


class StageError(Exception):
    """The site cannot be staged; the message says why."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A site before it is written."""

    root: Path
    settings: Settings
    catalog: Catalog
    bundle: Bundle
    texts: Mapping[str, Text]
    """All pages by uri."""
    files: Mapping[str, bytes | Path]
    """All else by path: content, or the file it is in."""


def stage(source: Path, target: Path, made: Made | None = None) -> int:
    """Write the site in a folder with `mkdocs.yml` to a new folder; return how many pages.

    `made` is told of each page.

    Raises StageError, or CatalogErrors with all mistakes of the catalog and of references.
    """
    if target.exists() and any(target.iterdir()):
        raise StageError(f"{target} is not empty. Name a new folder, or empty it first.")
    try:
        plan = _plan(source, read_settings(source / "mkdocs.yml"), made)
    except ValueError as error:
        raise StageError(str(error)) from None
    for language in (plan.catalog, *plan.catalog.translations.values()):
        _write_language(plan, language, target)
    _write_overrides(plan, target / "overrides")
    return len(plan.texts)


def _plan(root: Path, settings: Settings, told: Made | None) -> _Plan:
    docs = root / str(settings.get("docs_dir") or "docs")
    folder = str(own_options(settings).get("catalog") or "catalog")
    catalog = load(docs / folder)
    languages = {each.prefix: each for each in (catalog, *catalog.translations.values())}
    written: dict[str, Text] = {}
    files: dict[str, bytes | Path] = {}
    errors = []
    for uri, path in by_hand(docs, folder):
        if path.suffix == ".md":
            language = languages.get(f"{uri.partition('/')[0]}/", catalog)
            written[uri], wrong = expanded(path, uri, language)
            errors += wrong
        else:
            files[uri] = path
    if errors:
        raise CatalogErrors(errors)
    address = str(settings.get("site_url") or "")
    articles_of = {f"{e.prefix}causes/{cause}.md" for e in languages.values() for cause in e.causes}
    prose = {uri: written.pop(uri).body for uri in articles_of & written.keys()}
    own = articles.ByHand(_templates(root, settings), prose, address)
    made = {page.uri: Text.of(page.markdown) for page in articles.pages(catalog, own, told)}
    bundle = bundle_catalog(catalog)
    around = dict(hosting.around(catalog, address)) | {"catalog.json": catalog_json(catalog)}
    files = {**{name: content.encode() for name, content in around.items()}, **files}
    files |= {f.uri: f.path or f.content or b"" for f in (*bundle.files, *bundle.pages)}
    texts = made | dict(copies(written, catalog)) | written
    return _Plan(root, settings, catalog, bundle, texts, files)


def _templates(root: Path, settings: Settings) -> list[Path]:
    custom = _theme(settings).get("custom_dir")
    folder = root / str(custom) / "articles" if custom else None
    return [folder] if folder and folder.is_dir() else []


def _theme(settings: Settings) -> dict[str, Any]:
    theme = settings.get("theme") or {"name": "material"}
    return dict(theme) if isinstance(theme, dict) else {"name": theme}


def _write_language(plan: _Plan, language: Catalog, target: Path) -> None:
    """Write the pages, files and settings of one language."""
    suffix = f"-{language.language}" if language.prefix else ""
    docs = target / f"docs{suffix}"
    prefixes = tuple(each.prefix for each in plan.catalog.translations.values())
    for uri, text in plan.texts.items():
        if _belongs(uri, language, prefixes):
            page = ready(uri, text, language, plan.bundle)
            told = {"languages": list(_alternates(plan, language, uri))} if prefixes else {}
            _write(docs / uri.removeprefix(language.prefix), page.whole(**told).encode())
    for uri, content in plan.files.items():
        if _belongs(uri, language, prefixes):
            _write(docs / uri.removeprefix(language.prefix), content)
    write_settings(target / f"mkdocs{suffix}.yml", _settings(plan, language, docs))


def _belongs(uri: str, language: Catalog, prefixes: tuple[str, ...]) -> bool:
    return uri.startswith(language.prefix) if language.prefix else not uri.startswith(prefixes)


def _alternates(plan: _Plan, language: Catalog, uri: str) -> Iterator[dict[str, str]]:
    """Yield where a page stands in each language, as seen from the root of one."""
    names = own_options(plan.settings).get("languages") or {}
    bare = uri.removeprefix(language.prefix)
    up = "../" if language.prefix else ""
    for other in (plan.catalog, *plan.catalog.translations.values()):
        if other.prefix + bare in plan.texts:
            link = page_address(other.prefix + bare)
            name = (names.get(other.language) or {}).get("name") or other.language
            root = str(plan.settings.get("site_url") or "")
            address = f"{root.rstrip('/')}/{link}" if root else ""
            yield {"name": name, "lang": other.language, "link": up + link, "address": address}


def _settings(plan: _Plan, language: Catalog, docs: Path) -> Settings:
    """Return the settings of one language."""
    own = (own_options(plan.settings).get("languages") or {}).get(language.language) or {}
    made = without_us(plan.settings)
    address = str(made.get("site_url") or "")
    up = "../" if language.prefix else ""
    styles = [f"{up}{path}" for path in (plan.bundle.pages_style, plan.bundle.style)]
    addresses = filter(None, (plan.bundle.module, plan.bundle.reporting))
    modules = [{"path": f"{up}{address}", "type": "module"} for address in addresses]
    theme = _theme(made) | {"custom_dir": "overrides", "language": language.language}
    theme |= {key: up + theme[key] for key in ("logo", "favicon") if key in theme}
    feed = f"{address.rstrip('/')}/{language.prefix}{hosting.FEED}" if address else ""
    told = {"feed": feed, "staged": True}
    several = {"alternate": True} if plan.catalog.translations else {}
    made |= {
        "docs_dir": docs.name,
        "site_dir": f"site/{language.prefix}".rstrip("/"),
        "theme": theme,
        "extra_css": [*styles, *(f"{up}{path}" for path in made.get("extra_css") or ())],
        "extra_javascript": [*(made.get("extra_javascript") or ()), *modules],
        "extra": {**(made.get("extra") or {}), **several, "helpdesk": told},
    }
    if address:
        made["site_url"] = f"{address.rstrip('/')}/{language.prefix}"
    if copyright_ := own.get("copyright"):
        made["copyright"] = copyright_
    if made.get("nav"):
        labels = own.get("nav") or {}
        made["nav"] = list(navigation(made["nav"], labels, lambda uri: (docs / uri).is_file()))
    return made


def _write_overrides(plan: _Plan, folder: Path) -> None:
    """Write our templates, and those of the site over them."""
    shutil.copytree(THEME, folder, ignore=shutil.ignore_patterns(*NEEDS_THE_PLUGIN))
    custom = _theme(plan.settings).get("custom_dir")
    if custom and (plan.root / str(custom)).is_dir():
        ignored = shutil.ignore_patterns("articles", "*.md")
        shutil.copytree(plan.root / str(custom), folder, ignore=ignored, dirs_exist_ok=True)


def _write(path: Path, content: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        shutil.copyfile(content, path)
    else:
        path.write_bytes(content)
