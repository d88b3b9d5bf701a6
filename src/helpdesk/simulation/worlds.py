"""Worlds that differ from what the editor wrote, and people who live in them.

Everything is drawn before a walk begins, so that every policy meets the same people with the
same answers and the same luck.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from helpdesk.diagnosis.model import SOMETHING_ELSE, Problem, Question

LEAST, MOST = 0.001, 0.999
"""Between these a chance stays when it is shaken."""


@dataclass(frozen=True, slots=True)
class World:
    """In what way the world differs."""

    noise: float = 0.0
    """Standard deviation of the error in every number, as log-odds."""
    unsure: float | None = None
    """How often people cannot tell; None: as the catalog says."""
    wrong: float = 0.0
    """How often an answer is wrong."""
    several: float = 0.0
    """How often two causes are at work at once."""
    outside: float = 0.0
    """How often it is a cause that the catalog does not have."""
    costs: float = 1.0
    """Every step takes so many times longer, or shorter, by the toss of a coin."""


AS_WRITTEN = World()
WORLDS: Mapping[str, World] = {
    "as written": AS_WRITTEN,
    "noise 0.5": World(noise=0.5),
    "noise 1": World(noise=1.0),
    "noise 1.5": World(noise=1.5),
    "0 % not sure": World(unsure=0.0),
    "20 % not sure": World(unsure=0.2),
    "50 % not sure": World(unsure=0.5),
    "10 % wrong answers": World(wrong=0.1),
    "10 % two causes": World(several=0.1),
    "30 % two causes": World(several=0.3),
    "10 % outside the catalog": World(outside=0.1),
    "20 % outside the catalog": World(outside=0.2),
    "minutes halved or doubled": World(costs=2.0),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a problem: what is wrong, what they would answer, what would help."""

    causes: tuple[int, ...]
    """None of them: something outside the catalog that no fix mends."""
    answers: tuple[int | None, ...]
    """By question; None for not sure."""
    luck: tuple[float, ...]
    """By fix: it ends a cause that it mends more surely than this."""
    notices: bool
    """Whether they see that a fix ended one of two causes."""


def truth_of(problem: Problem, world: World, dice: random.Random) -> Problem:
    """Return the problem as it really is in this world."""
    if world.noise:
        problem = _shaken(problem, world.noise, dice)
    if world.unsure is not None:
        questions = tuple(replace(q, unsure=world.unsure) for q in problem.questions)
        problem = replace(problem, questions=questions)
    if world.costs != 1:
        problem = _other_costs(problem, world.costs, dice)
    return problem


def people(
    problem: Problem, world: World, count: int, dice: random.Random
) -> list[tuple[Problem, Person]]:
    """Return people drawn from a world, each with the problem as it really is for them."""
    cohort = []
    for _ in range(count):
        truth = truth_of(problem, world, dice)
        cohort.append((truth, _person(truth, world, dice)))
    return cohort


def _shaken(problem: Problem, noise: float, dice: random.Random) -> Problem:
    def shaken(chance: float) -> float:
        if chance in {0, 1}:
            return chance
        odds = math.log(chance / (1 - chance)) + dice.gauss(0, noise)
        return min(MOST, max(LEAST, 1 / (1 + math.exp(-odds))))

    def row(chances: Sequence[float]) -> tuple[float, ...]:
        new = [shaken(chance) for chance in chances]
        return tuple(chance / math.fsum(new) * math.fsum(chances) for chance in new)

    def question(old: Question) -> Question:
        given = {cause: row(chances) for cause, chances in old.given.items()}
        return replace(old, usual=row(old.usual), given=given)

    return replace(
        problem,
        causes=tuple(
            replace(cause, weight=cause.weight * math.exp(dice.gauss(0, noise)))
            for cause in problem.causes
        ),
        questions=tuple(question(old) for old in problem.questions),
        fixes=tuple(
            replace(fix, mends={cause: shaken(success) for cause, success in fix.mends.items()})
            for fix in problem.fixes
        ),
    )


def _other_costs(problem: Problem, factor: float, dice: random.Random) -> Problem:
    def other(minutes: float) -> float:
        return minutes * (factor if dice.random() < 0.5 else 1 / factor)  # noqa: PLR2004 - a coin

    return replace(
        problem,
        questions=tuple(replace(q, minutes=other(q.minutes)) for q in problem.questions),
        fixes=tuple(
            replace(fix, minutes=other(fix.minutes), waiting=other(fix.waiting))
            for fix in problem.fixes
        ),
    )


def _person(truth: Problem, world: World, dice: random.Random) -> Person:
    causes = _causes(truth, world, dice)
    return Person(
        causes=causes,
        answers=tuple(
            _answer(truth, world, question, causes, dice) for question in truth.questions
        ),
        luck=tuple(dice.random() for _ in truth.fixes),
        notices=dice.random() < 0.5,  # noqa: PLR2004 - a coin
    )


def _causes(truth: Problem, world: World, dice: random.Random) -> tuple[int, ...]:
    weights = [cause.weight for cause in truth.causes]
    first, second = dice.choices(range(len(weights)), weights, k=2)
    outside, several = dice.random() < world.outside, dice.random() < world.several
    if outside or truth.causes[first].id == SOMETHING_ELSE:
        return ()
    if several and second != first and truth.causes[second].id != SOMETHING_ELSE:
        return first, second
    return (first,)


def _answer(
    truth: Problem, world: World, question: Question, causes: tuple[int, ...], dice: random.Random
) -> int | None:
    """Return what a person answers; of two causes, one that says something speaks."""
    speaking = [cause for cause in causes if cause in question.given]
    if not causes:  # an unknown cause has signs of its own, as often as known ones have
        speaking = [dice.choice(range(len(truth.causes)))] if question.given else []
    row = question.given.get(dice.choice(speaking), question.usual) if speaking else question.usual
    unsure, wrong = dice.random() < question.unsure, dice.random() < world.wrong
    said = dice.choices(range(len(row) + 1), [*row, max(0.0, 1 - math.fsum(row))])[0]
    other = dice.randrange(len(row))
    if unsure or said == len(row):
        return None
    return other if wrong else said
