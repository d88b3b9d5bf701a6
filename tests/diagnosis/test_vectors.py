"""The engine returns what the papers print."""

from collections.abc import Collection

import pytest

from helpdesk.diagnosis.belief import normalized, prior
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.orders import Orders
from helpdesk.diagnosis.planning import Plan, plan
from helpdesk.simulation import cost_of_policy, least_cost

from .vectors import LIN, SACSO


def test_updated_efficiency_on_the_sacso_example() -> None:
    """Trying by updated P/C costs 1.50 where the optimum is 1.45."""
    orders = Orders(SACSO, range(3))
    cost, first = orders.best(orders.outlook(normalized(SACSO, prior(SACSO))))
    assert cost == pytest.approx(1.50)
    assert SACSO.fixes[first or 0].id == "a2"
    assert least_cost(SACSO) == pytest.approx(1.45)


def test_a_useless_question_is_never_asked() -> None:
    """On Lin's example the rule starts with a1 and reaches the optimum of 1.75."""
    assert least_cost(LIN) == pytest.approx(1.75)
    assert cost_of_policy(LIN, plan) == pytest.approx(1.75)


def test_asking_after_the_first_fix_costs_two() -> None:
    """The strategy a1, question, then the right fix costs 2.00, as printed."""

    def ask_after_the_first(
        _: Problem, belief: list[float], fixes: Collection[int], questions: Collection[int]
    ) -> Plan:
        if 0 in fixes:
            return Plan(0, fix=0)
        if questions:
            return Plan(0, question=0)
        return Plan(0, fix=max(fixes, key=lambda fix: belief[fix]))

    assert cost_of_policy(LIN, ask_after_the_first) == pytest.approx(2.00)
