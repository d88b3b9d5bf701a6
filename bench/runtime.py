"""Python in the browser, from an empty cache to the first turn: Pyodide as it comes, and ours.

`python -m bench.runtime [profile …]` prints ratios and writes them into results.json. Each visit
has a new browser with a new profile; the two take turns, and every ratio is of one round.
"""

import argparse
import gzip
import io
import os
import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from helpdesk.browser import bundle_catalog
from helpdesk.browser.runtime_files import WHOLE, built, with_engine
from helpdesk.catalog import load
from helpdesk.diagnosis.wire import problem_to_json

from .figures import keep, ratio, results
from .machine import busy, processes, slowed, used, wait_for_quiet
from .serving import Line, Server, compressed, served

ROOT = Path(__file__).parent.parent
WEB = Path(__file__).with_name("web")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
STOCK, OURS = "stock", "ours"
NOISY = 0.2
"""Of all processors: what others may use during a round before it is repeated."""
STAY = 5
"""Seconds that a reader looks at the first page; the browser keeps compiled code meanwhile."""
PATIENCE = 300_000
"""Milliseconds for one visit."""


@dataclass(frozen=True)
class Profile:
    """What somebody reads the site with."""

    line: Callable[[], Line] = Line
    slower: int = 1
    visits: int = 1
    rounds: int = 5


PROFILES = {
    "local": Profile(),
    "cpu-4": Profile(slower=4, rounds=3),
    "9-mbit": Profile(lambda: Line(9e6, 0.060), rounds=3),
    "1.6-mbit": Profile(lambda: Line(1.6e6, 0.150), rounds=2),
    "second-visit": Profile(visits=2),
}


@dataclass(frozen=True)
class Visit:
    """What one visit took."""

    seconds: float
    """From the start of the navigation to the first turn."""
    processor: float
    """Seconds of the whole browser's work."""
    others: float
    """Share of the processors that other programs used meanwhile."""
    sent: int
    """Bytes over the line."""
    turn: str


def site() -> dict[str, bytes]:
    """Return the files of both: what npm installs, and what a build puts on a site."""
    package = ROOT / "node_modules" / "pyodide"
    catalog = load(ROOT / "docs" / "catalog")
    page, memory = (WEB / "index.html").read_bytes(), io.BytesIO()
    zipfile.ZipFile(memory, "w").close()
    bundle = bundle_catalog(catalog)
    ours = (WEB / "ours.mjs").read_text(encoding="utf-8")
    start = ours.replace("./BUNDLE", f"../{PurePosixPath(bundle.module).parent}")
    names = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
    return {
        f"{STOCK}/index.html": page,
        f"{STOCK}/start.mjs": (WEB / "stock.mjs").read_bytes(),
        f"{STOCK}/stock-worker.mjs": (WEB / "stock-worker.mjs").read_bytes(),
        f"{STOCK}/engine.zip": with_engine(memory.getvalue()),
        f"{STOCK}/problem.json": problem_to_json(catalog.problem).encode(),
        **{
            f"{STOCK}/pyodide/{n}": (package / n).read_bytes()
            for n in (*names, "pyodide-lock.json")
        },
        f"{OURS}/index.html": page,
        f"{OURS}/start.mjs": start.encode(),
        **{
            file.uri: file.path.read_bytes() if file.path else file.content or b""
            for file in bundle.files
            if f"/{WHOLE}" not in file.uri  # so that it is seen if the thinned one does not do
        },
    }


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
    with slowed(root, profile.slower):
        seconds, turn = first_turn(context, f"{server.url}{variant}/")
    elapsed = time.monotonic() - began
    others = busy() - worked - (used(own) - mine)
    share = max(0.0, others) / elapsed / (os.cpu_count() or 1)
    return Visit(seconds, used(root) - its, share, server.sent, turn)


def first_turn(context: BrowserContext, url: str, stay: float = 0) -> tuple[float, str]:
    """Return how long a new page took to the first turn, by its own clock, and that turn."""
    page = context.new_page()
    page.goto(url, wait_until="commit", timeout=PATIENCE)
    page.wait_for_function("globalThis.took", timeout=PATIENCE, polling=100)
    took, turn = page.evaluate("[took, turn]")
    time.sleep(stay)
    page.close()
    return took / 1000, turn


def browser() -> str:
    """Return the machine's own browser."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        sys.exit("error: chromium is not on the PATH")
    return path


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
    if len({each.turn for each in best.values()}) != 1:
        sys.exit("error: the two do not give the same turn")
    return best


def noise(visits: dict[str, Visit]) -> float:
    """Return the share of the processors that others used in the worse visit."""
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
    """Return medians, and ratios with their spread."""
    visits = [{name: asdict(each) for name, each in r.items()} for r in rounds]
    return {
        "rounds": len(rounds),
        "others": round(statistics.median(noise(r) for r in rounds), 2),
        **{
            field: ratio([v[OURS][field] for v in visits], [v[STOCK][field] for v in visits])
            for field in ("seconds", "processor", "sent")
        },
    }


def table(figures: dict[str, Any]) -> str:
    """Return what was measured, as Markdown."""
    lines = [
        "| | stock | ours | ratio | least | most | used by others |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, stock in figures["bytes"][STOCK].items():
        ours = figures["bytes"][OURS][kind]
        lines.append(f"| bytes, {kind} | {stock:,} | {ours:,} | {ours / stock:.3f} | | | |")
    for name, each in figures["profiles"].items():
        for field, unit in (("seconds", "s"), ("processor", "s of processor")):
            found = each[field]
            least, most = found["spread"]
            lines.append(
                f"| {name}, {unit} | {found['stock']} | {found['ours']} "
                f"| {found['ratio']:.2f} | {least:.2f} | {most:.2f} | {each['others']:.0%} |"
            )
    return "\n".join(lines)


def measure(names: Sequence[str]) -> dict[str, Any]:
    """Return what was measured, beside what is known from before of other profiles."""
    runtime = built()
    if not runtime or not runtime.lean:
        sys.exit("error: the runtime is not built: run `make site`")
    figures: dict[str, Any] = results().get("runtime", {"profiles": {}})
    figures |= {"pyodide": runtime.version, "bytes": {}}
    files = site()
    with served(files) as server, sync_playwright() as playwright:
        for variant in (STOCK, OURS):
            visit(playwright, server, variant, PROFILES["local"])
            figures["bytes"][variant] = sizes(files, server.seen)
        for name in names:
            profile = PROFILES[name]
            orders = [(STOCK, OURS), (OURS, STOCK)]
            rounds = [
                round_of(playwright, server, profile, orders[n % 2]) for n in range(profile.rounds)
            ]
            figures["profiles"][name] = summary(rounds)
            keep("runtime", figures)
    return figures


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write down."""
    parser = argparse.ArgumentParser(prog="python -m bench.runtime", description=__doc__)
    parser.add_argument("profile", nargs="*", help=", ".join(PROFILES))
    names = parser.parse_args(arguments).profile or list(PROFILES)
    if unknown := set(names) - set(PROFILES):
        parser.error(f"no such profile: {', '.join(sorted(unknown))}")
    figures = measure(names)
    sys.stdout.write(f"{table(figures)}\n")


if __name__ == "__main__":
    main()
