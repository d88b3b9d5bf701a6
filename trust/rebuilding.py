"""The same sources make the same bytes, wherever and by whomever they are built."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.site_tools import QUIET, copy_site, fingerprint

from helpdesk.starter import write
from trust.figure import Figure, none_of

ROOT = Path(__file__).parent.parent
ENVIRONMENTS = ROOT / ".cache" / "trust"
PYTHONS = ("python3.11", "python3.12", "python3.13")

ALONE: Mapping[str, Mapping[str, str]] = {
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "locale": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
    "order of hashes": {"PYTHONHASHSEED": "4711"},
    "user": {"HOME": "/nonexistent", "USER": "somebody", "LOGNAME": "somebody"},
    "no network": {},
}
"""What is different, and the environment that makes it so."""
ALL = ", ".join(ALONE)
ELSEWHERE = {**ALONE, ALL: {name: v for each in ALONE.values() for name, v in each.items()}}
APART: Mapping[str, tuple[str, ...]] = {
    "user": ("unshare", "--map-user=4711", "--map-group=4711"),
    "no network": ("unshare", "--map-root-user", "--net"),
    ALL: ("unshare", "--map-user=4711", "--map-group=4711", "--net"),
}
"""What takes a namespace of its own."""


def figures(*, whole: bool) -> Iterator[Figure]:
    """Build a site here, then elsewhere, and compare every file."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "here"
        if whole:
            copy_site(ROOT, home)
        else:
            write(home)
        first = _built(home, sys.executable)
        different = []
        pythons = [python for python in PYTHONS if whole and _runs(python)]
        cases = [*ALONE, *pythons] if whole else [ALL]
        for case in cases:
            there = Path(folder) / "there" / case.replace(" ", "-")
            shutil.copytree(home, there, ignore=shutil.ignore_patterns("site", ".cache"))
            python = _environment(case) if case in PYTHONS else sys.executable
            other = _built(there, python, ELSEWHERE.get(case, {}), APART.get(case, ()))
            if names := sorted(n for n in first | other if first.get(n) != other.get(n)):
                different.append(f"{case}: {len(names)} files, such as {names[0]}")
        yield none_of(f"rebuilds that differ, of {', '.join(cases)}", different, len(cases))


def _built(
    home: Path,
    python: str,
    environment: Mapping[str, str] | None = None,
    before: tuple[str, ...] = (),
) -> dict[str, bytes]:
    """Build a site in its folder, and return its files."""
    result = subprocess.run(
        [*before, python, "-m", "mkdocs", "build", "--strict"],
        cwd=home,
        env=os.environ | QUIET | dict(environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise SystemExit(result.stderr)
    return fingerprint(home / "site")


def _runs(python: str) -> bool:
    """Tell whether a Python is there: a name on the PATH may lead nowhere."""
    try:
        return (
            subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def _environment(python: str) -> str:
    """Return a Python of another version with all that builds the site, installed once."""
    folder = ENVIRONMENTS / python
    own = folder / "bin" / "python"
    if not own.exists():
        subprocess.run([python, "-m", "venv", str(folder)], check=True)
        install = [str(own), "-m", "pip", "install", "--quiet"]
        locked = ["--require-hashes", "--only-binary", ":all:"]
        needed = str(ROOT / "requirements" / "runtime.txt")
        subprocess.run([*install, *locked, "-r", needed], check=True)
        subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    return str(own)
