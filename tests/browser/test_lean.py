"""The browser's Python holds what the diagnosis needs: all of it, and nothing else."""

import ast
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from helpdesk.browser.inside import compiling
from helpdesk.browser.inside.exercise import exercise
from helpdesk.browser.runtime_files import LIBRARY, engine_sources
from helpdesk.diagnosis import wire
from tests.node import in_pyodide, runtime

INSIDE = Path(compiling.__file__).parent
EPOCH = (1980, 1, 1, 0, 0, 0)


@pytest.fixture(scope="module")
def entries() -> list[zipfile.ZipInfo]:
    """What stands in the archive that ships."""
    library = next(file for file in runtime().files if file.name == LIBRARY)
    with zipfile.ZipFile(library.path) as archive:
        return archive.infolist()


def functions(node: ast.AST, outer: str = "") -> Iterator[str]:
    """Yield the qualified names of all functions in a tree."""
    for child in ast.iter_child_nodes(node):
        name = outer
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            name = f"{outer}{child.name}."
        if isinstance(child, ast.FunctionDef):
            yield name.removesuffix(".")
            name += "<locals>."
        yield from functions(child, name)


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    """What the exercise says in the runtime that ships, and what Python has done by then."""
    found: dict[str, Any] = json.loads(in_pyodide("pyodide_exercise.mjs", INSIDE))
    return found


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exercise begins where no problem has been opened."""
    monkeypatch.setattr(wire, "_open", [])


def test_every_function_is_exercised() -> None:
    """No function of the diagnosis is left out of what decides on the modules that ship."""
    files = {str(path) for path in engine_sources().values()}
    called = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename in files:
            called.add((frame.f_code.co_filename, frame.f_code.co_qualname))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        exercise()
    finally:
        sys.setprofile(before)
    written = {
        (file, name)
        for file in files
        for name in functions(ast.parse(Path(file).read_text(encoding="utf-8")))
    }
    assert written - called == set()


def test_everything_works_and_everything_is_needed(
    entries: list[zipfile.ZipInfo], answer: dict[str, Any]
) -> None:
    """Every public function and every error, right and wrong calls: all as in CPython.

    By then every module in the archive has been imported.
    """
    assert answer["said"] == exercise()
    paths = [entry.filename.removesuffix(".pyc").removesuffix("/__init__") for entry in entries]
    assert {path.replace("/", ".") for path in paths} - set(answer["modules"]) == set()


def test_nothing_is_compiled_as_python_starts(answer: dict[str, Any]) -> None:
    """What data classes and named tuples write is in the archive as code."""
    assert answer["unknown"] == "[]"


def test_what_nobody_asks_of_pyodide_is_left_out(entries: list[zipfile.ZipInfo]) -> None:
    """Something small stands for it, so what only that imported is not there either."""
    paths = [entry.filename.removesuffix(".pyc").removesuffix("/__init__") for entry in entries]
    assert {name.replace(".", "/") for name in compiling.INSTEAD} <= set(paths)
    assert not [path for path in paths if path.startswith(("asyncio/", "zipfile", "pathlib"))]


def test_the_archive_is_ready_to_be_read(entries: list[zipfile.ZipInfo]) -> None:
    """Compiled, not deflated, in order, with nothing of the day it was made on."""
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert {name.rpartition(".")[2] for name in names} == {"pyc"}
    assert {f"{name}c" for name in engine_sources()} <= set(names)
    assert {(entry.compress_type, entry.date_time) for entry in entries} == {
        (zipfile.ZIP_STORED, EPOCH)
    }


@pytest.mark.parametrize(
    ("statement", "firm"),
    [
        ("import a.b", True),
        ("from . import b", True),
        ("from .b import c", True),
        ("from a import b", True),
        ("def f():\n    import a.b", True),
        ("try:\n    import a.b\nexcept ValueError:\n    pass", True),
        ("try:\n    pass\nexcept ImportError:\n    import a.b", True),
        ("try:\n    import a.b\nexcept ImportError:\n    pass", False),
        ("try:\n    import a.b\nexcept (OSError, ModuleNotFoundError):\n    pass", False),
        ("try:\n    from .b import c\nexcept:\n    pass", False),
        ("try:\n    import a.b\nexcept ImportError:\n    pass\nimport a.b", True),
    ],
)
def test_imports_that_may_fail_are_told_from_others(statement: str, firm: bool) -> None:  # noqa: FBT001
    """A module can do without what it tries to import, and without nothing else."""
    source = compiling.Source("a/x.py", statement)
    assert dict(compiling.imports("a.x", source))["a.b"] is firm


def test_what_nobody_insists_on_goes() -> None:
    """What is only needed by what goes, goes too; what the interpreter asked for stays."""
    imported = {
        "page": {"socket": True},
        "socket": {"ssl": False, "io": True},
        "ssl": {"base64": True, "_ssl": True},
        "_ssl": {"ssl": True},
        "base64": {},
        "codecs.utf_8": {},
        "codecs": {},
    }
    assert compiling.needed(imported) == {"page", "socket", "codecs", "codecs.utf_8"}
