"""Which questions to look at where they are too many to look at all: the most promising."""

import math
from collections.abc import Collection

from .orders import Orders, Outlook

WORK = 400.0
"""What looking at questions may take, as `Orders.work` counts; below that, all are looked at."""

WORK_FOR_EACH = 0.02
"""What a cause that says something about a question adds."""


def promising(
    orders: Orders, here: Outlook, never: float, questions: Collection[int]
) -> tuple[list[int], float]:
    """Return the questions to look at, and what that takes."""
    order = orders.work(here)
    work = {question: _work(orders, question, order) for question in questions}
    total = math.fsum(work.values())
    if total <= WORK:
        return list(questions), total
    promises = {question: _promise(orders, here, never, question) for question in questions}
    chosen, spent = [], 0.0
    for question in sorted(questions, key=lambda question: (-promises[question], question)):
        if promises[question] > 0 and spent + work[question] <= WORK:
            chosen.append(question)
            spent += work[question]
    return sorted(chosen), spent


def _work(orders: Orders, question: int, order: float) -> float:
    told = len(orders.problem.questions[question].given) * WORK_FOR_EACH
    return orders.answers_heard(question) * (order + told)


def _promise(orders: Orders, here: Outlook, never: float, question: int) -> float:
    """Return what a question could save at most, were each cause it speaks for then known."""
    problem, weights = orders.problem, here.weights
    knowing, unsure = problem.knowing, problem.questions[question].unsure
    saved = 0.0
    for cause, rise in problem.rises[question]:
        if never > knowing[cause]:
            saved += rise * weights[cause] * (never - knowing[cause])
    return (1 - unsure) * saved - problem.question_costs[question] * here.total
