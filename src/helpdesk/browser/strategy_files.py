"""Strategies as files: kept from build to build, and packed for the browser.

A strategy follows from the compiled catalog and from the code, so it is kept under a name made of
both and never grows old. Editing words changes neither.
"""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from helpdesk.diagnosis import Problem
from helpdesk.diagnosis.confidence import WORDS
from helpdesk.diagnosis.evidence import FAILED
from helpdesk.diagnosis.wire import problem_from_json

from . import beyond, strategy
from .beyond import said
from .plain_path import has_page
from .runtime_files import engine_hash
from .strategy import WORK, WORK_SERVING, Node, Steps, Strategy

KEPT_AT_MOST = 4
"""Files: the newest stay."""

RECENT: dict[tuple[str, Path | None, bool], Strategy] = {}
"""What was asked for while this process runs, by name: the problems themselves are large."""

CUT, NEW, KNOWN = 0, 1, 2
"""Edges lead to nothing, to the node that comes next, or to node number (edge - KNOWN)."""

SUBJECTS = {"ask": "question", "try": "fix", "hand-off": "party", "warn": "warning"}
"""What a turn calls the subject of a step, by its kind."""

Place = int | Steps
"""The position of a node, or what is left to do beyond all of them."""

WORDS_BY_NUMBER = (*(name for _, name in WORDS), "very-unlikely")


def kept_strategy(
    problem_json: str, audience: str, folder: Path | None = None, *, hurry: bool = False
) -> Strategy:
    """Return the strategy of an audience; in a hurry a small one, unless a large one is kept.

    Where the folder cannot be read or written, the strategy is computed.
    """
    name = _name(problem_json, audience)
    asked = name, folder, hurry
    if asked not in RECENT:
        if len(RECENT) == KEPT_AT_MOST:
            RECENT.clear()
        path = folder / f"strategy-{name}.json" if folder else None
        RECENT[asked] = _kept(problem_json, audience, path, hurry=hurry)
    return RECENT[asked]


def _kept(problem_json: str, audience: str, path: Path | None, *, hurry: bool) -> Strategy:
    known = _read(path) if path else None
    if known:
        return known
    problem = problem_from_json(problem_json)
    work = WORK_SERVING if hurry else WORK
    found = beyond.continued(problem, strategy.expand(problem, audience, work), audience, work)
    if path and not hurry:
        _write(path, found)
    return found


def packed(problem: Problem, found: Strategy) -> dict[str, Any]:
    """Return a strategy as the browser reads it: columns of numbers, nodes in the order of a walk.

    A node's edges stand in the order of its step's answers; `strategy.mjs` is the other side.
    Of what is left beyond, each step is a node too, without reasons; equal ends are one.
    """
    causes = {cause.id: number for number, cause in enumerate(problem.causes)}
    steps: dict[tuple[str, ...], int] = {}
    order: list[Node] = []
    step: list[int] = []
    edges: list[int] = []
    numbers: dict[Place, int] = {}

    def visit(place: Place) -> None:
        node, ways = _node_at(problem, found, place)
        numbers[place] = len(order)
        order.append(node)
        kind = (node.kind, SUBJECTS[node.kind], node.subject, *ways)
        step.append(steps.setdefault(kind, len(steps)))
        for to in ways.values():
            if to is None:
                edges.append(CUT)
            elif to in numbers:
                edges.append(KNOWN + numbers[to])
            else:
                edges.append(NEW)
                visit(to)

    visit(0)
    pages = {id(found.nodes[at]) for at in has_page(found)}
    return {
        "catalog": problem.catalog,
        "causes": list(causes),
        "words": list(WORDS_BY_NUMBER),
        "step": step,
        "edges": edges,
        "plain": [at for at, node in enumerate(order) if id(node) in pages],
        "why": [[causes[cause] for cause in node.why] for node in order],
        "chance": [node.chance for node in order],
        "shown": [
            [causes[c] * len(WORDS_BY_NUMBER) + WORDS_BY_NUMBER.index(word) for c, word in n.shown]
            for n in order
        ],
        "steps": list(map(list, steps)),
    }


def _node_at(
    problem: Problem, found: Strategy, place: Place
) -> tuple[Node, Mapping[str, Place | None]]:
    """Return a node, and where each answer to it leads."""
    if isinstance(place, int):
        node = found.nodes[place]
        known: dict[str, Place] = {**node.beyond, **node.children}
        return node, {value: known.get(value) for value in said(problem, node.kind, node.subject)}
    (kind, subject), *others = place
    node = Node((), kind, subject, (), 0, (), {})
    return node, {FAILED: tuple(others)} if others else {}


def _name(problem_json: str, audience: str) -> str:
    digest = hashlib.sha256(engine_hash().encode())
    for file in (strategy.__file__, beyond.__file__):
        digest.update(Path(file).read_bytes())
    digest.update(f"\0{audience}\0{problem_json}".encode())
    return digest.hexdigest()[:20]


def _read(path: Path) -> Strategy | None:
    """Return what is kept there; None where nothing is, or nothing whole."""
    try:
        return Strategy(tuple(_node(each) for each in json.loads(path.read_bytes())))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _node(kept: dict[str, Any]) -> Node:
    pairs = {key: _pairs(kept[key]) for key in ("evidence", "shown")}
    beyond = {value: _pairs(steps) for value, steps in kept["beyond"].items()}
    return Node(**{**kept, **pairs, "why": tuple(kept["why"]), "beyond": beyond})


def _pairs(kept: list[list[str]]) -> Steps:
    return tuple((a, b) for a, b in kept)


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
