"""The fast planner chooses as the plain rule does."""

import random

import pytest

from helpdesk.diagnosis.belief import believe, normalized, prior
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.orders import Orders
from helpdesk.diagnosis.planning import Plan, equation_5
from helpdesk.simulation.instances import MEDIUM, SMALL, Shape, random_problem

from .listing import Listing

WIDE = Shape(causes=20, fixes=18, questions=12, answers=3, stated=0.3, fixes_each=2, generic=1)
TANGLED = Shape(causes=6, fixes=9, questions=4, answers=3, stated=0.7, fixes_each=4, generic=3)


def chosen(step: Plan) -> tuple[str, int | None]:
    """A plan as the listing says it."""
    if step.question is not None:
        return "ask", step.question
    return ("hand-off", None) if step.fix is None else ("try", step.fix)


def midway(problem: Problem, seed: int) -> tuple[list[float], list[int], list[int]]:
    """Some point of a walk: a belief, the fixes left and the questions left."""
    dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
    answers = {
        position: dice.randrange(len(question.answers))
        for position, question in enumerate(problem.questions)
        if dice.random() < 0.3
    }
    failed = [fix for fix in range(len(problem.fixes)) if dice.random() < 0.2]
    fixes = [fix for fix in range(len(problem.fixes)) if fix not in failed]
    questions = [q for q in range(len(problem.questions)) if q not in answers]
    return believe(problem, answers, failed, ()), fixes, questions


@pytest.mark.parametrize(
    ("shape", "count"), [(SMALL, 200), (MEDIUM, 80), (TANGLED, 120), (WIDE, 12)], ids=str
)
def test_first_steps_are_those_of_the_listing(shape: Shape, count: int) -> None:
    """On random problems the first step is the one that the plain listing takes."""
    for seed in range(count):
        problem = random_problem(shape, seed)
        belief = normalized(problem, prior(problem))
        fixes, questions = range(shape.fixes), range(shape.questions)
        step = equation_5(problem, belief, fixes, questions)
        assert chosen(step) == Listing(problem).step(belief, fixes, questions), seed


@pytest.mark.parametrize(
    ("shape", "count"), [(SMALL, 200), (MEDIUM, 80), (TANGLED, 120), (WIDE, 12)], ids=str
)
def test_later_steps_are_those_of_the_listing(shape: Shape, count: int) -> None:
    """So are steps in the middle of a walk, where fixes have failed and answers are in."""
    for seed in range(count):
        problem = random_problem(shape, seed)
        belief, fixes, questions = midway(problem, seed)
        step = equation_5(problem, belief, fixes, questions)
        assert chosen(step) == Listing(problem).step(belief, fixes, questions), seed


@pytest.mark.parametrize("shape", [SMALL, TANGLED, WIDE], ids=str)
def test_outlooks_are_kept_up_to_date(shape: Shape) -> None:
    """Answers and failures change sums as summing anew would."""
    for seed in range(40):
        problem = random_problem(shape, seed)
        orders = Orders(problem, range(shape.fixes))
        outlook = orders.outlook(prior(problem))
        outlook = orders.answered(orders.failed(outlook, seed % shape.fixes), 0, 1)
        outlook = orders.failed(orders.answered(outlook, 1, 0), (seed + 1) % shape.fixes)
        left = [fix for fix in range(shape.fixes) if outlook.rates[fix] >= 0]
        anew = Orders(problem, left).outlook(outlook.weights)
        assert outlook.rates == pytest.approx(anew.rates)
        assert outlook.lasting == pytest.approx(anew.lasting)
        assert (outlook.total, outlook.hopeless) == pytest.approx((anew.total, anew.hopeless))
