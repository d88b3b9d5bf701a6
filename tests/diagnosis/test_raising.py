"""Causes that are likelier for a while: exactly so much, the same everywhere, never by accident."""

import json

import pytest

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import next_turn, posterior, raise_priors
from helpdesk.diagnosis import wire as door
from helpdesk.diagnosis.raising import RaisedError


def test_odds_change_by_the_factor(lamp: Catalog) -> None:
    """A cause is so many times as likely beside any other; the others keep their odds."""
    before = posterior(lamp.problem, [])
    after = posterior(raise_priors(lamp.problem, {"dead-bulb": 20, "no-such": 9}), [])
    odds = {cause: after[cause] / before[cause] for cause in before}
    assert odds["dead-bulb"] / odds["unplugged"] == pytest.approx(20)
    assert odds["something-else"] == pytest.approx(odds["unplugged"])


def test_nothing_raised_is_nothing_changed(shipped: Catalog) -> None:
    """Without a known cause the very same turn comes, to the last byte."""
    assert raise_priors(shipped.problem, {"no-such": 5}) is shipped.problem
    door.open_problem(door.problem_to_json(shipped.problem))
    assert door.turn("[]", "user", '{"no-such": 5}') == door.turn("[]", "user")


def test_the_browser_gets_the_same(shipped: Catalog) -> None:
    """What is raised at the door is what is raised in Python, turn after turn."""
    door.open_problem(door.problem_to_json(shipped.problem))
    cause = shipped.problem.causes[-2].id
    raised = raise_priors(shipped.problem, {cause: 100})
    for evidence in ([], [{"question": "q-signal", "answer": "weak"}]):
        told = door.turn(json.dumps(evidence), "user", json.dumps({cause: 100}))
        assert json.loads(told) == next_turn(raised, evidence)
    assert json.loads(door.turn("[]")) == next_turn(shipped.problem, [])


@pytest.mark.parametrize(
    "wrong",
    [None, [], 7, {"dead-bulb": 0}, {"dead-bulb": -1}, {"dead-bulb": 1e9}, {"dead-bulb": "2"}],
)
def test_what_is_no_factor_is_refused(lamp: Catalog, wrong: object) -> None:
    """Anything else is an error in words, and at the door one as JSON."""
    with pytest.raises(RaisedError):
        raise_priors(lamp.problem, wrong)
    door.open_problem(door.problem_to_json(lamp.problem))
    assert "message" in json.loads(door.turn("[]", "user", json.dumps(wrong)))["error"]
