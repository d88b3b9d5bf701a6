"""The wizard as plain pages: what each answer leads to, for browsers that run no script.

The likeliest nodes of the strategy are a page each. Where an answer leads beyond them, its page
lists what is left to try, in the order of the engine for somebody who can answer nothing more.
A page is named after what was answered, so its address stays when others come and go.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from helpdesk.diagnosis import NOT_SURE, USER, next_turn
from helpdesk.diagnosis.evidence import DEFERRED, FAILED, SOLVED, replay
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.reasons import responsible

from .strategy import Node, Pair, Strategy, entries

FOLDER = "wizard/plain/"
"""Below the root of each language."""

NODES_AT_MOST = 80
"""With what their answers lead to, these come to a few hundred pages."""

FIXES_AT_MOST = 6
OUTCOMES = (SOLVED, FAILED, DEFERRED)
"""What a plain page asks of a fix."""

THE_END = "solved"
PRIME, OFFSET = 16777619, 2166136261


@dataclass(frozen=True, slots=True)
class Advice:
    """A fix worth trying, and the causes it would mend."""

    fix: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to try, the best first, and whom to ask when none of it helps."""

    fixes: tuple[Advice, ...]
    party: str
    warning: str = ""
    """What to be warned of first, where the answers say that there is danger."""


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page: a node of the strategy, or what is left to try."""

    name: str
    evidence: tuple[Pair, ...]
    shows: Node | Left
    answers: Mapping[str, str]
    """Names of the pages that the answers lead to."""


def page_name(pairs: Sequence[Pair]) -> str:
    """Return what a page is called: the same in whichever order things were learnt.

    A hash of 32 bits (FNV-1a), as short in `strategy.mjs`.
    """
    number = OFFSET
    for byte in "&".join(sorted(f"{key}={value}" for key, value in pairs)).encode():
        number = (number ^ byte) * PRIME % 2**32
    return f"{number:x}"


START = page_name(())


def plain_path(problem: Problem, found: Strategy) -> tuple[PlainPage, ...]:
    """Return all pages for readers; the first is where everybody begins."""
    pages: dict[str, PlainPage] = {}
    ends: dict[str, tuple[Pair, ...]] = {}
    for node in _nodes(found):
        answers = {}
        for value in _offered(problem, node):
            pairs = (*node.evidence, (node.subject, value))
            answers[value] = THE_END if value == SOLVED else page_name(pairs)
            if value != SOLVED:
                ends.setdefault(answers[value], pairs)
        name = page_name(node.evidence)
        pages[name] = PlainPage(name, node.evidence, node, answers)
    for name, pairs in ends.items():
        if name not in pages:
            pages[name] = PlainPage(name, pairs, left_to_try(problem, pairs), {})
    return tuple(pages.values())


def has_page(found: Strategy) -> list[int]:
    """Return the positions of the nodes that are a page."""
    pages = {id(node) for node in _nodes(found)}
    return [at for at, node in enumerate(found.nodes) if id(node) in pages]


def left_to_try(problem: Problem, pairs: Sequence[Pair], audience: str = USER) -> Left:
    """Return what the engine tells somebody to try who is sure of nothing more."""
    given = entries(problem, pairs)
    asked = replay(problem, given).answers
    given += [
        {"question": question.id, "answer": NOT_SURE}
        for position, question in enumerate(problem.questions)
        if question.audience in {USER, audience} and position not in asked
    ]
    fixes: list[Advice] = []
    while True:
        turn = next_turn(problem, given, audience)
        step = turn["step"]
        if "fix" not in step or len(fixes) == FIXES_AT_MOST:
            break
        fixes.append(Advice(step["fix"], tuple(turn["why"]["causes"])))
        given.append({"fix": step["fix"], "outcome": FAILED})
    party = responsible(problem, replay(problem, given).belief(problem))[0]
    return Left(tuple(fixes), step.get("party") or party, step.get("warning", ""))


def fragment(pairs: Sequence[Pair]) -> str:
    """Return what the wizard's own page goes on from."""
    return f"#{urlencode(pairs)}" if pairs else ""


def _nodes(found: Strategy) -> Iterator[Node]:
    """Yield the likeliest nodes that are reached by what plain pages ask."""
    reached = {0}
    count = 0
    for at, node in enumerate(found.nodes):
        if at not in reached:
            continue
        reached |= {to for value, to in node.children.items() if value != "removed"}
        yield node
        count += 1
        if count == NODES_AT_MOST:
            return


def _offered(problem: Problem, node: Node) -> Sequence[str]:
    if node.kind == "ask":
        return (*problem.questions[problem.question_positions[node.subject]].answers, NOT_SURE)
    return OUTCOMES if node.kind == "try" else ()
