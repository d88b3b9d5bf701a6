"""Going through the diagnosis with somebody whose answers are known, and remembering each turn."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpdesk.diagnosis import NOT_SURE, Problem, next_turn
from helpdesk.diagnosis.evidence import FAILED, TRIED
from helpdesk.diagnosis.model import SOMETHING_ELSE

STEPS_AT_MOST = 200

Entry = dict[str, str]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a walk needs of a turn."""

    step: Mapping[str, str]
    first: str
    """The likeliest cause."""
    likeliest: str
    """The likeliest of the named causes."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a walk, and what the person said to it."""

    turn: Turn
    reply: str = ""
    """The answer or the outcome; empty at the end."""

    @property
    def kind(self) -> str:
        """`ask`, `try`, `hand-off` or `warn`."""
        return self.turn.step["kind"]

    @property
    def about(self) -> str:
        """The question, fix, party or warning."""
        step = self.turn.step
        return next(step[name] for name in ("question", "fix", "party", "warning") if name in step)

    def __str__(self) -> str:
        verb = {"ask": "asks", "try": "proposes", "hand-off": "hands over to", "warn": "warns of"}
        said = f" ({self.reply})" if self.reply else ""
        return f"{verb[self.kind]} {self.about}{said}"


@dataclass
class Turns:
    """The turns of a problem, each computed once: many people begin alike."""

    problem: Problem
    known: dict[object, Turn] = field(default_factory=dict)

    @property
    def asked(self) -> set[str]:
        """The questions of all turns so far."""
        return {turn.step["question"] for turn in self.known.values() if "question" in turn.step}

    def after(self, evidence: list[Entry], audience: str) -> Turn:
        """Return the turn for a list of evidence entries."""
        key = audience, tuple(tuple(entry.values()) for entry in evidence)
        if key not in self.known:
            turn = next_turn(self.problem, evidence, audience)
            self.known[key] = Turn(turn["step"], turn["causes"][0]["cause"], _likeliest(turn))
        return self.known[key]


def _likeliest(turn: Mapping[str, Any]) -> str:
    named = (told["cause"] for told in turn["causes"] if told["cause"] != SOMETHING_ELSE)
    return str(next(named, SOMETHING_ELSE))


def walk(
    turns: Turns,
    answer: Callable[[str], str],
    audience: str,
    tried: Collection[str] = (),
    enough: Callable[[Turn], bool] = lambda _: False,
) -> list[Step]:
    """Return the steps of somebody who answers so and for whom no fix works.

    `enough` ends the walk at a turn.
    """
    evidence: list[Entry] = [{"fix": fix, "outcome": TRIED} for fix in tried]
    steps: list[Step] = []
    while len(steps) < STEPS_AT_MOST:
        turn = turns.after(evidence, audience)
        if enough(turn) or turn.step["kind"] not in {"ask", "try"}:
            return [*steps, Step(turn)]
        if turn.step["kind"] == "ask":
            reply = answer(turn.step["question"])
            evidence.append({"question": turn.step["question"], "answer": reply})
        else:
            reply = FAILED
            evidence.append({"fix": turn.step["fix"], "outcome": FAILED})
        steps.append(Step(turn, reply))
    return steps


def typically(problem: Problem, cause: int) -> Callable[[str], str]:
    """Return how somebody with a cause mostly answers."""

    def answer(name: str) -> str:
        asked = problem.questions[problem.question_positions[name]]
        row = asked.given.get(cause, asked.usual)
        best = max(range(len(row)), key=row.__getitem__)
        return asked.answers[best] if row[best] > 0 else NOT_SURE

    return answer
