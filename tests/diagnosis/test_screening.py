"""On very large problems only what is promising is looked at."""

from dataclasses import replace

import pytest

from helpdesk.diagnosis import screening
from helpdesk.diagnosis.belief import normalized, prior
from helpdesk.diagnosis.orders import Orders
from helpdesk.diagnosis.planning import FIXES_AT_MOST, ask_now, plan
from helpdesk.diagnosis.screening import promising
from helpdesk.simulation.instances import SMALL, Shape, random_problem

LARGE = Shape(causes=60, fixes=60, questions=60, answers=3, stated=0.1)
MANY_FIXES = Shape(causes=300, fixes=FIXES_AT_MOST + 50, questions=3, stated=0.02, fixes_each=2)


def test_all_questions_are_looked_at_where_they_are_few() -> None:
    """Up to some hundreds of causes nothing is left out."""
    for shape in (SMALL, LARGE):
        problem = random_problem(shape, 1)
        orders = Orders(problem, range(shape.fixes))
        here = orders.outlook(normalized(problem, prior(problem)))
        asked, _ = promising(orders, here, orders.best(here)[0], range(shape.questions))
        assert asked == list(range(shape.questions))


def test_the_best_questions_are_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is work for a third of the questions, the best one is mostly among them."""
    found = 0
    for seed in range(20):
        problem = random_problem(LARGE, seed)
        orders = Orders(problem, range(LARGE.fixes))
        here = orders.outlook(normalized(problem, prior(problem)))
        never = orders.best(here)[0]
        nows = [ask_now(orders, here, question, never) for question in range(LARGE.questions)]
        every, work = promising(orders, here, never, range(LARGE.questions))
        monkeypatch.setattr(screening, "WORK", work / 3)
        asked, spent = promising(orders, here, never, range(LARGE.questions))
        monkeypatch.undo()
        assert spent <= work / 3
        assert len(asked) < len(every)
        found += nows.index(min(nows)) in asked
    assert found >= 18


def test_of_very_many_fixes_the_best_is_taken() -> None:
    """A problem with more fixes than are planned with is still begun with its best one."""
    problem = replace(random_problem(MANY_FIXES, 1), hand_off_minutes=5000.0)
    belief = normalized(problem, prior(problem))
    orders = Orders(problem, range(MANY_FIXES.fixes))
    best = orders.live(orders.outlook(belief))[0]
    assert plan(problem, belief, range(MANY_FIXES.fixes), ()).fix == best
