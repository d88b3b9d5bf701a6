"""A person's own words point to answers and causes, in any spelling and both languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import Problem, match, wire
from helpdesk.diagnosis.words import features
from tests.diagnosis.reports import HELD_OUT, PUBLIC, REPORTS, hits_of_match, reports

NOTHING: dict[str, list[Any]] = {"answers": [], "causes": []}


def causes(problem: Problem, text: str) -> list[str]:
    """The causes that a text points to, best first."""
    return [cause["cause"] for cause in match(problem, text)["causes"]]


def answers(problem: Problem, text: str) -> dict[str, str]:
    """The answers that a text gives."""
    return {told["question"]: told["answer"] for told in match(problem, text)["answers"]}


@pytest.mark.parametrize(("path", "least"), [(REPORTS, 0.95), (HELD_OUT, 0.66), (PUBLIC, 0.8)])
def test_reports_are_understood(shipped: Catalog, path: Path, least: float) -> None:
    """A right cause is among the first three, also where no phrase was written for the words."""
    told = [report for report in reports(path) if report.causes]
    assert len(told) >= 100
    assert sum(hits_of_match(shipped, told)) / len(told) >= least


def test_every_cause_of_a_report_is_in_the_catalog(shipped: Catalog) -> None:
    """No report is right for a cause that is not there; both languages are spoken in all files."""
    for path in (REPORTS, HELD_OUT, PUBLIC):
        named = {cause for report in reports(path) for cause in report.causes}
        assert named <= set(shipped.causes)
        assert len([r for r in reports(path) if not r.text.isascii()]) >= 30


def test_text_that_says_nothing_gives_nothing(shipped: Catalog) -> None:
    """Greetings, nonsense and other subjects point nowhere."""
    silent = [report.text for report in reports() if not report.causes]
    assert len(silent) > 20
    assert [text for text in silent if match(shipped.problem, text) != NOTHING] == []


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("It says sent but nothing came since yesterday", "q-page-says", "sent"),
        ("It says sent but nothing came since yesterday", "q-wait", "days"),
        ("code expired when I typed it", "q-code-rejected", "yes"),
        ("验证码一直收不到", "q-code-rejected", "no"),
        ("I pressed resend 10 times", "q-attempts", "five-or-more"),
        ("other texts come fine", "q-other-texts", "yes"),
        ("not a single text from anyone", "q-other-texts", "no"),
        ("我在国外，收不到", "q-location", "abroad"),
    ],
)
def test_words_give_answers(shipped: Catalog, text: str, question: str, answer: str) -> None:
    """What a person says of their own accord is an answer that need not be asked for."""
    assert answers(shipped.problem, text)[question] == answer


@pytest.mark.parametrize(
    ("plain", "misspelt"),
    [
        ("my reception is terrible in the basement", "my recepton is terible in the basment"),
        ("too many attempts, try again later", "to many atempts, try agian later"),
        ("google voice number", "gogle voice numbr"),
        ("message storage is full", "mesage storge is full"),
    ],
)
def test_slips_of_the_finger_are_forgiven(shipped: Catalog, plain: str, misspelt: str) -> None:
    """The first cause is the same however it is spelt."""
    assert causes(shipped.problem, misspelt)[0] == causes(shipped.problem, plain)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("receiving texts", "received text"),
        ("it expires", "it has expired"),
        ("I can't get any codes", "I cannot get a code"),
        ("nothing's arriving", "nothing arrives"),
        ("收不到验证码", "没有收到验证码"),
        ("打不了电话", "打不通电话"),
    ],
)
def test_endings_and_ways_to_negate_make_no_difference(one: str, other: str) -> None:
    """Two ways to say the same thing have the same features."""
    assert features(one, {}) == features(other, {})


def test_a_negation_is_not_its_opposite() -> None:
    """What is denied is another feature than what is said."""
    assert set(features("codes do not arrive", {})) != set(features("codes arrive", {}))


def test_a_match_is_ranked_and_fits_the_catalog(shipped: Catalog) -> None:
    """Scores fall from 1 towards 0, ids are those of the catalog, each question comes once."""
    for report in reports():
        found = match(shipped.problem, report.text)
        for entries in found.values():
            scores = [entry["score"] for entry in entries]
            assert scores == sorted(scores, reverse=True)
            assert all(0 < score <= 1 for score in scores)
        asked = [told["question"] for told in found["answers"]]
        assert len(asked) == len(set(asked))
        assert all(
            told["answer"] in shipped.questions[told["question"]].answers
            for told in found["answers"]
        )
        assert {cause["cause"] for cause in found["causes"]} <= set(shipped.causes)


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\ud800", "验" * 100_000, "code " * 50_000, "'" * 999]
)
def test_any_text_is_taken(shipped: Catalog, text: str) -> None:
    """Whatever is typed, there is a match, and soon."""
    assert set(match(shipped.problem, text)) == {"answers", "causes"}


def test_words_travel_apart_from_the_problem(shipped: Catalog) -> None:
    """Opened beside the problem they give the same match; the problem itself holds none."""
    problem, words = shipped.problem, shipped.problem.words
    assert words is not None
    text = wire.words_to_json(words)
    assert wire.words_from_json(text) == words
    assert "reception" not in wire.problem_to_json(problem)
    wire.open_problem(wire.problem_to_json(problem))
    assert json.loads(wire.match("no signal in the basement")) == NOTHING
    assert wire.open_words(text) == "{}"
    told = "no signal in the basement"
    assert json.loads(wire.match(told)) == match(problem, told)
    assert "error" in json.loads(wire.open_words("[]"))
    assert json.loads(wire.match(told)) == match(problem, told)


def test_a_catalog_without_examples_is_still_matched(lamp: Catalog) -> None:
    """Titles and sentences of articles are enough for a start."""
    assert causes(lamp.problem, "the lamp is not plugged in")[0] == "unplugged"
    assert causes(lamp.problem, "I think the bulb is dead")[0] == "dead-bulb"
