"""Every Python says the same, to the last byte: all that this machine has, and Pyodide."""

import json
import os
import random
import subprocess
from functools import partial
from pathlib import Path

import pytest

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AGENT, AUDIENCES, USER, wire
from helpdesk.simulation.instances import Shape, random_problem
from tests.diagnosis.reports import HELD_OUT, reports
from tests.node import in_pyodide
from tests.pythons import pythons
from tests.walks import random_walk, walks

STEPS = {USER: 4, AGENT: 2}
WALKS = 8
Call = tuple[str, ...]

HOSTILE = [
    "",
    "{}",
    "null",
    "[" * 50_000,
    '[{"question": "q-signal"}]',
    '[{"question": "q-signal", "answer": "\\ud800"}]',
    "[1e999]",
    "x" * 200_000,
]


@pytest.fixture(scope="module")
def calls(shipped: Catalog) -> list[Call]:
    """All that can be said in a few steps, long walks, reasons, own words, and hostile input."""
    problem, words = shipped.problem, shipped.problem.words
    assert words is not None
    made: list[Call] = [
        ("open_problem", wire.problem_to_json(problem)),
        ("open_words", wire.words_to_json(words)),
    ]
    for audience in AUDIENCES:
        some = walks(problem, STEPS[audience], audience)
        made += [("turn", json.dumps(said), audience) for said in some]
    long = [json.dumps(random_walk(problem, seed)) for seed in range(WALKS)]
    made += [(name, said, USER) for said in long for name in ("turn", "explain")]
    made += [("turn", text, AGENT) for text in HOSTILE]
    made += [("match", report.text) for report in reports(HELD_OUT)]
    for seed in range(WALKS):
        made += _of_random_problem(seed)
    return made


def _of_random_problem(seed: int) -> list[Call]:
    """Open a problem with numbers like no editor's, and walk through it."""
    dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
    shape = Shape(causes=30, fixes=30, questions=12, answers=3, stated=0.4, fixes_each=2, generic=2)
    problem = random_problem(shape, seed)
    said = [
        {"question": question.id, "answer": dice.choice(question.answers)}
        for question in dice.sample(problem.questions, 8)
    ]
    made: list[Call] = [("open_problem", wire.problem_to_json(problem))]
    return made + [("turn", json.dumps(said[:count]), USER) for count in range(len(said) + 1)]


@pytest.fixture(scope="module")
def here(calls: list[Call]) -> list[str]:
    """What this Python says."""
    said = [getattr(wire, name)(*given) for name, *given in calls]
    assert len(said) > 600
    assert len(set(said)) > 500
    return said


@pytest.fixture(scope="module")
def asked(calls: list[Call], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The calls, one a line."""
    path = tmp_path_factory.mktemp("calls") / "calls"
    path.write_text("\n".join(map(json.dumps, calls)), encoding="utf-8")
    return path


def test_pyodide(asked: Path, here: list[str]) -> None:
    """The runtime that ships, which is another version than most machines have."""
    assert in_pyodide("pyodide_calls.mjs", asked).splitlines() == here


@pytest.mark.parametrize("version", pythons(), ids=lambda version: ".".join(map(str, version)))
def test_cpython(asked: Path, here: list[str], version: tuple[int, int]) -> None:
    """Every CPython from 3.11 on that is found; each puts what it hashes into another order."""
    run = partial(subprocess.run, capture_output=True, text=True, encoding="utf-8", check=False)
    environment = os.environ | {"PYTHONHASHSEED": str(100 * version[0] + version[1])}
    script = Path(__file__).with_name("wire_calls.py")
    result = run([pythons()[version], "-S", script, asked], env=environment)
    assert result.returncode == 0, result.stderr[-2000:]
    assert result.stdout.splitlines() == here
