"""Other ways to help somebody, to hold the engine against.

Each is a policy: problem, belief, fixes left and questions left give the next step.
"""

import math
import random
from collections.abc import Collection, Mapping

from helpdesk.diagnosis.belief import normalized, prior, weigh_answer, weigh_failure
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.orders import Orders, Plan
from helpdesk.diagnosis.planning import ask_now, equation_5, plan

from .policy import Policy

HAND_OVER = Plan(0.0)
SURE_ENOUGH = 0.8
"""The belief in one cause at which questions about the cause end."""

LEAST_INFORMATION = 1e-3
"""Bits below which a question is not worth asking for what it tells."""


def at_random(
    problem: Problem, _: list[float], fixes: Collection[int], __: Collection[int]
) -> Plan:
    """Try fixes in any order."""
    order = list(range(len(problem.fixes)))
    random.Random(problem.catalog).shuffle(order)  # noqa: S311 - no secret hangs on it
    return _next_of_list(problem, order, fixes)


def cheapest_first(
    problem: Problem, _: list[float], fixes: Collection[int], __: Collection[int]
) -> Plan:
    """Try the quickest fix first, down to the slowest."""
    order = sorted(range(len(problem.fixes)), key=problem.costs.__getitem__)
    return _next_of_list(problem, order, fixes)


def most_likely_first(
    problem: Problem, _: list[float], fixes: Collection[int], __: Collection[int]
) -> Plan:
    """Go through a help article: the fix that helps most people first, then down the list."""
    weights = prior(problem)
    helped = [
        math.fsum(weights[cause] * success for cause, success in mended)
        for mended in problem.mended
    ]
    order = sorted(range(len(problem.fixes)), key=lambda fix: -helped[fix])
    return _next_of_list(problem, order, fixes)


def _next_of_list(problem: Problem, order: list[int], fixes: Collection[int]) -> Plan:
    """Return the next fix of a list that was ended where it is best for the mean reader."""
    weights = normalized(problem, prior(problem))
    spent, best, end = 0.0, problem.hand_off_minutes, 0
    for count, fix in enumerate(order, 1):
        spent += math.fsum(weights) * problem.costs[fix]
        weights = weigh_failure(weights, problem.fixes[fix])
        cost = spent + math.fsum(weights) * problem.hand_off_minutes
        if cost < best:
            best, end = cost, count
    return next((Plan(best, fix=fix) for fix in order[:end] if fix in fixes), HAND_OVER)


def updated_efficiency(
    problem: Problem, belief: list[float], fixes: Collection[int], _: Collection[int]
) -> Plan:
    """Try fixes by chance for each minute, brought up to date after each; ask nothing."""
    orders = Orders(problem, fixes)
    cost, fix = orders.best(orders.outlook(belief))
    return Plan(cost, fix=fix)


def now_or_never(
    problem: Problem, belief: list[float], fixes: Collection[int], questions: Collection[int]
) -> Plan:
    """Ask whatever question is better asked now than never (equation 4)."""
    orders = Orders(problem, fixes)
    here = orders.outlook(belief)
    never, fix = orders.best(here)
    nows = sorted((ask_now(orders, here, question, never), question) for question in questions)
    if nows and nows[0][0] < never:
        return Plan(nows[0][0], question=nows[0][1])
    return Plan(never, fix=fix)


def entropy_per_cost(
    problem: Problem, belief: list[float], fixes: Collection[int], questions: Collection[int]
) -> Plan:
    """Ask what tells most for each minute until the cause is known, then mend it ("Akinator")."""
    if max(belief) < SURE_ENOUGH:
        told = {question: _information(problem, belief, question) for question in questions}
        telling = [question for question, bits in told.items() if bits > LEAST_INFORMATION]
        if telling:
            costs = problem.question_costs
            return Plan(
                0.0, question=max(telling, key=lambda question: told[question] / costs[question])
            )
    return updated_efficiency(problem, belief, fixes, questions)


def _information(problem: Problem, belief: list[float], question: int) -> float:
    """Return how many bits about the cause an answer gives in the mean."""
    asked = problem.questions[question]
    left = 0.0
    for answer, usual in enumerate(asked.usual):
        weights = weigh_answer(problem, belief, question, answer)
        left += usual * math.fsum(weights) * _entropy(normalized(problem, weights))
    return (1 - asked.unsure) * (_entropy(belief) - left)


def _entropy(belief: list[float]) -> float:
    return -math.fsum(chance * math.log2(chance) for chance in belief if chance > 0)


BASELINES: Mapping[str, Policy] = {
    "random": at_random,
    "cheapest first": cheapest_first,
    "most likely first": most_likely_first,
    "updated P/C": updated_efficiency,
    "entropy per cost": entropy_per_cost,
    "now or never": now_or_never,
    "equation 5": equation_5,
}
ENGINE = "this engine"
POLICIES: Mapping[str, Policy] = {**BASELINES, ENGINE: plan}
