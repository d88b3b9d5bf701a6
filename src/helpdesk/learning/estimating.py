"""Estimates that begin with the editors' words: a Dirichlet prior, and what was counted.

The words weigh as much as `weight` observed cases. So where little was seen the words stay, and
where much was seen they fade. Intervals are those of the Beta distribution of each part.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from scipy.special import betaincinv

from helpdesk.catalog import Catalog
from helpdesk.diagnosis.model import Question

from .tally import Tally

Name = TypeVar("Name", str, int)

ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share, between which bounds it is, and what it was measured on."""

    share: float
    low: float
    high: float
    seen: int
    of: int


@dataclass(frozen=True, slots=True)
class Trust:
    """How much the words weigh, and how sure an interval is to hold the truth."""

    weight: float
    level: float


def dirichlet(words: Sequence[float], seen: Sequence[int], trust: Trust) -> tuple[Estimate, ...]:
    """Return the share of each part; `words` are shares that sum to 1."""
    return spanned(words, seen, seen, seen, trust)


def spanned(
    words: Sequence[float],
    least: Sequence[float],
    likely: Sequence[float],
    most: Sequence[float],
    trust: Trust,
) -> tuple[Estimate, ...]:
    """Return the same where it is only known between which numbers each part was seen."""
    total = math.fsum(likely)
    whole = trust.weight + total
    tail = (1 - trust.level) / 2
    estimates = []
    for word, low, middle, high in zip(words, least, likely, most, strict=True):
        prior = trust.weight * word
        estimates.append(
            Estimate(
                share=(prior + middle) / whole,
                low=_quantile(prior + low, whole, tail),
                high=_quantile(prior + high, whole, 1 - tail),
                seen=round(middle),
                of=round(total),
            )
        )
    return tuple(estimates)


def causes_by_outcomes(catalog: Catalog, counted: Tally, trust: Trust) -> dict[str, Estimate]:
    """Return how common each cause is, from those that proved right."""
    words = _shares({name: cause.prior.value for name, cause in catalog.causes.items()})
    seen = [counted.causes[name] for name in words]
    return dict(zip(words, dirichlet(tuple(words.values()), seen, trust), strict=True))


def causes_by_codes(catalog: Catalog, counted: Tally, trust: Trust) -> dict[str, Estimate]:
    """Return how common each cause is among those that codes point to.

    A code that points to several causes is shared among them, as the catalog's codes rows and
    all other codes have it; the bounds are what it would be with none and with all of it.
    """
    asked = next((q for q in catalog.problem.questions if catalog.questions[q.id].fits), None)
    if asked is None:
        return {}
    rows = _code_rows(catalog, asked)
    volumes: dict[int, int] = defaultdict(int)
    for answer, number in counted.codes.items():
        kind = asked.choice(answer)
        if kind is not None and any(kind in row for row in rows.values()):
            volumes[kind] += number
    words = _shares({cause: catalog.causes[cause].prior.value for cause in rows})
    likely = _apportioned(rows, volumes, words)
    alone = {kind for kind in volumes if sum(kind in row for row in rows.values()) == 1}
    least = [math.fsum(volumes[kind] for kind in row if kind in alone) for row in rows.values()]
    most = [math.fsum(volumes[kind] for kind in row if kind in volumes) for row in rows.values()]
    found = spanned(tuple(words.values()), least, [likely[name] for name in words], most, trust)
    return dict(zip(words, found, strict=True))


def _code_rows(catalog: Catalog, asked: Question) -> dict[str, dict[int, float]]:
    """Return for each cause that codes name how likely each kind of its codes is."""
    rows: dict[str, dict[int, float]] = {}
    for code in catalog.codes:
        kind = asked.choice(code.answer)
        if kind is None:
            continue
        for cause in code.causes:
            position = catalog.problem.cause_positions[cause]
            rows.setdefault(cause, {})[kind] = asked.given[position][kind]
    return {cause: rows[cause] for cause in catalog.causes if cause in rows}


def _apportioned(
    rows: Mapping[str, Mapping[int, float]], volumes: Mapping[int, int], start: Mapping[str, float]
) -> dict[str, float]:
    """Return the part of all codes that falls to each cause (expectation and maximization)."""
    rows = {cause: _shares(row) for cause, row in rows.items()}
    shares = dict(start)
    parts = dict.fromkeys(rows, 0.0)
    for _ in range(ROUNDS):
        parts = dict.fromkeys(rows, 0.0)
        for kind, volume in volumes.items():
            pull = {cause: shares[cause] * row[kind] for cause, row in rows.items() if kind in row}
            whole = math.fsum(pull.values())
            for cause, part in pull.items():
                parts[cause] += volume * part / whole if whole else 0.0
        if not any(parts.values()):
            break
        shares = _shares(parts)
    return parts


def _shares(weights: Mapping[Name, float]) -> dict[Name, float]:
    whole = math.fsum(weights.values())
    return {name: weight / whole for name, weight in weights.items()}


def _quantile(part: float, whole: float, chance: float) -> float:
    """Return where Beta(part, whole - part) has this much of itself below."""
    if not 0 < part < whole:
        return float(part > 0)
    return float(betaincinv(part, whole - part, chance))
