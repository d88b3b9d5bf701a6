"""What the fuzzer calls: bytes as a catalog's file."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["helpdesk.catalog"]):
    from helpdesk.catalog import CatalogErrors, load

FOLDER = TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)  # noqa: S108
FILE = Path(FOLDER.name) / "lamp.yml"


def try_bytes(data: bytes) -> None:
    """Load a catalog; any other error than a report is what is looked for."""
    FILE.write_bytes(data)
    try:
        load(FILE.parent)
    except CatalogErrors as found:
        if any(error.position.line < 1 or error.position.column < 1 for error in found.errors):
            raise AssertionError(found.errors) from found


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_bytes)
    atheris.Fuzz()
