"""A walk as a short code: exact, short, safe against slips, and good for a changed catalog."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import NOT_SURE, CodeError, Problem, make_code, next_turn, open_code
from helpdesk.diagnosis import wire as door
from helpdesk.diagnosis.evidence import OUTCOMES
from helpdesk.diagnosis.shortcode import DIGITS
from helpdesk.simulation.instances import SMALL, random_problem

Evidence = list[dict[str, str]]

SAID_ALOUD = 40
"""Characters that can be read out."""


def said(problem: Problem, seed: int, entries: int) -> Evidence:
    """Return answers and outcomes of a person who says anything, each thing once."""
    chance = Random(seed)  # noqa: S311 - no secret hangs on it
    answers = [
        {"question": q.id, "answer": chance.choice((*q.answers, *q.same, NOT_SURE))}
        for q in problem.questions
    ]
    tried = [{"fix": fix.id, "outcome": chance.choice(OUTCOMES)} for fix in problem.fixes]
    return chance.sample(answers + tried, min(entries, len(answers + tried)))


def walked(problem: Problem, entries: int) -> Evidence:
    """Return what somebody has said after so many steps, whom nothing helps."""
    evidence: Evidence = []
    while len(evidence) < entries:
        step = next_turn(problem, evidence)["step"]
        if step["kind"] == "ask":
            question = problem.questions[problem.question_positions[step["question"]]]
            answer = max(zip(question.usual, question.answers, strict=True))[1]
            evidence.append({"question": question.id, "answer": answer})
        else:
            evidence.append({"fix": step["fix"], "outcome": "failed"})
    return evidence


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(0, 60))
def test_a_code_says_exactly_what_was_said(shipped: Catalog, seed: int, entries: int) -> None:
    """Every answer, provider's code and outcome comes back, in its order."""
    evidence = said(shipped.problem, seed, entries)
    opened = open_code(shipped.problem, make_code(shipped.problem, evidence))
    assert (list(opened.evidence), opened.missing, opened.exact) == (evidence, (), True)


def test_a_usual_walk_can_be_read_out(shipped: Catalog) -> None:
    """Eight steps, of which half of all walks have no more, take no more than forty characters."""
    code = make_code(shipped.problem, walked(shipped.problem, 8))
    assert len(code.replace("-", "")) <= SAID_ALOUD


def test_a_large_catalog_has_codes_too(shipped: Catalog) -> None:
    """With thousands of fixes, marks grow until they are told apart."""
    fixes = [replace(shipped.problem.fixes[0], id=f"fix-{n}") for n in range(6000)]
    large = replace(shipped.problem, fixes=(*shipped.problem.fixes, *fixes))
    evidence = said(large, 1, 20)
    opened = open_code(large, make_code(large, evidence))
    assert list(opened.evidence) == evidence


def test_what_makes_no_sense_is_not_in_the_code(shipped: Catalog) -> None:
    """Only what counts is handed over."""
    evidence: list[Any] = [None, {"question": "q-no-such"}, {"question": "q-signal", "answer": "x"}]
    assert make_code(shipped.problem, evidence) == make_code(shipped.problem, [])


@pytest.mark.parametrize("seed", range(5))
def test_any_one_slip_is_noticed(shipped: Catalog, seed: int) -> None:
    """One wrong character, or two that changed places, never open as something else."""
    code = make_code(shipped.problem, said(shipped.problem, seed, 8)).replace("-", "")
    slips = [code[:at] + d + code[at + 1 :] for at in range(len(code)) for d in DIGITS]
    slips += [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)]
    slips += [code[:at] + code[at + 1 :] for at in range(len(code))]
    for slip in {*slips} - {code}:
        with pytest.raises(CodeError):
            open_code(shipped.problem, slip)


def test_a_code_may_be_written_as_people_write(shipped: Catalog) -> None:
    """Small letters, spaces, dashes and look-alikes do not matter."""
    evidence = said(shipped.problem, 3, 9)
    code = make_code(shipped.problem, evidence)
    swapped = code.lower().replace("-", " \u2013 ").replace("0", "o").replace("1", "l")
    assert list(open_code(shipped.problem, f"\n{swapped} ").evidence) == evidence


@pytest.mark.parametrize("seed", range(8))
def test_a_code_outlives_changes_of_the_catalog(shipped: Catalog, seed: int) -> None:
    """Order and new entries change nothing; of what is gone, each entry is named."""
    before = shipped.problem
    evidence = said(before, seed, 10)
    code = make_code(before, evidence)
    new = replace(before.questions[0], id=f"q-new-{seed}")
    grown = replace(before, questions=(new, *before.questions[::-1]), fixes=before.fixes[::-1])
    opened = open_code(grown, code)
    assert (list(opened.evidence), opened.exact) == (evidence, True)
    gone = next(entry for entry in evidence if "fix" in entry)
    shrunk = replace(grown, fixes=tuple(fix for fix in grown.fixes if fix.id != gone["fix"]))
    opened = open_code(shrunk, code)
    assert list(opened.evidence) == [entry for entry in evidence if entry != gone]
    assert opened.missing == ({"entry": evidence.index(gone) + 1, "kind": "fix", "id": None},)
    assert not opened.exact


def test_a_question_that_lost_an_answer_is_named(shipped: Catalog) -> None:
    """Where only the answer is gone, the question is named."""
    before = shipped.problem
    position = before.question_positions["q-signal"]
    code = make_code(before, [{"question": "q-signal", "answer": "weak"}])
    question = replace(before.questions[position], answers=("yes", "none", "no"))
    questions = (*before.questions[:position], question, *before.questions[position + 1 :])
    opened = open_code(replace(before, questions=questions), code)
    assert opened.missing == ({"entry": 1, "kind": "question", "id": "q-signal"},)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=60), st.text(DIGITS, min_size=5, max_size=60)))
def test_a_forged_code_does_no_harm(text: str) -> None:
    """Anything else is refused or opens as what the catalog has, and the engine takes it."""
    problem = random_problem(SMALL, 1)
    try:
        opened = open_code(problem, text)
    except CodeError:
        return
    assert next_turn(problem, list(opened.evidence))["ignored"] == []


def test_a_megabyte_is_refused_at_once(shipped: Catalog) -> None:
    """Length is looked at first."""
    with pytest.raises(CodeError):
        open_code(shipped.problem, "1" * 1_000_000)


def test_the_browser_gets_the_same_code(shipped: Catalog) -> None:
    """What crosses to the browser is the same code and says the same; mistakes come as JSON."""
    door.open_problem(door.problem_to_json(shipped.problem))
    evidence = said(shipped.problem, 7, 6)
    given = json.loads(door.make_code(json.dumps(evidence)))
    assert given == {"code": make_code(shipped.problem, evidence)}
    opened = json.loads(door.open_code(given["code"]))
    assert opened == {"evidence": evidence, "missing": [], "exact": True}
    assert "message" in json.loads(door.open_code("hello"))["error"]
    assert "message" in json.loads(door.make_code("{}"))["error"]
