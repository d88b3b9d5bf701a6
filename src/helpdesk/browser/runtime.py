"""Python for the browser: taken from the npm package `pyodide`, each file held to its known hash.

`python -m helpdesk.browser.runtime node_modules` fills `runtime/` beside this module. The
version and the hashes stand in `runtime.lock.json`; a new version is a change of that file.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from .runtime_files import FOLDER, MANIFEST, RuntimeFile

LOCK = Path(__file__).with_name("runtime.lock.json")


class RuntimeFilesError(Exception):
    """The files of the runtime are not there, or not those that were pinned."""


def build(node_modules: Path, folder: Path = FOLDER) -> None:
    """Copy the pinned files out of `node_modules/pyodide` and write their manifest.

    Raises RuntimeFilesError, and leaves `folder` as it is, where a file is missing or another.
    """
    package = node_modules / "pyodide"
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    files = [
        _checked(package / name, sha256, lock["version"]) for name, sha256 in lock["files"].items()
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file.path, folder / file.name)
    entries = [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in files]
    manifest = {"version": lock["version"], "abi": lock["abi"], "files": entries}
    # Last, so that a folder with a manifest is a whole one.
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _checked(path: Path, sha256: str, version: str) -> RuntimeFile:
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
    return RuntimeFile(path.name, path, len(content), sha256)


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
