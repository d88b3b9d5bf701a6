"""The Pythons of this machine, whatever installed them: the newest of each version from 3.11 on."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAME = re.compile(r"python3(\.\d+)?")
OLDEST = (3, 11)
TELL = "import sys; print(*sys.version_info[:3], sys.implementation.name)"


@cache
def pythons() -> dict[tuple[int, int], Path]:
    """Return a CPython for each version found, this one for its own."""
    found = {sys.version_info[:2]: Path(sys.executable)}
    for path in _candidates():
        told = subprocess.run([path, "-c", TELL], capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stdout.split()[3:] == ["cpython"]:
            major, minor = map(int, told.stdout.split()[:2])
            if (major, minor) >= OLDEST:
                found.setdefault((major, minor), path)
    return dict(sorted(found.items()))


def _candidates() -> Iterator[Path]:
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT", home / ".pyenv"))
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    folders += sorted(pyenv.glob("versions/3.*/bin"))
    folders += sorted(home.glob(".local/share/uv/python/cpython-3.*/bin"))
    for folder in folders:
        for path in sorted(folder.glob("python3*")):
            if NAME.fullmatch(path.name) and os.access(path, os.X_OK):
                yield path
