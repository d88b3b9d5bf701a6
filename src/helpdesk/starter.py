"""A new help site: the files of `starter/` beside this module, and the schemas of its catalog."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from helpdesk.catalog.json_schema import write_schemas


class StarterError(Exception):
    """The new site cannot be written there."""


def write(folder: Path) -> int:
    """Write the starter site and return the number of files.

    Raises StarterError, with nothing written, where the folder already holds something.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            found = "and is not empty" if folder.is_dir() else "and is a file"
            raise StarterError(
                f"{folder} already exists {found}; nothing was written. "
                "Give the name of a new folder."
            )
        written = _copy(resources.files("helpdesk") / "starter", folder)
        return written + len(write_schemas(folder / "docs" / "catalog"))
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise StarterError(f"{folder} cannot be written: {reason}.") from None


def _copy(source: Traversable, target: Path) -> int:
    target.mkdir(parents=True, exist_ok=True)
    written = 0
    for item in sorted(source.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            written += _copy(item, target / item.name)
        else:
            (target / item.name).write_bytes(item.read_bytes())
            written += 1
    return written
