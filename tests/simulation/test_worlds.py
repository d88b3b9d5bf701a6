"""People in worlds that differ from what the editor wrote."""

import random
from dataclasses import replace

import pytest

from helpdesk.catalog import Catalog
from helpdesk.diagnosis.planning import equation_5
from helpdesk.simulation.parts import for_readers
from helpdesk.simulation.walks import Memory, omniscient, walk
from helpdesk.simulation.worlds import World, people, truth_of

COUNT = 300


def dice() -> random.Random:
    """The same dice every time."""
    return random.Random(3)  # noqa: S311 - no secret


def test_noise_changes_every_number_and_keeps_rows_whole(shipped: Catalog) -> None:
    """Shaken rows still sum to what they did, and no chance becomes 0 or 1."""
    truth = truth_of(shipped.problem, World(noise=1.5), dice())
    for old, new in zip(shipped.problem.questions, truth.questions, strict=True):
        assert sum(new.usual) == pytest.approx(sum(old.usual))
        assert new.usual != old.usual
        assert all(0 < chance < 1 for row in new.given.values() for chance in row)
    assert all(0 < success < 1 for fix in truth.fixes for success in fix.mends.values())


def test_people_are_as_the_world_says(shipped: Catalog) -> None:
    """Two causes, unknown causes and people who cannot tell are met as often as stated."""
    problem = for_readers(shipped.problem)
    several = people(problem, World(several=0.3), COUNT, dice())
    assert 0.2 < len([1 for _, one in several if len(one.causes) > 1]) / COUNT < 0.4
    unsure = people(problem, World(unsure=0.5), COUNT, dice())
    answers = [answer for _, one in unsure for answer in one.answers]
    assert 0.45 < answers.count(None) / len(answers) < 0.55
    outside = people(problem, World(outside=1.0), 20, dice())
    assert all(one.causes == () for _, one in outside)


def test_a_walk_ends_and_who_knows_all_is_faster(shipped: Catalog) -> None:
    """Nobody is asked or told the same twice, and knowing the causes costs less in the mean."""
    problem = for_readers(shipped.problem)
    memory = Memory(equation_5)
    walks = [
        (walk(problem, truth, one, memory), omniscient(truth, one))
        for truth, one in people(problem, World(several=0.2), 40, dice())
    ]
    assert sum(made.minutes for made, _ in walks) > sum(bound for _, bound in walks)
    assert all(made.asked <= len(problem.questions) for made, _ in walks)
    assert all(made.tried <= len(problem.fixes) for made, _ in walks)
    assert {made.handed_over for made, _ in walks} == {True, False}


def test_other_costs_are_paid_and_not_believed(shipped: Catalog) -> None:
    """Steps that take longer than written make the same walk longer, not another one."""
    problem = for_readers(shipped.problem)
    memory = Memory(equation_5)
    for truth, one in people(problem, World(), 10, dice()):
        slow = replace(
            truth, questions=tuple(replace(q, minutes=q.minutes + 1) for q in truth.questions)
        )
        made, slower = walk(problem, truth, one, memory), walk(problem, slow, one, memory)
        assert (made.asked, made.tried) == (slower.asked, slower.tried)
        assert slower.minutes == pytest.approx(made.minutes + made.asked, abs=made.asked)
