"""What the shipped diagnosis must do and never do, whoever answers."""

from collections.abc import Iterator

import pytest

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AUDIENCES, SOMETHING_ELSE, Problem, next_turn
from helpdesk.simulation.typical import typical_walks
from tests.walks import Evidence, ends, random_walk, replies, walks

ABOUT_THE_SENDER = {"q-page-says", "q-scope", "q-opt-out", "q-first-time", "q-voice-works"}
"""Questions that make no sense while no text at all arrives."""

RESENDS = 2
PEOPLE = 60


@pytest.fixture(scope="module", params=AUDIENCES)
def walked(request: pytest.FixtureRequest, shipped: Catalog) -> list[Evidence]:
    """Many walks of people who answer anything."""
    return [random_walk(shipped.problem, seed, request.param) for seed in range(PEOPLE)]


def test_nothing_is_asked_or_tried_twice(walked: list[Evidence]) -> None:
    """A question comes once; a fix once, or again after it was put off, but not a third time."""
    for evidence in walked:
        asked = [entry["question"] for entry in evidence if "question" in entry]
        assert len(asked) == len(set(asked))
        done = [entry["fix"] for entry in evidence if "fix" in entry]
        put_off = [entry["fix"] for entry in evidence if entry.get("outcome") == "deferred"]
        assert all(done.count(fix) <= 1 + min(1, put_off.count(fix)) for fix in done)


def test_never_more_than_two_resends(walked: list[Evidence], shipped: Catalog) -> None:
    """Presses that a person told of and those that were advised are never more than two."""
    group = {fix.id for fix in shipped.fixes.values() if fix.group == "resend"}
    told = shipped.limits["resend"].counts["q-attempts"]
    for evidence in walked:
        presses = 0
        for entry in evidence:
            if entry.get("question") == "q-attempts":
                presses += told.get(entry["answer"], 0)
            elif entry.get("fix") in group and entry["outcome"] != "deferred":
                presses += 1
                assert presses <= RESENDS


def test_nothing_about_the_sender_while_no_text_arrives(shipped: Catalog) -> None:
    """Where other texts do not arrive, the line is looked at, not who sends."""
    for evidence in after(shipped.problem, {"question": "q-other-texts", "answer": "no"}):
        step = next_turn(shipped.problem, evidence)["step"]
        assert step.get("question") not in ABOUT_THE_SENDER


def after(problem: Problem, first: dict[str, str]) -> Iterator[Evidence]:
    """Yield every walk of a few steps that starts with an answer."""
    unfinished: list[Evidence] = [[first]]
    while unfinished:
        evidence = unfinished.pop()
        yield evidence
        if len(evidence) < 4:
            step = next_turn(problem, evidence)["step"]
            unfinished.extend([*evidence, reply] for reply in replies(problem, step))


def test_sudden_loss_of_service_warns_at_once(shipped: Catalog) -> None:
    """Whatever else was said, calls and texts that stop all at once end with the warning."""
    sudden = {"question": "q-sudden-no-service", "answer": "yes"}
    for evidence in walks(shipped.problem, 2):
        if not ends(evidence):
            step = next_turn(shipped.problem, [*evidence, sudden])["step"]
            assert step == {"kind": "warn", "warning": "sim-hijack"}


def test_most_causes_are_helped_early(shipped: Catalog) -> None:
    """A typical person with one of the 60 causes is offered what helps within three proposals."""
    made = [walk for walk in typical_walks(shipped.problem) if walk.cause != SOMETHING_ELSE]
    assert len(made) == 60
    late = [walk.cause for walk in made if not walk.early]
    assert len(late) <= 5, late


def test_every_cause_is_ended_for_somebody(shipped: Catalog) -> None:
    """A typical person with any named cause is helped in the end."""
    lost = [walk.cause for walk in typical_walks(shipped.problem) if not walk.helped]
    assert [cause for cause in lost if cause != SOMETHING_ELSE] == []


def test_support_may_ask_what_only_it_can_see(shipped: Catalog) -> None:
    """Readers are never asked what only staff can see."""
    staff = {q.id for q in shipped.questions.values() if q.audience == "agent"}
    assert staff
    for seed in range(10):
        evidence = random_walk(shipped.problem, seed)
        assert {entry.get("question") for entry in evidence}.isdisjoint(staff)
