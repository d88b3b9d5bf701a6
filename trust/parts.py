"""What the site is made of: pinned by hash, listed for a release, named in the site."""

import json
import re
import subprocess
from collections.abc import Iterator

from trust.figure import Figure, none_of
from trust.host import ROOT, shipped

PINNED = re.compile(
    r"^([a-z0-9._-]+)==[^ ]+ .*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
SERVED = ("helpdesk", "mkdocs-material", "Pyodide", "Python")
"""Whose files readers get."""


def figures(*, whole: bool) -> Iterator[Figure]:
    """Read the lock files, make the lists of a release, and look for the licenses."""
    requirements = list(_requirements())
    bare = [name for name, entry in requirements if "--hash=sha256:" not in entry]
    yield none_of("Python packages not pinned by hash", bare, len(requirements))
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    bare = [name for name, entry in packages.items() if name and "integrity" not in entry]
    yield none_of("npm packages not pinned by hash", bare, len(packages) - 1)
    if whole:
        yield from _lists()
    text = (shipped() / "licenses.txt").read_text(encoding="utf-8")
    missing = [name for name in SERVED if not re.search(rf"^{name}\b", text, re.MULTILINE)]
    yield none_of("parts without a license in the site", missing, len(SERVED))


def _requirements() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        for found in PINNED.finditer(path.read_text(encoding="utf-8")):
            yield found[1], found[0]


def _lists() -> Iterator[Figure]:
    """Make the lists of a release, and compare them with what is installed from the lock files."""
    subprocess.run([ROOT / "tools" / "sbom"], cwd=ROOT, check=True, capture_output=True)
    listed = {
        component["name"]
        for path in (ROOT / "dist").glob("*.cdx.json")
        for component in json.loads(path.read_text(encoding="utf-8"))["components"]
    }
    lock = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    needed = {found[1] for found in PINNED.finditer(lock)} | {"pyodide"}
    yield none_of("parts missing in the lists of a release", sorted(needed - listed), len(needed))
