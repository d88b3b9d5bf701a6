"""Python in the browser, from an empty cache to the first turn: Pyodide as it comes, and ours.

`python -m bench.runtime [profile …]` prints ratios, draws them, and writes them into results.json.
Each visit has a new browser with a new profile; all take turns, and every ratio is of one round.
"""

import argparse
import gzip
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright
from tests.browser import engines

from helpdesk.browser.runtime_files import built

from .figures import keep, ratio, results
from .lighthouse import install
from .page import bars
from .runtime_site import MICRO, OURS, STOCK, VARIANTS, site
from .serving import Line, Server, compressed, served
from .visits import NOISY, Profile, Visit, seconds_in, visit

PLOT = Path(__file__).with_name("runtime.svg")
PROFILES = {
    "local": Profile(),
    "cpu-4": Profile(slower=4, rounds=3),
    "9-mbit": Profile(lambda: Line(9e6, 0.060), rounds=3),
    "1.6-mbit": Profile(lambda: Line(1.6e6, 0.150), rounds=2),
    "0.4-mbit": Profile(lambda: Line(0.4e6, 0.300), rounds=1),
    "second-visit": Profile(visits=2),
    "second-visit-cpu-4": Profile(slower=4, visits=2, rounds=3),
}
FIELDS = {
    "seconds": "s",
    "processor": "s of processor",
    "worker": "s of the worker's thread",
}
OTHERS = [name for name in VARIANTS if name != STOCK]


def round_of(
    playwright: Playwright, server: Server, profile: Profile, order: Sequence[str]
) -> dict[str, Visit]:
    """Return one visit of each, of up to three attempts the one least disturbed by others."""
    best: dict[str, Visit] = {}
    for _ in range(3):
        visits = {variant: visit(playwright, server, variant, profile) for variant in order}
        if not best or noise(visits) < noise(best):
            best = visits
        if noise(best) <= NOISY:
            break
    if len({each.turn for name, each in best.items() if name != MICRO}) > 1:
        sys.exit("error: they do not give the same turn")
    return best


def noise(visits: dict[str, Visit]) -> float:
    """Return the share of the processors that others used in the worst visit."""
    return max(each.others for each in visits.values())


def sizes(files: dict[str, bytes], seen: Sequence[str]) -> dict[str, int]:
    """Return how large the files are that a visit asked for, by how they are sent."""
    contents = [files[path] for path in dict.fromkeys(seen)]
    return {
        "raw": sum(map(len, contents)),
        "gzip": sum(len(gzip.compress(content, 9)) for content in contents),
        "brotli": sum(len(compressed(content)) for content in contents),
    }


def summary(rounds: Sequence[dict[str, Visit]]) -> dict[str, Any]:
    """Return medians, and ratios to Pyodide as it comes with their spread."""
    visits = [{name: asdict(each) for name, each in r.items()} for r in rounds]
    return {
        "rounds": len(rounds),
        "others": round(statistics.median(noise(r) for r in rounds), 2),
        **{
            name: {
                field: ratio([v[name][field] for v in visits], [v[STOCK][field] for v in visits])
                for field in FIELDS
            }
            for name in OTHERS
        },
    }


def table(figures: dict[str, Any]) -> str:
    """Return what was measured, as Markdown."""
    lines = ["| | stock | | | ratio | spread |", "|---|--:|---|--:|--:|--:|"]
    for name in OTHERS:
        for kind, stock in figures["bytes"][STOCK].items():
            own = figures["bytes"][name][kind]
            lines.append(
                f"| bytes, {kind} | {stock:,} | {VARIANTS[name]} | {own:,} | {own / stock:.3f} | |"
            )
    for profile, each in figures["profiles"].items():
        for name in OTHERS:
            for field, unit in FIELDS.items():
                found = each[name][field]
                least, most = found["spread"] or (0, 0)
                lines.append(
                    f"| {profile}, {unit} | {found['stock']} | {VARIANTS[name]} | {found['ours']} "
                    f"| {found['ratio'] or 0:.2f} | {least:.2f}–{most:.2f} |"
                )
    for engine, each in figures.get("engines", {}).items():
        stock, own = each[STOCK], each[OURS]
        lines.append(f"| {engine}, s | {stock:.1f} | ours | {own:.1f} | {own / stock:.2f} | |")
    for rung, took in figures["rungs"].items():
        lines.append(f"| {rung} | | ours | {took} | | |")
    return "\n".join(lines)


def rungs() -> dict[str, str]:
    """Return what a reader waits for on each rung, from the other benchmarks."""
    measured = results()
    steps = measured.get("steps", {}).get("processor 1", {})
    found = {
        "first question from HTML, 400 kbit/s and worse": (measured, "ladder", "usable", "s"),
        "a step of the strategy": (steps, "in the page, ms", "p50", "ms"),
        "a turn of Python": (measured, "in_chromium", "median", "ms"),
    }
    return {
        name: f"{each['median'] if isinstance(each, dict) else each} {unit}"
        for name, (of, part, key, unit) in found.items()
        if (each := of.get(part, {}).get(key)) is not None
    }


def plot(figures: dict[str, Any]) -> str:
    """Return ours beside Pyodide as it comes as bars: bytes, and seconds in each profile."""
    bytes_of = {name: sizes["brotli"] for name, sizes in figures["bytes"].items()}
    shares = [("bytes", 100 * bytes_of[OURS] / bytes_of[STOCK])]
    shares += [
        (name, 100 * each[OURS]["seconds"]["ratio"]) for name, each in figures["profiles"].items()
    ]
    return bars(
        [*shares, ("Pyodide as it comes", 100.0)],
        (
            "Python's way to the first turn",
            "Ours in percent of Pyodide as it comes.",
        ),
        ours=len(shares),
        alone=True,
    )


def measure(names: Sequence[str], rounds: int, *, all_engines: bool) -> dict[str, Any]:
    """Return what was measured, beside what is known from before of other profiles."""
    runtime = built()
    if not runtime or not runtime.lean:
        sys.exit("error: the runtime is not built: run `make site`")
    install()
    figures: dict[str, Any] = results().get("runtime", {"profiles": {}})
    figures |= {"pyodide": runtime.version, "bytes": {}, "rungs": rungs()}
    files = site()
    with served(files) as server:
        with sync_playwright() as playwright:
            for variant in VARIANTS:
                visit(playwright, server, variant, PROFILES["local"])
                figures["bytes"][variant] = sizes(files, server.seen)
            for name in names:
                profile = PROFILES[name]
                orders = [tuple(VARIANTS), tuple(VARIANTS)[::-1]]
                figures["profiles"][name] = summary(
                    [
                        round_of(playwright, server, profile, orders[n % 2])
                        for n in range(rounds or profile.rounds)
                    ]
                )
                keep("runtime", figures)
        server.begin(Line())
        for engine in {*engines.installed()} - {"chromium"} if all_engines else ():
            took = {v: seconds_in(engine, f"{server.url}{v}/") for v in (STOCK, OURS)}
            figures.setdefault("engines", {})[engine] = took
            keep("runtime", figures)
    return figures


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, draw, and write down."""
    parser = argparse.ArgumentParser(prog="python -m bench.runtime", description=__doc__)
    parser.add_argument("profile", nargs="*", help=", ".join(PROFILES))
    parser.add_argument("--rounds", type=int, default=0, help="instead of each profile's own")
    parser.add_argument("--chromium", action="store_true", help="leave the other engines out")
    options = parser.parse_args(arguments)
    names = options.profile or list(PROFILES)
    if unknown := set(names) - set(PROFILES):
        parser.error(f"no such profile: {', '.join(sorted(unknown))}")
    figures = measure(names, options.rounds, all_engines=not options.chromium)
    sys.stdout.write(f"{table(figures)}\n")
    PLOT.write_text(plot(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
