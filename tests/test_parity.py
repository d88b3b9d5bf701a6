"""CPython and Pyodide say the same, to the last byte."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from helpdesk.browser import bundle_catalog
from helpdesk.browser.runtime_files import built
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AGENT, AUDIENCES, USER
from helpdesk.diagnosis.wire import open_problem, problem_to_json, turn
from tests.walks import walks

STEPS = 4
HERE = Path(__file__).parent

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


def in_pyodide(catalog: Catalog, asked: list[tuple[str, str]], folder: Path) -> list[str]:
    """Return the turns that the real runtime gives for (evidence, audience)."""
    files = {Path(file.uri).name: file for file in bundle_catalog(catalog).files}
    for name in ("diagnosis.zip", "problem.json"):
        (folder / name).write_bytes(files[name].content or b"")
    lines = "\n".join(json.dumps(line) for line in asked)
    (folder / "asked").write_text(lines, encoding="utf-8")
    runtime = built()
    assert runtime, "the runtime is built by make before the tests run"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    node = shutil.which("node", path=path)
    assert node, "Node.js is installed by make before the tests run"
    result = subprocess.run(
        [
            node,
            HERE / "pyodide_turns.mjs",
            runtime.files[0].path.parent,
            folder / "diagnosis.zip",
            folder / "problem.json",
            folder / "asked",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout.splitlines()


def test_every_path_of_four_steps(shipped: Catalog, tmp_path: Path) -> None:
    """All that can be said in four steps, by both audiences, and hostile input: the same turns."""
    asked = [
        (json.dumps(evidence), audience)
        for audience in AUDIENCES
        for evidence in walks(shipped.problem, STEPS if audience == USER else STEPS - 1, audience)
    ]
    asked += [(text, AGENT) for text in HOSTILE]
    assert len(asked) > 300
    open_problem(problem_to_json(shipped.problem))

    here = [turn(evidence, audience) for evidence, audience in asked]

    assert in_pyodide(shipped, asked, tmp_path) == here
