"""Why these causes, what would change that, and how firmly it stands: data for those who ask.

Takes longer than a turn, so it is not part of one.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .belief import normalized, weigh_answer
from .confidence import DIGITS, SHOWN_AT_MOST, most_probable, ranking
from .evidence import Findings, replay
from .model import USER, Problem
from .stability import DRAWS, stays_first

STRENGTHS = ((10.0, "strong"), (3.0, "clear"), (1.5, "slight"))
"""How many times likelier a finding is with a cause than without it, and the word for that."""

CHANGES_AT_MOST = 5


def explain(
    problem: Problem, evidence: Sequence[Mapping[str, str]], audience: str = USER
) -> dict[str, Any]:
    """Return the reasons behind a turn.

    causes      the first three, each with the findings that speak for and against it
    changes     answers not yet given that would put another cause first, the likeliest first
    rests_on    answers given without which another cause would be first
    stability   how often the first cause stays first when every word is moved one step

    Raises EvidenceError where the evidence is not a list.
    """
    findings = replay(problem, evidence)
    belief = findings.belief(problem)
    first = most_probable(belief)
    shown = ranking(problem, belief)[:SHOWN_AT_MOST]
    positions = {cause.id: position for position, cause in enumerate(problem.causes)}
    return {
        "causes": [
            entry | _speaking(problem, findings, positions[entry["cause"]]) for entry in shown
        ],
        "changes": _changes(problem, findings, belief, audience, first),
        "rests_on": _rests_on(problem, findings, first),
        "stability": {
            "cause": problem.causes[first].id,
            "first": stays_first(problem, findings, belief, first),
            "of": DRAWS,
        },
        "catalog": problem.catalog,
    }


def _speaking(problem: Problem, findings: Findings, cause: int) -> dict[str, list[dict[str, str]]]:
    """Return the findings for and against a cause, the strongest first."""
    found = sorted(_factors(problem, findings, cause), key=lambda one: -_size(one[1]))
    sides: dict[str, list[dict[str, str]]] = {"for": [], "against": []}
    for entry, factor in found:
        strength = _strength(factor)
        if strength:
            sides["for" if factor > 1 else "against"].append(entry | {"strength": strength})
    return sides


def _factors(
    problem: Problem, findings: Findings, cause: int
) -> Iterator[tuple[dict[str, str], float]]:
    """Yield each finding, and how many times likelier it is with the cause than without."""
    given = _given(findings)
    for position, answer in sorted(findings.counted.items()):
        by_cause = dict(problem.factors[position][answer])
        yield given[problem.questions[position].id], _against_others(problem, by_cause, cause)
    for fix in sorted(findings.done):
        by_cause = {mended: 1 - success for mended, success in problem.mended[fix]}
        yield {"fix": problem.fixes[fix].id}, _against_others(problem, by_cause, cause)


def _against_others(problem: Problem, by_cause: Mapping[int, float], cause: int) -> float:
    """Return a cause's factor, relative to the mean of the others."""
    others = [other.weight for other in problem.causes]
    others[cause] = 0.0
    told = math.fsum(
        weight * by_cause.get(other, 1.0) for other, weight in enumerate(others) if weight
    )
    return by_cause.get(cause, 1.0) * math.fsum(others) / told if told > 0 else 1.0


def _size(factor: float) -> float:
    return max(factor, 1 / factor) if factor > 0 else math.inf


def _strength(factor: float) -> str:
    return next((word for least, word in STRENGTHS if _size(factor) >= least), "")


def _changes(
    problem: Problem, findings: Findings, belief: list[float], audience: str, first: int
) -> list[dict[str, Any]]:
    changes: list[tuple[float, dict[str, Any]]] = []
    for position, question in enumerate(problem.questions):
        if position in findings.answers or question.audience not in {USER, audience}:
            continue
        for answer, usual in enumerate(question.usual):
            weights = weigh_answer(problem, belief, position, answer)
            then = most_probable(normalized(problem, weights))
            if then != first:
                chance = round((1 - question.unsure) * usual * math.fsum(weights), DIGITS)
                entry = {"question": question.id, "answer": question.answers[answer]}
                after = {"cause": problem.causes[then].id, "chance": chance}
                changes.append((chance, entry | after))
    changes.sort(key=lambda change: -change[0])
    return [change for _, change in changes[:CHANGES_AT_MOST]]


def _rests_on(problem: Problem, findings: Findings, first: int) -> list[dict[str, str]]:
    rests, given = [], _given(findings)
    for position in sorted(findings.counted):
        rest = {other: answer for other, answer in findings.counted.items() if other != position}
        belief = replace(findings, answers=rest).belief(problem)
        then = most_probable(belief)
        if then != first:
            entry = given[problem.questions[position].id]
            rests.append(entry | {"cause": problem.causes[then].id})
    return rests


def _given(findings: Findings) -> dict[str, dict[str, str]]:
    """Return the answers as they were given, by question."""
    return {
        entry["question"]: {"question": entry["question"], "answer": entry["answer"]}
        for entry in findings.kept
        if isinstance(entry, Mapping) and "question" in entry
    }
