"""Node.js, to run in tests what readers run in a browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from helpdesk.browser.runtime_files import Runtime, built

HERE = Path(__file__).parent


def runtime() -> Runtime:
    """Return the runtime that ships."""
    made = built()
    assert made, "the runtime is built by make before the tests run"
    assert made.lean, "the runtime was built from another diagnosis, or without Node.js: run make"
    return made


def in_pyodide(script: str, *arguments: Path) -> str:
    """Return what a script beside this file prints, which starts the runtime that ships."""
    return in_node(script, runtime().files[0].path.parent, *arguments)


def in_node(script: str, *arguments: Path) -> str:
    """Return what a script beside this file prints."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    node = shutil.which("node", path=search)
    assert node, "Node.js is installed by make before the tests run"
    command: list[str | Path] = [node, HERE / script, *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout
