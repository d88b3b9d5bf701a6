"""The sums held against the catalog: what it knows, what it does not, and what was broken."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpdesk.catalog import Catalog

from . import counting
from .sources import DELIVERIES, OUTCOMES, Sources, saying

LISTED_AT_MOST = 1000
"""How many names that the catalog does not know are kept; the rest is a sum."""

WORKED, IN_VAIN = "solved", ("failed", "tried")


@dataclass(slots=True)
class Source:
    """What was read of one source."""

    rows: int = 0
    broken: dict[str, tuple[int, str]] = field(default_factory=dict)
    """How many rows, and one of them, by what is wrong."""
    first: str = ""
    last: str = ""


@dataclass(slots=True)
class Unknown:
    """What the catalog does not know, by volume."""

    listed: Counter[str] = field(default_factory=Counter)
    others: int = 0
    """The volume of what is too rare to be listed."""

    def add(self, name: str, number: int) -> None:
        """Count what comes, the most first."""
        if name in self.listed or len(self.listed) < LISTED_AT_MOST:
            self.listed[name] += number
        else:
            self.others += number


@dataclass(slots=True)
class Tally:
    """All that was counted. Its size depends on the catalog, not on the sources."""

    sources: dict[str, Source] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    """How often each code of the catalog (`provider/code`) was reported."""
    causes: Counter[str] = field(default_factory=Counter)
    """How often each cause proved right."""
    answers: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How often those with a cause gave an answer to a question."""
    fixes: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    """How often a fix helped those with a cause, and how often it did not."""
    unknown_codes: Unknown = field(default_factory=Unknown)
    unknown: Unknown = field(default_factory=Unknown)
    """Causes and answers that the catalog does not have."""


def tally(
    catalog: Catalog, sources: Sources, named: Mapping[str, list[str]], since: str = ""
) -> Tally:
    """Count `deliveries` and `outcomes`, each a list of files (or tables of the engine)."""
    counted = Tally()
    if named["deliveries"]:
        table = counting.checked(sources.table(named["deliveries"], DELIVERIES), since)
        _deliveries(catalog, _rows(counting.deliveries(table), sources), counted)
    if named["outcomes"]:
        table = counting.checked(sources.table(named["outcomes"], OUTCOMES), since)
        names = _cause_names(catalog)
        for row in _rows(counting.causes(table), sources):
            if _sound(row, counted):
                _add_cause(names, row, counted)
        for row in _rows(counting.answers(table), sources):
            if row["cause"] in names:
                _add_answer(catalog, names[row["cause"]], row["pair"], row["number"], counted)
    for name, fault, rows, shown in sources.rejected():
        _break(counted.sources.setdefault(name, Source()), fault, rows, shown)
    return counted


def _rows(expression: Any, sources: Sources) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - Ibis
    with saying("The engine cannot count this"):
        for batch in sources.backend.to_pyarrow_batches(expression):
            for row in batch.to_pylist():
                yield row | {"number": int(row["number"])}  # a decimal, in some engines


def _sound(row: Mapping[str, Any], counted: Tally) -> bool:
    """Note that rows were read; tell whether they are whole."""
    source = counted.sources.setdefault(row["source"], Source())
    if row["fault"]:
        _break(source, row["fault"], row["rows"], row["example"].strip(","))
        return False
    source.rows += row["rows"]
    if row["last"]:
        days = [day[:10] for day in (source.first, row["first"]) if day]
        source.first = min(days) if days else row["last"][:10]
        source.last = max(source.last, row["last"][:10])
    return True


def _break(source: Source, fault: str, rows: int, shown: str) -> None:
    source.rows += rows
    source.broken[fault] = (source.broken.get(fault, (0, ""))[0] + rows, shown)


def _deliveries(catalog: Catalog, rows: Iterator[dict[str, Any]], counted: Tally) -> None:
    exact = {code.answer: code.answer for code in catalog.codes}
    folded = {answer.casefold(): answer for answer in exact}
    for row in rows:
        if not _sound(row, counted):
            continue
        name = f"{row['provider']}/{row['code']}"
        known = exact.get(name) or folded.get(name.casefold())
        if known:
            counted.codes[known] += row["number"]
        else:
            counted.unknown_codes.add(name, row["number"])


def _cause_names(catalog: Catalog) -> dict[str, str]:
    """Return the ids of the causes, also those they had before."""
    before = {old: cause.id for cause in catalog.causes.values() for old in cause.renamed}
    return before | {name: name for name in catalog.causes}


def _add_cause(names: Mapping[str, str], row: Mapping[str, Any], counted: Tally) -> None:
    if row["cause"] in names:
        counted.causes[names[row["cause"]]] += row["number"]
    else:
        counted.unknown.add(f"cause {row['cause']}", row["number"])


def _add_answer(catalog: Catalog, cause: str, pair: str, number: int, counted: Tally) -> None:
    name, _, said = pair.partition("=")
    question = catalog.problem.question_positions.get(name)
    if question is not None:
        if said in catalog.questions[name].answers:
            counted.answers[cause, name, said] += number
        elif said != "not-sure" and not catalog.questions[name].fits:
            counted.unknown.add(f"answer {pair}", number)
    elif name in catalog.fixes:
        if said == WORKED or said in IN_VAIN:
            counted.fixes[cause, name, said == WORKED] += number
    elif name not in {"cause", ""}:
        counted.unknown.add(f"answer {pair}", number)
