"""A catalog as it was: the folder of a revision that git knows."""

import io
import os
import subprocess
import zipfile
from pathlib import Path


class RevisionError(Exception):
    """There is no such folder and no such revision."""


def fetch(revision: str, folder: Path, target: Path) -> None:
    """Write a folder's files as they were at a revision into another folder.

    Raises RevisionError where git does not know the revision, or the folder was not there.
    """
    start = folder if folder.is_dir() else Path()
    root = Path(_git("rev-parse", "--show-toplevel", cwd=start).decode().strip())
    inside = Path(os.path.relpath(folder.resolve(), root.resolve())).as_posix()
    named = f"{revision}:{inside}"
    tree = _git("rev-parse", "--verify", "--quiet", "--end-of-options", named, cwd=root)
    packed = _git("archive", "--format=zip", tree.decode().strip(), cwd=root)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(target)


def _git(*arguments: str, cwd: Path) -> bytes:
    try:
        return subprocess.run(  # noqa: S603 - git, with options of ours and names behind them
            ["git", *arguments],  # noqa: S607 - wherever it is installed
            cwd=cwd,
            capture_output=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise RevisionError from error
