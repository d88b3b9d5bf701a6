"""The package is built in floors, and imports go down only.

The only Python that goes to the browser is the lowest floor: it must be pure, so it is held
most tightly. The checker reads the source, so an import inside a function counts as well.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent.parent / "src"


@dataclass(frozen=True)
class Floor:
    """What the modules below one name may import."""

    name: str
    own: tuple[str, ...] = ()
    """Parts of helpdesk, each with all that is below it."""
    others: tuple[str, ...] = ()
    """Libraries, besides the standard one."""
    pure: bool = False
    """No input, output, clock or chance, and sums that are the same in every Python."""


DIAGNOSIS = "helpdesk.diagnosis"
SIMULATION = "helpdesk.simulation"
CATALOG = "helpdesk.catalog"
ARTICLES = "helpdesk.articles"
BROWSER = "helpdesk.browser"
CHECKING = "helpdesk.checking"
INSIGHT = "helpdesk.insight"
CMS = "helpdesk.cms"
LEARNING = "helpdesk.learning"
HOSTING = "helpdesk.hosting"
INSPECTING = "helpdesk.inspecting"
ADAPTERS = ("helpdesk.mkdocs_plugin", "helpdesk.cli", "helpdesk.stage")
COMMANDS = (
    "helpdesk.code_lookup",
    "helpdesk.revisions",
    "helpdesk.terminal",
    "helpdesk.starter",
    "helpdesk.stage",
)
BELOW_ADAPTERS = (
    "helpdesk.guard",
    "helpdesk.__version__",
    DIAGNOSIS,
    SIMULATION,
    CATALOG,
    ARTICLES,
    BROWSER,
    HOSTING,
)

# The first name that fits counts.
FLOORS = (
    Floor(DIAGNOSIS, (DIAGNOSIS,), pure=True),
    Floor(SIMULATION, (SIMULATION, DIAGNOSIS)),
    Floor("helpdesk.catalog.source", (CATALOG, DIAGNOSIS), ("yaml",)),
    Floor(f"{CATALOG}.scale", (CATALOG, DIAGNOSIS), pure=True),  # where words become numbers
    Floor(f"{CATALOG}.compiling", (CATALOG, DIAGNOSIS), pure=True),
    Floor(CATALOG, (CATALOG, DIAGNOSIS)),
    Floor(ARTICLES, (ARTICLES, CATALOG, DIAGNOSIS), ("jinja2", "markdown", "markupsafe")),
    Floor("helpdesk.browser.plain", (BROWSER, ARTICLES, CATALOG, DIAGNOSIS), ("jinja2",)),
    Floor(f"{BROWSER}.bundle", (BROWSER, DIAGNOSIS), ("minify",)),
    Floor(f"{BROWSER}.offline", (BROWSER,), ("minify",)),
    Floor(BROWSER, (BROWSER, ARTICLES, CATALOG, DIAGNOSIS)),
    Floor(HOSTING, (HOSTING, BROWSER, ARTICLES, CATALOG, DIAGNOSIS), ("brotli", "markupsafe")),
    Floor(INSPECTING, (INSPECTING,), ("selectolax",)),
    Floor(
        "helpdesk.mkdocs_plugin",
        (*BELOW_ADAPTERS, INSIGHT, INSPECTING, "helpdesk.mkdocs_plugin"),
        ("click", "jinja2", "markupsafe", "mkdocs", "rjieba"),
    ),
    Floor(CHECKING, (CHECKING, ARTICLES, CATALOG, SIMULATION, DIAGNOSIS), ("markdown",)),
    Floor(CMS, (CMS, CATALOG)),
    Floor(f"{LEARNING}.sources", (LEARNING,), ("ibis",)),
    Floor(f"{LEARNING}.counting", (), ("ibis",)),
    Floor(f"{LEARNING}.estimating", (LEARNING, CATALOG, DIAGNOSIS), ("scipy",)),
    Floor(LEARNING, (LEARNING, CATALOG, DIAGNOSIS)),
    Floor(
        INSIGHT,
        (INSIGHT, BROWSER, CATALOG, SIMULATION, DIAGNOSIS),
        ("grandalf", "jinja2"),
    ),
    Floor("helpdesk.code_lookup", BELOW_ADAPTERS),
    Floor("helpdesk.terminal", (*BELOW_ADAPTERS, "helpdesk.code_lookup"), ("click",)),
    Floor("helpdesk.revisions"),
    Floor("helpdesk.starter", BELOW_ADAPTERS),
    Floor("helpdesk.guard", (), ("markdown",)),
    Floor("helpdesk.stage.settings", (), ("yaml",)),
    Floor("helpdesk.stage", (*BELOW_ADAPTERS, "helpdesk.stage")),
    Floor(
        "helpdesk.cli",
        (*BELOW_ADAPTERS, CHECKING, INSPECTING, CMS, LEARNING, *COMMANDS, "helpdesk.cli"),
        ("click",),
    ),
    Floor("helpdesk.__main__", ("helpdesk.cli",)),
    Floor("helpdesk"),
)

IMPURE = frozenset(
    {
        *("asyncio", "ctypes", "datetime", "importlib", "io", "js", "locale", "logging"),
        *("multiprocessing", "os", "pathlib", "pyodide", "pyodide_js", "random", "secrets"),
        *("shutil", "socket", "ssl", "subprocess", "sys", "tempfile", "threading", "time"),
        *("urllib", "uuid", "zoneinfo"),
    }
)
IMPURE_CALLS = frozenset({"__import__", "input", "open", "print", "sum"})
LONGEST_ADAPTER = 250


def modules() -> dict[str, Path]:
    """Every module of the package and its file."""
    return {
        ".".join(path.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(SOURCES.joinpath("helpdesk").rglob("*.py"))
    }


def is_below(name: str, above: str) -> bool:
    """Whether a dotted name is another or stands below it."""
    return name == above or name.startswith(f"{above}.")


def imported(module: str, tree: ast.AST, *, is_package: bool) -> Iterator[str]:
    """Every dotted name that a module imports, wherever the statement stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".") if is_package else module.split(".")[:-1]
            start = parts[: len(parts) - node.level + 1] if node.level else []
            base = ".".join([*start, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def may_import(floor: Floor, name: str) -> bool:
    """Whether a floor may import a dotted name."""
    top = name.partition(".")[0]
    if top == "helpdesk":
        return any(is_below(name, own) for own in floor.own)
    if top in sys.stdlib_module_names:
        # `import nothing` is meant for the package itself: importing it costs nothing.
        return floor.name != "helpdesk" and not (floor.pure and top in IMPURE)
    return top in floor.others


def violations(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """What a module imports or calls and its floor does not allow."""
    floor = next(floor for floor in FLOORS if is_below(module, floor.name))
    tree = ast.parse(source)
    names = imported(module, tree, is_package=is_package)
    bad = [f"imports {name}" for name in names if not may_import(floor, name)]
    if floor.pure:
        bad += [
            f"calls {node.func.id}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in IMPURE_CALLS
        ]
    return bad


@pytest.mark.parametrize("module", modules())
def test_imports_go_down_only(module: str) -> None:
    """A module imports what its floor allows and nothing else."""
    path = modules()[module]
    source = path.read_text(encoding="utf-8")
    assert violations(module, source, is_package=path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("helpdesk.diagnosis.model", "import os.path", ["imports os.path"]),
        ("helpdesk.diagnosis.model", "from time import time", ["imports time.time"]),
        ("helpdesk.diagnosis.model", "import js", ["imports js"]),
        ("helpdesk.diagnosis.model", "def f():\n    import yaml", ["imports yaml"]),
        ("helpdesk.diagnosis.model", "total = sum([1.0])", ["calls sum"]),
        (
            "helpdesk.diagnosis.model",
            "from ..catalog import load",
            ["imports helpdesk.catalog.load"],
        ),
        ("helpdesk.diagnosis", "from .catalog import x", []),
        ("helpdesk.diagnosis", "from ..catalog import x", ["imports helpdesk.catalog.x"]),
        ("helpdesk.diagnosis.belief", "import math\nfrom helpdesk.diagnosis import model", []),
        (
            "helpdesk.simulation.solver",
            "from helpdesk import catalog",
            ["imports helpdesk.catalog"],
        ),
        ("helpdesk.simulation.solver", "import random\nprint(sum([1]))", []),
        ("helpdesk.catalog.source", "import yaml", []),
        ("helpdesk.catalog.reading", "import yaml", ["imports yaml"]),
        ("helpdesk.catalog.reading", "import helpdesk.articles", ["imports helpdesk.articles"]),
        ("helpdesk.catalog.reading", "import helpdesk.cataloging", ["imports helpdesk.cataloging"]),
        ("helpdesk.articles.pages", "from mkdocs import utils", ["imports mkdocs.utils"]),
        ("helpdesk.browser.plain", "import helpdesk.cli", ["imports helpdesk.cli"]),
        ("helpdesk.mkdocs_plugin", "from helpdesk.cli import main", ["imports helpdesk.cli.main"]),
        ("helpdesk.mkdocs_plugin", "from helpdesk import __version__\nimport mkdocs", []),
        ("helpdesk.new_part", "from helpdesk import diagnosis", ["imports helpdesk.diagnosis"]),
        ("helpdesk", "import sys", ["imports sys"]),
    ],
)
def test_checker_finds_what_is_planted(module: str, source: str, expected: list[str]) -> None:
    """The checker tells each planted import that goes up from those that go down."""
    is_package = module in {"helpdesk", "helpdesk.diagnosis"}
    assert violations(module, source, is_package=is_package) == expected


def test_lowest_floor_needs_no_installed_package() -> None:
    """Every module of the diagnosis can be imported where nothing is installed."""
    names = [name for name in modules() if is_below(name, DIAGNOSIS)]
    command = [sys.executable, "-S", "-c", f"import {', '.join(names)}"]
    env = {**os.environ, "PYTHONPATH": str(SOURCES)}
    run = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert len(names) > 1


def test_hosts_are_thin() -> None:
    """An adapter to a host is short: what is of value lies below it."""
    adapters = {name: path for name, path in modules().items() if name.startswith(ADAPTERS)}
    lengths = {name: len(path.read_text().splitlines()) for name, path in adapters.items()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_ADAPTER} == {}
    assert set(adapters) >= {"helpdesk.mkdocs_plugin", "helpdesk.cli"}
