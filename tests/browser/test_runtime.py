"""Python for the browser is made of what was pinned, or an error says what is wrong."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpdesk.browser import runtime
from helpdesk.browser.runtime_files import LIBRARY, built, engine_sources


def library() -> bytes:
    """Return a small archive of modules."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("json/__init__.py", "")
        archive.writestr("helpdesk/diagnosis/gone.py", "")
    return memory.getvalue()


FILES = {"pyodide.mjs": b"export {}", "pyodide.asm.wasm": b"\0asm", LIBRARY: library()}


@pytest.fixture
def node_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small package that is no Python, and a lock that pins it."""
    package = tmp_path / "node_modules" / "pyodide"
    package.mkdir(parents=True)
    for name, content in FILES.items():
        (package / name).write_bytes(content)
    lock = tmp_path / "runtime.lock.json"
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    lock.write_text(json.dumps({"version": "1.2.3", "abi": "x", "files": hashes}))
    monkeypatch.setattr(runtime, "LOCK", lock)
    return package.parent


def test_pinned_files_are_taken(node_modules: Path, tmp_path: Path) -> None:
    """What was pinned is copied, and the manifest says what it is."""
    runtime.build(node_modules, tmp_path / "runtime")
    made = built(tmp_path / "runtime")
    assert made
    assert made.version == "1.2.3"
    served = {file.name: file.read() for file in made.files}
    assert {**served, LIBRARY: FILES[LIBRARY]} == FILES
    for file in made.files:
        assert file.size == len(served[file.name])
        assert file.sha256 == hashlib.sha256(served[file.name]).hexdigest()


@pytest.mark.parametrize("has_node", [True, False])
def test_what_cannot_be_compiled_is_served_as_it_came(
    node_modules: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    has_node: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """The library stays whole, the sources of the diagnosis come in, and one line says so."""
    if not has_node:
        monkeypatch.setattr(shutil, "which", lambda *_args, **_options: None)
    assert not runtime.build(node_modules, tmp_path / "runtime")
    assert len(capfd.readouterr().err.splitlines()) == 1
    made = built(tmp_path / "runtime")
    assert made
    assert not made.lean
    with zipfile.ZipFile(tmp_path / "runtime" / LIBRARY) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    sources = {name: path.read_bytes() for name, path in engine_sources().items()}
    assert held == {"json/__init__.py": b"", **sources}


def test_what_cannot_be_thinned_out_is_served_whole(
    node_modules: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """An interpreter that the profile is not of stays as it is, and one line says so."""
    compiler = tmp_path / "compiler"
    compiler.write_text('#!/bin/sh\nfor archive; do :; done\nprintf compiled >"$archive"\n')
    compiler.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda *_args, **_options: str(compiler))
    glue = node_modules / "pyodide" / "pyodide.asm.mjs"
    glue.write_bytes(FILES["pyodide.mjs"])
    lock = json.loads(runtime.LOCK.read_text())
    lock["files"][glue.name] = lock["files"]["pyodide.mjs"]
    runtime.LOCK.write_text(json.dumps(lock))
    assert runtime.build(node_modules, tmp_path / "runtime")
    assert len(capfd.readouterr().err.splitlines()) == 1
    made = built(tmp_path / "runtime")
    assert made
    assert not made.thin
    served = {file.name: file.read() for file in made.files}
    assert served == {**FILES, glue.name: glue.read_bytes(), LIBRARY: b"compiled"}


def test_a_diagnosis_that_changed_is_served_as_it_is(
    node_modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the runtime is built anew, the browser has the sources that are on disk."""
    folder = tmp_path / "runtime"
    runtime.build(node_modules, folder)
    changed = tmp_path / "changed.py"
    changed.write_text("NEWS = True\n")
    name = "helpdesk/diagnosis/belief.py"
    sources = {**engine_sources(), name: changed}
    monkeypatch.setattr("helpdesk.browser.runtime_files.engine_sources", lambda: sources)
    made = built(folder)
    assert made
    assert not made.lean
    served = next(file for file in made.files if file.name == LIBRARY)
    assert served.size == len(served.read())
    assert served.sha256 == hashlib.sha256(served.read()).hexdigest()
    with zipfile.ZipFile(io.BytesIO(served.read())) as archive:
        assert archive.read(name) == changed.read_bytes()
        assert sorted(archive.namelist()) == sorted({"json/__init__.py", *sources})


@pytest.mark.parametrize("content", [b"another", None])
def test_other_files_are_refused(node_modules: Path, tmp_path: Path, content: bytes | None) -> None:
    """A file that is missing or not the pinned one stops the build before anything is written."""
    file = node_modules / "pyodide" / "pyodide.asm.wasm"
    file.unlink()
    if content:
        file.write_bytes(content)
    with pytest.raises(runtime.RuntimeFilesError, match=r"pyodide\.asm\.wasm"):
        runtime.build(node_modules, tmp_path / "runtime")
    assert built(tmp_path / "runtime") is None


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["nowhere"], 1)])
def test_mistakes_on_the_command_line(arguments: list[str], status: int) -> None:
    """Wrong usage and missing files end in one line and a status, not in a traceback."""
    command = [sys.executable, "-m", "helpdesk.browser.runtime", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == status
    assert len(run.stderr.splitlines()) == 1


def test_the_lock_names_what_is_installed(root: Path) -> None:
    """The version in package.json is the one whose hashes are pinned."""
    packages = json.loads((root / "package.json").read_text(encoding="utf-8"))
    lock = json.loads(runtime.LOCK.read_text(encoding="utf-8"))
    assert packages["dependencies"]["pyodide"] == lock["version"]


def contents(folder: Path) -> dict[Path, bytes]:
    """Return the files in a folder, by their place in it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_another_place_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """Built here, and from a copy in another folder: no chance, no day, no place gets in."""
    here, there = tmp_path / "here", tmp_path / "there" / "helpdesk"
    shutil.copytree(
        root / "src/helpdesk", there, ignore=shutil.ignore_patterns("__pycache__", "runtime")
    )
    modules = root / "node_modules"
    assert runtime.build(modules, here)
    subprocess.run(
        [sys.executable, "-m", "helpdesk.browser.runtime", modules],
        env={**os.environ, "PYTHONPATH": str(there.parent)},
        cwd=tmp_path,
        check=True,
    )
    copies = there / "browser" / "runtime"
    assert contents(copies) == contents(here)
