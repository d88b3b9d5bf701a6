"""Means with their intervals, and how far confidence can be trusted."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Z95 = 1.96
"""Standard errors to either side of a mean that hold 95 % of cases."""

BINS = 10
VERY_LIKELY = 0.8
"""From here on a cause is said to be very likely (`helpdesk.diagnosis.turns`)."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean and its 95 % interval."""

    value: float
    low: float
    high: float

    def as_list(self) -> list[float]:
        """Return the mean and both ends of the interval, rounded for a report."""
        return [round(number, 4) for number in (self.value, self.low, self.high)]


def mean(values: Iterable[float]) -> float:
    """Return the mean, 0 of nothing."""
    known = list(values)
    return math.fsum(known) / len(known) if known else 0.0


def mean_of(values: Sequence[float]) -> Mean:
    """Return the mean of independent values with its interval."""
    value = mean(values)
    squares = math.fsum((one - value) ** 2 for one in values)
    half = Z95 * math.sqrt(squares / max(1, len(values) - 1) / len(values))
    return Mean(value, value - half, value + half)


def ratio_of(values: Sequence[float], others: Sequence[float]) -> Mean:
    """Return by how many percent paired values cost more than others in all."""
    base = mean(others)
    return mean_of(
        [100 * (value - other) / base for value, other in zip(values, others, strict=True)]
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def calibration(beliefs: Sequence[tuple[Sequence[float], int]]) -> dict[str, float]:
    """Return how well beliefs fit the causes that were there.

    ece      mean distance between how sure the engine is of its first cause and how often it is
             right, over ten bins
    brier    mean squared distance between belief and truth, over all causes
    very_likely, very_likely_right   how often it says so, and how often that is right then
    """
    tops = [(max(belief), belief.index(max(belief)) == cause) for belief, cause in _lists(beliefs)]
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for sure, right in tops:
        bins[min(BINS - 1, int(sure * BINS))].append((sure, right))
    gaps = [
        abs(math.fsum(sure for sure, _ in some) - len([1 for _, right in some if right]))
        for some in bins
    ]
    said = [right for sure, right in tops if sure >= VERY_LIKELY]
    return {
        "ece": round(math.fsum(gaps) / len(tops), 4),
        "brier": round(mean(_brier(belief, cause) for belief, cause in beliefs), 4),
        "very_likely": round(len(said) / len(tops), 4),
        "very_likely_right": round(mean(said), 4),
    }


def among_first(beliefs: Sequence[tuple[Sequence[float], int]]) -> dict[str, float]:
    """Return how often the cause is the first, and how often among the first three."""
    return {
        f"top_{count}": round(mean(_among_first(*one, count) for one in beliefs), 4)
        for count in (1, 3)
    }


def _lists(beliefs: Sequence[tuple[Sequence[float], int]]) -> list[tuple[list[float], int]]:
    return [(list(belief), cause) for belief, cause in beliefs]


def _brier(belief: Sequence[float], cause: int) -> float:
    return math.fsum((chance - (position == cause)) ** 2 for position, chance in enumerate(belief))


def _among_first(belief: Sequence[float], cause: int, count: int) -> bool:
    return len([chance for chance in belief if chance > belief[cause]]) < count
