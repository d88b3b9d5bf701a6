"""One turn of the wizard: evidence in, the next step and what is believed out.

The turn is plain data (contract: "Turn"), ready for JSON.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from .confidence import ranking, worth_showing
from .evidence import Findings, replay
from .model import AGENT, AUDIENCES, USER, Problem, Warning
from .planning import Plan, plan
from .reasons import responsible, why_ask, why_try

RECIPIENT = "recipient"
"""The party that is the reader."""

WARN_FROM = 0.03
"""A warning that is as likely as this to be called for is looked into before anything is tried."""

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
        "causes": ranking(problem, belief),
        "likely": worth_showing(problem, belief),
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
    warning = called_for(problem, findings)
    if warning:
        step = {"kind": "warn", "warning": warning.id}
        return step, problem.hand_off_minutes, {"causes": []}
    chosen = choose(problem, findings, belief, audience)
    if chosen.question is not None:
        question = problem.questions[chosen.question]
        step = {"kind": "ask", "question": question.id}
        return step, chosen.expected_minutes, why_ask(problem, belief, chosen.question)
    if chosen.fix is not None:
        step = {"kind": "try", "fix": problem.fixes[chosen.fix].id}
        return step, chosen.expected_minutes, why_try(problem, belief, chosen.fix)
    party, causes = responsible(problem, belief)
    mended = [problem.causes[cause].id for cause in sorted(findings.cleared)]
    why = {"causes": causes, "learnt": list(findings.kept), "mended": mended}
    return {"kind": "hand-off", "party": party}, chosen.expected_minutes, why


def called_for(problem: Problem, findings: Findings) -> Warning | None:
    """Return the first warning that what was said calls for."""
    for warning in problem.warnings:
        if all(
            _said(problem, findings, problem.question_positions[question], answers)
            for question, answers in warning.when.items()
        ):
            return warning
    return None


def _said(problem: Problem, findings: Findings, position: int, answers: Collection[str]) -> bool:
    """Tell whether one of these answers was given."""
    choice = findings.answers.get(position)
    return choice is not None and problem.questions[position].answers[choice] in answers


def choose(problem: Problem, findings: Findings, belief: list[float], audience: str) -> Plan:
    """Plan without what was put off; bring that back once nothing better is left."""
    questions = [
        position
        for position, question in enumerate(problem.questions)
        if position not in findings.answers and question.audience in (USER, audience)
    ]
    offered = _offered(problem, findings, audience)
    at_once = [fix for fix in offered if fix not in findings.deferred]
    chosen = plan(problem, belief, at_once, questions)
    if chosen.question is None:
        for question in safety_questions(problem, findings, belief, questions):
            cost = problem.question_costs[question]
            return Plan(cost + chosen.expected_minutes, question=question)
    if chosen.fix is None and chosen.question is None and len(at_once) < len(offered):
        return plan(problem, belief, offered, questions)
    return chosen


def safety_questions(
    problem: Problem, findings: Findings, belief: list[float], questions: Collection[int]
) -> Iterator[int]:
    """Yield what has to be asked before a fix, because its answer may call for a warning.

    What a fix costs is minutes, but trying on while a number is being stolen costs more.
    """
    for warning in problem.warnings:
        chances = belief
        missing = []
        for name, answers in warning.when.items():
            position = problem.question_positions[name]
            if position not in findings.answers:
                missing.append(position)
                chances = _likely_to_say(problem, chances, position, answers)
            elif not _said(problem, findings, position, answers):
                chances = []
        if math.fsum(chances) >= WARN_FROM:
            yield from (position for position in missing if position in questions)


def _likely_to_say(
    problem: Problem, weights: list[float], position: int, answers: Collection[str]
) -> list[float]:
    """Return the weights of the causes together with one of these answers."""
    question = problem.questions[position]
    said = [question.answers.index(answer) for answer in answers]
    usual = math.fsum(question.usual[answer] for answer in said)
    shares = {
        cause: math.fsum(row[answer] for answer in said) for cause, row in question.given.items()
    }
    return [weight * shares.get(cause, usual) for cause, weight in enumerate(weights)]


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
