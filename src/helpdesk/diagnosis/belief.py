"""What is believed of each cause: single fault, naive Bayes.

A belief is a list of non-negative weights, one for each cause in catalog order.
Weights need not sum to 1; `normalized` makes them.

Likelihoods are kept as ratios to the question's usual row, so that an answer touches only
the causes that say something about the question. Products are always taken in catalog
order, never in the order of the evidence, so that the same facts give the same bits.
"""

import math
from collections.abc import Iterable, Mapping

from .model import SOMETHING_ELSE, Fix, Problem


def prior(problem: Problem) -> list[float]:
    """Return the prior weights."""
    return [cause.weight for cause in problem.causes]


def weigh_answer(problem: Problem, weights: list[float], question: int, answer: int) -> list[float]:
    """Return the weights after an answer, up to the common factor `usual` of that answer."""
    weighed = weights.copy()
    for cause, factor in problem.factors[question][answer]:
        weighed[cause] *= factor
    return weighed


def weigh_failure(weights: list[float], fix: Fix) -> list[float]:
    """Return the weights after a fix was done and the problem stayed."""
    weighed = weights.copy()
    for cause, success in fix.mends.items():
        weighed[cause] *= 1 - success
    return weighed


def believe(
    problem: Problem, answers: Mapping[int, int], failed: Iterable[int], cleared: Iterable[int]
) -> list[float]:
    """Return P(cause) given answers (question to answer), failed fixes and cleared causes.

    All are positions in the problem. Where the evidence rules out everything,
    what is left is the cause that stands for what the catalog does not name.
    """
    weights = prior(problem)
    for question in sorted(answers):
        weights = weigh_answer(problem, weights, question, answers[question])
    for fix in sorted(failed):
        weights = weigh_failure(weights, problem.fixes[fix])
    for cause in cleared:
        weights[cause] = 0.0
    return normalized(problem, weights)


def normalized(problem: Problem, weights: list[float]) -> list[float]:
    """Return the weights scaled to sum to 1."""
    total = math.fsum(weights)
    if total > 0:
        return [weight / total for weight in weights]
    return [float(cause.id == SOMETHING_ELSE) for cause in problem.causes]
