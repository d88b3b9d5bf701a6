"""Python for the browser: made from the npm package `pyodide`, each file held to its known hash.

`python -m helpdesk.browser.runtime node_modules` fills `runtime/` beside this module. The
version and the hashes stand in `runtime.lock.json`; a new version is a change of that file.

The standard library is cut to what the diagnosis needs and compiled, the diagnosis with it, by
Pyodide's own Python under Node.js (`lean.mjs`). Then the interpreter is thinned out
(`thinning.py`, `glue.py`), and has to say the same as the whole one when both are put through
everything (`compare.mjs`); the whole one stands beside it in `whole/`. The same sources give the
same bytes.

Where one of this cannot be done, the files go as they came, with the sources of the diagnosis:
that works too, but loads for longer.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from .glue import GlueError
from .runtime_files import (
    FOLDER,
    LIBRARY,
    MANIFEST,
    WHOLE,
    engine_hash,
    engine_sources,
    with_engine,
)
from .thinning import ThinningError, thinned, unpacked
from .wasm import WasmError

LOCK = Path(__file__).with_name("runtime.lock.json")
PROFILE = Path(__file__).with_name("runtime.profile.json")
INSIDE = Path(__file__).with_name("inside")
LEAN = Path(__file__).with_name("lean.mjs")
COMPARE = Path(__file__).with_name("compare.mjs")
SHORTEN = Path(__file__).with_name("shorten.mjs")
LOADER, GLUE, INTERPRETER = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"
PATIENCE = 600
"""Seconds that a slow machine has to make the archive, and to compare."""


class RuntimeFilesError(Exception):
    """The files of the runtime are not there, or not those that were pinned."""


class NotLeanError(Exception):
    """The library could not be cut and compiled, or the interpreter not be thinned out."""


def build(node_modules: Path, folder: Path = FOLDER) -> bool:
    """Fill a folder with the runtime and its manifest; tell whether it is a lean one.

    Raises RuntimeFilesError, and leaves `folder` as it is, where a file is missing or another.
    """
    package = node_modules / "pyodide"
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    files = {
        name: _checked(package / name, sha256, lock["version"])
        for name, sha256 in lock["files"].items()
    }
    engine = engine_hash()
    lean = False
    try:
        files[LIBRARY] = _lean(package, lock["abi"])
        lean = True
        files |= _thin(files, lock["abi"], node_modules / "terser" / "main.js")
    except NotLeanError as error:
        sys.stderr.write(f"Python for the browser loads longer than it could: {error}\n")
    if not lean:
        files[LIBRARY] = with_engine(files[LIBRARY])
    manifest = {
        "version": lock["version"],
        "abi": lock["abi"],
        "lean": lean,
        "engine": engine,
        "files": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ],
    }
    # Last, so that a folder with a manifest is a whole one.
    files[MANIFEST] = f"{json.dumps(manifest, indent=1)}\n".encode()
    for name, content in files.items():
        _write(folder / name, content)
    return lean


def _checked(path: Path, sha256: str, version: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RuntimeFilesError(
            f"{path} cannot be read ({error.strerror}). Expected the npm package pyodide {version}."
        ) from None
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise RuntimeFilesError(
            f"{path} has the SHA-256 {found[:12]}…, {LOCK.name} says {sha256[:12]}…. "
            f"Expected the npm package pyodide {version}."
        )
    return content


def _write(path: Path, content: bytes) -> None:
    """Write a file so that whoever reads it meanwhile has the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _lean(package: Path, abi: str) -> bytes:
    """Return the archive of all that Python needs and nothing else, compiled.

    Raises NotLeanError where it cannot be made, or does not answer as its sources do.
    """
    with tempfile.TemporaryDirectory() as scratch:
        sources, archive = Path(scratch, "sources"), Path(scratch, LIBRARY)
        for name, path in engine_sources().items():
            target = sources / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        shutil.copytree(INSIDE, sources / INSIDE.name)
        _node(LEAN, package, sources, abi, archive)
        return archive.read_bytes()


def _thin(files: Mapping[str, bytes], abi: str, minifier: Path) -> dict[str, bytes]:
    """Return the interpreter without what never runs, and the whole one to stand beside it.

    Raises NotLeanError where it cannot be made, or does not say the same as the whole one.
    """
    profile = unpacked(json.loads(PROFILE.read_text(encoding="utf-8")))
    glue, loader = files[GLUE].decode(), files[LOADER].decode()
    try:
        module, glue = thinned(
            files[INTERPRETER],
            glue,
            loader,
            profile,
            lambda long: _node(SHORTEN, minifier, given=long),
        )
    except (ThinningError, GlueError, WasmError) as error:
        raise NotLeanError(f"the interpreter stays whole, because {error}.") from None
    glue = _node(SHORTEN, minifier, "--names", given=glue)
    thin = {INTERPRETER: module, GLUE: glue.encode()}
    with tempfile.TemporaryDirectory() as scratch:
        folders = Path(scratch, "whole"), Path(scratch, "thin")
        for folder, content in zip(folders, (files, {**files, **thin}), strict=True):
            for name, each in content.items():
                _write(folder / name, each)
        _node(COMPARE, INSIDE, abi, *folders)
    return thin | {WHOLE + name: files[name] for name in thin}


def _node(script: Path, *arguments: str | Path, given: str = "") -> str:
    """Return what a script of this folder writes under Node.js; NotLeanError where it fails."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    node = shutil.which("node", path=search)
    if not node:
        raise NotLeanError("there is no Node.js to compile it with.")
    command: list[str | Path] = [node, script, *arguments]
    try:
        run = subprocess.run(  # noqa: S603
            command,
            check=True,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            input=given,
        )
    except subprocess.TimeoutExpired:
        raise NotLeanError(f"Node.js did not end within {PATIENCE} seconds.") from None
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if "Error" in line]
        reason = lines[-1][:200] if lines else f"status {error.returncode}"
        raise NotLeanError(f"{script.name} failed ({reason}).") from None
    return run.stdout


def main(arguments: Sequence[str]) -> int:
    """Build the runtime from the folder `node_modules`; return the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m helpdesk.browser.runtime NODE_MODULES_DIR\n")
        return 2
    try:
        build(Path(arguments[0]))
    except RuntimeFilesError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
