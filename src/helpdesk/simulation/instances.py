"""Random problems, to measure on: the same seed gives the same problem everywhere."""

import random
from dataclasses import dataclass

from helpdesk.diagnosis.model import SOMETHING_ELSE, Cause, Fix, Problem, Question

WEIGHTS = (10.0, 3.0, 3.0, 1.0)
LIKELIHOODS = (0.95, 0.95, 0.88, 0.70, 0.20, 0.07, 0.03, 0.03)
"""What words of a catalog stand for, the telling ones more often."""

SUCCESSES = (0.95, 0.88, 0.70)
GENERIC_SUCCESSES = (0.50, 0.20, 0.07)
"""A fix for anything ("restart it") mends each cause less surely."""

FIX_MINUTES = (0.25, 10.0)
QUESTION_MINUTES = (0.25, 2.0)
HAND_OFF = (30.0, 60.0)
UNSURE = (0.03, 0.07, 0.20)
PARTIES = ("recipient", "sender")


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a random problem is, and how much of it is stated."""

    causes: int = 8
    """The unnamed cause is one of them."""
    fixes: int = 6
    questions: int = 4
    answers: int = 2
    """Besides "not sure"."""
    stated: float = 1.0
    """The share of pairs of cause and question that say something."""
    fixes_each: int = 1
    """How many fixes of its own a cause has."""
    generic: int = 1
    """How many of the fixes are for anything."""


SMALL = Shape()
"""8 causes, 5 fixes for one or two causes each and one for anything, 4 questions."""

MEDIUM = Shape(causes=10, fixes=7, questions=5)


def random_problem(shape: Shape, seed: int) -> Problem:
    """Return a problem of this shape."""
    dice = random.Random(f"{shape}{seed}")  # noqa: S311 - no secret hangs on it
    named = shape.causes - 1
    causes = [
        Cause(f"cause-{position}", dice.choice(WEIGHTS), "recipient", ("recipient", "sender"))
        for position in range(named)
    ]
    causes.append(Cause(SOMETHING_ELSE, 3.0, "sender", ("sender",)))
    return Problem(
        catalog=f"random-{seed}",
        hand_off_minutes=dice.uniform(*HAND_OFF),
        waiting_weight=0.2,
        hand_off_to=("sender",),
        causes=tuple(causes),
        questions=tuple(_question(dice, shape, number) for number in range(shape.questions)),
        fixes=tuple(_fixes(dice, shape)),
        warnings=(),
        limits=(),
    )


def _question(dice: random.Random, shape: Shape, number: int) -> Question:
    named = range(shape.causes - 1)
    speaking = [cause for cause in named if dice.random() < shape.stated]
    usual = (1 / shape.answers,) * shape.answers
    return Question(
        id=f"question-{number}",
        minutes=round(dice.uniform(*QUESTION_MINUTES), 2),
        audience="user",
        unsure=dice.choice(UNSURE),
        answers=tuple(f"answer-{answer}" for answer in range(shape.answers)),
        usual=usual,
        given={cause: _row(dice, shape.answers) for cause in speaking},
    )


def _row(dice: random.Random, answers: int) -> tuple[float, ...]:
    """Return one stated answer, the rest shared by the others."""
    stated = dice.choice(LIKELIHOODS)
    row = [(1 - stated) / (answers - 1)] * answers
    row[dice.randrange(answers)] = stated
    return tuple(row)


def _fixes(dice: random.Random, shape: Shape) -> list[Fix]:
    """Return fixes that together mend every named cause, each `fixes_each` times."""
    own = shape.fixes - shape.generic
    mends: list[dict[int, float]] = [{} for _ in range(own)]
    named = list(range(shape.causes - 1))
    for turn in range(shape.fixes_each):
        dice.shuffle(named)
        for position, cause in enumerate(named):
            fix = position if turn == 0 and position < own else dice.randrange(own)
            mends[fix][cause] = dice.choice(SUCCESSES)
    mends += [
        {cause: dice.choice(GENERIC_SUCCESSES) for cause in range(min(shape.causes - 1, 20))}
        for _ in range(shape.generic)
    ]
    return [
        Fix(f"fix-{position}", round(dice.uniform(*FIX_MINUTES), 2), 0.0, "recipient", "", mended)
        for position, mended in enumerate(mends)
    ]
