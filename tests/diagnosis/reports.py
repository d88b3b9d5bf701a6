"""What people write, with the causes it points to; and a plain search to hold the match against."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import match

FILE = Path(__file__).with_name("reports.tsv")
TOKEN = re.compile(r"[\u4e00-\u9fff]|\w+")
FIRST = 3


@dataclass(frozen=True)
class Report:
    """A text, and the causes that are right for it; none where it says nothing."""

    causes: tuple[str, ...]
    text: str


def reports() -> list[Report]:
    """Return all reports of the file beside this one."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Report(tuple(causes.split("|")) if causes else (), text) for causes, text in pairs]


def hits_of_match(catalog: Catalog, told: list[Report]) -> list[bool]:
    """Return for each report whether a right cause is among the first three."""
    return [
        bool({c["cause"] for c in match(catalog.problem, r.text)["causes"][:FIRST]} & {*r.causes})
        for r in told
    ]


def hits_of_search(catalog: Catalog, told: list[Report]) -> list[bool]:
    """Return the same for a search that counts shared words of the articles, rare ones more."""
    pages: dict[str, set[str]] = {}
    for language in (catalog, *catalog.translations.values()):
        for cause in language.causes.values():
            text = f"{cause.title} {cause.summary} {cause.tell} {cause.explain}"
            pages.setdefault(cause.id, set()).update(TOKEN.findall(text.casefold()))
    held = Counter(word for words in pages.values() for word in words)

    def score(cause: str, words: set[str]) -> float:
        return math.fsum(math.log(1 + len(pages) / held[word]) for word in words & pages[cause])

    hits = []
    for report in told:
        words = set(TOKEN.findall(report.text.casefold()))
        first = sorted(pages, key=lambda cause: -score(cause, words))[:FIRST]
        hits.append(bool({*first} & {*report.causes}))
    return hits
