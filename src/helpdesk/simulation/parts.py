"""Parts of a problem: what readers see of it, and small ones that can be solved exactly."""

import random
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from helpdesk.diagnosis.model import SOMETHING_ELSE, USER, Problem

Value = TypeVar("Value")

READER = "recipient"
CAUSES, FIXES, QUESTIONS = 8, 7, 5
STATES_AT_MOST = 1200
"""Ways to answer all questions of a part; times two to the number of fixes: states."""


def for_readers(problem: Problem) -> Problem:
    """Return the problem without what only staff can do or answer."""
    return part(
        problem,
        range(len(problem.causes)),
        [position for position, fix in enumerate(problem.fixes) if fix.by == READER],
        [position for position, asked in enumerate(problem.questions) if asked.audience == USER],
    )


def random_part(problem: Problem, dice: random.Random) -> Problem:
    """Return a part with some causes, what mends them best and what tells them apart."""
    mendable = [cause for cause, menders in enumerate(problem.menders) if menders]
    other = [i for i, cause in enumerate(problem.causes) if cause.id == SOMETHING_ELSE]
    causes = sorted({*dice.sample(mendable, min(CAUSES, len(mendable))), *other})
    menders = [sorted(problem.menders[cause], key=lambda mender: -mender[1]) for cause in causes]
    best_first = [mender[rank][0] for rank in range(FIXES) for mender in menders if mender[rank:]]
    fixes = list(dict.fromkeys(best_first))[:FIXES]
    return part(problem, causes, sorted(fixes), _telling(problem, set(causes), dice))


def _telling(problem: Problem, causes: set[int], dice: random.Random) -> list[int]:
    """Return the questions that say something about most of the causes, not too many answers."""
    order = list(range(len(problem.questions)))
    dice.shuffle(order)
    order.sort(key=lambda question: -len(problem.questions[question].given.keys() & causes))
    chosen: list[int] = []
    states = 1
    for question in order:
        asked = problem.questions[question]
        ways = len(asked.answers) + 2
        some = len(causes) > len(asked.given.keys() & causes) > 0
        if some and len(chosen) < QUESTIONS and states * ways <= STATES_AT_MOST:
            chosen.append(question)
            states *= ways
    return sorted(chosen)


def part(
    problem: Problem,
    causes: Collection[int],
    fixes: Collection[int],
    questions: Collection[int],
) -> Problem:
    """Return the problem with only these causes, fixes and questions."""
    new = {old: position for position, old in enumerate(causes)}

    def kept(by_cause: Mapping[int, Value]) -> dict[int, Value]:
        return {new[old]: value for old, value in by_cause.items() if old in new}

    return replace(
        problem,
        causes=tuple(problem.causes[cause] for cause in causes),
        fixes=tuple(
            replace(problem.fixes[fix], mends=kept(problem.fixes[fix].mends)) for fix in fixes
        ),
        questions=tuple(
            replace(problem.questions[question], given=kept(problem.questions[question].given))
            for question in questions
        ),
        warnings=(),
        limits=(),
    )
