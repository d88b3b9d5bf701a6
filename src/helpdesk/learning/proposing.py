"""Words that what was counted speaks against, each with the nearest word instead.

Nothing is written: a proposal is a line to review. A word is left alone as long as the interval
holds its number, or no other word is nearer to what was measured.
"""

import difflib
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpdesk.catalog import Catalog
from helpdesk.catalog.model import Likelihood, Position
from helpdesk.catalog.scale import LIKELIHOODS, PRIORS

from .estimating import Estimate, Trust, causes_by_codes, causes_by_outcomes, dirichlet
from .tally import Tally


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    """A word, and the one that what was counted points to."""

    position: Position
    about: str
    old: str
    """The word that stands there; empty where the catalog says nothing yet."""
    new: str
    value: float
    """The number of what stands there."""
    estimate: Estimate
    """In the unit of the word: a chance, or for a prior how common the cause is on the scale."""


def proposals(catalog: Catalog, counted: Tally, trust: Trust) -> list[Proposal]:
    """Return what would change, in the order of the files.

    How common causes are comes from outcomes, and only without any of them from codes.
    """
    found = [*_priors(catalog, counted, trust), *_usual(catalog, counted, trust)]
    for cause in catalog.causes:
        found += _signs(catalog, counted, trust, cause)
        found += _fixes(catalog, counted, trust, cause)
    return sorted(found)


def _priors(catalog: Catalog, counted: Tally, trust: Trust) -> Iterator[Proposal]:
    measured = causes_by_outcomes if counted.causes else causes_by_codes
    estimates = measured(catalog, counted, trust)
    seen = {name: e for name, e in estimates.items() if e.seen}
    if not seen:
        return
    words = {name: cause.prior.value for name, cause in catalog.causes.items()}
    unit = _unit([(words[name], e) for name, e in estimates.items()])
    # A cause that no code was seen of may be one that these providers do not tell of.
    for name, e in estimates.items() if counted.causes else seen.items():
        scaled = Estimate(e.share * unit, e.low * unit, e.high * unit, e.seen, e.of)
        word = catalog.causes[name].prior
        yield from _weighed(word, f"{name}: prior", scaled, PRIORS, math.log)


def _unit(measured: Sequence[tuple[float, Estimate]]) -> float:
    """Return what a share of 1 is on the scale of priors, where only ratios count.

    It is what leaves most words as they are: within the bounds of what was measured.
    """
    whole = math.fsum(word for word, _ in measured)
    ends = [word / bound for word, e in measured for bound in (e.low, e.high) if bound > 0]

    def fit(unit: float) -> tuple[int, float]:
        slack = 1 + 1e-9  # the ends themselves are within
        held = sum(e.low * unit <= word * slack <= e.high * unit * slack**2 for word, e in measured)
        return held, -abs(math.log(unit / whole))

    return max([whole, *ends], key=fit)


def _usual(catalog: Catalog, counted: Tally, trust: Trust) -> Iterator[Proposal]:
    """Yield what is usual for those whose cause says nothing about a question.

    Of all others, whom the wizard asks depends on what it suspects.
    """
    for asked in catalog.problem.questions:
        question = catalog.questions[asked.id]
        if question.fits:
            continue
        seen = [
            sum(
                counted.answers[cause.id, asked.id, answer]
                for position, cause in enumerate(catalog.problem.causes)
                if position not in asked.given
            )
            for answer in asked.answers
        ]
        for answer, e in zip(asked.answers, dirichlet(asked.usual, seen, trust), strict=True):
            if e.of and (word := question.answers[answer].usual):
                about = f"{asked.id}: usual of {answer}"
                yield from _weighed(word, about, e, LIKELIHOODS, _logit)


def _signs(catalog: Catalog, counted: Tally, trust: Trust, cause: str) -> Iterator[Proposal]:
    place = catalog.problem.cause_positions[cause]
    entry = catalog.causes[cause]
    for asked in catalog.problem.questions:
        seen = [counted.answers[cause, asked.id, answer] for answer in asked.answers]
        if catalog.questions[asked.id].fits or not any(seen):
            continue
        row = asked.given.get(place, asked.usual)
        stated = entry.signs.get(asked.id, {})
        for answer, value, e in zip(asked.answers, row, dirichlet(row, seen, trust), strict=True):
            silent = Likelihood(value=value, word="", position=entry.position)
            about = f"{cause}: {answer} to {asked.id}"
            yield from _weighed(stated.get(answer, silent), about, e, LIKELIHOODS, _logit)


def _fixes(catalog: Catalog, counted: Tally, trust: Trust, cause: str) -> Iterator[Proposal]:
    for fix, word in catalog.causes[cause].fixes.items():
        seen = [counted.fixes[cause, fix, True], counted.fixes[cause, fix, False]]
        if any(seen):
            e = dirichlet((word.value, 1 - word.value), seen, trust)[0]
            yield from _weighed(word, f"{cause}: {fix} works", e, LIKELIHOODS, _logit)


def _weighed(
    word: Likelihood,
    about: str,
    estimate: Estimate,
    scale: Mapping[str, float],
    unit: Callable[[float], float],
) -> Iterator[Proposal]:
    """Yield a proposal where the interval excludes the word and another one is nearer."""
    if estimate.low <= word.value <= estimate.high:
        return
    nearest = min(scale, key=lambda other: abs(unit(scale[other]) - unit(estimate.share)))
    now = word.word or min(scale, key=lambda other: abs(unit(scale[other]) - unit(word.value)))
    if nearest != now:
        yield Proposal(word.position, about, word.word, nearest, word.value, estimate)


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def as_diff(found: Sequence[Proposal]) -> str:
    """Return the words that stand somewhere and would change, as a unified diff."""
    by_file: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in found:
        if proposal.old:
            by_file[proposal.position.path].append(proposal)
    return "".join(line for path in sorted(by_file) for line in _file_diff(path, by_file[path]))


def _file_diff(path: str, found: list[Proposal]) -> Iterator[str]:
    before = Path(path).read_text(encoding="utf-8").splitlines(keepends=True)
    after = list(before)
    for proposal in sorted(found, reverse=True):  # from the right, so that columns stay
        at, column = proposal.position.line - 1, proposal.position.column - 1
        head, tail = after[at][:column], after[at][column:]
        after[at] = head + tail.replace(proposal.old, proposal.new, 1)
    yield from difflib.unified_diff(before, after, f"a/{path}", f"b/{path}")


__all__ = ["Proposal", "as_diff", "proposals"]
