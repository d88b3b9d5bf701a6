"""Questions that never change the next step.

Whether a question is worth asking depends on what is believed. So beliefs are looked at: that
of the start, and those of people with each of the causes the question speaks of. One in which
asking pays proves that it can; that none does is no proof, and the message says how many
were looked at.
"""

from collections.abc import Iterator

from helpdesk.catalog.model import Catalog
from helpdesk.diagnosis.belief import believe, normalized
from helpdesk.diagnosis.model import AGENT, Problem
from helpdesk.diagnosis.orders import TOLERANCE, Orders
from helpdesk.diagnosis.planning import ask_now
from helpdesk.diagnosis.turns import RECIPIENT
from helpdesk.simulation.guided import Turns, typically, walk

from .findings import NOTE, WARNING, Finding

CAUSES_AT_MOST = 12
"""Causes of one question whose people are looked at: those it speaks of most."""

WALKS_AT_MOST = 3
"""People that are walked with to see if a question is asked beside others."""

NOT_WORTH_ITS_TIME = 0.05
"""Minutes below which an answer is said to change nothing, not just too little."""


def questions_never_asked(catalog: Catalog, turns: Turns) -> Iterator[Finding]:
    """Yield the questions that are worth asking in none of the beliefs that were looked at."""
    problem = catalog.problem
    for position, question in enumerate(problem.questions):
        if question.id in turns.asked or not any(problem.factors[position]):
            continue
        orders = _orders(problem, question.audience)
        saved, looked = 0.0, 0
        for belief in _beliefs(problem, position):
            saved, looked = max(saved, _saved(orders, belief, position)), looked + 1
            if saved > problem.question_costs[position] + TOLERANCE:
                break
        else:
            if saved > NOT_WORTH_ITS_TIME and _asked_together(turns, position):
                continue
            yield _finding(catalog, position, saved, looked)


def _asked_together(turns: Turns, position: int) -> bool:
    """Tell whether a walk asks a question that does not pay alone: another may need it."""
    question = turns.problem.questions[position]
    for cause in _told_most(turns.problem, position)[:WALKS_AT_MOST]:
        walk(turns, typically(turns.problem, cause), question.audience)
        if question.id in turns.asked:
            return True
    return False


def _finding(catalog: Catalog, position: int, saved: float, looked: int) -> Finding:
    question, cost = catalog.problem.questions[position], catalog.problem.question_costs[position]
    place = catalog.questions[question.id].position
    advice = "Say in signs what tells apart causes that have different fixes."
    if saved < NOT_WORTH_ITS_TIME:
        told = f'No answer to "{question.id}" changed the next step in {looked} situations'
        message = f"{told} that were looked at. {advice}"
        return Finding(place, WARNING, "question-changes-nothing", message)
    message = (
        f'"{question.id}" is hardly ever asked: it takes {cost:g} minutes and saved at most '
        f"{saved:.1f} in {looked} situations that were looked at. {advice}"
    )
    return Finding(place, NOTE, "question-hardly-asked", message)


def _orders(problem: Problem, audience: str) -> Orders:
    doers = (RECIPIENT, *problem.staff) if audience == AGENT else (RECIPIENT,)
    return Orders(problem, [i for i, fix in enumerate(problem.fixes) if fix.by in doers])


def _saved(orders: Orders, belief: list[float], question: int) -> float:
    """Return the minutes that the answer saves, what asking costs left aside."""
    here = orders.outlook(belief)
    never = orders.best(here)[0]
    now = ask_now(orders, here, question, never)
    return never - now + orders.problem.question_costs[question]


def _told_most(problem: Problem, question: int) -> list[int]:
    """Return the causes that a question speaks of, those it speaks of most first."""
    rises = sorted(problem.rises[question], key=lambda rise: (-rise[1], rise[0]))
    return [cause for cause, _ in rises]


def _beliefs(problem: Problem, question: int) -> Iterator[list[float]]:
    """Yield the belief at the start, then those of people with the causes a question speaks of."""
    yield believe(problem, {}, (), ())
    causes = _told_most(problem, question)[:CAUSES_AT_MOST]
    for cause in causes:
        told = {
            other: max(range(len(row)), key=row.__getitem__)
            for other, asked in enumerate(problem.questions)
            if other != question and (row := asked.given.get(cause))
        }
        yield believe(problem, told, (), ())
    for first in causes:
        for second in causes:
            if first < second:  # nothing else in question: what most depends on the answer
                weights = [0.0] * len(problem.causes)
                weights[first] = weights[second] = 1.0
                yield normalized(problem, weights)


__all__ = ["questions_never_asked"]
