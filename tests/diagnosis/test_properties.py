"""What holds whatever is said, for the shipped catalog and for random problems."""

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AUDIENCES, NOT_SURE, Problem, explain, next_turn, posterior
from helpdesk.diagnosis.evidence import DEFERRED, FAILED, OUTCOMES, REMOVED, SOLVED
from helpdesk.diagnosis.wire import turn_json
from helpdesk.simulation.instances import SMALL, Shape, random_problem

Evidence = list[dict[str, str]]

often = settings(max_examples=60, deadline=None, derandomize=True)
seldom = settings(max_examples=15, deadline=None, derandomize=True)

TANGLED = Shape(causes=6, fixes=9, questions=4, answers=3, stated=0.7, fixes_each=4, generic=3)
shapes = st.sampled_from([SMALL, TANGLED])
seeds = st.integers(0, 10_000)


def answers_of(problem: Problem) -> st.SearchStrategy[dict[str, str]]:
    """Any answer to any question."""
    return st.sampled_from(
        [
            {"question": question.id, "answer": answer}
            for question in problem.questions
            for answer in (*question.answers, NOT_SURE)
        ]
    )


def outcomes_of(problem: Problem, *outcomes: str) -> st.SearchStrategy[dict[str, str]]:
    """Any fix with one of these outcomes."""
    return st.sampled_from(
        [{"fix": fix.id, "outcome": outcome} for fix in problem.fixes for outcome in outcomes]
    )


def some(data: st.DataObject, problem: Problem, *outcomes: str) -> Evidence:
    """Any evidence with these outcomes."""
    entries = answers_of(problem) | outcomes_of(problem, *outcomes or OUTCOMES)
    return data.draw(st.lists(entries, max_size=8))


def end_of(problem: Problem, data: st.DataObject, audience: str) -> tuple[Evidence, dict[str, Any]]:
    """Walk to the end, answering anything."""
    evidence: Evidence = []
    for _ in range(2 * len(problem.fixes) + len(problem.questions) + 1):
        step = next_turn(problem, evidence, audience)["step"]
        if step["kind"] == "ask":
            asked = problem.questions[problem.question_positions[step["question"]]]
            answer = data.draw(st.sampled_from([*asked.answers[:8], NOT_SURE]))
            evidence.append({"question": asked.id, "answer": answer})
        elif step["kind"] == "try":
            outcome = data.draw(st.sampled_from([o for o in OUTCOMES if o != SOLVED]))
            evidence.append({"fix": step["fix"], "outcome": outcome})
        else:
            return evidence, step
    message = "this walk does not end"
    raise AssertionError(message)


@often
@given(data=st.data())
def test_order_of_answers_does_not_matter(shipped: Catalog, data: st.DataObject) -> None:
    """The same answers and failures in another order give the same belief, to the last bit."""
    entries = answers_of(shipped.problem) | outcomes_of(shipped.problem, FAILED)
    evidence = data.draw(
        st.lists(entries, max_size=8, unique_by=lambda entry: entry.get("question", id(entry)))
    )
    shuffled = data.draw(st.permutations(evidence))
    assert posterior(shipped.problem, evidence) == posterior(shipped.problem, shuffled)


@often
@given(data=st.data())
def test_not_sure_says_nothing(shipped: Catalog, data: st.DataObject) -> None:
    """Not being sure leaves the belief as it was, to the last bit."""
    evidence = some(data, shipped.problem, FAILED)
    asked = {entry.get("question") for entry in evidence}
    question = data.draw(st.sampled_from(shipped.problem.questions))
    assume(question.id not in asked)
    more = [*evidence, {"question": question.id, "answer": NOT_SURE}]
    assert posterior(shipped.problem, more) == posterior(shipped.problem, evidence)


@often
@given(data=st.data())
def test_the_last_answer_counts(shipped: Catalog, data: st.DataObject) -> None:
    """An answer that is changed later is as if it had never been given."""
    first, evidence = data.draw(answers_of(shipped.problem)), some(data, shipped.problem, FAILED)
    assume(first["question"] in {entry.get("question") for entry in evidence})
    turn = next_turn(shipped.problem, [first, *evidence])
    assert turn["ignored"][0] == first
    assert posterior(shipped.problem, [first, *evidence]) == posterior(shipped.problem, evidence)


@often
@given(data=st.data(), audience=st.sampled_from(AUDIENCES))
def test_a_turn_is_whole(shipped: Catalog, data: st.DataObject, audience: str) -> None:
    """All causes are ranked, probabilities sum to 1, and the JSON says the same."""
    evidence = some(data, shipped.problem)
    turn = next_turn(shipped.problem, evidence, audience)
    probabilities = [cause["probability"] for cause in turn["causes"]]
    assert {cause["cause"] for cause in turn["causes"]} == {c.id for c in shipped.problem.causes}
    assert sum(probabilities) == pytest.approx(1, abs=1e-6)
    assert probabilities == sorted(probabilities, reverse=True)
    assert len(turn["ignored"]) == len(turn["ignored_reasons"])
    assert json.loads(turn_json(shipped.problem, evidence, audience)) == turn


@seldom
@given(data=st.data(), audience=st.sampled_from(AUDIENCES))
def test_every_walk_ends(shipped: Catalog, data: st.DataObject, audience: str) -> None:
    """Nothing is asked or tried twice, what was put off comes back at most once."""
    evidence, last = end_of(shipped.problem, data, audience)
    assert last["kind"] in {"hand-off", "warn"}
    asked = [entry["question"] for entry in evidence if "question" in entry]
    assert len(asked) == len(set(asked))
    tried = [entry["fix"] for entry in evidence if entry.get("outcome", DEFERRED) != DEFERRED]
    assert len(tried) == len(set(tried))


@seldom
@given(data=st.data(), shape=shapes, seed=seeds)
def test_every_walk_of_a_random_problem_ends(data: st.DataObject, shape: Shape, seed: int) -> None:
    """Whatever the numbers are, there is an end within all fixes and questions."""
    problem = random_problem(shape, seed)
    evidence, last = end_of(problem, data, AUDIENCES[0])
    assert last["kind"] == "hand-off"
    kept = [entry for entry in evidence if entry.get("outcome") != DEFERRED]
    assert len(kept) <= len(problem.fixes) + len(problem.questions)


@often
@given(shape=shapes, seed=seeds, data=st.data())
def test_a_sure_fix_that_failed_clears_its_causes(
    shape: Shape, seed: int, data: st.DataObject
) -> None:
    """Where a fix mends a cause for certain, its failure rules the cause out."""
    problem = random_problem(shape, seed)
    fix = data.draw(st.sampled_from(problem.fixes))
    sure = dict.fromkeys(fix.mends, 1.0)
    object.__setattr__(fix, "mends", sure)
    after = posterior(problem, [{"fix": fix.id, "outcome": FAILED}])
    assert all(after[problem.causes[cause].id] == 0 for cause in sure)


@often
@given(data=st.data())
def test_what_was_mended_is_cleared_and_the_rest_goes_on(
    shipped: Catalog, data: st.DataObject
) -> None:
    """After `removed` a cause that the fix mends is out, and the fix does not come again."""
    evidence = some(data, shipped.problem, FAILED)
    removed = data.draw(outcomes_of(shipped.problem, REMOVED))
    before = posterior(shipped.problem, evidence)
    after = posterior(shipped.problem, [*evidence, removed])
    fix = shipped.problem.fixes[shipped.problem.fix_positions[removed["fix"]]]
    mended = {shipped.problem.causes[cause].id for cause in fix.mends}
    assume(any(before[cause] > 0 for cause in mended))
    assert any(after[cause] == 0 for cause in mended)
    turn = next_turn(shipped.problem, [*evidence, removed])
    assert turn["step"].get("fix") != removed["fix"]


@seldom
@given(data=st.data(), seed=seeds)
def test_reasons_are_about_what_was_said(data: st.DataObject, seed: int) -> None:
    """Reasons name findings of the evidence; changes name questions that are open."""
    problem = random_problem(SMALL, seed)
    evidence = some(data, problem, FAILED)
    reasons = explain(problem, evidence)
    said = {entry.get("question", entry.get("fix")) for entry in evidence}
    for cause in reasons["causes"]:
        for finding in (*cause["for"], *cause["against"]):
            assert finding.get("question", finding.get("fix")) in said
    assert all(change["question"] not in said for change in reasons["changes"])
    assert all(rest["question"] in said for rest in reasons["rests_on"])
    assert 0 <= reasons["stability"]["first"] <= reasons["stability"]["of"]
    assert reasons["causes"][0]["cause"] == reasons["stability"]["cause"]


@pytest.mark.parametrize("seed", range(20))
def test_changes_would_really_change_the_first_cause(seed: int) -> None:
    """Each answer named under `changes` puts the cause first that is named with it."""
    problem = random_problem(SMALL, seed)
    reasons = explain(problem, [])
    for change in reasons["changes"]:
        after = posterior(problem, [{"question": change["question"], "answer": change["answer"]}])
        assert max(after, key=lambda cause: after[cause]) == change["cause"]
        assert change["cause"] != reasons["causes"][0]["cause"]
