"""The browser side: the web files and what they need, and the wizard's HTML without a script."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import USER, Problem
from helpdesk.diagnosis.wire import problem_to_json

from . import plain
from .bundle import Bundle, BundleFile, bundle
from .embedding import embed_files
from .offline import keep_site
from .plain_pages import plain_pages
from .plain_path import plain_path
from .reports import report_files
from .runtime_files import built
from .status import FILE, status_json
from .strategy_files import kept_strategy, packed
from .texts import texts


def bundle_catalog(
    catalog: Catalog, cache: Path | None = None, *, hurry: bool = False, keeps: bool = False
) -> Bundle:
    """Return all files of the wizard for a catalog; for `keeps` see `bundle`.

    `cache` is a folder where strategies are kept; in a hurry a small one is enough.
    """
    codes = {
        each.language: [[code.answer, code.meaning] for code in each.codes]
        for each in (catalog, *catalog.translations.values())
        if each.codes
    }
    compiled = catalog_json(catalog)
    strategy = kept_strategy(compiled, USER, cache, hurry=hurry)
    others: dict[str, dict[str, Any]] = {
        "codes": codes,
        "strategies": {USER: packed(catalog.problem, strategy)},
    }
    runtime = built()
    made = bundle(compiled, texts(catalog), runtime, others, keeps=keeps)
    reports = report_files(catalog)
    made = replace(made, reporting=reports[0].uri if reports else "")
    status = BundleFile(FILE, status_json(catalog))
    path = plain_path(catalog.problem, strategy)
    pages = (
        page
        for each in (catalog, *catalog.translations.values())
        for page in plain_pages(each, path, made.plain_style)
    )
    whole = replace(
        made,
        files=(*made.files, status, *reports, *embed_files(catalog, made, runtime)),
        pages=tuple(pages),
    )
    _forget_tables(catalog.problem)
    return whole


def _forget_tables(problem: Problem) -> None:
    """Let a problem forget what the engine works out from it, which is larger than itself."""
    own = {field.name for field in fields(problem)}
    for name in vars(problem).keys() - own:
        del vars(problem)[name]


def catalog_json(catalog: Catalog) -> str:
    """Return the compiled catalog, as other programs may read it too."""
    return problem_to_json(catalog.problem)


def plain_html(
    catalog: Catalog, base: str, audience: str = USER, answers: plain.Answers = ()
) -> str:
    """Return `<helpdesk-wizard>` for a page; `base` is its way to the site's root, as `../`.

    `answers` are known before anybody is asked: questions or fixes, each with what came of it.
    """
    return plain.plain_html(catalog, base, audience, built(), answers)


__all__ = [
    "Bundle",
    "BundleFile",
    "bundle",
    "bundle_catalog",
    "catalog_json",
    "keep_site",
    "plain_html",
]
