"""The figures: seeded, paired, with intervals, and such as they must be."""

import json
from typing import Any

import pytest

from helpdesk.catalog import Catalog
from helpdesk.simulation import as_text, simulate
from helpdesk.simulation.baselines import ENGINE, POLICIES
from helpdesk.simulation.figures import among_first, calibration, mean_of
from helpdesk.simulation.worlds import WORLDS


@pytest.fixture(scope="module")
def figures(lamp: Catalog) -> dict[str, Any]:
    """Figures of a tiny catalog."""
    return simulate(lamp.problem, cases=30, seed=5)


def test_the_same_seed_gives_the_same_figures(lamp: Catalog, figures: dict[str, Any]) -> None:
    """To the last byte of the JSON."""
    assert json.dumps(simulate(lamp.problem, cases=30, seed=5)) == json.dumps(figures)
    assert simulate(lamp.problem, cases=30, seed=6)["policies"] != figures["policies"]


def test_every_way_and_every_world_is_shown(figures: dict[str, Any]) -> None:
    """Baselines stand beside the engine, and who knows everything is the bound."""
    assert set(figures["policies"]) == {*POLICIES, "omniscient"}
    assert set(figures["worlds"]) == set(WORLDS)
    bound = figures["policies"]["omniscient"]["minutes"][0]
    assert all(bound <= row["minutes"][0] for row in figures["policies"].values())
    assert figures["policies"][ENGINE]["above_engine"] == [0, 0, 0]
    for row in figures["policies"].values():
        value, low, high = row["minutes"]
        assert low <= value <= high
        assert 0 <= row.get("handed_over", 0) <= 1


def test_small_parts_are_held_against_the_optimum(figures: dict[str, Any]) -> None:
    """No policy is below it."""
    assert all(row["mean"][0] > -1e-6 for row in figures["parts"].values())
    assert figures["parts"][ENGINE]["mean"][0] < 1


def test_text_shows_every_policy_and_world(figures: dict[str, Any]) -> None:
    """The tables for a terminal leave nothing out."""
    text = as_text(figures)
    assert all(name in text for name in (*POLICIES, *WORLDS))


def test_calibration_of_one_who_knows_and_of_one_who_is_too_sure() -> None:
    """A true and sure belief has no error; a sure and wrong one is all error."""
    knows = calibration([([1.0, 0.0], 0), ([0.0, 1.0], 1)])
    assert (knows["ece"], knows["brier"], knows["very_likely_right"]) == (0, 0, 1)
    wrong = calibration([([1.0, 0.0], 1), ([1.0, 0.0], 1)])
    assert (wrong["ece"], wrong["brier"], wrong["very_likely_right"]) == (1, 2, 0)


def test_a_cause_is_among_the_first_when_few_are_likelier() -> None:
    """The second of four counts among three, not as the first; the last neither way."""
    belief = [0.4, 0.3, 0.2, 0.1]
    assert among_first([(belief, 1), (belief, 3)]) == {"top_1": 0, "top_3": 0.5}


def test_intervals_narrow_with_the_root_of_the_count() -> None:
    """Four times as many values, half the interval."""
    few, many = mean_of([0.0, 1.0] * 50), mean_of([0.0, 1.0] * 200)
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(2, rel=0.01)
