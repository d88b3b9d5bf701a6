"""The first question and the steps after it on a very narrow line, where Python never arrives.

`python -m bench.ladder` builds the shipped site, visits its home with a new browser each time,
prints what it measured and writes it into results.json. Of the chunks that come over the line,
30 % are held up by another round trip, the same ones in each run.
"""

import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from tests.site_tools import copy_site, mkdocs

from .figures import keep
from .serving import Line, Server, served
from .visits import without_python

ROOT = Path(__file__).parent.parent
ROUNDS = 3
PATIENCE = 90_000
LATE = 0.3
"""Share of the chunks that are held up."""
OWN = "assets/helpdesk/"
STEPS = 4

WATCH = """
globalThis.watched = {shift: 0, long: []};
const watch = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each))
  .observe({type, buffered: true});
watch("layout-shift", (entry) => { watched.shift += entry.hadRecentInput ? 0 : entry.value; });
watch("longtask", (entry) => { watched.long.push(entry.duration); });
"""
ANSWER = """async () => {
  const live = document.querySelector(".helpdesk-live");
  const from = performance.now();
  const changed = new Promise((done) => new MutationObserver(() => done(performance.now() - from))
    .observe(live, {childList: true}));
  live.querySelector("form button[value='no'], form button[value='failed'], form button").click();
  return await Promise.race([changed, new Promise((done) => setTimeout(done, 1000, 1000))]);
}"""


@dataclass
class Bumpy(Line):
    """A line that holds up some of what it carries."""

    dice: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - no secret

    def travel(self, size: int) -> None:
        """Take the time of the bytes, and now and then more."""
        super().travel(size)
        if self.dice.random() < LATE:
            time.sleep(self.round_trip)


def visit(page: Page, server: Server) -> dict[str, Any]:
    """Return what one visit takes, in seconds from the start of the navigation."""
    page.add_init_script(WATCH)
    server.begin(Bumpy(400_000, 0.3))
    began = time.monotonic()
    page.goto(f"{server.url}index.html", wait_until="commit", timeout=PATIENCE)
    page.locator(".helpdesk-answer").first.click(trial=True, timeout=PATIENCE)
    usable = time.monotonic() - began
    page.locator(".helpdesk-live form").wait_for(timeout=PATIENCE)
    wizard = time.monotonic() - began
    own = [path for path in server.seen if path.startswith(OWN) and "/runtime-" not in path]
    shown = page.evaluate("watched")
    steps = [page.evaluate(ANSWER) for _ in range(STEPS)]
    return {
        "usable": usable,
        "wizard": wizard,
        "own": sum(len(server.body(path)) for path in dict.fromkeys(own)),
        "shift": shown["shift"],
        "longest_task_ms": max(shown["long"], default=0),
        "step_ms": statistics.median(steps),
    }


def site_files() -> dict[str, bytes]:
    """Return the shipped site as it is built, but for Python."""
    with tempfile.TemporaryDirectory() as folder:
        copied = copy_site(ROOT, Path(folder, "shipped"))
        if mkdocs("build", "--strict", cwd=copied).returncode:
            sys.exit("error: the site does not build")
        site = copied / "site"
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file() and path.suffix != ".br" and "/runtime-" not in str(path)
        }


def measure() -> dict[str, Any]:
    """Return medians, and the worst of each."""
    visits = []
    with served(site_files()) as server:
        for _ in range(ROUNDS):
            with without_python() as page:
                visits.append(visit(page, server))
    return {
        name: {
            "median": round(statistics.median(each[name] for each in visits), 3),
            "worst": round(max(each[name] for each in visits), 3),
        }
        for name in visits[0]
    }


def main() -> None:
    """Measure, print, and write down."""
    figures = measure()
    keep("ladder", figures)
    for name, each in figures.items():
        sys.stdout.write(f"{name}: {each['median']} (worst {each['worst']})\n")


if __name__ == "__main__":
    main()
