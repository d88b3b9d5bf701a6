"""Builds that fail: at every write, killed, without room, without permission, two at once."""

import errno
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.site_tools import QUIET, fingerprint, mkdocs

from helpdesk.starter import write
from trust.figure import Figure, none_of

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
EVENTS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod"}
SAMPLE = 5
MOUNT = 2_000
"""KiB of a disk that is soon full."""

End = Callable[[], None]


def figures(*, whole: bool) -> Iterator[Figure]:
    """Build over a published site, let it go wrong, and look at what is published then."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "site"
        write(home)
        _build(home)
        old = fingerprint(home / "site")
        _edit(home)
        fresh = Path(folder) / "fresh"
        shutil.copytree(home, fresh)
        _build(fresh)
        states = old, fingerprint(fresh / "site")
        count = _writes(fresh)
        for name, end in (("no room at a write", _no_room), ("killed at a write", _killed)):
            yield _at_every_write(
                name, home, states, end, range(1, count + 1, 1 if whole else count // SAMPLE)
            )
        yield none_of("half sites after two builds at once", list(_two_at_once(home, states)), 2)
        yield none_of("half sites on a full disk", list(_full_disk(home)), 1)


def _edit(home: Path) -> None:
    page = home / "docs" / "contact.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\nNews.\n", encoding="utf-8")


def _build(home: Path) -> None:
    result = mkdocs("build", "--strict", cwd=home)
    if result.returncode:
        raise SystemExit(result.stderr)


def _at_every_write(
    name: str, home: Path, states: tuple[dict[str, bytes], ...], end: End, points: range
) -> Figure:
    """Let a build go wrong at its n-th write, for each n."""
    before = home.with_name("before")
    shutil.copytree(home / "site", before)
    half = []
    for point in points:
        _in_a_child(home, point, end)
        found = fingerprint(home / "site")
        if found not in states:
            half.append(f"write {point}: {len(found)} files")
        if found != states[0]:
            shutil.rmtree(home / "site", ignore_errors=True)
            shutil.copytree(before, home / "site")
        for left in home.glob(".site-*"):
            shutil.rmtree(left)
    shutil.rmtree(before)
    return none_of(f"half sites: {name}", half, len(points))


def _writes(home: Path) -> int:
    """Return how often a build writes."""
    reader, writer = os.pipe()
    if not (child := os.fork()):
        count = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            count += _is_write(event, arguments)

        sys.addaudithook(hook)
        _quietly_build(home)
        os.write(writer, str(count).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return int(os.read(reader, 20))


def _in_a_child(home: Path, point: int, end: End) -> None:
    """Build in a process of its own that ends, or fails, at its n-th write."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    left = point

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if _is_write(event, arguments):
            left -= 1
            if left == 0:
                end()

    try:
        sys.addaudithook(hook)
        _quietly_build(home)
    finally:
        os._exit(1)


def _quietly_build(home: Path) -> None:
    os.chdir(home)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    logging.disable()
    config = load_config(str(home / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def _is_write(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        path, _, flags = arguments
        return isinstance(flags, int) and bool(flags & WRITING) and path != os.devnull
    return event in EVENTS


def _no_room() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _two_at_once(home: Path, states: tuple[dict[str, bytes], ...]) -> Iterator[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    both = [subprocess.Popen(command, cwd=home, env=os.environ | QUIET) for _ in range(2)]
    for process in both:
        process.wait()
    if fingerprint(home / "site") != states[1]:
        yield "neither the one nor the other"


def _full_disk(home: Path) -> Iterator[str]:
    """Build onto a small disk of its own; making one takes root, or a namespace of one's own."""
    disk = home.with_name("disk")
    disk.mkdir()
    script = (
        f"mount -t tmpfs -o size={MOUNT}k none {disk} && mkdir {disk}/site && "
        f"echo old >{disk}/site/old && ! {sys.executable} -m mkdocs build -q -d {disk}/site && "
        f'[ "$(ls -A {disk}/site)" = old ]'
    )
    unshared = ["unshare", "--map-root-user", "--mount", "sh", "-ec", script]
    result = subprocess.run(
        unshared, cwd=home, env=os.environ | QUIET, capture_output=True, text=True, check=False
    )
    if result.returncode or "Traceback" in result.stderr:
        yield result.stderr
