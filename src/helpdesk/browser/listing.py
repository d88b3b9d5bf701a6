"""The files of a built site, listed quickly: a site has thousands, and is gone through often."""

import os
from pathlib import Path


def files_below(site: Path) -> list[str]:
    """Return the paths of all files below a folder, as `causes/index.html`, in order."""
    start = len(os.fspath(site)) + 1
    return sorted(
        f"{folder}/{name}"[start:].replace(os.sep, "/")
        for folder, _, names in os.walk(site)
        for name in names
    )
