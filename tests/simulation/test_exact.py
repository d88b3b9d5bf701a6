"""The yardstick: nothing costs less than the exact optimum."""

import random

import pytest

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import SOMETHING_ELSE
from helpdesk.simulation import cost_of_policy, least_cost
from helpdesk.simulation.baselines import ENGINE, POLICIES
from helpdesk.simulation.instances import SMALL, random_problem
from helpdesk.simulation.parts import FIXES, QUESTIONS, for_readers, random_part


@pytest.mark.parametrize("seed", range(6))
def test_no_policy_beats_the_optimum(seed: int) -> None:
    """On random problems every policy costs at least as much, and the engine hardly more."""
    problem = random_problem(SMALL, seed)
    optimum = least_cost(problem)
    costs = {name: cost_of_policy(problem, policy) for name, policy in POLICIES.items()}
    assert min(costs.values()) > optimum - 1e-9
    assert costs[ENGINE] < optimum * 1.01
    assert costs["random"] == max(costs.values())


def test_the_rule_is_never_worse_than_asking_nothing(shipped: Catalog) -> None:
    """Equation 5 and the engine cost no more than updated P/C on parts of the catalog."""
    readers, dice = for_readers(shipped.problem), random.Random(1)  # noqa: S311 - no secret
    for _ in range(6):
        part = random_part(readers, dice)
        plain = cost_of_policy(part, POLICIES["updated P/C"])
        assert cost_of_policy(part, POLICIES["equation 5"]) < plain + 1e-9
        assert cost_of_policy(part, POLICIES[ENGINE]) < plain + 1e-9


def test_parts_are_small_and_hold_what_they_need(shipped: Catalog) -> None:
    """A part has few fixes and questions, each of some use, and the unnamed cause."""
    readers, dice = for_readers(shipped.problem), random.Random(2)  # noqa: S311 - no secret
    for _ in range(10):
        part = random_part(readers, dice)
        assert len(part.fixes) <= FIXES
        assert len(part.questions) <= QUESTIONS
        assert all(fix.mends for fix in part.fixes)
        assert all(question.given for question in part.questions)
        assert SOMETHING_ELSE in {cause.id for cause in part.causes}


def test_readers_see_nothing_of_the_staff(shipped: Catalog) -> None:
    """What only staff can do or answer is left out, and the numbers of the rest stay."""
    readers = for_readers(shipped.problem)
    assert {fix.by for fix in readers.fixes} == {"recipient"}
    assert {question.audience for question in readers.questions} == {"user"}
    assert readers.causes == shipped.problem.causes
    assert all(fix in shipped.problem.fixes for fix in readers.fixes)
