"""The only door to other languages: JSON text in, JSON text out.

A worker calls `open_problem` once and `turn` for every step. Errors come back as
`{"error": {"message": …}}`, never as exceptions, and whatever comes in is measured before
it is parsed: deep nesting would end the interpreter in a browser for good.
"""

import json
import math
from dataclasses import replace
from typing import Any

from . import explaining, matching, shortcode
from .codec import canonical, problem_from_json, problem_to_json, words_from_json, words_to_json
from .evidence import EvidenceError
from .model import USER, Problem
from .raising import raise_priors
from .turns import next_turn

CHARACTERS_AT_MOST = 100_000
DEPTH_AT_MOST = 8

_open: list[Problem] = []
"""The problem this interpreter works on; one at most."""

NONE = "{}"
_raised: list[tuple[str, str, Problem]] = []
"""What was likelier at the last turn, of which catalog, and the problem with it."""


def open_problem(text: str) -> str:
    """Keep the compiled problem for the turns to come; return "{}" or an error as JSON."""
    try:
        _open[:] = [problem_from_json(text)]
    except (ValueError, KeyError, TypeError) as error:
        return _error(f"The compiled catalog cannot be read: {error}")
    return "{}"


def turn(evidence: str, audience: str = USER, raised: str = NONE) -> str:
    """Return the turn for evidence given as JSON text, as JSON text.

    `raised` says which causes are likelier just now: an object of causes, each with a factor.
    """
    if not _open:
        return _error("No catalog has been opened.")
    try:
        return turn_json(_with_raised(raised), parse_evidence(evidence), audience)
    except ValueError as error:
        return _error(str(error))


def explain(evidence: str, audience: str = USER) -> str:
    """Return the reasons behind a turn (`explaining.explain`), both as JSON text."""
    if not _open:
        return _error("No catalog has been opened.")
    try:
        return canonical(explaining.explain(_open[0], parse_evidence(evidence), audience))
    except ValueError as error:
        return _error(str(error))


def open_words(text: str) -> str:
    """Keep what people say beside the problem that is open; return "{}" or an error as JSON."""
    if not _open:
        return _error("No catalog has been opened.")
    try:
        _open[:] = [replace(_open[0], words=words_from_json(text))]
    except (ValueError, KeyError, TypeError) as error:
        return _error(f"The words cannot be read: {error}")
    return "{}"


def match(text: str) -> str:
    """Return what a person's own words point to (contract: "Match"), as JSON text."""
    if not _open:
        return _error("No catalog has been opened.")
    return canonical(matching.match(_open[0], text))


def make_code(evidence: str) -> str:
    """Return `code`, which opens the same walk elsewhere (`open_code`), as JSON text."""
    if not _open:
        return _error("No catalog has been opened.")
    try:
        return canonical({"code": shortcode.encode(_open[0], parse_evidence(evidence))})
    except ValueError as error:
        return _error(str(error))


def open_code(code: str) -> str:
    """Return what a code says (`shortcode.Opened`), as JSON text."""
    if not _open:
        return _error("No catalog has been opened.")
    try:
        opened = shortcode.decode(_open[0], code)
    except ValueError as error:
        return _error(str(error))
    return canonical(
        {"evidence": opened.evidence, "missing": opened.missing, "exact": opened.exact}
    )


def _with_raised(raised: str) -> Problem:
    """Return the open problem as it is just now; what it takes to prepare it is kept."""
    if raised == NONE:
        return _open[0]
    if not _raised or _raised[0][:2] != (raised, _open[0].catalog):
        problem = raise_priors(_open[0], parse_evidence(raised))
        _raised[:] = [(raised, _open[0].catalog, problem)]
    return _raised[0][2]


def turn_json(problem: Problem, evidence: Any, audience: str) -> str:  # noqa: ANN401 - any JSON
    """Return the turn as the one JSON text that it has everywhere."""
    return canonical(next_turn(problem, evidence, audience))


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


def _error(message: str) -> str:
    return canonical({"error": {"message": message}})


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
    "make_code",
    "match",
    "open_code",
    "open_problem",
    "open_words",
    "parse_evidence",
    "problem_from_json",
    "problem_to_json",
    "turn",
    "turn_json",
    "words_from_json",
    "words_to_json",
]
