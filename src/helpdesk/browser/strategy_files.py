"""Strategies as files: kept from build to build, and packed for the browser.

A strategy follows from the compiled catalog and from the code, so it is kept under a name made of
both and never grows old. Editing words changes neither.
"""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpdesk.diagnosis import NOT_SURE, Problem
from helpdesk.diagnosis.confidence import WORDS
from helpdesk.diagnosis.evidence import DEFERRED, FAILED, REMOVED
from helpdesk.diagnosis.wire import problem_from_json

from . import strategy
from .plain_path import has_page
from .runtime_files import engine_hash
from .strategy import WORK, WORK_SERVING, Node, Strategy

KEPT_AT_MOST = 4
"""Files: the newest stay."""

CUT, NEW, KNOWN = 0, 1, 2
"""Edges lead to nothing, to the node that comes next, or to node number (edge - KNOWN)."""

SUBJECTS = {"ask": "question", "try": "fix", "hand-off": "party", "warn": "warning"}
"""What a turn calls the subject of a step, by its kind."""

OUTCOMES = (FAILED, DEFERRED, REMOVED)
WORDS_BY_NUMBER = (*(name for _, name in WORDS), "very-unlikely")


@lru_cache(maxsize=8)
def kept_strategy(
    problem_json: str, audience: str, folder: Path | None = None, *, hurry: bool = False
) -> Strategy:
    """Return the strategy of an audience; in a hurry a small one, unless a large one is kept.

    Where the folder cannot be read or written, the strategy is computed.
    """
    problem = problem_from_json(problem_json)
    path = folder / f"strategy-{_name(problem_json, audience)}.json" if folder else None
    known = _read(path) if path else None
    if known:
        return known
    if hurry:
        return strategy.expand(problem, audience, WORK_SERVING)
    found = strategy.expand(problem, audience, WORK)
    if path:
        _write(path, found)
    return found


def packed(problem: Problem, found: Strategy) -> dict[str, Any]:
    """Return a strategy as the browser reads it: columns of numbers, nodes in the order of a walk.

    A node's edges stand in the order of its step's answers; `strategy.mjs` is the other side.
    """
    causes = {cause.id: number for number, cause in enumerate(problem.causes)}
    steps: dict[tuple[str, str], int] = {}
    order: list[Node] = []
    edges: list[int] = []
    numbers: dict[int, int] = {}

    def visit(at: int) -> None:
        node = found.nodes[at]
        numbers[at] = len(order)
        order.append(node)
        for value in _values(problem, node):
            child = node.children.get(value)
            if child is None:
                edges.append(CUT)
            elif child in numbers:
                edges.append(KNOWN + numbers[child])
            else:
                edges.append(NEW)
                visit(child)

    visit(0)
    pages = {id(found.nodes[at]) for at in has_page(found)}
    return {
        "catalog": problem.catalog,
        "causes": list(causes),
        "words": list(WORDS_BY_NUMBER),
        "step": [steps.setdefault((node.kind, node.subject), len(steps)) for node in order],
        "edges": edges,
        "plain": [at for at, node in enumerate(order) if id(node) in pages],
        "why": [[causes[cause] for cause in node.why] for node in order],
        "chance": [node.chance for node in order],
        "shown": [
            [causes[c] * len(WORDS_BY_NUMBER) + WORDS_BY_NUMBER.index(word) for c, word in n.shown]
            for n in order
        ],
        "steps": [
            [kind, SUBJECTS[kind], subject, *_answers(problem, kind, subject)]
            for kind, subject in steps
        ],
    }


def _values(problem: Problem, node: Node) -> Sequence[str]:
    return _answers(problem, node.kind, node.subject)


def _answers(problem: Problem, kind: str, subject: str) -> Sequence[str]:
    """Return what can be said to a step."""
    if kind == "ask":
        return (*problem.questions[problem.question_positions[subject]].answers, NOT_SURE)
    return OUTCOMES if kind == "try" else ()


def _name(problem_json: str, audience: str) -> str:
    digest = hashlib.sha256(engine_hash().encode())
    digest.update(Path(strategy.__file__).read_bytes())
    digest.update(f"\0{audience}\0{problem_json}".encode())
    return digest.hexdigest()[:20]


def _read(path: Path) -> Strategy | None:
    """Return what is kept there; None where nothing is, or nothing whole."""
    try:
        return Strategy(tuple(_node(each) for each in json.loads(path.read_bytes())))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _node(kept: dict[str, Any]) -> Node:
    pairs = {key: tuple((a, b) for a, b in kept[key]) for key in ("evidence", "shown")}
    return Node(**{**kept, **pairs, "why": tuple(kept["why"])})


def _write(path: Path, found: Strategy) -> None:
    content = json.dumps([asdict(node) for node in found.nodes], separators=(",", ":"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, prefix=".", suffix=".part", delete=False, encoding="utf-8"
        ) as file:
            file.write(content)
        Path(file.name).replace(path)
        files = sorted(path.parent.glob("strategy-*.json"), key=lambda each: each.stat().st_mtime)
        for old in files[:-KEPT_AT_MOST]:
            old.unlink()
    except OSError:
        return  # it is computed again next time
