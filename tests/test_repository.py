"""What the repository promises those who install from it, build it and read it."""

import json
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements"

REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:com|org)|deb\.debian\.org")
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home|Users)/")


def tracked() -> list[str]:
    """The files that are in git."""
    command = ["git", "ls-files", "-z", "--cached"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in run.stdout.split("\0") if name and ROOT.joinpath(name).is_file()]


def text(name: str) -> str:
    """A file's text, empty for what is no text."""
    try:
        return ROOT.joinpath(name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def locked(name: str) -> list[str]:
    """The entries of a lock file, each on one line."""
    joined = text(f"requirements/{name}").replace("\\\n", " ")
    lines = (line.strip() for line in joined.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.in")), ids=lambda path: path.stem)
def test_every_requirement_is_pinned_with_hashes(path: Path) -> None:
    """Each lock file names one version of each package, and the hashes of its files."""
    entries = locked(f"{path.stem}.txt")
    loose = [
        entry
        for entry in entries
        if not re.match(r"[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", entry)
    ]
    assert loose == []
    assert entries


def test_lock_holds_what_the_package_asks_for() -> None:
    """What is locked for the site is what the package says it depends on."""
    project = tomllib.loads(text("pyproject.toml"))
    asked = project["project"]["dependencies"] + project["build-system"]["requires"]
    assert set(asked) <= set(text("requirements/runtime.in").splitlines())


@pytest.mark.parametrize("lock", ["package-lock.json", "bench/npm/package-lock.json"])
def test_npm_packages_are_locked_by_hash_alone(lock: str) -> None:
    """A lock file of npm's says what is installed and not where it comes from."""
    packages = json.loads(text(lock))["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert [name for name, entry in installed.items() if "integrity" not in entry] == []
    assert [name for name, entry in installed.items() if "resolved" in entry] == []
    assert all(
        re.fullmatch(r"[0-9.]+", v)
        for kind in ("dependencies", "devDependencies")
        for v in packages[""].get(kind, {}).values()
    )


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_tracked_file_names_a_place(pattern: re.Pattern[str]) -> None:
    """No file names a package registry's host or a path that only one machine has."""
    assert [name for name in tracked() if pattern.search(text(name))] == []


def test_places_are_told_from_names() -> None:
    """The patterns find what they are for, and leave a site's own paths alone."""
    dot, slash = ".", "/"  # put in here, so that this file is none of those it looks for
    assert REGISTRY.search(f"https://files.pythonhosted{dot}org/simple")
    assert MACHINE.search(f"in {slash}home{slash}me")
    assert MACHINE.search(f'"{slash}tmp{slash}x"')
    assert not MACHINE.search("https://example.com/home/ and docs/work/")


def test_readme_has_a_length_that_is_read() -> None:
    """The README says what is needed and no more."""
    assert 80 <= len(text("README.md").splitlines()) <= 150


@pytest.mark.parametrize("target", ["serve", "test", "site", "check", "bench"])
def test_target_says_what_it_makes(target: str) -> None:
    """Each promised target is listed by `make` with one line of help."""
    assert re.search(rf"^{target}:.* ## \S", text("Makefile"), re.MULTILINE)


def test_changes_have_to_pass_checks_and_tests() -> None:
    """The script for changes can be run, stops at the first failure and leaves nothing out."""
    script = text(".ci/run").splitlines()
    assert ROOT.joinpath(".ci/run").stat().st_mode & stat.S_IXUSR
    assert {"set -euo pipefail", "make check", "make test"} <= set(script)


def test_wheel_carries_what_the_package_needs(tmp_path: Path) -> None:
    """Every file of the package is in the wheel, what is built for the browser too."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", tmp_path], cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        carried = set(wheel.namelist())
    package = ROOT / "src/helpdesk"
    files = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files - carried == set()
    assert {name for name in carried if name.startswith("helpdesk/")} - files == set()
