"""The compiled problem and what people say, as JSON text and back: the same bytes everywhere."""

import json
from collections.abc import Sequence
from typing import Any

from .model import Cause, Fix, Limit, Problem, Question, Warning
from .sayings import Saying, Words

FORMAT = 1


def problem_to_json(problem: Problem) -> str:
    """Return the compiled problem as canonical JSON text."""
    return canonical(
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


def words_to_json(words: Words) -> str:
    """Return what people say as canonical JSON text, apart from the problem: it is not small."""
    sayings = [[*saying.target, saying.counts, *saying.phrases] for saying in words.sayings]
    content = {"format": FORMAT, "same": words.same, "common": words.common}
    return canonical({**content, "subject": words.subject, "sayings": sayings})


def words_from_json(text: str) -> Words:
    """Return the words that `words_to_json` wrote.

    Raises ValueError, KeyError or TypeError where the text is something else.
    """
    data = json.loads(text)
    if data["format"] != FORMAT:
        msg = f"they have format {data['format']}, expected {FORMAT}"
        raise ValueError(msg)
    sayings = (
        Saying((first, second), counts, tuple(phrases))
        for first, second, counts, *phrases in data["sayings"]
    )
    same = tuple(map(tuple, data["same"]))
    return Words(tuple(sayings), same, tuple(data["common"]), tuple(data["subject"]))


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


def canonical(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the one JSON text of a value."""
    return json.dumps(value, separators=(",", ":"))
