"""Visits to a page in a real browser, and how long each took to its first answer.

Each visit has a new browser with a new profile, and others' use of the machine is measured beside.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, Playwright
from tests.browser.conftest import chromium_path
from tests.browser.engines import FLAGS, started, wait
from tests.browser.engines import visit as opened
from trust import browsing

from .machine import busy, processes, slowed, used, used_by_threads, wait_for_quiet
from .serving import Line, Server

NOISY = 0.2
"""Of all processors: what others may use during a round before it is repeated."""
STAY = 5
"""Seconds that a reader looks at the first page; the browser keeps compiled code meanwhile."""
WORKER = "DedicatedWorker"
"""What Chromium calls the thread of a worker."""
PATIENCE = 300_000
"""Milliseconds for one visit."""


@dataclass(frozen=True)
class Profile:
    """What somebody reads the site with."""

    line: Callable[[], Line] = Line
    slower: int = 1
    visits: int = 1
    rounds: int = 5


@dataclass(frozen=True)
class Visit:
    """What one visit took."""

    seconds: float
    """From the start of the navigation to the first turn."""
    processor: float
    """Seconds of the whole browser's work."""
    worker: float
    """Seconds of the workers' threads alone: what Python's start takes, whatever else goes on."""
    others: float
    """Share of the processors that other programs used meanwhile."""
    sent: int
    """Bytes over the line."""
    turn: str


def visit(playwright: Playwright, server: Server, variant: str, profile: Profile) -> Visit:
    """Open a page with a new browser, and wait for the first turn."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=browser(), args=list(FLAGS)
        )
        try:
            for _ in range(profile.visits - 1):
                first_turn(context, f"{server.url}{variant}/", stay=STAY)
            return measured(context, server, variant, profile)
        finally:
            context.close()


def measured(context: BrowserContext, server: Server, variant: str, profile: Profile) -> Visit:
    """Return what a visit takes, with this line and this processor."""
    own = os.getpid()
    root = next(
        process
        for process, command in processes(own).items()
        if "--user-data-dir=" in command and "--type=" not in command
    )
    wait_for_quiet(3)
    server.begin(profile.line())
    began, worked, mine, its = time.monotonic(), busy(), used(own), used(root)
    workers = []
    with slowed(root, profile.slower):
        seconds, turn = first_turn(
            context,
            f"{server.url}{variant}/",
            leave=lambda: workers.append(used_by_threads(root, WORKER)),
        )
    elapsed = time.monotonic() - began
    others = busy() - worked - (used(own) - mine)
    share = max(0.0, others) / elapsed / (os.cpu_count() or 1)
    return Visit(seconds, used(root) - its, workers[0], share, server.sent, turn)


def first_turn(
    context: BrowserContext, url: str, stay: float = 0, leave: Callable[[], None] = lambda: None
) -> tuple[float, str]:
    """Return how long a new page took to the first turn, by its own clock, and that turn.

    `leave` is called when it has been seen, before the page is closed.
    """
    page = context.new_page()
    page.goto(url, wait_until="commit", timeout=PATIENCE)
    page.wait_for_function("globalThis.took", timeout=PATIENCE, polling=100)
    took, turn = page.evaluate("[took, turn]")
    leave()
    time.sleep(stay)
    page.close()
    return took / 1000, turn


def browser() -> str:
    """Return the machine's own browser."""
    return chromium_path() or sys.exit("error: chromium is not on the PATH")


@contextmanager
def without_python() -> Iterator[Page]:
    """Open a page, in a browser of its own, that waits for Python for ever."""
    wait_for_quiet(5)
    with browsing.browser() as chromium:
        page = chromium.new_page()
        page.route("**/*.wasm", lambda _: None)
        yield page
        page.unroute_all()  # lets go of what was asked for


def seconds_in(engine: str, address: str) -> float:
    """Return how long a page took in one of the engines, from a profile that is empty."""
    with started(engine) as browser:
        opened(browser, address)
        return float(wait(browser, "return globalThis.took;", PATIENCE / 1000)) / 1000
