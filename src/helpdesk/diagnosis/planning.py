"""What to do next: ask now, ask after the best fix, or never.

The rule is that of SACSO (Jensen et al., AI EDAM 15, 2001; equation 5 of Langseth and Jensen,
RESS 80, 2003). The aim is a working code at the least expected cost, not the name of the cause.

Words used here, on top of those of `orders`
    never     expected cost if no more questions are asked
    now       expected cost if a question is asked now and none afterwards
    after     expected cost if the best fix is tried first and the question asked then
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from .model import Problem
from .orders import Orders, Outlook

TOLERANCE = 1e-12
"""Differences in expected cost below this do not count."""

HEARD_AT_MOST = 32
"""Answers of one question that planning reckons with."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The next step and what reaching the end is expected to cost, in minutes."""

    expected_minutes: float
    fix: int | None = None
    question: int | None = None


def equation_5(
    problem: Problem, belief: list[float], fixes: Collection[int], questions: Collection[int]
) -> Plan:
    """Return the next step for a belief, with what is left to try and to ask, by position."""
    orders = Orders(problem, fixes)
    here = orders.outlook(belief)
    never, best = orders.best(here)
    candidates = sorted(_worth_asking(orders, here, questions, never))
    if not candidates:
        return Plan(never, fix=best)
    if best is None:
        return Plan(candidates[0][0], question=candidates[0][1])
    failed = orders.failed(here, best)
    if failed.total < TOLERANCE:
        return Plan(never, fix=best)
    never_after = orders.best(failed)[0]
    for now, question in candidates:
        after = problem.costs[best] + ask_now(orders, failed, question, never_after)
        if now <= after + TOLERANCE:
            return Plan(now, question=question)
    return Plan(never, fix=best)


def _worth_asking(
    orders: Orders, here: Outlook, questions: Collection[int], never: float
) -> Iterator[tuple[float, int]]:
    """Yield (now, question) for the questions that beat never asking."""
    for question in questions:
        now = ask_now(orders, here, question, never)
        if now < never - TOLERANCE:
            yield now, question


def ask_now(orders: Orders, here: Outlook, question: int, never: float) -> float:
    """Return the expected cost if this question is asked now; `never` is that of not asking."""
    problem = orders.problem
    asked = problem.questions[question]
    told, heard = [], []
    for answer in _worth_hearing(problem, here, question):
        outlook = orders.answered(here, question, answer)
        told.append(asked.usual[answer] * orders.best(outlook)[0])
        heard.append(asked.usual[answer] * outlook.total)
    unheard = asked.unsure + (1 - asked.unsure) * (1 - math.fsum(heard) / here.total)
    cost = problem.question_costs[question] * here.total
    return cost + unheard * never + (1 - asked.unsure) * math.fsum(told)


def _worth_hearing(problem: Problem, here: Outlook, question: int) -> Sequence[int]:
    """Return the answers to reckon with: of very many only the likeliest, to be quick.

    The others count like not knowing, so a question may be asked too late but never too soon.
    """
    usual = problem.questions[question].usual
    if len(usual) <= HEARD_AT_MOST:
        return range(len(usual))
    chances = [
        share * (here.total + math.fsum(here.weights[cause] * (by - 1) for cause, by in factors))
        for share, factors in zip(usual, problem.factors[question], strict=True)
    ]
    return sorted(range(len(usual)), key=lambda answer: -chances[answer])[:HEARD_AT_MOST]


plan = equation_5

__all__ = ["Plan", "ask_now", "equation_5", "plan"]
