"""The likely part of the wizard's decision tree, computed before anybody asks.

Every node is a turn of the engine itself; only walking needs no engine. The likeliest states are
looked at first. How many is bounded by what that takes, as the engine reckons it, never by the
clock or by the size of the tree: the same catalog gives the same strategy everywhere.

States and not paths are counted: however the same things were learnt, the same turn follows.
"""

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpdesk.diagnosis import NOT_SURE, SOMETHING_ELSE, USER, Problem, next_turn
from helpdesk.diagnosis.belief import normalized, prior, weigh_answer
from helpdesk.diagnosis.evidence import DEFERRED, FAILED, REMOVED, Findings, replay
from helpdesk.diagnosis.orders import Orders
from helpdesk.diagnosis.screening import promising

WORK = 120_000.0
"""What a build may spend, as `Orders.work` counts: about twelve seconds."""
WORK_SERVING = 12_000.0
"""What live reload may spend, because somebody waits for it."""
FOR_NODES = 0.6
"""Share of the work that goes into nodes; the rest is for what comes beyond (`beyond.py`)."""
NODES_AT_MOST = 4000
LEAST_CHANCE = 1e-6
"""A state reached less often is not worth its bytes."""

AFTER_FIX = {FAILED: 0.93, DEFERRED: 0.05, REMOVED: 0.02}
"""What people say of a fix that did not end the problem, and about how often.

"Tried before" is left out: what follows is what follows a failure.
"""

Pair = tuple[str, str]
"""A question and its answer, or a fix and its outcome."""

Steps = tuple[Pair, ...]
"""Kinds of steps with their subjects: fixes, each after the one before has failed, then an end."""


@dataclass(frozen=True, slots=True)
class Node:
    """A turn as far as it is shown, and where each answer leads."""

    evidence: tuple[Pair, ...]
    """One way to get here."""
    kind: str
    subject: str
    """The question, fix, party or warning."""
    why: tuple[str, ...]
    """Causes that explain the step."""
    chance: int
    """Of a fix to end the problem, in twentieths, rounded up."""
    shown: tuple[Pair, ...]
    """Causes worth showing, the most probable first, each with the word for how likely it is."""
    children: Mapping[str, int]
    """By answer or outcome, the position of the node that follows; less likely ones are missing."""
    beyond: Mapping[str, Steps] = field(default_factory=dict)
    """By answer or outcome that no node follows, what is left to do if nothing more is asked."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """Nodes, the likeliest first; the first is where everybody begins."""

    nodes: tuple[Node, ...]


@dataclass
class _State:
    """What is known of a state before it is looked at."""

    evidence: tuple[Pair, ...]
    chance: float = 0.0
    at: int = -1
    """Position among the nodes; negative while it is none."""


@dataclass
class _Search:
    problem: Problem
    audience: str
    states: dict[object, _State] = field(default_factory=dict)
    queue: list[tuple[float, int, object]] = field(default_factory=list)

    def reached(self, evidence: tuple[Pair, ...], chance: float) -> object:
        """Note that a state is reached this often more; return what tells it from others."""
        key = _key(replay(self.problem, entries(self.problem, evidence)))
        state = self.states.setdefault(key, _State(evidence))
        state.chance += chance
        if state.at < 0 and state.chance >= LEAST_CHANCE:
            heapq.heappush(self.queue, (-state.chance, len(self.queue), key))
        return key

    def likeliest(self) -> Iterator[_State]:
        """Yield each state once, the likeliest of those reached so far first."""
        while self.queue:
            chance, _, key = heapq.heappop(self.queue)
            state = self.states[key]
            if state.at < 0 and -chance == state.chance:
                yield state


def expand(
    problem: Problem, audience: str = USER, work: float = WORK, most: int = NODES_AT_MOST
) -> Strategy:
    """Return the strategy of an audience for so much work, of so many nodes at most."""
    search = _Search(problem, audience)
    search.reached((), 1.0)
    limit = max(1, min(most, int(FOR_NODES * work / _work(problem, audience))))
    found: list[tuple[_State, dict[str, Any], dict[str, object]]] = []
    for state in search.likeliest():
        state.at = len(found)
        given = entries(problem, state.evidence)
        turn = next_turn(problem, given, audience)
        belief = replay(problem, given).belief(problem)
        children = {
            value: search.reached((*state.evidence, (_subject(turn), value)), share * state.chance)
            for value, share in _replies(problem, turn, belief).items()
        }
        found.append((state, turn, children))
        if len(found) == limit:
            break
    return Strategy(
        tuple(
            _node(state, turn, {v: search.states[key].at for v, key in children.items()})
            for state, turn, children in found
        )
    )


def entries(problem: Problem, pairs: Sequence[Pair]) -> list[dict[str, str]]:
    """Return pairs as evidence."""
    return [
        {"question": key, "answer": value}
        if key in problem.question_positions
        else {"fix": key, "outcome": value}
        for key, value in pairs
    ]


def _node(state: _State, turn: Mapping[str, Any], children: Mapping[str, int]) -> Node:
    shown = {*turn["likely"], SOMETHING_ELSE}
    return Node(
        evidence=state.evidence,
        kind=turn["step"]["kind"],
        subject=_subject(turn),
        why=tuple(turn["why"]["causes"]),
        chance=math.ceil(turn["why"].get("chance", 0.0) * 20),
        shown=tuple((e["cause"], e["word"]) for e in turn["causes"] if e["cause"] in shown),
        children={value: at for value, at in children.items() if at >= 0},
    )


def _subject(turn: Mapping[str, Any]) -> str:
    step = turn["step"]
    return next(str(value) for key, value in step.items() if key != "kind")


def _replies(problem: Problem, turn: Mapping[str, Any], belief: list[float]) -> dict[str, float]:
    """Return what people say to a step and how often; who says that it is solved is done."""
    step = turn["step"]
    if step["kind"] == "try":
        failing = 1.0 - turn["why"]["chance"]
        return {outcome: failing * share for outcome, share in AFTER_FIX.items()}
    if step["kind"] != "ask":
        return {}
    position = problem.question_positions[step["question"]]
    question = problem.questions[position]
    replies = {
        answer: (1 - question.unsure)
        * question.usual[choice]
        * math.fsum(weigh_answer(problem, belief, position, choice))
        for choice, answer in enumerate(question.answers)
    }
    return {**replies, NOT_SURE: max(0.0, 1.0 - math.fsum(replies.values()))}


def _key(findings: Findings) -> object:
    return (
        frozenset(findings.answers.items()),
        findings.done,
        frozenset(findings.deferred.items()),
        findings.cleared,
        findings.forgotten,
    )


def _work(problem: Problem, audience: str) -> float:
    """Return about what one turn takes."""
    orders = Orders(problem, range(len(problem.fixes)))
    here = orders.outlook(normalized(problem, prior(problem)))
    asked = [
        position
        for position, question in enumerate(problem.questions)
        if question.audience in {USER, audience}
    ]
    return promising(orders, here, orders.best(here)[0], asked)[1] + orders.work(here)
