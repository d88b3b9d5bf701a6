"""How sure the diagnosis is, in words that promise no more than it knows."""

from collections.abc import Mapping, Sequence
from typing import Any

from .model import SOMETHING_ELSE, Problem

DIGITS = 9
"""Decimal digits of a probability on the wire; the only place where one is rounded."""

WORDS = ((0.8, "very-likely"), (0.5, "likely"), (0.2, "possible"), (0.05, "unlikely"))
"""From this probability on, this word. Nothing is more than very likely: it is an estimate."""

LIKELY = 0.5

SHOWN_AT_MOST = 3
SHOWN_FROM = 0.04
"""A cause below this is not worth showing."""


def word(probability: float) -> str:
    """Return the word for a probability."""
    for least, name in WORDS:
        if probability >= least:
            return name
    return "very-unlikely"


def ranking(problem: Problem, belief: list[float]) -> list[dict[str, Any]]:
    """Return all causes, the most probable first, ties in catalog order."""
    rounded = [round(probability, DIGITS) for probability in belief]
    order = sorted(range(len(rounded)), key=rounded.__getitem__, reverse=True)
    return [
        {
            "cause": problem.causes[cause].id,
            "probability": rounded[cause],
            "word": word(rounded[cause]),
        }
        for cause in order
    ]


def most_probable(belief: Sequence[float]) -> int:
    """Return the position of the cause that stands first in the ranking."""
    return max(range(len(belief)), key=lambda cause: round(belief[cause], DIGITS))


def leading(problem: Problem, scores: Mapping[int, float], least: float) -> list[int]:
    """Return up to three named causes with the highest scores."""
    named = [
        cause
        for cause, score in scores.items()
        if score >= least and problem.causes[cause].id != SOMETHING_ELSE
    ]
    named.sort(key=lambda cause: (-round(scores[cause], DIGITS), cause))
    return named[:SHOWN_AT_MOST]


def worth_showing(problem: Problem, belief: Sequence[float]) -> list[str]:
    """Return the ids of the causes worth showing, the most probable first."""
    shown = leading(problem, dict(enumerate(belief)), SHOWN_FROM)
    return [problem.causes[cause].id for cause in shown]
