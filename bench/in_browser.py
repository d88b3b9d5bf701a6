"""How long a turn takes in Chromium, in the runtime that ships, beside this Python."""

import json
import random
import time
from pathlib import Path
from statistics import median
from typing import Any

from trust.browsing import browser

from helpdesk.browser.runtime_files import built
from helpdesk.diagnosis import Problem
from helpdesk.diagnosis.wire import problem_to_json, turn_json
from helpdesk.simulation.figures import percentile
from helpdesk.simulation.instances import random_problem

from .serving import served
from .speed import CATALOG
from .visits import PATIENCE

WEB = Path(__file__).with_name("web")
ANSWERS = 6
"""A turn is timed after none, one, … of so many answers."""


def measure(*, quick: bool) -> dict[str, Any]:
    """Return milliseconds of whole turns at 60 causes, 80 fixes and 25 questions."""
    problems = [random_problem(CATALOG, seed) for seed in range(2 if quick else 12)]
    cases = [(problem, list(_evidence(problem))) for problem in problems]
    times, turns = _in_chromium(cases)
    own, same = [], []
    for problem, evidence in cases:
        for said in evidence:
            turn_json(problem, said, "user")
            start = time.perf_counter()
            same.append(turn_json(problem, said, "user"))
            own.append(1000 * (time.perf_counter() - start))
    return {
        "turns": len(times),
        "same": f"{sum(a == b for a, b in zip(turns, same, strict=True))} of {len(turns)}",
        "median": round(median(times), 1),
        "p95": round(percentile(times, 0.95), 1),
        "ratio": round(median(a / b for a, b in zip(times, own, strict=True)), 1),
    }


def as_text(figures: dict[str, Any]) -> str:
    """Return the times as one line."""
    return (
        f"Whole turns in Pyodide in Chromium, 60 causes, 80 fixes, 25 questions: median "
        f"{figures['median']:g} ms, 95th percentile {figures['p95']:g} ms, "
        f"{figures['ratio']:g} x this Python; the same turn in {figures['same']}"
    )


def _evidence(problem: Problem) -> list[list[dict[str, str]]]:
    dice = random.Random(1)  # noqa: S311 - no secret hangs on it
    asked = dice.sample(problem.questions, ANSWERS)
    said = [{"question": q.id, "answer": dice.choice(q.answers)} for q in asked]
    return [said[:count] for count in range(ANSWERS + 1)]


def _in_chromium(
    cases: list[tuple[Problem, list[list[dict[str, str]]]]],
) -> tuple[list[float], list[str]]:
    runtime = built()
    if not runtime:
        msg = "The runtime is not built; `make bench` builds it"
        raise RuntimeError(msg)
    given = [
        {"problem": problem_to_json(problem), "evidence": [json.dumps(said) for said in evidence]}
        for problem, evidence in cases
    ]
    folder = runtime.files[0].path.parent
    parts = [path for path in folder.iterdir() if path.is_file()]
    files = {f"runtime/{path.name}": path.read_bytes() for path in parts}
    files |= {name: (WEB / name).read_bytes() for name in ("turns.html", "turns.mjs")}
    files["cases.json"] = json.dumps(given).encode()
    with served(files) as server, browser() as chromium:
        page = chromium.new_page()
        page.goto(f"{server.url}turns.html", timeout=PATIENCE)
        page.wait_for_function("globalThis.measured", timeout=PATIENCE, polling=100)
        measured = page.evaluate("measured")
    return measured["times"], measured["turns"]
