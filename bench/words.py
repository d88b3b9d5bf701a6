"""How often a person's own words lead to the right cause, beside two searches of the built site.

One is the theme's own search as it comes, the other is what this plugin makes of it. Both are
asked with the same texts in the language they are written in; pages that are no article of a
cause are passed over.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.diagnosis.reports import (
    FIRST,
    HELD_OUT,
    PUBLIC,
    REPORTS,
    Report,
    hits_of_match,
    reports,
)
from tests.search.queries import LANGUAGES
from tests.search.queries import found as found_by_search

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import match

from .search import make_stock

ROOT = Path(__file__).parent.parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ARTICLE = re.compile(r"causes/([^/]+)/")
SETS = {"development": REPORTS, "held_out": HELD_OUT, "public": PUBLIC}


def measure(shipped: Catalog) -> dict[str, Any]:
    """Return how often a right cause is among the first three, for both sets of texts."""
    with tempfile.TemporaryDirectory() as folder:
        site, stock = Path(folder) / "site", Path(folder) / "stock"
        subprocess.run(  # noqa: S603 - our own tools, no shell
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site],
            cwd=ROOT,
            check=True,
        )
        make_stock(site, stock)
        return {name: _figures(shipped, (stock, site), reports(p)) for name, p in SETS.items()}


def _figures(
    shipped: Catalog, sites: tuple[Path, Path], all_reports: Sequence[Report]
) -> dict[str, Any]:
    told = [report for report in all_reports if report.causes]
    silent = [report.text for report in all_reports if not report.causes]
    quiet = [text for text in silent if not any(match(shipped.problem, text).values())]
    hit = {
        "match": hits_of_match(shipped, told),
        "search": _hits_of_search(sites[0], told),
        "own_search": _hits_of_search(sites[1], told),
    }
    return {
        "reports": len(told),
        **{name: round(sum(each) / len(told), 3) for name, each in hit.items()},
        "by_language": {
            language: {
                "reports": len(these),
                **{
                    n: round(sum(each[i] for i in these) / len(these), 3) for n, each in hit.items()
                },
            }
            for language in ("en", "zh")
            for these in [[i for i, report in enumerate(told) if _language(report) == language]]
        },
        "silent": len(silent),
        "nothing_from_nothing": len(quiet),
    }


def _language(report: Report) -> str:
    return "zh" if CHINESE.search(report.text) else "en"


def _hits_of_search(site: Path, told: Sequence[Report]) -> list[bool]:
    """Return for each report whether a right cause is among the first three articles found."""
    found: dict[str, list[str]] = {}
    for language, prefix in LANGUAGES.items():
        texts = [report.text for report in told if _language(report) == language]
        pages = found_by_search(site, prefix, texts)
        found |= {
            text: ARTICLE.findall(" ".join(these))[:FIRST]
            for text, these in zip(texts, pages, strict=True)
        }
    return [not set(found[report.text]).isdisjoint(report.causes) for report in told]


def as_text(figures: dict[str, Any]) -> str:
    """Return the figures as lines for a terminal."""
    lines = ["Own words: a right cause among the first three"]
    for name, row in figures.items():
        languages = ", ".join(
            f"{language} {part['match']:.0%}, {part['own_search']:.0%}, {part['search']:.0%}"
            for language, part in row["by_language"].items()
        )
        lines.append(
            f"  {name.replace('_', ' ')}: {100 * row['match']:.0f} % of {row['reports']} reports, "
            f"this site's search {100 * row['own_search']:.0f} %, stock Material "
            f"{100 * row['search']:.0f} % ({languages}); nothing from "
            f"{row['nothing_from_nothing']} of {row['silent']} texts that say nothing"
        )
    return "\n".join(lines)
