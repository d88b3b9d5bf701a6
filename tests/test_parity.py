"""CPython and Pyodide say the same, to the last byte."""

import json
from pathlib import Path

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AGENT, AUDIENCES, USER
from helpdesk.diagnosis.wire import open_problem, problem_to_json, turn
from tests.node import in_pyodide
from tests.walks import walks

STEPS = 4

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


def test_every_path_of_four_steps(shipped: Catalog, tmp_path: Path) -> None:
    """All that can be said in four steps, by both audiences, and hostile input: the same turns."""
    asked = [
        (json.dumps(evidence), audience)
        for audience in AUDIENCES
        for evidence in walks(shipped.problem, STEPS if audience == USER else STEPS - 1, audience)
    ]
    asked += [(text, AGENT) for text in HOSTILE]
    assert len(asked) > 300
    problem_json = problem_to_json(shipped.problem)
    open_problem(problem_json)
    problem, lines = tmp_path / "problem.json", tmp_path / "asked"
    problem.write_text(problem_json, encoding="utf-8")
    lines.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")

    here = [turn(evidence, audience) for evidence, audience in asked]

    assert in_pyodide("pyodide_turns.mjs", problem, lines).splitlines() == here
