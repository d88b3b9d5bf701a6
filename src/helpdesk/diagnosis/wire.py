"""The only door to other languages: JSON text in, JSON text out.

A worker calls `open_problem` once and `turn` for every step. Errors come back as
`{"error": {"message": …}}`, never as exceptions, and whatever comes in is measured before
it is parsed: deep nesting would end the interpreter in a browser for good.
"""

import json
import math
from collections.abc import Sequence
from typing import Any

from . import explaining
from .evidence import EvidenceError
from .model import USER, Cause, Fix, Limit, Problem, Question, Warning
from .turns import next_turn

CHARACTERS_AT_MOST = 100_000
DEPTH_AT_MOST = 8
FORMAT = 1

_open: list[Problem] = []
"""The problem this interpreter works on; one at most."""


def open_problem(text: str) -> str:
    """Keep the compiled problem for the turns to come; return "{}" or an error as JSON."""
    try:
        _open[:] = [problem_from_json(text)]
    except (ValueError, KeyError, TypeError) as error:
        return _error(f"The compiled catalog cannot be read: {error}")
    return "{}"


def turn(evidence: str, audience: str = USER) -> str:
    """Return the turn for evidence given as JSON text, as JSON text."""
    if not _open:
        return _error("No catalog has been opened.")
    try:
        return turn_json(_open[0], parse_evidence(evidence), audience)
    except ValueError as error:
        return _error(str(error))


def explain(evidence: str, audience: str = USER) -> str:
    """Return the reasons behind a turn (`explaining.explain`), both as JSON text."""
    if not _open:
        return _error("No catalog has been opened.")
    try:
        return _canonical(explaining.explain(_open[0], parse_evidence(evidence), audience))
    except ValueError as error:
        return _error(str(error))


def turn_json(problem: Problem, evidence: Any, audience: str) -> str:  # noqa: ANN401 - any JSON
    """Return the turn as the one JSON text that it has everywhere."""
    return _canonical(next_turn(problem, evidence, audience))


def parse_evidence(text: str) -> Any:  # noqa: ANN401 - any JSON; `replay` checks it
    """Return the value of a JSON text from outside.

    Raises EvidenceError where it is too long, too deep or not JSON.
    """
    if len(text) > CHARACTERS_AT_MOST:
        msg = f"The evidence has {len(text)} characters; expected at most {CHARACTERS_AT_MOST}."
        raise EvidenceError(msg)
    if _depth(text) > DEPTH_AT_MOST:
        msg = f"The evidence is nested deeper than {DEPTH_AT_MOST} levels; expected a flat list."
        raise EvidenceError(msg)
    try:
        return json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_not_json)
    except json.JSONDecodeError as error:
        msg = f"The evidence is not JSON: {error.msg} at character {error.pos + 1}."
        raise EvidenceError(msg) from None


def problem_to_json(problem: Problem) -> str:
    """Return the compiled problem as canonical JSON text."""
    return _canonical(
        {
            "format": FORMAT,
            "catalog": problem.catalog,
            "hand_off_minutes": problem.hand_off_minutes,
            "waiting_weight": problem.waiting_weight,
            "hand_off_to": problem.hand_off_to,
            "causes": [_fields(cause) for cause in problem.causes],
            "questions": [_question_fields(question) for question in problem.questions],
            "fixes": [_fields(fix) for fix in problem.fixes],
            "warnings": [_fields(warning) for warning in problem.warnings],
            "limits": [_fields(limit) for limit in problem.limits],
            "staff": problem.staff,
        }
    )


def problem_from_json(text: str) -> Problem:
    """Return the problem that `problem_to_json` wrote.

    Raises ValueError, KeyError or TypeError where the text is something else.
    """
    data = json.loads(text)
    if data["format"] != FORMAT:
        msg = f"it has format {data['format']}, expected {FORMAT}"
        raise ValueError(msg)
    return Problem(
        catalog=data["catalog"],
        hand_off_minutes=data["hand_off_minutes"],
        waiting_weight=data["waiting_weight"],
        hand_off_to=tuple(data["hand_off_to"]),
        causes=tuple(
            Cause(**cause | {"mended_by": tuple(cause["mended_by"])}) for cause in data["causes"]
        ),
        questions=tuple(_question(question) for question in data["questions"]),
        fixes=tuple(Fix(**fix | {"mends": _by_position(fix["mends"])}) for fix in data["fixes"]),
        warnings=tuple(
            Warning(warning["id"], {q: tuple(answers) for q, answers in warning["when"].items()})
            for warning in data["warnings"]
        ),
        limits=tuple(Limit(**limit) for limit in data["limits"]),
        staff=tuple(data["staff"]),
    )


def _question_fields(question: Question) -> dict[str, Any]:
    """Return the fields; of the many answers that codes are, only what is said of them."""
    given = {cause: _brief(row, question.usual) for cause, row in question.given.items()}
    same: dict[str, dict[str, int]] = {}
    for answer, position in question.same.items():
        start, slash, rest = answer.partition("/")
        same.setdefault(start + slash, {})[rest] = position
    return _fields(question) | {"given": given, "same": same}


def _question(data: dict[str, Any]) -> Question:
    usual = tuple(data["usual"])
    given = {cause: _whole(row, usual) for cause, row in _by_position(data["given"]).items()}
    same = {
        start + rest: position
        for start, answers in data["same"].items()
        for rest, position in answers.items()
    }
    answers = tuple(data["answers"])
    return Question(**data | {"answers": answers, "usual": usual, "given": given, "same": same})


def _brief(row: Sequence[float], usual: Sequence[float]) -> Sequence[float] | dict[int, float]:
    """Return a row as what differs from the usual one, where that is little."""
    other = {at: value for at, value in enumerate(row) if value != usual[at]}
    return row if len(other) * 2 > len(row) else other


def _whole(brief: list[float] | dict[str, float], usual: tuple[float, ...]) -> tuple[float, ...]:
    if isinstance(brief, list):
        return tuple(brief)
    other = _by_position(brief)
    return tuple(other.get(at, value) for at, value in enumerate(usual))


def _by_position(data: dict[str, Any]) -> dict[int, Any]:
    """Return the mapping with the numbers that JSON made into texts."""
    return {int(position): value for position, value in data.items()}


def _fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record of the model
    return {name: getattr(record, name) for name in record.__slots__}


def _canonical(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value, separators=(",", ":"))


def _error(message: str) -> str:
    return _canonical({"error": {"message": message}})


def _depth(text: str) -> int:
    """Return how deep brackets nest outside of strings, without recursion."""
    depth = deepest = 0
    inside = escaped = False
    for character in text:
        if escaped:
            escaped = False
        elif inside and character == "\\":
            escaped = True
        elif character == '"':
            inside = not inside
        elif not inside and character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif not inside and character in "]}":
            depth -= 1
    return deepest


def _number(digits: str) -> float:
    """Numbers have no meaning in evidence, but are shown again among what was ignored."""
    value = float(digits)
    if math.isinf(value):
        msg = f"The evidence holds the number {digits[:20]}…, which is too large."
        raise EvidenceError(msg)
    return int(value) if value.is_integer() else value


def _not_json(name: str) -> None:
    msg = f"The evidence holds {name}, which is not JSON."
    raise EvidenceError(msg)


__all__ = [
    "explain",
    "open_problem",
    "parse_evidence",
    "problem_from_json",
    "problem_to_json",
    "turn",
    "turn_json",
]
