"""From an answer to the next step where Python never arrives: how soon, and for how long.

`python -m bench.steps` builds the shipped site, answers at random in Chromium at full speed and
four times slower, and walks simulated people through the strategy, with and without Python.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import brotli
from playwright.sync_api import CDPSession, Page
from tests.browser.test_strategy import FIRST_STEPS, PEOPLE, reply, walk
from tests.site_tools import shipped_strategy
from tests.walks import known

from helpdesk.browser.plain_path import plain_path
from helpdesk.browser.strategy import Pair, Strategy, entries
from helpdesk.browser.strategy_files import kept_strategy, packed
from helpdesk.catalog import load
from helpdesk.diagnosis import USER, Problem, next_turn
from helpdesk.diagnosis.wire import problem_to_json
from helpdesk.simulation.worlds import AS_WRITTEN, Person, people

from .figures import keep
from .ladder import PATIENCE, ROOT, site_files
from .serving import served
from .visits import without_python

SLOWER = (1, 4)
STEPS = 200
SEED = 1
WHILE_SERVING = 2.0
"""Seconds that live reload may take for the steps."""

Way = Callable[[tuple[Pair, ...]], Pair]
"""The next step after what was said."""

WALK = """async ([steps, seed]) => {
  const live = document.querySelector(".helpdesk-live");
  const dice = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const pressed = async (button) => {
    // Nobody reads and answers sooner.
    await new Promise((rest) => setTimeout(rest, 250 + 100 * dice()));
    const from = performance.now();
    let there = 0;
    const painted = new Promise((done) => {
      const watch = new MutationObserver(() => {
        watch.disconnect();
        there = performance.now() - from;
        requestAnimationFrame(() => {
          const frame = performance.now();
          const {port1, port2} = new MessageChannel();
          port1.onmessage = () => {
            const now = performance.now();
            done([there, there + now - frame, now - from]);
          };
          port2.postMessage(0); // heard after the frame is made
        });
      });
      watch.observe(live, {childList: true});
    });
    button.click();
    return Promise.race([painted, new Promise((done) => setTimeout(done, 2000, null))]);
  };
  const taken = [];
  let waited = 0;
  while (taken.length < steps) {
    const buttons = [...live.querySelectorAll("form button[name]:not([value=solved])")];
    const next = buttons[Math.floor(dice() * buttons.length)];
    const found = next && await pressed(next);
    if (found) taken.push(found);
    if (next && !found) waited += 1;
    if (!found) await pressed(live.querySelector("[data-action=restart]"));
  }
  return [taken, waited];
}"""


def seconds(page: Page, url: str, slower: int) -> dict[str, Any]:
    """Return the milliseconds from an answer to the next step.

    Until it is in the page; that and the work of the frame which shows it; until it is on the
    screen, with the wait for that frame, which comes every 16.7 ms.
    """
    page.goto(url, timeout=PATIENCE)
    page.locator(".helpdesk-live form").wait_for(timeout=PATIENCE)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _worked(session)
    taken, waited = page.evaluate(WALK, [STEPS, SEED])
    after = _worked(session)
    there, worked, painted = ([each[n] for each in taken] for n in (0, 1, 2))
    return {
        "steps": len(taken),
        "beyond all that is known": waited,
        "in the page, ms": _quantiles(there),
        "worked, ms": _quantiles(worked),
        "on the screen, ms": _quantiles(painted),
        "processor of the page's thread, ms": {
            name: round(1000 * (after[f"{name}Duration"] - before[f"{name}Duration"]) / STEPS, 1)
            for name in ("Script", "RecalcStyle", "Layout", "Task")
        },
    }


def _worked(session: CDPSession) -> dict[str, float]:
    """Return the seconds of processor time that the page's thread has used, by purpose."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return {each["name"]: each["value"] for each in metrics}


def _quantiles(numbers: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(numbers, n=20)
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1), "worst": round(max(numbers), 1)}


def reach(problem: Problem, found: Strategy) -> dict[str, Any]:
    """Return how many simulated people get along without Python, and at which price."""
    content = json.dumps(packed(problem, found), separators=(",", ":")).encode()
    crowd = people(problem, AS_WRITTEN, PEOPLE, Random(1))  # noqa: S311 - no secret
    ends = [walk(found, problem, truth, person) for truth, person in crowd]

    @cache
    def thought(pairs: tuple[Pair, ...]) -> Pair:
        kind, subject = next_turn(problem, entries(problem, pairs))["step"].values()
        return kind, subject

    ways: tuple[Way, Way] = (lambda pairs: known(found, pairs) or thought(pairs), thought)
    with_it, without = (
        statistics.mean(minutes(problem, truth, person, way) for truth, person in crowd)
        for way in ways
    )
    return {
        "nodes": len(found.nodes),
        "bytes with brotli": len(brotli.compress(content, quality=11)),
        "four steps": sum(end == "likely" or steps >= FIRST_STEPS for steps, end in ends) / PEOPLE,
        "whole": sum(end != "" for _, end in ends) / PEOPLE,
        "whole within the likely part": sum(end == "likely" for _, end in ends) / PEOPLE,
        "minutes": round(with_it, 2),
        "minutes with Python from the start": round(without, 2),
    }


def computing(problem: Problem) -> dict[str, Any]:
    """Return the processor's seconds for what somebody waits for who changes a catalog."""
    start = time.process_time()
    found = kept_strategy(problem_to_json(problem), USER, hurry=True)
    then = time.process_time()
    plain_path(problem, found)
    took = {"strategy": then - start, "plain path": time.process_time() - then}
    return {
        **{f"{name}, s": round(each, 2) for name, each in took.items()},
        "of the budget": round(sum(took.values()) / WHILE_SERVING, 2),
    }


def minutes(problem: Problem, truth: Problem, person: Person, way: Way) -> float:
    """Return what a walk takes."""
    pairs: tuple[Pair, ...] = ()
    left, spent = set(person.causes), 0.0
    while True:
        step = way(pairs)
        spent += cost(truth, step)
        value = reply(problem, truth, person, left, step)
        if not value:
            return spent
        pairs = (*pairs, (step[1], value))


def cost(truth: Problem, step: Pair) -> float:
    """Return the minutes that a step takes."""
    kind, subject = step
    if kind == "ask":
        return truth.question_costs[truth.question_positions[subject]]
    return truth.costs[truth.fix_positions[subject]] if kind == "try" else truth.hand_off_minutes


def measure() -> dict[str, Any]:
    """Return all figures."""
    problem = load(ROOT / "docs" / "catalog").problem
    figures = {"while serving": computing(problem)}
    figures["reach"] = reach(problem, shipped_strategy(ROOT))
    with served(site_files()) as server:
        for slower in SLOWER:
            with without_python() as page:
                url = f"{server.url}index.html"
                figures[f"processor {slower}"] = seconds(page, url, slower)
    return figures


def main() -> None:
    """Measure, print, and write down."""
    figures = measure()
    keep("steps", figures)
    for name, each in figures.items():
        sys.stdout.write(f"{name}: {each}\n")


if __name__ == "__main__":
    main()
