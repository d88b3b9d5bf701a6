"""How the diagnosis behaves in cases that are easy to get wrong."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AGENT, NOT_SURE, Problem, explain, next_turn, posterior
from helpdesk.diagnosis.model import Cause, Fix, Limit, Question, Warning
from helpdesk.diagnosis.stability import DRAWS

Entry = dict[str, str]


def small(**changes: object) -> Problem:
    """Two causes with a fix each and a question that tells them apart."""
    problem = Problem(
        catalog="",
        hand_off_minutes=40,
        waiting_weight=0.2,
        hand_off_to=("sender", "operator"),
        causes=(
            Cause("signal", 5, "recipient", ("recipient", "operator")),
            Cause("number", 4, "recipient", ("recipient", "sender")),
            Cause("something-else", 1, "sender", ("sender",)),
        ),
        questions=(
            Question("bars", 0.2, "user", 0, ("many", "few"), (0.8, 0.2), {0: (0.1, 0.9)}),
            Question("log", 0.2, AGENT, 0, ("sent", "none"), (0.5, 0.5), {1: (0.05, 0.95)}),
        ),
        fixes=(
            Fix("window", 2, 0, "recipient", "", {0: 0.9}),
            Fix("correct", 2, 0, "recipient", "", {1: 0.9}),
            Fix("repair", 1, 0, "sender", "", {1: 0.9}),
        ),
        warnings=(),
        limits=(),
    )
    return replace(problem, **changes)  # type: ignore[arg-type]


def step(problem: Problem, evidence: Sequence[Entry], audience: str = "user") -> dict[str, str]:
    """The next step."""
    taken: dict[str, str] = next_turn(problem, evidence, audience)["step"]
    return taken


def outcome(fix: str, how: str) -> Entry:
    """Evidence of one fix."""
    return {"fix": fix, "outcome": how}


def test_what_was_put_off_comes_back_when_nothing_better_is_left() -> None:
    """Another fix comes first; then the deferred one again, once; then somebody takes over."""
    problem = small(questions=())
    first = step(problem, [])["fix"]
    put_off = [outcome(first, "deferred")]
    second = step(problem, put_off)["fix"]
    assert second != first
    rest = [*put_off, outcome(second, "failed")]
    assert step(problem, rest) == {"kind": "try", "fix": first}
    assert step(problem, [*rest, outcome(first, "deferred")])["kind"] == "hand-off"
    assert posterior(problem, put_off) == posterior(problem, [])


def test_tried_before_counts_as_failed() -> None:
    """What was tried before the visit is as good as tried now."""
    problem = small()
    tried, failed = [outcome("window", "tried")], [outcome("window", "failed")]
    assert posterior(problem, tried) == posterior(problem, failed)
    assert step(problem, tried) == step(problem, failed)


def test_what_a_mended_cause_explained_is_forgotten() -> None:
    """Few bars spoke for the signal; once that is mended they say nothing about the number."""
    problem = small()
    few: Entry = {"question": "bars", "answer": "few"}
    after = posterior(problem, [few, outcome("window", "removed")])
    assert after["signal"] == 0
    assert after["number"] / after["something-else"] == pytest.approx(4)
    assert step(problem, [few, outcome("window", "removed")]) == {"kind": "try", "fix": "correct"}


def test_waiting_weighs_less_than_effort() -> None:
    """Of two fixes as good, the one that only takes waiting comes first; both are visible."""
    busy, idle = (
        Fix("busy", 10, 0, "recipient", "", {0: 0.9}),
        Fix("idle", 2, 10, "recipient", "", {0: 0.9}),
    )
    turn = next_turn(small(questions=(), fixes=(busy, idle)), [])
    assert turn["step"]["fix"] == "idle"
    assert (turn["why"]["minutes"], turn["why"]["waiting"]) == (2, 10)


def test_readers_and_staff_are_asked_and_told_different_things() -> None:
    """Only staff are asked for the log, and do what the sender has to do."""
    problem = small(staff=("sender",), questions=small().questions[1:])
    assert step(problem, [])["kind"] == "try"
    assert step(problem, [], AGENT) == {"kind": "ask", "question": "log"}
    gone: Entry = {"question": "log", "answer": "none"}
    assert step(problem, [gone], AGENT) == {"kind": "try", "fix": "repair"}
    assert step(problem, [gone]) == {"kind": "try", "fix": "correct"}


def test_those_take_over_whose_causes_weigh_most() -> None:
    """They are told what was learnt, as it was given."""
    problem = small(fixes=())
    few: Entry = {"question": "bars", "answer": "few"}
    many: Entry = {"question": "bars", "answer": "many"}
    assert step(problem, [few])["party"] == "operator"
    assert step(problem, [many])["party"] == "sender"
    nonsense: Entry = {"question": "bars", "answer": "blue"}
    assert next_turn(problem, [few, nonsense])["why"]["learnt"] == [few]


def test_a_warning_comes_before_anything_else() -> None:
    """It ends the diagnosis as soon as its answers are there, and goes when they are changed."""
    problem = small(warnings=(Warning("stolen", {"bars": ("few",)}),))
    few: Entry = {"question": "bars", "answer": "few"}
    assert step(problem, [few]) == {"kind": "warn", "warning": "stolen"}
    assert step(problem, [few, outcome("window", "failed")])["kind"] == "warn"
    assert step(problem, [few, {"question": "bars", "answer": "many"}])["kind"] != "warn"
    assert step(problem, [few, {"question": "bars", "answer": NOT_SURE}])["kind"] != "warn"


def test_what_may_call_for_a_warning_is_asked_before_anything_is_tried() -> None:
    """However dear the question is; but not where the warning is nearly out of the question."""
    dear = replace(small().questions[0], minutes=30)
    few = (Warning("stolen", {"bars": ("few",)}),)
    assert step(small(questions=(dear,)), [])["kind"] == "try"
    problem = small(questions=(dear,), warnings=few)
    assert step(problem, []) == {"kind": "ask", "question": "bars"}
    assert step(problem, [{"question": "bars", "answer": NOT_SURE}])["kind"] == "try"
    rare = replace(dear, usual=(0.99, 0.01), given={})
    assert step(small(questions=(rare,), warnings=few), [])["kind"] == "try"
    both = (Warning("stolen", {"bars": ("few",), "log": ("none",)}),)
    asked = small(questions=(dear, small().questions[1]), warnings=both)
    assert step(asked, [{"question": "log", "answer": "sent"}])["kind"] == "try"
    assert step(asked, [{"question": "log", "answer": "none"}])["kind"] == "ask"


def test_a_limit_counts_what_was_said_and_what_was_done() -> None:
    """No fix of a group is advised once its limit is reached."""
    again = [Fix(f"again-{n}", 0.5, 0, "recipient", "resend", {0: 0.5}) for n in range(3)]
    limit = Limit("resend", 2, {"bars": {"few": 1}})
    problem = small(questions=small().questions[:1], fixes=tuple(again), limits=(limit,))
    one = [{"question": "bars", "answer": "few"}]
    assert step(problem, one)["kind"] == "try"
    assert step(problem, [*one, outcome("again-0", "failed")])["kind"] == "hand-off"


def test_solved_ends_it() -> None:
    """Nothing more is asked, whatever else was said."""
    assert step(small(), [outcome("window", "solved")]) == {"kind": "solved"}


def test_a_question_says_what_it_would_rule_out(shipped: Catalog) -> None:
    """Its minutes, the causes that each answer makes unlikely, the chance that it settles it."""
    even = tuple(replace(cause, weight=4.0) for cause in small().causes)
    why = next_turn(small(fixes=small().fixes[:2], causes=even), [])["why"]
    assert why["minutes"] == 0.2
    assert why["rules_out"] == [{"answer": "many", "causes": ["signal"]}]
    assert 0 < why["settles"] < 1
    first = next_turn(shipped.problem, [])["why"]
    assert {"causes", "minutes", "settles", "rules_out"} <= set(first)


def test_reasons_say_what_speaks_for_and_against() -> None:
    """Few bars speak for the signal and against the rest, in words."""
    reasons = explain(small(), [{"question": "bars", "answer": "few"}])
    by_cause = {cause["cause"]: cause for cause in reasons["causes"]}
    finding = {"question": "bars", "answer": "few", "strength": "clear"}
    assert by_cause["signal"]["for"] == [finding]
    assert [entry["question"] for entry in by_cause["number"]["against"]] == ["bars"]
    assert reasons["rests_on"] == []


def test_a_cause_that_leads_by_far_stays_first() -> None:
    """Moving every word by a step does not change a clear case, and does an even one."""
    even = small(causes=tuple(replace(cause, weight=1.0) for cause in small().causes))
    clear = small(
        causes=tuple(replace(c, weight=c.weight**9) for c in small().causes[:1])
        + small().causes[1:]
    )
    assert explain(clear, [])["stability"]["first"] == DRAWS
    assert DRAWS * 0.2 < explain(even, [])["stability"]["first"] < DRAWS * 0.8


def test_what_an_answer_would_change_is_named() -> None:
    """Many bars would put the number before the signal."""
    change = explain(small(), [])["changes"][0]
    assert (change["question"], change["answer"], change["cause"]) == ("bars", "many", "number")
    resting = explain(small(), [{"question": "bars", "answer": "many"}])["rests_on"]
    assert resting == [{"question": "bars", "answer": "many", "cause": "signal"}]
