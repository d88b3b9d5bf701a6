"""What to do next: ask now, ask after the best fix, or never.

The rule is that of SACSO (Jensen et al., AI EDAM 15, 2001; equation 5 of Langseth and Jensen,
RESS 80, 2003). The aim is a working code at the least expected cost, not the name of the cause.
Where the problem is small enough, `lookahead` looks further than the rule does.

Words used here, on top of those of `orders`
    never     expected cost if no more questions are asked
    now       expected cost if a question is asked now and none afterwards
    after     expected cost if the best fix is tried first and the question asked then
"""

import math
from collections.abc import Collection
from heapq import nsmallest

from .lookahead import Ground, look_further
from .model import Problem
from .orders import HEARD_AT_MOST, TOLERANCE, Orders, Outlook, Plan
from .screening import promising

FIXES_AT_MOST = 400
"""Of more fixes, only those of the highest rates are planned with."""


def plan(
    problem: Problem, belief: list[float], fixes: Collection[int], questions: Collection[int]
) -> Plan:
    """Return the next step for a belief, with what is left to try and to ask, by position."""
    return look_further(*_ground(problem, belief, fixes, questions))


def equation_5(
    problem: Problem, belief: list[float], fixes: Collection[int], questions: Collection[int]
) -> Plan:
    """Return the next step by the rule alone."""
    return _ground(problem, belief, fixes, questions)[1].rule


def _ground(
    problem: Problem, belief: list[float], fixes: Collection[int], questions: Collection[int]
) -> tuple[Orders, Ground]:
    orders = Orders(problem, fixes)
    here = orders.outlook(belief)
    if len(fixes) > FIXES_AT_MOST:
        best = nsmallest(FIXES_AT_MOST, fixes, key=lambda fix: (-here.rates[fix], fix))
        orders = Orders(problem, best)
        here = orders.outlook(belief)
    never, fix = orders.best(here)
    asked, work = promising(orders, here, never, questions)
    nows = {question: ask_now(orders, here, question, never) for question in asked}
    rule = _rule(orders, here, Plan(never, fix=fix), nows)
    return orders, Ground(here, rule, never, nows, work)


def _rule(orders: Orders, here: Outlook, never: Plan, nows: dict[int, float]) -> Plan:
    """Return the first question that beats never asking and does not gain by waiting."""
    least = never.expected_minutes - TOLERANCE
    candidates = sorted((now, question) for question, now in nows.items() if now < least)
    if not candidates:
        return never
    if never.fix is None:
        return Plan(candidates[0][0], question=candidates[0][1])
    failed = orders.failed(here, never.fix)
    if failed.total < TOLERANCE:
        return never
    never_after = orders.best(failed)[0]
    for now, question in candidates:
        cost = orders.problem.costs[never.fix] * here.total
        if now <= cost + ask_now(orders, failed, question, never_after) + TOLERANCE:
            return Plan(now, question=question)
    return never


def ask_now(orders: Orders, here: Outlook, question: int, never: float) -> float:
    """Return the expected cost if this question is asked now; `never` is that of not asking.

    Answers that people cannot give, and codes that are not there, leave things as they are.
    """
    asked = orders.problem.questions[question]
    told, heard = [], []
    for answer in orders.worth_hearing(here, question):
        outlook = orders.answered(here, question, answer)
        told.append(asked.usual[answer] * orders.best(outlook)[0])
        heard.append(asked.usual[answer] * outlook.total)
    unheard = 1 - (1 - asked.unsure) * math.fsum(heard) / here.total
    cost = orders.problem.question_costs[question] * here.total
    return cost + unheard * never + (1 - asked.unsure) * math.fsum(told)


__all__ = ["HEARD_AT_MOST", "Plan", "ask_now", "equation_5", "plan"]
