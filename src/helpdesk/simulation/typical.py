"""For each cause, the walk of a person who has it and answers as such people mostly do."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.diagnosis import USER, Problem

from .guided import Step, Turn, Turns, typically, walk

EARLY = 3
"""Proposals within which a walk should have offered what helps."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What happened to somebody with a cause."""

    cause: str
    steps: tuple[Step, ...]
    helped: bool
    """Whether the last step mends the cause, or is a party that can, or warns of it."""

    @property
    def proposals(self) -> tuple[str, ...]:
        """Fixes, parties and warnings, in the order in which they came."""
        return tuple(step.about for step in self.steps if step.kind != "ask")

    @property
    def questions(self) -> int:
        """How many were asked."""
        return len(self.steps) - len(self.proposals)

    @property
    def early(self) -> bool:
        """Whether what helps was among the first proposals."""
        return self.helped and len(self.proposals) <= EARLY


def typical_walks(problem: Problem, audience: str = USER) -> Iterator[Walk]:
    """Yield the walk of each cause, in catalog order."""
    turns = Turns(problem)
    for position in range(len(problem.causes)):
        yield typical_walk(turns, position, audience)


def typical_walk(turns: Turns, position: int, audience: str = USER) -> Walk:
    """Return the walk of a cause, up to where it is helped or handed over."""
    problem = turns.problem
    cause = problem.causes[position]

    def helps(turn: Turn) -> bool:
        if turn.step["kind"] == "try":
            return position in problem.fixes[problem.fix_positions[turn.step["fix"]]].mends
        return turn.step["kind"] == "warn" or turn.step.get("party") in cause.mended_by

    steps = walk(turns, typically(problem, position), audience, enough=helps)
    return Walk(cause.id, tuple(steps), helps(steps[-1].turn))
