"""Codes as answers: very many, yet few that say something different, and quick to plan with."""

import json
from collections.abc import Mapping

import pytest

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import Problem, next_turn, posterior
from helpdesk.diagnosis.model import Cause, Fix, Question
from helpdesk.diagnosis.orders import Orders
from helpdesk.diagnosis.planning import HEARD_AT_MOST, ask_now
from helpdesk.diagnosis.wire import problem_from_json, problem_to_json

MANY = HEARD_AT_MOST * 2


def code(answer: str) -> list[Mapping[str, str]]:
    """Evidence: this code was seen."""
    return [{"question": "qa-code", "answer": answer}]


def with_answers(count: int) -> Problem:
    """As many causes as answers, each pointing to one, the first of them the likeliest."""
    return Problem(
        catalog="",
        hand_off_minutes=60,
        waiting_weight=0.2,
        hand_off_to=("sender",),
        causes=tuple(
            Cause(f"c{position}", 1 / (position + 1), "recipient", ("sender",))
            for position in range(count)
        ),
        questions=(
            Question(
                id="qa-code",
                minutes=1,
                audience="user",
                unsure=0,
                answers=tuple(f"Net/{position}" for position in range(count)),
                usual=(0.1 / count,) * count,
                given={
                    cause: tuple(0.8 if answer == cause else 0.1 / count for answer in range(count))
                    for cause in range(count)
                },
                same={"Net/again": 0},
            ),
        ),
        fixes=tuple(
            Fix(f"f{position}", 2, 0, "recipient", "", {position: 0.9}) for position in range(count)
        ),
        warnings=(),
        limits=(),
    )


def test_every_shipped_code_points_to_its_causes(shipped: Catalog) -> None:
    """Any code of the file is accepted, and makes its causes as likely as their priors allow."""
    before = posterior(shipped.problem, [])
    for known in shipped.codes:
        after = posterior(shipped.problem, code(known.answer))
        gains = {cause: after[cause] / before[cause] for cause in before}
        assert min(gains[cause] for cause in known.causes) > 9, known.answer
        others = set(gains) - set(known.causes)
        assert max(gains[cause] for cause in others) <= 1, known.answer


def test_a_code_of_another_provider_is_another_answer(shipped: Catalog) -> None:
    """The same digits lead elsewhere at another provider."""
    throttled = next_turn(shipped.problem, code("Vonage SMS API/1"), "agent")
    unknown = next_turn(shipped.problem, code("Infobip general error/1"), "agent")
    assert throttled["causes"][0]["cause"] == "b-quota-cap"
    assert unknown["causes"][0]["cause"] == "u-wrong-number"


@pytest.mark.parametrize("answer", ["30003", "Twilio Messaging", "twilio messaging/30003", "", []])
def test_a_code_without_its_provider_is_left_out(shipped: Catalog, answer: object) -> None:
    """Only the whole pair is an answer; anything else is reported, shortly."""
    evidence = [{"question": "qa-code", "answer": answer}]
    turn = next_turn(shipped.problem, evidence, "agent")  # type: ignore[arg-type]
    assert turn["ignored"] == evidence
    assert len(turn["ignored_reasons"][0]) < 600


def test_codes_of_one_meaning_are_one_answer(shipped: Catalog) -> None:
    """Codes that point to the same causes share a row; the compiled problem stays small."""
    question = shipped.problem.questions[shipped.problem.question_positions["qa-code"]]
    kinds = {frozenset(known.causes) for known in shipped.codes}
    assert len(question.answers) == len(kinds)
    assert len(question.answers) + len(question.same) == len(shipped.codes)
    text = problem_to_json(shipped.problem)
    own = next(q for q in json.loads(text)["questions"] if q["id"] == "qa-code")
    assert len(json.dumps(own, separators=(",", ":"))) < 20_000


def test_codes_survive_the_wire(shipped: Catalog) -> None:
    """What the browser reads is the same problem, to the last bit."""
    assert problem_from_json(problem_to_json(shipped.problem)) == shipped.problem
    small = with_answers(3)
    assert problem_from_json(problem_to_json(small)) == small


def test_rows_leave_room_for_no_code(shipped: Catalog) -> None:
    """For every cause there may be no code at all: no row claims more than all there is."""
    question = shipped.problem.questions[shipped.problem.question_positions["qa-code"]]
    for row in (question.usual, *question.given.values()):
        assert 0 < sum(row) < 1


def test_staff_are_asked_for_the_code_and_readers_never(shipped: Catalog) -> None:
    """Where a report says failed, the code is the next question for staff."""
    failed = [{"question": "qa-dlr", "answer": "failed"}]
    assert next_turn(shipped.problem, failed, "agent")["step"] == {
        "kind": "ask",
        "question": "qa-code",
    }
    assert next_turn(shipped.problem, failed, "user")["step"].get("question") != "qa-code"


def test_many_answers_are_judged_by_the_likeliest() -> None:
    """What planning leaves out can only make a question look dearer, never cheaper."""
    problem = with_answers(MANY)
    orders = Orders(problem, range(MANY))
    here = orders.outlook([cause.weight for cause in problem.causes])
    never = orders.best(here)[0]
    judged = ask_now(orders, here, 0, never)
    told = [
        usual * orders.best(orders.answered(here, 0, answer))[0]
        for answer, usual in enumerate(problem.questions[0].usual)
    ]
    heard = sum(
        usual * orders.answered(here, 0, answer).total
        for answer, usual in enumerate(problem.questions[0].usual)
    )
    exact = problem.question_costs[0] * here.total + (1 - heard / here.total) * never + sum(told)
    assert exact <= judged < never


def test_a_code_that_was_explained_is_forgotten() -> None:
    """Where the cause is mended and the problem stays, its code says nothing about another."""
    problem = with_answers(3)
    evidence = [*code("Net/again"), {"fix": "f0", "outcome": "removed"}]
    left = posterior(problem, evidence)
    assert left["c0"] == 0
    assert left["c1"] / left["c2"] == pytest.approx((1 / 2) / (1 / 3))
