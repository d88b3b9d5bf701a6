"""How often a person's own words lead to the right cause, beside a plain search."""

from typing import Any

from tests.diagnosis.reports import hits_of_match, hits_of_search, reports

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import match


def measure(shipped: Catalog) -> dict[str, Any]:
    """Return how often a right cause is among the first three."""
    told = [report for report in reports() if report.causes]
    silent = [report.text for report in reports() if not report.causes]
    quiet = [text for text in silent if not any(match(shipped.problem, text).values())]
    return {
        "reports": len(told),
        "match": round(sum(hits_of_match(shipped, told)) / len(told), 3),
        "search": round(sum(hits_of_search(shipped, told)) / len(told), 3),
        "nothing_from_nothing": f"{len(quiet)} of {len(silent)}",
    }


def as_text(figures: dict[str, Any]) -> str:
    """Return the figures as one line."""
    return (
        f"Own words: a right cause among the first three for {100 * figures['match']:.0f} % of "
        f"{figures['reports']} reports, {100 * figures['search']:.0f} % by counting shared words; "
        f"nothing from {figures['nothing_from_nothing']} texts that say nothing"
    )
