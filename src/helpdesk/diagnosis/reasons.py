"""Why this step: short reasons that go with every turn."""

import math
from operator import sub
from typing import Any

from .belief import normalized, weigh_answer
from .confidence import DIGITS, LIKELY, SHOWN_FROM, leading
from .model import Problem

TELLS_APART = 0.02
"""An answer that moves a cause by less than this does not say anything about it."""

RULES_OUT = 0.25
"""An answer rules a cause out that it leaves with less than this share of its probability."""


def why_ask(problem: Problem, belief: list[float], position: int) -> dict[str, Any]:
    """Return the causes that the answers tell apart, and what each answer would do.

    `rules_out` names the causes that an answer makes much less likely, `settles` is the chance
    that an answer leaves one cause likely.
    """
    question = problem.questions[position]
    lowest, highest = belief.copy(), belief.copy()
    rules_out, settles = [], 0.0
    for answer, usual in enumerate(question.usual):
        weights = weigh_answer(problem, belief, position, answer)
        after = normalized(problem, weights)
        lowest, highest = list(map(min, lowest, after)), list(map(max, highest, after))
        lost = {
            cause: belief[cause]
            for cause, _ in problem.factors[position][answer]
            if belief[cause] >= SHOWN_FROM and after[cause] < belief[cause] * RULES_OUT
        }
        if lost:
            causes = _ids(problem, leading(problem, lost, SHOWN_FROM))
            rules_out.append({"answer": question.answers[answer], "causes": causes})
        if max(after) >= LIKELY > max(belief):
            settles += (1 - question.unsure) * usual * math.fsum(weights)
    moved = dict(enumerate(map(sub, highest, lowest)))
    return {
        "causes": _ids(problem, leading(problem, moved, TELLS_APART)),
        "minutes": question.minutes,
        "settles": round(settles, DIGITS),
        "rules_out": rules_out,
    }


def why_try(problem: Problem, belief: list[float], position: int) -> dict[str, Any]:
    """Return the causes that the fix would mend, its chance to end the problem and its cost."""
    fix = problem.fixes[position]
    mended = {cause: belief[cause] * success for cause, success in fix.mends.items()}
    return {
        "causes": _ids(problem, leading(problem, mended, 0.0)),
        "chance": round(math.fsum(mended.values()), DIGITS),
        "minutes": fix.minutes,
        "waiting": fix.waiting,
    }


def responsible(problem: Problem, belief: list[float]) -> tuple[str, list[str]]:
    """Return the party whose causes weigh most, and the heaviest of those causes."""
    weights: dict[str, list[float]] = {party: [] for party in problem.hand_off_to}
    for probability, party in zip(belief, problem.menders_to_contact, strict=True):
        weights[party].append(probability)
    totals = {party: round(math.fsum(theirs), DIGITS) for party, theirs in weights.items()}
    party = max(problem.hand_off_to, key=totals.__getitem__)
    theirs = {
        cause: probability
        for cause, probability in enumerate(belief)
        if problem.menders_to_contact[cause] == party
    }
    return party, _ids(problem, leading(problem, theirs, SHOWN_FROM))


def _ids(problem: Problem, causes: list[int]) -> list[str]:
    return [problem.causes[cause].id for cause in causes]
