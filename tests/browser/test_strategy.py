"""What is known before Python comes: steps of the engine, computed when the site was built."""

import json
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import brotli
import pytest

from helpdesk.browser import strategy
from helpdesk.browser.beyond import continued
from helpdesk.browser.plain_path import plain_path
from helpdesk.browser.strategy import WORK, Node, Pair, Steps, Strategy, entries, expand
from helpdesk.browser.strategy_files import RECENT, kept_strategy, packed
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AGENT, NOT_SURE, SOMETHING_ELSE, USER, Problem, next_turn
from helpdesk.diagnosis.wire import problem_to_json
from helpdesk.simulation.worlds import AS_WRITTEN, Person, people
from tests.node import in_node
from tests.site_tools import shipped_strategy

MODULE = Path(strategy.__file__).with_name("web") / "strategy.mjs"
MOST_BYTES = 30_000
PEOPLE = 1000
FIRST_STEPS = 4

Said = dict[str, Any]


def of_engine(problem: Problem, pairs: Sequence[Pair]) -> Said:
    """Return what the engine says, as far as it is shown."""
    turn = next_turn(problem, entries(problem, pairs))
    shown = {*turn["likely"], SOMETHING_ELSE}
    solved = turn["step"]["kind"] == "solved"
    return {
        "step": turn["step"],
        "likely": [] if solved else turn["likely"],
        "causes": []
        if solved
        else [
            {"cause": e["cause"], "word": e["word"]} for e in turn["causes"] if e["cause"] in shown
        ],
        "why": turn["why"]["causes"],
        "chance": math.ceil(turn["why"].get("chance", 0) * 20),
    }


def of_browser(
    problem: Problem, found: Strategy, asked: Iterable[Sequence[Pair]], folder: Path
) -> list[Said | None]:
    """Return what the browser's own module says, after a look at the pages it names."""
    (folder / "packed").write_text(json.dumps(packed(problem, found)), encoding="utf-8")
    (folder / "asked").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    lines = in_node("strategy_turns.mjs", MODULE, folder / "packed", folder / "asked").splitlines()
    followed = [json.loads(line) for line in lines]
    pages = {page.name for page in plain_path(problem, found)}
    assert {each["plain"] for each in followed} <= pages
    return [each["turn"] and _said(each["turn"]) for each in followed]


def _said(turn: Said) -> Said:
    return {
        **{key: turn[key] for key in ("step", "likely", "causes")},
        "why": turn["why"]["causes"],
        "chance": abs(math.ceil(turn["why"]["chance"] * 20)),
    }


def ends(node: Node) -> list[list[Pair]]:
    """Return ways that go on from a fix: it was done before, or it helped."""
    if node.kind != "try":
        return []
    tried = [[*node.evidence, (node.subject, "tried")]] if "failed" in node.children else []
    return [*tried, [*node.evidence, (node.subject, "solved")]]


def test_every_node_is_a_turn_of_the_engine(kettle: Catalog, tmp_path: Path) -> None:
    """The browser's module shows at each node what the engine says, all kinds of steps included."""
    problem = kettle.problem
    found = expand(problem)
    asked = [list(node.evidence) for node in found.nodes]
    asked += [way for node in found.nodes for way in ends(node)]
    said = of_browser(problem, found, asked, tmp_path)
    assert said == [of_engine(problem, pairs) for pairs in asked]
    assert {node.kind for node in found.nodes} == {"ask", "try", "hand-off", "warn"}


def test_every_node_of_the_shipped_site(root: Path, shipped: Catalog, tmp_path: Path) -> None:
    """What was kept from an earlier build is what the engine says now, to the last node."""
    found = shipped_strategy(root)
    asked = [list(node.evidence) for node in found.nodes]
    said = of_browser(shipped.problem, found, asked, tmp_path)
    assert said == [of_engine(shipped.problem, pairs) for pairs in asked]


def beyond(found: Strategy) -> list[tuple[list[Pair], Steps]]:
    """Return what leads out of a strategy, and what is left to do then."""
    return [
        ([*node.evidence, (node.subject, value)], steps)
        for node in found.nodes
        for value, steps in node.beyond.items()
    ]


def unsure(problem: Problem, pairs: Sequence[Pair], but: Collection[str] = ()) -> list[Pair]:
    """Return evidence of somebody who is sure of nothing more, but for some questions."""
    known = {*(key for key, _ in pairs), *but}
    asked = [q.id for q in problem.questions if q.audience == USER and q.id not in known]
    return [*pairs, *((question, NOT_SURE) for question in asked)]


@pytest.mark.parametrize("name", ["kettle", "shipped"])
def test_beyond_it_comes_what_is_left(
    name: str, kettle: Catalog, shipped: Catalog, root: Path, tmp_path: Path
) -> None:
    """Each step there is the engine's for who is sure of nothing more, up to a person or danger."""
    problem = {"kettle": kettle, "shipped": shipped}[name].problem
    small = continued(problem, expand(problem, most=6), USER, WORK)
    found = shipped_strategy(root) if name == "shipped" else small
    asked, steps_of_engine, ends = [], [], []
    for pairs, steps in beyond(found)[:: 120 if name == "shipped" else 1]:
        for number in range(len(steps)):
            asked.append([*pairs, *((fix, "failed") for _, fix in steps[:number])])
            steps_of_engine.append(next_turn(problem, entries(problem, unsure(problem, asked[-1]))))
            assert [*steps_of_engine[-1]["step"].values()] == list(steps[number])
        if steps[-1][0] == "try":
            ends.append([*pairs, *((fix, "failed") for _, fix in steps)])
    said = of_browser(problem, found, asked, tmp_path)
    assert [each and each["step"] for each in said] == [each["step"] for each in steps_of_engine]
    assert {steps[-1][0] for _, steps in beyond(found)} >= {"hand-off", "warn"}
    risks = {question for warning in problem.warnings for question in warning.when}
    for pairs in ends:
        given = entries(problem, unsure(problem, pairs, risks))
        assert next_turn(problem, given)["step"].get("question") in risks
    assert of_browser(problem, found, ends, tmp_path) == [None] * len(ends)


def test_what_is_not_in_it_is_not_made_up(kettle: Catalog, tmp_path: Path) -> None:
    """Another order, an unknown answer, an answer too many, a cut edge: nothing is said."""
    found = expand(kettle.problem, most=2)
    first = found.nodes[0]
    answers = kettle.questions[first.subject].answers
    cut = next(value for value in (*answers, NOT_SURE) if value not in first.children)
    asked: list[list[Pair]] = [
        [("q-smell", "yes")],
        [(first.subject, "purple")],
        [(first.subject, cut)],
        [(first.subject, next(iter(first.children))), ("q-smell", "yes"), ("q-smell", "yes")],
        [("__proto__", "constructor")],
    ]
    assert of_browser(kettle.problem, found, asked, tmp_path) == [None] * len(asked)


def test_the_likeliest_come_first(shipped: Catalog) -> None:
    """A strategy of fewer nodes is the beginning of a larger one."""
    small, large = (expand(shipped.problem, most=most) for most in (20, 40))
    assert [node.evidence for node in small.nodes] == [n.evidence for n in large.nodes[:20]]


def test_the_work_is_bounded_not_the_tree(shipped: Catalog) -> None:
    """Less work gives fewer nodes, and none gives the first."""
    assert len(expand(shipped.problem, work=500).nodes) < len(
        expand(shipped.problem, work=1500).nodes
    )
    assert [node.evidence for node in expand(shipped.problem, work=0).nodes] == [()]


def test_staff_have_their_own(shipped: Catalog) -> None:
    """A strategy for staff asks what staff are asked first."""
    node = expand(shipped.problem, AGENT, most=1).nodes[0]
    assert node.subject == next_turn(shipped.problem, [], AGENT)["step"]["question"]


def test_it_is_small(root: Path, shipped: Catalog) -> None:
    """The shipped strategy is within what a slow line carries at once."""
    content = json.dumps(packed(shipped.problem, shipped_strategy(root)), separators=(",", ":"))
    assert len(brotli.compress(content.encode(), quality=11)) <= MOST_BYTES


def test_hardly_anybody_leaves_it_early(root: Path, shipped: Catalog) -> None:
    """Nearly all simulated people get along without Python, most with all questions asked."""
    found = shipped_strategy(root)
    begun = likely = whole = 0
    for truth, person in people(shipped.problem, AS_WRITTEN, PEOPLE, Random(1)):  # noqa: S311 - no secret
        steps, end = walk(found, shipped.problem, truth, person)
        begun += steps >= FIRST_STEPS or end == "likely"
        likely += end == "likely"
        whole += end != ""
    assert begun / PEOPLE >= 0.98
    assert likely / PEOPLE >= 0.55
    assert whole / PEOPLE >= 0.9


def walk(found: Strategy, problem: Problem, truth: Problem, person: Person) -> tuple[int, str]:
    """Return how many steps a person goes in a strategy, and where the walk ends, if it does."""
    node, steps, left = found.nodes[0], 0, set(person.causes)
    while True:
        steps += 1
        value = reply(problem, truth, person, left, (node.kind, node.subject))
        if not value:
            return steps, "likely"
        if value not in node.children:
            break
        node = found.nodes[node.children[value]]
    rest = node.beyond.get(value, ())
    return steps, "beyond" if any(not reply(problem, truth, person, left, s) for s in rest) else ""


def reply(
    problem: Problem, truth: Problem, person: Person, left: set[int], step: tuple[str, str]
) -> str:
    """Return what a person says to a step, and nothing at the end; `left` are causes at work."""
    kind, subject = step
    if kind == "ask":
        question = problem.questions[problem.question_positions[subject]]
        answer = person.answers[problem.question_positions[subject]]
        return NOT_SURE if answer is None else question.answers[answer]
    if kind != "try":
        return ""
    fix = problem.fix_positions[subject]
    mends = truth.fixes[fix].mends
    left -= {cause for cause in left if person.luck[fix] < mends.get(cause, 0.0)}
    return "" if person.causes and not left else "failed"


def test_it_is_kept_by_what_it_is_made_of(kettle: Catalog, tmp_path: Path) -> None:
    """The same catalog is not computed again; another catalog, or a damaged file, is."""

    def made(problem: Problem, *, hurry: bool = False) -> Strategy:
        RECENT.clear()
        return kept_strategy(problem_to_json(problem), USER, tmp_path, hurry=hurry)

    first = made(kettle.problem)
    (path,) = tmp_path.iterdir()
    content = path.read_text(encoding="utf-8")
    path.write_text(json.dumps(json.loads(content)[:1]), encoding="utf-8")
    assert made(kettle.problem) == made(kettle.problem, hurry=True) == Strategy(first.nodes[:1])
    assert len(made(replace(kettle.problem, hand_off_minutes=20.0)).nodes) > 1
    path.write_text(content[:-9], encoding="utf-8")
    assert made(kettle.problem) == first
    assert path.read_text(encoding="utf-8") == content
