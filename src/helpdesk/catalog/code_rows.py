"""From the causes that codes point to, to how likely each code is for each cause.

Codes that point to the same causes are one answer to the engine, however many they are. Where
a code names the cause, one of its codes is seen as surely as the question's word says; with the
rest of the chance the code names something else; and often there is no code at all.
"""

import math
from collections import Counter
from collections.abc import Mapping

from helpdesk.diagnosis import model as engine

from .model import Code, Question

Kind = tuple[int, ...]
"""The causes that a code points to, by position."""


def code_question(
    question: Question, fits: float, codes: tuple[Code, ...], causes: Mapping[str, int]
) -> engine.Question:
    """Return the question whose answers are the codes."""
    kinds: dict[Kind, list[Code]] = {}
    for code in codes:
        kind = tuple(sorted(causes[cause] for cause in code.causes))
        kinds.setdefault(kind, []).append(code)
    pointing = _pointing(kinds, fits)
    usual = [_short(chance * (1 - fits) / math.fsum(pointing)) for chance in pointing]
    return engine.Question(
        id=question.id,
        minutes=question.minutes,
        audience=question.audience,
        unsure=question.unsure.value,
        answers=tuple(same[0].answer for same in kinds.values()),
        usual=tuple(usual),
        given={
            cause: tuple(
                sure if cause in kind else chance
                for kind, sure, chance in zip(kinds, pointing, usual, strict=True)
            )
            for cause in sorted({cause for kind in kinds for cause in kind})
        },
        same={
            code.answer: position
            for position, same in enumerate(kinds.values())
            for code in same[1:]
        },
    )


def _pointing(kinds: Mapping[Kind, list[Code]], fits: float) -> list[float]:
    """Return for each kind how likely it is for a cause that it points to.

    The same for each of them, so that a code says no more for the cause with fewer codes.
    """
    named = Counter(cause for kind, codes in kinds.items() for cause in kind for _ in codes)
    return [
        _short(fits * len(codes) / max(named[cause] for cause in kind))
        for kind, codes in kinds.items()
    ]


def _short(chance: float) -> float:
    """Return a number with few digits: it is an estimate, and readers download it."""
    return float(f"{chance:.4g}")
