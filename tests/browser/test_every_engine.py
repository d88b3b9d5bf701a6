"""What readers see in every engine: a way that needs no script, and Python that takes over."""

import json
from collections.abc import Iterator

import pytest

from helpdesk.browser.plain_path import FOLDER
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import NOT_SURE

from .engines import Engine, visit, wait
from .hands import Entry, title
from .site import PAGE_POLICY, Server

WASM = "pyodide.asm.wasm"
LED: list[Entry] = [
    {"question": "q-lamp", "answer": "no"},
    {"question": "q-tries", "answer": "never"},
    {"question": "q-smell", "answer": NOT_SURE},
]
"""Leads beyond the few steps that are known on the page of `short`."""
TRIED: list[Entry] = [
    {"fix": "plug-in", "outcome": "failed"},
    {"fix": "other-socket", "outcome": "failed"},
]


@pytest.fixture
def scriptless(server: Server) -> Iterator[Server]:
    """The site with pages on which no script may run."""
    server.policy = PAGE_POLICY.replace("script-src 'self'", "script-src 'none'")
    yield server
    server.policy = None


def press(engine: Engine, place: str) -> None:
    """Press something."""
    engine.run(f"document.querySelector({json.dumps(place)}).click();")


def says(engine: Engine, heading: str, place: str) -> None:
    """Wait until a heading says something."""
    found = f"document.querySelector({json.dumps(place)})?.textContent"
    wait(engine, f"return {found}.includes({json.dumps(heading)});")


def test_the_plain_way(engine: Engine, scriptless: Server, kettle: Catalog) -> None:
    """From the first question to a fix that worked, over pages in which nothing runs."""
    visit(engine, scriptless.url)
    for number, entry in enumerate(LED, start=1):
        press(engine, f"[data-answer='{entry['answer']}']")
        says(engine, title(kettle, LED[:number]), "h2")
        assert FOLDER in engine.run("return location.pathname;")
    press(engine, "[data-answer='solved']")
    wait(engine, "return document.querySelector('.helpdesk-step--solved h2') !== null;")
    assert not [path for path in scriptless.seen if path.endswith(".mjs")]


def test_a_walk_that_python_takes_over(engine: Engine, server: Server, kettle: Catalog) -> None:
    """While Python stalls, every step is there, to the end; Python comes between two of them."""
    heading, walk = ".helpdesk-live h2", [*LED, *TRIED]
    said = {entry.get("question") for entry in LED}
    more: list[Entry] = [{"question": q, "answer": NOT_SURE} for q in {*kettle.questions} - said]
    server.faults[WASM] = "stall"
    visit(engine, f"{server.url}short/")
    says(engine, title(kettle, []), heading)
    for number, entry in enumerate(walk, start=1):
        press(engine, f".helpdesk-live form button[value='{[*entry.values()][1]}']")
        asked = more if number >= len(LED) else []
        says(engine, title(kettle, [*walk[:number], *asked]), heading)
    press(engine, ".helpdesk-live button[data-action='back']")
    last = title(kettle, [*walk[:-1], *more])
    says(engine, last, heading)
    server.heal()
    wait(engine, "return document.querySelector('helpdesk-wizard[data-python]') !== null;")
    says(engine, last, heading)
    press(engine, ".helpdesk-live form button[value='failed']")
    says(engine, title(kettle, walk), heading)
