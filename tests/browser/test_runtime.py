"""Python for the browser is the one that was pinned, or an error says what is wrong."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpdesk.browser import runtime
from helpdesk.browser.runtime_files import built

FILES = {"pyodide.mjs": b"export {}", "pyodide.asm.wasm": b"\0asm"}


@pytest.fixture
def node_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small package, and a lock that pins it."""
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
    assert {file.name: file.path.read_bytes() for file in made.files} == FILES


def test_building_again_changes_nothing(node_modules: Path, tmp_path: Path) -> None:
    """A second build gives the same files."""
    for _ in range(2):
        runtime.build(node_modules, tmp_path / "runtime")
    assert built(tmp_path / "runtime")


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
    assert packages["devDependencies"]["pyodide"] == lock["version"]
