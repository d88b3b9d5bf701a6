"""How long tasks keep the page from answering, from a visit's start until Python has taken over.

`python -m bench.main_thread` visits pages of the shipped site with a new browser each time. It
reads Chromium's own record: the processor time of each task of the page's thread, and whose script
ran in it. That time, unlike the clock's, hardly depends on what else the machine does.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from trust.browsing import PATIENCE, browser
from trust.host import Host, hosted, shipped

from .figures import keep
from .machine import wait_for_quiet

PAGES = ("", "wizard/")
ROUNDS = 5
MOST = 50
"""Milliseconds without an answer that a reader does not feel; what browsers call a long task."""
THERE = "helpdesk-wizard.is-ready[data-python]"
AFTERWARDS = 1_000
"""Milliseconds to look on when Python has taken over."""
RECORDED = ("toplevel", "devtools.timeline", "v8", "v8.execute")
THREAD = "CrRendererMain"
TASK, PROMISES = "RunTask", "RunMicrotasks"
OURS, OTHERS, BROWSERS = "with a script of ours", "with others' alone", "with none"
Event = dict[str, Any]


def visit(url: str) -> dict[str, float]:
    """Return the longest task of each kind, in milliseconds of processor time."""
    wait_for_quiet(5)
    with browser() as chromium:
        page = chromium.new_page()
        chromium.start_tracing(page=page, categories=list(RECORDED))
        page.goto(url, timeout=PATIENCE)
        page.locator(THERE).wait_for(timeout=PATIENCE)
        page.wait_for_timeout(AFTERWARDS)
        events: list[Event] = json.loads(chromium.stop_tracing())["traceEvents"]
    longest = dict.fromkeys((OURS, OTHERS, BROWSERS), 0.0)
    for task, inside in tasks(events):
        kind = whose(inside)
        longest[kind] = max(longest[kind], task["tdur"] / 1000)
    return longest


def tasks(events: list[Event]) -> Iterator[tuple[Event, list[Event]]]:
    """Yield each task of the page's thread, and what went on in it."""
    named = (event for event in events if event["name"] == "thread_name")
    threads = {(e["pid"], e["tid"]) for e in named if e["args"]["name"] == THREAD}
    own = (e for e in events if (e["pid"], e["tid"]) in threads and "tdur" in e)
    task, inside = None, list[Event]()
    for event in sorted(own, key=lambda event: (event["ts"], -event["dur"])):
        if task and event["ts"] < task["ts"] + task["dur"]:
            inside.append(event)
        elif event["name"].endswith(TASK):
            if task:
                yield task, inside
            task, inside = event, []
    if task:
        yield task, inside


def whose(inside: list[Event]) -> str:
    """Return whose script ran; what promises do has no address, and is taken for ours."""
    addresses = {str(event["args"].get("data", {}).get("url", "")) for event in inside} - {""}
    if any("/assets/helpdesk/" in address for address in addresses):
        return OURS
    if any("/assets/javascripts/" in address for address in addresses):
        return OTHERS
    return OURS if any(event["name"] == PROMISES for event in inside) else BROWSERS


def measure(host: Host) -> dict[str, Any]:
    """Return for each page what was longest in each round."""
    figures = {}
    for path in PAGES:
        found = defaultdict(list)
        for _ in range(ROUNDS):
            for name, longest in visit(host.url + path).items():
                found[name].append(round(longest, 1))
        figures[f"/{path}"] = {name: sorted(each) for name, each in found.items()}
    return figures


def main() -> None:
    """Measure, print, and write down."""
    with hosted(shipped(), small=True) as host:
        figures = measure(host)
    keep("main_thread", figures)
    for name, each in figures.items():
        sys.stdout.write(f"{name}: {each}\n")
        longest = each[OURS][-1]
        sys.stdout.write(f"of {MOST} ms, a task with a script of ours takes {longest / MOST:.0%}\n")


if __name__ == "__main__":
    main()
