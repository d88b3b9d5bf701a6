"""What the diagnosis is put through before the browser's Python is cut to what it needs.

Everything public is called, in every way in which a page, an address or an embedding site could
call it, wrong ways too. The same text comes out of every Python that has all it needs. A test
sees to it that no function of the diagnosis is left out.
"""

import json
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from helpdesk.diagnosis import AGENT, AUDIENCES, NOT_SURE, SOMETHING_ELSE, next_turn, posterior
from helpdesk.diagnosis.codec import words_to_json
from helpdesk.diagnosis.evidence import OUTCOMES
from helpdesk.diagnosis.model import USER, Cause, Fix, Limit, Problem, Question, Warning
from helpdesk.diagnosis.planning import equation_5, plan
from helpdesk.diagnosis.sayings import Saying, Words
from helpdesk.diagnosis.shortcode import encode
from helpdesk.diagnosis.wire import (
    explain,
    make_code,
    match,
    open_code,
    open_problem,
    open_words,
    problem_from_json,
    problem_to_json,
    turn,
)

STEPS = 3
CODES = tuple(f"P{code % 2}/{code}" for code in range(40))
PARTIES = ("me", "shop")

Evidence = list[dict[str, Any]]

ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    1.5,
    "",
    "no-such-thing",
    "\x00\u202e\ud800é中",
    "x" * 500,
    [],
    {},
)
ODD_ENTRIES: tuple[Any, ...] = (
    *ODD_VALUES,
    {"fix": "a", "question": "b"},
    {"__proto__": {}},
    [["question", "q"]],
)
WORDS = Words(
    sayings=(
        Saying(("off", ""), 1.0, ("the lamp is dark", "no light at all since yesterday")),
        Saying(("cold", ""), 0.8, ("it takes ages to shine", "灯一直不亮")),
        Saying(("lamp", "out"), 1.0, ("I cannot see any light", "灯不亮")),
        Saying(("lamp", "on"), 0.35, ("It shines",)),
    ),
    same=(("lamp", "bulb", "light"),),
    common=("my lamp does not work",),
)
TOLD = (
    "The bulbs are darkk since yesterday",
    "I can't see any lights",
    "灯一直不亮怎么办",
    "my lamp does not work",
    "hello",
    "¿? 12345 😀",
)

ODD_TEXTS = (
    *("", "null", "{}", "[", "[1e999]", "[NaN]", "[-0, 12345678901234567890]", '["\\ud800"]'),
    *('[{"question": "lamp", "answer": 1', "[" * 100_000, " " * 200_000, '["[[[[[[[[[["]', "\x00"),
)

RAISED = (
    *(
        '{"cold": 50, "no-such": 2}',
        '{"cold": 50}',
        '{"no-such": 2}',
        '{"cold": 0}',
        '{"off": 1e9}',
    ),
    *('{"off": true}', '{"off": "2"}', '[["off", 2]]'),
)
ODD_CODES = (
    *ODD_TEXTS,
    *("10ZPY-T4", "iozpy t4", "10ZPY-T5", "20ZPY-T4", "ÄÖÜ", "\u202e1234567", "1" * 9000),
)


def sample() -> Problem:
    """Return a problem with something of everything that a catalog can say."""
    causes = (
        Cause("off", 30.0, "recipient", PARTIES),
        Cause("cold", 10.0, "recipient", ("me",)),
        Cause("stolen", 1.0, "shop", ("shop",)),
        Cause(SOMETHING_ELSE, 3.0, "shop", ("shop",)),
    )
    codes = (1 / 50,) * len(CODES)
    rare = (0.5, *((0.25 / 39,) * 39))
    questions = (
        Question("lamp", 0.5, USER, 0.03, ("on", "out"), (0.9, 0.1), {0: (0.0, 1.0)}),
        Question("door", 0.5, USER, 0.07, ("shut", "open"), (0.95, 0.05), {2: (0.2, 0.8)}),
        Question("tries", 1.0, USER, 0.0, ("one", "two"), (0.5, 0.5), {1: (0.3, 0.7)}),
        Question("code", 0.1, AGENT, 0.2, CODES, codes, {2: rare}, {"P9/7": 3, "P9": 4}),
    )
    fixes = (
        Fix("switch-on", 0.5, 0.0, "recipient", "again", {0: 0.95}),
        Fix("wait", 0.0, 20.0, "recipient", "again", {0: 0.2, 1: 0.9}),
        Fix("warm-up", 4.0, 1.0, "recipient", "", {1: 0.5}),
        Fix("replace", 30.0, 0.0, "me", "", {0: 1.0, 1: 1.0, 2: 1.0}),
    )
    warnings = (Warning("thief", {"door": ("open",), "lamp": ("out",)}),)
    limits = (Limit("again", 2, {"tries": {"two": 2}}),)
    return Problem(
        "sample", 45.0, 0.2, PARTIES, causes, questions, fixes, warnings, limits, ("me",)
    )


def crowded() -> Problem:
    """Return a problem with more causes and questions than can be looked at in one turn."""
    small = sample()
    unnamed = small.causes[-1]
    many = range(120)
    rows = {n: (0.9, 0.1) if n % 2 else (0.05, 0.95) for n in many}
    return replace(
        small,
        causes=(*(Cause(f"cause-{n}", 1.0 + n, "recipient", ("me",)) for n in many), unnamed),
        questions=tuple(
            Question(f"question-{n}", 0.2, USER, 0.03, ("a", "b"), (0.5, 0.5), rows) for n in many
        ),
        fixes=tuple(Fix(f"fix-{n}", 5.0, 0.0, "recipient", "", {n: 0.8}) for n in many),
        warnings=(),
        limits=(),
    )


def exercise() -> str:
    """Return all that was said, as JSON text."""
    problem = sample()
    text = problem_to_json(problem)
    said = [
        turn("[]"),
        explain("[]"),
        match("x"),
        make_code("[]"),
        open_code(""),
        open_words("{}"),
        text,
        problem_to_json(problem_from_json(text)),
    ]
    said += [open_problem(odd) for odd in ("", "null", '{"format": 0}', '{"format": 1}', text)]
    said += [explain(odd) for odd in ODD_TEXTS]
    said += [match(told) for told in TOLD]
    said += [open_words(odd) for odd in ("", "null", "{}", words_to_json(WORDS))]
    said += [match(told) for told in (*TOLD, *ODD_TEXTS)]
    said += [turn(odd, audience) for odd in ODD_TEXTS for audience in (*AUDIENCES, "nobody")]
    for audience in AUDIENCES:
        for evidence in _walks(problem, audience):
            said.append(turn(json.dumps(evidence), audience))
            said.append(explain(json.dumps(evidence), audience))
            said += _coded(evidence)
    said += [make_code(odd) for odd in ODD_TEXTS]
    said += [turn("[]", AGENT, odd) for odd in (*ODD_TEXTS, *RAISED, *RAISED)]
    said += [open_code(odd) for odd in ODD_CODES]
    said += [open_code(code) for code in _codes_of_others()]
    for evidence in _oddities(problem):
        said.append(turn(json.dumps(evidence), AGENT))
        said += _coded(evidence)
        said.append(_said(lambda: posterior(problem, evidence)))  # noqa: B023 - called at once
    for step in (equation_5, plan):
        belief = list(posterior(problem, []).values())
        said.append(str(step(problem, belief, range(len(problem.fixes)), (0, 1, 2))))
    said += [
        str(next_turn(crowded(), [{"question": "question-7", "answer": "b"}] * n)) for n in (0, 1)
    ]
    said += [_said(call) for call in _mistakes(problem)]
    return json.dumps(said)


def _coded(evidence: Evidence) -> Sequence[str]:
    """Return the code of what was said, and what it says."""
    given = make_code(json.dumps(evidence))
    return given, open_code(json.loads(given).get("code", ""))


def _codes_of_others() -> Iterator[str]:
    """Yield codes that were made with another catalog."""
    for problem in (crowded(), replace(sample(), questions=sample().questions[::-1])):
        answers = [{"question": q.id, "answer": q.answers[-1]} for q in problem.questions[:5]]
        tried = [{"fix": fix.id, "outcome": "failed"} for fix in problem.fixes[:5]]
        yield encode(problem, answers + tried)


def _walks(problem: Problem, audience: str) -> Iterator[Evidence]:
    """Yield what can be said in a few steps, one of the many codes standing for all."""
    unfinished: list[Evidence] = [[]]
    while unfinished:
        evidence = unfinished.pop()
        yield evidence
        step = next_turn(problem, evidence, audience)["step"]
        if len(evidence) < STEPS and "question" in step:
            answers = problem.questions[problem.question_positions[step["question"]]].answers
            unfinished += [
                [*evidence, {"question": step["question"], "answer": answer}]
                for answer in (*answers[:2], NOT_SURE)
            ]
        if len(evidence) < STEPS and "fix" in step:
            unfinished += [
                [*evidence, {"fix": step["fix"], "outcome": outcome}] for outcome in OUTCOMES
            ]


def _oddities(problem: Problem) -> Iterator[Evidence]:
    """Yield evidence that no wizard would send."""
    for odd in ODD_ENTRIES:
        yield [odd, *ODD_ENTRIES]
    for key, value in product((*ODD_VALUES, "lamp", "code"), (*ODD_VALUES, "P9/7", "P0/2", "out")):
        yield [{"question": key, "answer": value}, {"fix": key, "outcome": value}]
    yield [{"question": "lamp", "answer": answer} for answer in ("on", "out", NOT_SURE, "out")]
    told = [{"question": "lamp", "answer": "out"}, {"question": "tries", "answer": "two"}]
    for outcomes in product(OUTCOMES, repeat=2):
        tried = [{"fix": fix.id, "outcome": each} for fix in problem.fixes for each in outcomes]
        yield from (tried, told + tried)
    yield [{"question": "lamp", "answer": "on"}] * 1001


def _mistakes(problem: Problem) -> Sequence[Callable[[], object]]:
    """Return calls that a program gets wrong."""
    nothing: Any = None
    return (
        lambda: next_turn(problem, [], "nobody"),
        lambda: next_turn(problem, nothing),
        lambda: next_turn(nothing, []),
        lambda: problem_from_json("{}"),
        lambda: problem_from_json("no JSON"),
        lambda: open_problem(nothing),
        lambda: turn(nothing),
        lambda: turn("[]", nothing),
        lambda: _endless(0),
    )


def _endless(depth: int) -> int:
    return _endless(depth + 1) + 1


def _said(call: Callable[[], object]) -> str:
    """Return what a call gives, or the kind of its error, once that has been written out."""
    try:
        return str(call())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be the same everywhere
        kind = type(error).__name__
        written = [traceback.format_exc(), "".join(traceback.format_exception(error))]
        return kind if all(kind in text for text in written) else "no traceback"
