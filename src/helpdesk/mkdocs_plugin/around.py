"""Adds to a site what stands around its pages."""

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from helpdesk import hosting
from helpdesk.articles import wording
from helpdesk.browser import Bundle, catalog_json, keep_site
from helpdesk.browser.listing import files_below
from helpdesk.browser.reports import sources
from helpdesk.catalog import Catalog
from helpdesk.hosting.addresses import absolute

from .adding import generated
from .addresses import not_yet
from .languages import Languages
from .on_disk import Texts

PICTURE = "assets/social/{}.png"
"""Below `docs/`: what is shown beside a link to a page of a language."""


def add_around(files: Files, config: MkDocsConfig, catalog: Catalog, texts: Texts) -> None:
    """Add the files besides the pages; those in `docs/` win."""
    files.append(texts.file(config, "catalog.json", catalog_json(catalog)))
    for uri, content in hosting.around(catalog, config.site_url or ""):
        if not files.get_file_from_path(uri):
            files.append(generated(config, uri, content))


def write_for_hosts(
    config: MkDocsConfig, catalog: Catalog, kept: Bundle | None, pages: hosting.Protection
) -> None:
    """Write into the finished site how hosts should serve it; files in `docs/` win.

    `kept` is the wizard that browsers keep with the site, if they may; `pages` knows those that
    are protected.
    """
    site = Path(config.site_dir)
    files = files_below(site)
    policy = pages.finish(site, files)
    # Knows the hashes of all files as they are served.
    files = sorted({*files, *keep_site(site, kept, files)})
    for name, content in hosting.for_hosts(files, catalog, config.site_url or "", policy).items():
        if not (site / name).exists():
            (site / name).write_text(content, encoding="utf-8")


def protection(catalog: Catalog) -> hosting.Protection:
    """Return what protects pages of a site."""
    return hosting.Protection(sources(catalog))


def tell_programs(config: MkDocsConfig, catalog: Catalog, files: Files) -> None:
    """Tell the templates what is shown beside a link to a page, and where changes are told."""
    picture = files.get_file_from_path(PICTURE.format(catalog.language))
    address = config.site_url or ""
    config.extra["helpdesk"] = {
        "picture": absolute(address, picture.url) if picture else "",
        "feed": absolute(address, catalog.prefix + hosting.FEED),
        "nothing_found": {
            "uri": f"{catalog.prefix}wizard/",
            "label": wording.of(catalog)["not_found.wizard"],
        },
    }


def told(languages: Languages, copyright_: str, bundle: Bundle) -> str:
    """Return what a page is told besides its own texts, as text to take a digest of."""
    words = [wording.of(each)["not_found.wizard"] for each in languages.all()]
    known = [(each.language, each.prefix) for each in languages.all()]
    offered = not_yet(bundle)
    return repr((copyright_, languages.names, known, words, offered.lookup, offered.keep))


def date(page: Page, newest: str) -> None:
    """Date a page by its last review, as otherwise every build would date it anew."""
    page.update_date = str(page.meta.get("reviewed") or newest or page.update_date)


def with_alternates(
    context: TemplateContext, name: str, languages: Languages, files: Files
) -> None:
    """Let the sitemap say where a page stands in each language."""
    if name == "sitemap.xml":
        several = bool(languages.catalog.translations)
        alternates = partial(languages.alternates, files=files) if several else _none
        context["alternates"] = alternates  # type: ignore[typeddict-unknown-key] # ours


def _none(_: str) -> list[dict[str, str]]:
    return []
