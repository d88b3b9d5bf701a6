"""How long a site of many articles takes, beside the same pages built in other ways.

`python -m bench.scale 1000 5000`. Each way builds the same pages from the same catalog, in the same
run: ours; ours again after one changed cause; MkDocs with the pages as files on disk; the same with
mkdocs-gen-files writing them; Zensical and Hugo (a bare layout) on those files. Processor time of
the whole process, so that others on the machine matter less. A budget's ratio is measured / budget.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .figures import keep

ROUNDS = 2
SIZES = (1000,)
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
HERE = {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": ""}
"""Our code is kept compiled, as that of MkDocs and of its theme is since they were installed."""
GENERATING = """\
from pathlib import Path
import mkdocs_gen_files
for path in sorted(Path("../plain/docs").rglob("*")):
    if path.is_file():
        with mkdocs_gen_files.open(path.relative_to("../plain/docs").as_posix(), "wb") as file:
            file.write(path.read_bytes())
"""
HUGO = """\
baseURL = "https://help.example.com/"
contentDir = "docs"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
"""
BUDGETS = {"overhead": 1.10, "cpu_ms_a_page": 7.0, "html_bytes_a_page": 15_000, "again": 0.20}
MEMORY = {3000: 120}
LIMITED = {"zensical"}
"""Builders that refuse what is too large for them: the table says so."""


class BuildError(Exception):
    """A build failed; the end of what it said."""


@dataclass(frozen=True)
class Run:
    """What one build took."""

    seconds: float
    megabytes: float


def measure(sizes: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """Yield the figures of each size."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield _of_size(Path(folder), size)


def _of_size(folder: Path, size: int) -> dict[str, Any]:
    ours, plain = folder / "ours", folder / "plain"
    # In processes of their own: what a process starts is said to need as much memory as it has.
    _run(folder, "bench.synthetic", str(size), str(ours), fresh=False)
    _run(ours, "helpdesk", "stage", str(plain), fresh=False)
    pages = sum(1 for _ in (plain / "docs").rglob("*.md"))
    ways: dict[str, Callable[[], Run]] = {
        "ours": lambda: _cold(ours),
        "ours again": lambda: _again(ours),
        "mkdocs": lambda: _run(plain, "mkdocs", "build"),
        "gen-files": lambda: _run(_generating(folder), "mkdocs", "build"),
        "zensical": lambda: _run(plain, "zensical", "build", "--clean"),
    }
    if shutil.which("hugo"):
        ways["hugo, bare"] = lambda: _run(_hugo(folder), "hugo", program=True)
    runs: dict[str, list[Run]] = {name: [] for name in ways}
    refused: dict[str, str] = {}
    for _ in range(ROUNDS if size <= max(SIZES) else 1):
        for name, build in ways.items():
            try:
                runs[name].append(build())
            except BuildError as error:
                if name not in LIMITED:
                    raise
                refused[name] = str(error).splitlines()[-1]
    html = [path.stat().st_size for path in (ours / "site/causes").rglob("index.html")]
    made = {name: each for name, each in runs.items() if each}
    return _figures(size, pages, made, statistics.median(html)) | {"refused": refused}


def _figures(size: int, pages: int, runs: dict[str, list[Run]], html: float) -> dict[str, Any]:
    seconds = {name: [run.seconds for run in made] for name, made in runs.items()}
    measured = {
        "overhead": _ratio(seconds["ours"], seconds["mkdocs"]),
        "cpu_ms_a_page": 1000 * statistics.median(seconds["ours"]) / pages,
        "html_bytes_a_page": html,
        "again": _ratio(seconds["ours again"], seconds["ours"]),
    }
    budgets = dict(BUDGETS)
    if size in MEMORY:
        budgets["megabytes"] = MEMORY[size]
        measured["megabytes"] = max(run.megabytes for run in runs["ours"])
    return {
        "articles": size,
        "pages": pages,
        "seconds": {name: round(statistics.median(made), 2) for name, made in seconds.items()},
        "megabytes": {
            name: round(max(run.megabytes for run in made)) for name, made in runs.items()
        },
        "measured": {name: round(value, 3) for name, value in measured.items()},
        "of_budget": {name: round(measured[name] / most, 2) for name, most in budgets.items()},
    }


def _ratio(ours: list[float], others: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, others, strict=True))


def _cold(site: Path) -> Run:
    shutil.rmtree(site / ".cache", ignore_errors=True)
    return _run(site, "mkdocs", "build")


def _again(site: Path) -> Run:
    """Build after a change to the text of one cause."""
    causes = site / "docs/catalog/causes-000.yml"
    text = causes.read_text(encoding="utf-8")
    causes.write_text(text.replace("    tell: ", "    tell: Now ", 1), encoding="utf-8")
    return _run(site, "mkdocs", "build", fresh=False)


def _generating(folder: Path) -> Path:
    target = folder / "generated"
    if not target.exists():
        shutil.copytree(folder / "plain/overrides", target / "overrides")
        (target / "docs").mkdir()
        (target / "generate.py").write_text(GENERATING, encoding="utf-8")
        settings = (folder / "plain/mkdocs.yml").read_text(encoding="utf-8")
        with_it = settings.replace(
            "- search\n", "- search\n- gen-files: {scripts: [generate.py]}\n"
        )
        (target / "mkdocs.yml").write_text(with_it, encoding="utf-8")
    return target


def _hugo(folder: Path) -> Path:
    target = folder / "hugo"
    if not target.exists():
        shutil.copytree(folder / "plain/docs", target / "docs")
        for index in list(target.glob("docs/**/index.md")):
            index.rename(index.with_name("_index.md"))  # else Hugo takes the rest for its resources
        layouts = target / "layouts/_default"
        layouts.mkdir(parents=True)
        page = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
        for name in ("single.html", "list.html"):
            (layouts / name).write_text(page, encoding="utf-8")
        (target / "config.toml").write_text(HUGO, encoding="utf-8")
    return target


def _run(folder: Path, *command: str, program: bool = False, fresh: bool = True) -> Run:
    """Run a build; return its processor time, all its processes included, and peak memory."""
    if fresh:
        shutil.rmtree(folder / "site", ignore_errors=True)
    whole = list(command) if program else [sys.executable, "-m", *command]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            whole, cwd=folder, env=os.environ | QUIET | HERE, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise BuildError(said.read().decode()[-2000:].rstrip())
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def as_text(figures: list[dict[str, Any]]) -> str:
    """Return a table for a terminal and for documentation."""
    lines = []
    for row in figures:
        lines += [
            f"{row['articles']} articles",
            "",
            "| built by | processor seconds | beside MkDocs | megabytes |",
            "|---|--:|--:|--:|",
        ]
        base = row["seconds"]["mkdocs"]
        lines += [
            f"| {name} | {seconds:.1f} | {seconds / base:.2f} | {row['megabytes'][name]} |"
            for name, seconds in row["seconds"].items()
        ]
        lines += [f"| {name} | {reason} | | |" for name, reason in row["refused"].items()]
        lines += ["", "| budget | measured | of the budget |", "|---|--:|--:|"]
        lines += [
            f"| {name} | {row['measured'][name]:g} | {ratio:g} |"
            for name, ratio in row["of_budget"].items()
        ]
        lines.append("")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Measure the sizes that are named, print and keep the figures."""
    figures: list[dict[str, Any]] = []
    for row in measure(tuple(map(int, arguments)) or SIZES):
        figures.append(row)
        sys.stdout.write(f"{as_text([row])}\n")
        sys.stdout.flush()  # a larger one takes long
        keep("scale", {"sizes": figures})


if __name__ == "__main__":
    main(sys.argv[1:])
