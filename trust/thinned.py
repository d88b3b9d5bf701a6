"""The thinned Python beside the whole one: what the interpreter lost is missed by nobody.

Every node of the shipped site's strategy is asked for by both, each way on from it, the reasons,
and the same evidence broken by chance; in each engine the thinned one is put through everything
that the diagnosis and plain Python can be asked for.
"""

import json
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.usage import PYODIDE, in_engine, in_node, site
from tests.browser import engines
from tests.diagnosis.reports import HELD_OUT, reports
from tests.site_tools import shipped_strategy

from helpdesk.browser.runtime_files import LIBRARY, MANIFEST, WHOLE, RuntimeFile, built
from helpdesk.browser.strategy import entries
from helpdesk.catalog import load
from helpdesk.diagnosis import USER, wire
from trust.figure import Figure, none_of

ROOT = Path(__file__).parent.parent
CALLS = ROOT / "tests" / "pyodide_calls.mjs"
SAMPLE = 60
"""Of so many nodes a sample takes one."""
BROKEN = 4
"""How often each node's evidence is broken."""
PIECES = ('"', "{", "}", "[", "]", ":", ",", "\\", "null", "1e999", "\u202e", "灯", "\\ud800", "0")


def figures(*, whole: bool) -> Iterator[Figure]:
    """Ask both, and look for the first word on which they differ."""
    files = {file.name: file for file in _runtime()}
    thin, full = (_parts(files, before) for before in ("", WHOLE))
    asked = list(_calls(1 if whole else SAMPLE))
    said = [_said(parts, files, asked) for parts in (thin, full)]
    pairs = zip(asked, *said, strict=True)
    differ = [f"{json.dumps(call)[:200]}" for call, one, other in pairs if one != other]
    yield none_of("calls that thinned and whole Python answer differently", differ, len(asked))
    if whole:
        abi = json.loads((files[LIBRARY].path.parent / MANIFEST).read_text())["abi"]
        expected = in_node(site(full, abi))["said"]
        names = engines.installed()
        others = [name for name in names if in_engine(name, site(thin, abi))["said"] != expected]
        yield none_of("engines in which the thinned Python says anything else", others, len(names))


def _runtime() -> Sequence[RuntimeFile]:
    made = built()
    if not made or not made.thin:
        raise SystemExit("The runtime is built by `make site`; a thinned one needs Node.js.")
    return made.files


def _parts(files: Mapping[str, RuntimeFile], before: str) -> dict[str, bytes]:
    """Return what Python is started from, as thin as it ships or whole."""
    return {name: files.get(before + name, files[name]).read() for name in PYODIDE}


def _calls(step: int) -> Iterator[Sequence[str]]:
    """Yield calls of the wire, one node in so many."""
    catalog = load(ROOT / "docs" / "catalog")
    problem = catalog.problem
    yield "open_problem", wire.problem_to_json(problem)
    if problem.words:
        yield "open_words", wire.words_to_json(problem.words)
    dice = random.Random(5)  # noqa: S311 - nothing is secret
    for node in shipped_strategy(ROOT).nodes[::step]:
        evidence = entries(problem, node.evidence)
        text = json.dumps(evidence)
        yield "turn", text, USER
        yield "explain", text, USER
        yield "make_code", text
        if node.kind == "try":
            done = [*evidence, {"fix": node.subject, "outcome": "solved"}]
            yield "turn", json.dumps(done), USER
        yield from (("turn", _broken(text, dice), USER) for _ in range(BROKEN))
    yield from (("match", report.text) for report in reports(HELD_OUT)[::step])


def _broken(text: str, dice: random.Random) -> str:
    """Return evidence in which a few places say something else, or nothing."""
    for _ in range(dice.randint(1, 4)):
        start = dice.randrange(len(text))
        end = min(len(text), start + dice.choice((0, 1, 1, 5, 20)))
        text = text[:start] + dice.choice(("", *PIECES)) + text[end:] or "?"
    return text


def _said(
    parts: Mapping[str, bytes], files: Mapping[str, RuntimeFile], asked: Sequence[Sequence[str]]
) -> list[str]:
    """Return what a Python says to each call."""
    with TemporaryDirectory() as folder:
        for name, content in parts.items():
            Path(folder, name).write_bytes(content)
        for path in (files[LIBRARY].path, files[LIBRARY].path.with_name(MANIFEST)):
            Path(folder, path.name).write_bytes(path.read_bytes())
        calls = Path(folder, "calls")
        calls.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
        command = ["node", str(CALLS), folder, str(calls)]
        run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    lines = run.stdout.splitlines()
    # Who falls silent has said nothing to the rest.
    return [*lines, *[run.stderr[-200:]] * (len(asked) - len(lines))]
