"""What `helpdesk.browser.runtime` has built: Python for the browser, on disk."""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("runtime")
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """A file of the runtime."""

    name: str
    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """All files of a runtime."""

    version: str
    """Of Pyodide."""
    abi: str
    """What compiled packages would have to match; Pyodide asks for it even where there are none."""
    files: tuple[RuntimeFile, ...]


def built(folder: Path = FOLDER) -> Runtime | None:
    """Return the runtime in a folder, or None where none was built."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Runtime(
        manifest["version"],
        manifest["abi"],
        tuple(
            RuntimeFile(entry["name"], folder / entry["name"], entry["bytes"], entry["sha256"])
            for entry in manifest["files"]
        ),
    )
