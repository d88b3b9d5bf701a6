"""Causes that are likelier than usual for a while, such as during an outage."""

from collections.abc import Mapping
from dataclasses import replace

from .model import Problem

LEAST, MOST = 0.001, 1000.0
"""Between these, a factor."""


class RaisedError(ValueError):
    """What is said to be likelier is not a factor for each cause."""


def raise_priors(problem: Problem, factors: object) -> Problem:
    """Return the problem with priors multiplied, by cause id; unknown causes change nothing.

    Raises RaisedError where `factors` is something else.
    """
    if not isinstance(factors, Mapping):
        msg = "What is likelier must be an object: causes, each with a factor."
        raise RaisedError(msg)
    for cause, factor in factors.items():
        number = isinstance(factor, int | float) and not isinstance(factor, bool)
        if not isinstance(cause, str) or not number or not LEAST <= factor <= MOST:
            msg = f"Expected for each cause a factor from {LEAST:g} to {MOST:g}."
            raise RaisedError(msg)
    if not factors.keys() & problem.cause_positions.keys():
        return problem
    causes = (
        replace(cause, weight=cause.weight * factors.get(cause.id, 1)) for cause in problem.causes
    )
    return replace(problem, causes=tuple(causes))
