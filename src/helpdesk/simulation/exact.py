"""The exact optimum, as a yardstick: dynamic programming over what has been done and answered.

`V(e) = min{ hand over, min_j c_j + (1 - p_j) V(e, j failed), min_q c_q + sum_a P(a|e) V(e, a) }`
(SACSO, Jensen et al. 2001). At most 2^fixes x product of (answers + 2) states, so only for
problems of about seven fixes and five questions.
"""

import math
from functools import cache

from helpdesk.diagnosis.belief import normalized, prior, weigh_answer, weigh_failure
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.planning import cost_of_fix, cost_of_question

UNSURE = -1
"""Stands for "not sure" among the positions of answers."""


def least_cost(problem: Problem) -> float:
    """Return the expected minutes of the best strategy there is, hand-off included."""

    @cache
    def least(done: frozenset[int], answered: tuple[tuple[int, int], ...]) -> float:
        """Return the least cost from here, already multiplied by the chance to be here."""
        weights = normalized(problem, prior(problem))
        for question, answer in answered:
            weights = _answered(problem, weights, question, answer)
        for fix in done:
            weights = weigh_failure(weights, problem.fixes[fix])
        here = math.fsum(weights)
        if here <= 0:
            return 0.0
        costs = [here * problem.hand_off_minutes]
        for position, fix in enumerate(problem.fixes):
            if position not in done:
                costs.append(here * cost_of_fix(problem, fix) + least(done | {position}, answered))
        asked = {question for question, _ in answered}
        for position, question in enumerate(problem.questions):
            if position not in asked:
                told = (
                    least(done, tuple(sorted((*answered, (position, answer)))))
                    for answer in range(UNSURE, len(question.answers))
                )
                costs.append(here * cost_of_question(question) + math.fsum(told))
        return min(costs)

    return least(frozenset(), ())


def _answered(problem: Problem, weights: list[float], position: int, answer: int) -> list[float]:
    """Return the joint weights of cause and answer, so that they sum to the chance of both."""
    question = problem.questions[position]
    if answer == UNSURE:
        return [weight * question.unsure for weight in weights]
    share = (1 - question.unsure) * question.usual[answer]
    return [weight * share for weight in weigh_answer(weights, question, answer)]
