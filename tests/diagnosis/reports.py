"""What people write, with the causes it points to."""

from dataclasses import dataclass
from pathlib import Path

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import match

REPORTS = Path(__file__).with_name("reports.tsv")
"""The example phrases of the catalog were written with these at hand."""
HELD_OUT = Path(__file__).with_name("reports-held-out.tsv")
"""Written when the phrases were finished; never to be used to change one."""
PUBLIC = Path(__file__).with_name("reports-public.tsv")
"""What people wrote in public threads, in other words; never to be used to change a phrase."""
FIRST = 3


@dataclass(frozen=True)
class Report:
    """A text, and the causes that are right for it; none where it says nothing."""

    causes: tuple[str, ...]
    text: str


def reports(path: Path = REPORTS) -> list[Report]:
    """Return all reports of a file beside this one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Report(tuple(causes.split("|")) if causes else (), text) for causes, text in pairs]


def hits_of_match(catalog: Catalog, told: list[Report]) -> list[bool]:
    """Return for each report whether a right cause is among the first three."""
    return [
        bool({c["cause"] for c in match(catalog.problem, r.text)["causes"][:FIRST]} & {*r.causes})
        for r in told
    ]
