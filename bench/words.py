"""How often a person's own words lead to the right cause, beside the search of the built site.

The search is Material's own worker with the index that a build makes, asked with the same texts
in the language they are written in; pages that are no article of a cause are passed over.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.diagnosis.reports import FIRST, HELD_OUT, REPORTS, Report, hits_of_match, reports

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import match

ROOT = Path(__file__).parent.parent
SEARCH = Path(__file__).with_name("web") / "site-search.mjs"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ARTICLE = re.compile(r"causes/([^/]+)/")
SETS = {"development": REPORTS, "held_out": HELD_OUT}


def measure(shipped: Catalog) -> dict[str, Any]:
    """Return how often a right cause is among the first three, for both sets of texts."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run(  # noqa: S603 - our own tools, no shell
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site],
            cwd=ROOT,
            check=True,
        )
        return {name: _figures(shipped, site, reports(path)) for name, path in SETS.items()}


def _figures(shipped: Catalog, site: Path, all_reports: Sequence[Report]) -> dict[str, Any]:
    told = [report for report in all_reports if report.causes]
    silent = [report.text for report in all_reports if not report.causes]
    quiet = [text for text in silent if not any(match(shipped.problem, text).values())]
    matched, searched = hits_of_match(shipped, told), _hits_of_search(site, told)
    return {
        "reports": len(told),
        "match": round(sum(matched) / len(told), 3),
        "search": round(sum(searched) / len(told), 3),
        "by_language": {
            language: {
                "reports": len(these),
                "match": round(sum(matched[i] for i in these) / len(these), 3),
                "search": round(sum(searched[i] for i in these) / len(these), 3),
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
    for language, folder in (("en", site), ("zh", site / "zh")):
        texts = [report.text for report in told if _language(report) == language]
        pages = _search(site, folder, texts)
        found |= {
            text: ARTICLE.findall(" ".join(these))[:FIRST]
            for text, these in zip(texts, pages, strict=True)
        }
    return [not set(found[report.text]).isdisjoint(report.causes) for report in told]


def _search(site: Path, folder: Path, texts: Sequence[str]) -> list[list[str]]:
    """Return the pages that the search of one language finds for each text, best first."""
    (worker,) = (site / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    index = folder / "search" / "search_index.json"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    node = shutil.which("node", path=path)
    if node is None:
        msg = "There is no Node.js; `make bench` installs it"
        raise RuntimeError(msg)
    result = subprocess.run(  # noqa: S603 - our own script
        [node, SEARCH, worker, index],
        input="".join(f"{json.dumps(text)}\n" for text in texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in result.stdout.splitlines()]


def as_text(figures: dict[str, Any]) -> str:
    """Return the figures as lines for a terminal."""
    lines = ["Own words: a right cause among the first three"]
    for name, row in figures.items():
        languages = ", ".join(
            f"{language} {100 * part['match']:.0f} to {100 * part['search']:.0f} %"
            for language, part in row["by_language"].items()
        )
        lines.append(
            f"  {name.replace('_', ' ')}: {100 * row['match']:.0f} % of {row['reports']} reports, "
            f"the site's own search {100 * row['search']:.0f} % ({languages}); nothing from "
            f"{row['nothing_from_nothing']} of {row['silent']} texts that say nothing"
        )
    return "\n".join(lines)
