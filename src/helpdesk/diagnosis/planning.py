"""What to do next: ask now, ask after the best fix, or never.

The rule is that of SACSO (Jensen et al., AI EDAM 15, 2001; equation 5 of Langseth and Jensen,
RESS 80, 2003). The aim is a working code at the least expected cost, not the name of the cause.

Words used here
    weights   unnormalized belief over causes; their sum is the chance that we are here at all,
              so costs below come out already multiplied by that chance
    gain      the weight a fix would end: sum of weight x success
    order     fixes by gain for each minute, weights updated after each failure, cut where
              handing over is cheaper than going on ("updated P/C")
    never     expected cost if no more questions are asked
    now       expected cost if a question is asked now and none afterwards
    after     expected cost if the best fix is tried first and the question asked then
"""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

from .belief import weigh_answer, weigh_failure
from .model import Fix, Problem, Question

LEAST_COST = 0.1
"""Minutes that even the quickest step takes."""

TOLERANCE = 1e-12
"""Differences in expected cost below this do not count."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The next step and what reaching the end is expected to cost, in minutes."""

    expected_minutes: float
    fix: int | None = None
    question: int | None = None


def cost_of_fix(problem: Problem, fix: Fix) -> float:
    """Return minutes of effort plus the weighed minutes of waiting."""
    return max(LEAST_COST, fix.minutes + problem.waiting_weight * fix.waiting)


def cost_of_question(question: Question) -> float:
    """Return the minutes it takes to answer."""
    return max(LEAST_COST, question.minutes)


def plan(
    problem: Problem, belief: list[float], fixes: Collection[int], questions: Collection[int]
) -> Plan:
    """Return the next step for a belief, with what is left to try and to ask, by position."""
    never, best = best_order(problem, belief, fixes)
    candidates = sorted(_worth_asking(problem, belief, fixes, questions, never))
    if not candidates:
        return Plan(never, fix=best)
    if best is None:
        return Plan(candidates[0][0], question=candidates[0][1])
    if math.fsum(weigh_failure(belief, problem.fixes[best])) < TOLERANCE:
        return Plan(never, fix=best)
    for now, question in candidates:
        if now <= _after(problem, belief, fixes, best, question) + TOLERANCE:
            return Plan(now, question=question)
    return Plan(never, fix=best)


def best_order(
    problem: Problem, weights: list[float], fixes: Collection[int]
) -> tuple[float, int | None]:
    """Return the expected cost of trying fixes in their best order, and the first of them.

    The first is None where handing over at once is best.
    """
    hand_off = problem.hand_off_minutes
    surviving = math.fsum(weights)
    spent, best, first, best_first = 0.0, surviving * hand_off, None, None
    for fix, gain in _by_efficiency(problem, weights, fixes):
        first = fix if first is None else first
        spent += surviving * cost_of_fix(problem, problem.fixes[fix])
        surviving = max(0.0, surviving - gain)
        if spent + surviving * hand_off < best:
            best, best_first = spent + surviving * hand_off, first
    return best, best_first


def _by_efficiency(
    problem: Problem, weights: list[float], fixes: Collection[int]
) -> Iterator[tuple[int, float]]:
    """Yield fixes and their gains, the most efficient first, each assuming those before failed.

    A failure never raises the gain of another fix, so a stale entry on top of the heap that
    still leads after being brought up to date is the best one (lazy evaluation).
    """
    left = weights.copy()
    heap = []
    for position in fixes:
        fix = problem.fixes[position]
        if gain := _gain(left, fix):
            heap.append((-gain / cost_of_fix(problem, fix), position, gain))
    heapify(heap)
    while heap:
        _, position, gain = heap[0]
        fix = problem.fixes[position]
        fresh = _gain(left, fix)
        if fresh < gain:
            if fresh:
                heapreplace(heap, (-fresh / cost_of_fix(problem, fix), position, fresh))
            else:
                heappop(heap)
            continue
        heappop(heap)
        left = weigh_failure(left, fix)
        yield position, gain


def _gain(weights: list[float], fix: Fix) -> float:
    """Return the weight that a fix would end."""
    return math.fsum(weights[cause] * success for cause, success in fix.mends.items())


def _worth_asking(
    problem: Problem,
    belief: list[float],
    fixes: Collection[int],
    questions: Collection[int],
    never: float,
) -> Iterator[tuple[float, int]]:
    """Yield (now, question) for the questions that beat never asking."""
    for question in questions:
        now = ask_now(problem, belief, fixes, question, never)
        if now < never - TOLERANCE:
            yield now, question


def ask_now(
    problem: Problem, weights: list[float], fixes: Collection[int], position: int, never: float
) -> float:
    """Return the expected cost if this question is asked now; `never` is that of not asking."""
    question = problem.questions[position]
    told = math.fsum(
        usual * best_order(problem, weigh_answer(weights, question, answer), fixes)[0]
        for answer, usual in enumerate(question.usual)
    )
    return (
        cost_of_question(question) * math.fsum(weights)
        + question.unsure * never
        + (1 - question.unsure) * told
    )


def _after(
    problem: Problem, belief: list[float], fixes: Collection[int], best: int, question: int
) -> float:
    """Return the expected cost if the best fix is tried first and the question asked then."""
    fix = problem.fixes[best]
    failed = weigh_failure(belief, fix)
    rest = [position for position in fixes if position != best]
    never = best_order(problem, failed, rest)[0]
    return cost_of_fix(problem, fix) + ask_now(problem, failed, rest, question, never)


__all__ = ["Plan", "ask_now", "best_order", "cost_of_fix", "cost_of_question", "plan"]
