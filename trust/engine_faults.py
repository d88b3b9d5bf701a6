"""The engine's files, each missing or wrong in every way, in three engines.

What is looked at is a wizard that knows nothing before Python has come: every fault has to end in
Python or in one sentence, never in silence; what is not as it was published must never run; and
all the time the reader has a useful next step.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.browser import engines
from tests.browser.engines import Engine, visit, wait
from tests.browser.site import Server, kettle_site, served

from helpdesk.browser.runtime_files import built
from helpdesk.catalog import load
from trust.figure import Figure, none_of

KETTLE = Path(__file__).parent.parent / "tests/browser/catalog"
PAGE = "alone/#q-lamp=no"
FILES = (
    *("bundle.json", "texts.en.json", "problem.json", "diagnosis-worker.mjs"),
    *("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"),
)
HARMLESS = ("slow",)
"""Faults of which Python comes all the same."""
RETYPED = (".wasm", ".zip", ".json")
"""Files whose type does not matter, as their bytes are checked."""
FAULTS = (
    *("missing", "portal", "redirect", "short", "cut", "flip", "empty", "mistyped"),
    *("gone", "hang", "stall", "slow"),
)
SAMPLE = {
    "chromium": [("python_stdlib.zip", "cut"), ("bundle.json", "portal")],
    "firefox": [("pyodide.asm.wasm", "flip")],
    "webkit": [("pyodide.asm.mjs", "short")],
}
USEFUL = """return [...document.querySelectorAll('.helpdesk-live h2, a.helpdesk-simple')]
  .some((element) => element.checkVisibility());"""
STATE = "return document.querySelector('helpdesk-wizard').className;"
SETTLED = f"""return (await (async () => {{{STATE}}})()).match(/is-(ready|error)/)?.[1];"""
SOON = 10
"""Seconds in which there has to be a useful next step."""
LATEST = 90
"""Seconds after which what has not ended never ends."""


@dataclass(frozen=True)
class Outcome:
    """What came of a fault."""

    fault: str
    end: str
    """`ready`, `error`, or nothing."""
    useful: float
    """Seconds until there was something to do."""
    kept: bool
    """Whether the answer still stands in the address."""
    expected: str


def figures(*, whole: bool) -> Iterator[Figure]:
    """Load the wizard with each fault."""
    cases = {name: _cases(name, whole=whole) for name in engines.installed()}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(cases)) as pool:
        found = pool.map(lambda name: _all(name, cases[name], Path(folder)), cases)
        outcomes = [outcome for each in found for outcome in each]
    count = len(outcomes)
    yield _at_least("faults injected while loading the engine", count, 66 * 3 if whole else 1)
    for name, is_bad in CHECKS.items():
        yield none_of(name, [outcome.fault for outcome in outcomes if is_bad(outcome)], count)
    slowest = max((outcome.useful for outcome in outcomes), default=SOON)
    yield Figure("slowest useful next step", f"<= {SOON} s", f"{slowest:.1f} s", slowest <= SOON)


CHECKS: dict[str, Callable[[Outcome], bool]] = {
    "loads that never settled": lambda outcome: not outcome.end,
    "files run that are not as published": lambda outcome: (
        outcome.end == "ready" and outcome.expected == "error"
    ),
    "harmless faults that kept Python away": lambda outcome: (
        outcome.end == "error" and outcome.expected == "ready"
    ),
    "answers lost while loading": lambda outcome: not outcome.kept,
}


def _cases(engine: str, *, whole: bool) -> list[tuple[str, str]]:
    return list(product(FILES, FAULTS)) if whole else SAMPLE[engine]


def _all(name: str, cases: list[tuple[str, str]], folder: Path) -> list[Outcome]:
    """Return what came of each case in one engine."""
    runtime = built()
    if not runtime:
        raise SystemExit("The runtime is built by `make site`.")
    own = folder / name
    own.mkdir()
    files = kettle_site(load(KETTLE), runtime, own)
    with engines.started(name) as engine, served(files) as server:
        return [_one(engine, server, file, fault) for file, fault in cases]


def _one(engine: Engine, server: Server, file: str, fault: str) -> Outcome:
    server.heal()
    server.faults[f"/{file}"] = fault
    home = engine.tab()
    engine.new_tab()  # with the server's headers nothing is kept from one case to the next
    began = time.monotonic()
    visit(engine, server.url + PAGE)
    wait(engine, USEFUL)
    useful = time.monotonic() - began
    end = _settled(engine)
    kept = engine.run("return location.hash;") == "#q-lamp=no"
    engine.close_tab(home)
    harmless = fault in HARMLESS or (fault == "mistyped" and file.endswith(RETYPED))
    expected = "ready" if harmless else "error"
    return Outcome(f"{engine.name}: {file} {fault}", end, useful, kept, expected)


def _settled(engine: Engine) -> str:
    try:
        return str(wait(engine, SETTLED, LATEST))
    except AssertionError:
        return ""


def _at_least(name: str, count: int, goal: int) -> Figure:
    return Figure(name, f">= {goal}", str(count), count >= goal)
