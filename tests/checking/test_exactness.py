"""What the rules prove is so: held against looking at every combination, on small problems."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest

from helpdesk.checking.impossible import Answer, fewest_answers
from helpdesk.checking.reach import never_worth_it, out_of_reach
from helpdesk.diagnosis.belief import believe
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.planning import plan
from helpdesk.simulation.instances import Shape, random_problem

SHAPE = Shape(causes=6, questions=3, answers=3, stated=0.6)
FEW = Shape(causes=5, questions=4, answers=2)
SEEDS = range(40)


def all_answers(problem: Problem) -> Iterator[dict[int, int]]:
    """Every way to answer some or all of the questions."""
    choices = [(None, *range(len(asked.answers))) for asked in problem.questions]
    for chosen in product(*choices):
        yield {question: answer for question, answer in enumerate(chosen) if answer is not None}


def with_impossible_answers(problem: Problem, seed: int) -> Problem:
    """The same problem with some likelihoods that are 0."""
    dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
    questions = []
    for asked in problem.questions:
        given = {}
        for cause, row in asked.given.items():
            gone = dice.randrange(len(row))
            rest = sum(value for at, value in enumerate(row) if at != gone)
            given[cause] = tuple(0.0 if at == gone else v / rest for at, v in enumerate(row))
        questions.append(replace(asked, given=given))
    return replace(problem, questions=tuple(questions))


@pytest.mark.parametrize("seed", SEEDS)
def test_causes_out_of_reach(seed: int) -> None:
    """Those that lead after some answers are left alone; that the others never do is proved."""
    problem = random_problem(SHAPE, seed)
    named = range(len(problem.causes) - 1)
    leading = set()
    for answers in all_answers(problem):
        belief = believe(problem, answers, (), ())
        most = max(belief[cause] for cause in named)
        leading |= {cause for cause in named if belief[cause] >= most * (1 - 1e-9)}
    told = list(out_of_reach(problem))
    speaking = {cause for asked in problem.questions for cause in asked.given}
    assert all(found.proved for found in told)
    assert {found.cause for found in told} == speaking - leading


@pytest.mark.parametrize("seed", SEEDS)
def test_fewest_answers_that_leave_nothing(seed: int) -> None:
    """The answers rule out every named cause, and no fewer do."""
    problem = with_impossible_answers(random_problem(FEW, seed), seed)
    found, whole = fewest_answers(problem)
    assert whole
    sizes = [len(answers) for answers in all_answers(problem) if nothing_left(problem, answers)]
    assert (len(found) if found else None) == min(sizes, default=None)
    if found:
        assert nothing_left(problem, dict(found))
        assert not any(nothing_left(problem, dict(fewer)) for fewer in fewer_than(found))


def nothing_left(problem: Problem, answers: dict[int, int]) -> bool:
    """Whether no named cause is possible."""
    return not any(believe(problem, answers, (), ())[:-1])


def fewer_than(answers: tuple[Answer, ...]) -> Iterator[tuple[Answer, ...]]:
    """Every way to leave one answer out."""
    return combinations(answers, len(answers) - 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_fixes_never_worth_it(seed: int) -> None:
    """A fix said to be never proposed is not, whatever is believed and whatever has failed."""
    problem = replace(random_problem(SHAPE, seed), hand_off_minutes=9.0)
    never = {fix for fix, _ in never_worth_it(problem)}
    everything = range(len(problem.fixes))
    for answers in all_answers(problem):
        belief = believe(problem, answers, (), ())
        asked = [q for q in range(len(problem.questions)) if q not in answers]
        assert plan(problem, belief, everything, asked).fix not in never
    for cause in range(len(problem.causes)):
        known = [float(other == cause) for other in range(len(problem.causes))]
        assert plan(problem, known, everything, []).fix not in never
