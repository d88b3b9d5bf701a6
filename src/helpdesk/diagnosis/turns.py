"""One turn of the wizard: evidence in, the next step and what is believed out.

The turn is plain data (contract: "Turn"), ready for JSON.
"""

import math
from collections.abc import Mapping, Sequence
from operator import sub
from typing import Any

from .belief import normalized, weigh_answer
from .evidence import Findings, replay
from .model import AGENT, AUDIENCES, SOMETHING_ELSE, USER, Problem, Warning
from .planning import Plan, plan

RECIPIENT = "recipient"
"""The party that is the reader."""

DIGITS = 9
"""Decimal digits of a probability on the wire; the only place where one is rounded."""

WORDS = ((0.8, "very-likely"), (0.5, "likely"), (0.2, "possible"), (0.05, "unlikely"))
"""From this probability on, this word. Nothing is more than very likely: it is an estimate."""

SHOWN_AT_MOST = 3
SHOWN_FROM = 0.04
"""A cause below this is not worth showing."""

TELLS_APART = 0.02
"""An answer that moves a cause by less than this does not say anything about it."""

DEFERRALS_AT_MOST = 1
"""A fix put off more often than this does not come back."""


def next_turn(
    problem: Problem, evidence: Sequence[Mapping[str, str]], audience: str = USER
) -> dict[str, Any]:
    """Return the turn for a list of evidence entries.

    Raises EvidenceError where the evidence is not a list, ValueError for an unknown audience.
    """
    if audience not in AUDIENCES:
        msg = f"There is no audience {audience!r}; expected one of {', '.join(AUDIENCES)}."
        raise ValueError(msg)
    findings = replay(problem, evidence)
    belief = findings.belief(problem)
    step, minutes, why = _step(problem, findings, belief, audience)
    return {
        "step": step,
        "expected_minutes": round(minutes, 1),
        "causes": _ranking(problem, belief),
        "likely": _worth_showing(problem, belief),
        "why": why,
        "ignored": list(findings.ignored),
        "ignored_reasons": list(findings.reasons),
        "catalog": problem.catalog,
    }


def posterior(problem: Problem, evidence: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """Return P(cause) for each cause id, given the evidence."""
    belief = replay(problem, evidence).belief(problem)
    return {cause.id: p for cause, p in zip(problem.causes, belief, strict=True)}


def _step(
    problem: Problem, findings: Findings, belief: list[float], audience: str
) -> tuple[dict[str, str], float, dict[str, Any]]:
    """Return the step, its expected minutes and why it is the next one."""
    if findings.solved:
        return {"kind": "solved"}, 0.0, {"causes": []}
    for warning in problem.warnings:
        if _applies(problem, findings, warning):
            step = {"kind": "warn", "warning": warning.id}
            return step, problem.hand_off_minutes, {"causes": []}
    chosen = _choose(problem, findings, belief, audience)
    if chosen.question is not None:
        question = problem.questions[chosen.question]
        step = {"kind": "ask", "question": question.id}
        return step, chosen.expected_minutes, _why_ask(problem, belief, chosen.question)
    if chosen.fix is not None:
        step = {"kind": "try", "fix": problem.fixes[chosen.fix].id}
        return step, chosen.expected_minutes, _why_try(problem, belief, chosen.fix)
    party, causes = _responsible(problem, belief)
    step = {"kind": "hand-off", "party": party}
    return step, chosen.expected_minutes, {"causes": causes}


def _applies(problem: Problem, findings: Findings, warning: Warning) -> bool:
    for question, answers in warning.when.items():
        position = problem.question_positions[question]
        choice = findings.answers.get(position)
        if choice is None or problem.questions[position].answers[choice] not in answers:
            return False
    return True


def _choose(problem: Problem, findings: Findings, belief: list[float], audience: str) -> Plan:
    """Plan without what was put off; bring that back once nothing better is left."""
    questions = [
        position
        for position, question in enumerate(problem.questions)
        if position not in findings.answers and question.audience in (USER, audience)
    ]
    offered = _offered(problem, findings, audience)
    at_once = [fix for fix in offered if fix not in findings.deferred]
    chosen = plan(problem, belief, at_once, questions)
    if chosen.fix is None and chosen.question is None and len(at_once) < len(offered):
        return plan(problem, belief, offered, questions)
    return chosen


def _offered(problem: Problem, findings: Findings, audience: str) -> list[int]:
    """Return the fixes that this audience can do and that are neither done nor used up."""
    doers = (RECIPIENT, *problem.staff) if audience == AGENT else (RECIPIENT,)
    used_up = {
        limit.group
        for limit in problem.limits
        if _times(problem, findings, limit.group, limit.counts) >= limit.at_most
    }
    return [
        position
        for position, fix in enumerate(problem.fixes)
        if position not in findings.done
        and findings.deferred.get(position, 0) <= DEFERRALS_AT_MOST
        and fix.by in doers
        and fix.group not in used_up
    ]


def _times(
    problem: Problem, findings: Findings, group: str, counts: Mapping[str, Mapping[str, int]]
) -> int:
    """Return how often what a group stands for has been done, by fixes and by answers."""
    times = len([fix for fix in findings.done if problem.fixes[fix].group == group])
    for question, count in counts.items():
        position = problem.question_positions[question]
        choice = findings.answers.get(position)
        if choice is not None:
            times += count.get(problem.questions[position].answers[choice], 0)
    return times


def _ranking(problem: Problem, belief: list[float]) -> list[dict[str, Any]]:
    rounded = [round(probability, DIGITS) for probability in belief]
    order = sorted(range(len(rounded)), key=rounded.__getitem__, reverse=True)
    return [
        {
            "cause": problem.causes[cause].id,
            "probability": rounded[cause],
            "word": _word(rounded[cause]),
        }
        for cause in order
    ]


def _word(probability: float) -> str:
    for least, word in WORDS:
        if probability >= least:
            return word
    return "very-unlikely"


def _best(problem: Problem, scores: Mapping[int, float], least: float) -> list[str]:
    """Return the ids of up to three named causes with the highest scores."""
    named = [
        cause
        for cause, score in scores.items()
        if score >= least and problem.causes[cause].id != SOMETHING_ELSE
    ]
    named.sort(key=lambda cause: (-round(scores[cause], DIGITS), cause))
    return [problem.causes[cause].id for cause in named[:SHOWN_AT_MOST]]


def _worth_showing(problem: Problem, belief: list[float]) -> list[str]:
    return _best(problem, dict(enumerate(belief)), SHOWN_FROM)


def _why_ask(problem: Problem, belief: list[float], position: int) -> dict[str, Any]:
    """Return the causes that the answers tell apart: those whose probability they move most."""
    lowest, highest = belief.copy(), belief.copy()
    for answer in range(len(problem.questions[position].answers)):
        after = normalized(problem, weigh_answer(problem, belief, position, answer))
        lowest, highest = list(map(min, lowest, after)), list(map(max, highest, after))
    moved = dict(enumerate(map(sub, highest, lowest)))
    return {"causes": _best(problem, moved, TELLS_APART)}


def _why_try(problem: Problem, belief: list[float], position: int) -> dict[str, Any]:
    """Return the causes that the fix would mend, and its chance to end the problem."""
    mended = {
        cause: belief[cause] * success for cause, success in problem.fixes[position].mends.items()
    }
    return {
        "causes": _best(problem, mended, 0.0),
        "chance": round(math.fsum(mended.values()), DIGITS),
    }


def _responsible(problem: Problem, belief: list[float]) -> tuple[str, list[str]]:
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
    return party, _best(problem, theirs, SHOWN_FROM)
