"""Builds that fail: at every write, killed, without room, without permission, two at once.

A process that is killed leaves what is on the disk at that moment. So one build is stopped before
each of its writes, and looked at: that is what a kill there would leave. Where there is no room,
what the build does then matters too, so from there a copy of the process goes on with the error.
"""

import errno
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.site_tools import QUIET, copy_site, fingerprint, mkdocs

from helpdesk.starter import write
from trust.figure import Figure, none_of

ROOT = Path(__file__).parent.parent
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
EVENTS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod"}
SPARSE = 120
"""In a sample, there is no room at one of so many writes."""
KILLED = (1, 40, 160, 400, 640)
"""Writes at which a build is really killed."""
MOUNT = 2_000
"""KiB of a disk that is soon full."""

States = tuple[dict[str, bytes], ...]
"""The published site and the one that is being built."""


def figures(*, whole: bool) -> Iterator[Figure]:
    """Build over a published site, let it go wrong, and look at what is published then."""
    with TemporaryDirectory() as folder:
        small = Path(folder) / "small"
        write(small)
        states = _published(small)
        yield from _stopped("of a small site", small, states, 1 if whole else SPARSE)
        if whole:
            shipped = Path(folder) / "shipped"
            copy_site(ROOT, shipped)
            yield from _stopped("of the shipped site", shipped, _published(shipped), SPARSE)
        points = KILLED if whole else KILLED[1:2]
        yield none_of("half sites after a kill", list(_killed(small, states, points)), len(points))
        yield none_of("half sites after two builds at once", list(_two_at_once(small, states)), 2)
        disks = {"full": "true", "that cannot be written": f"mount -o remount,ro {small}/disk"}
        for name, then in disks.items():
            yield none_of(f"half sites on a disk {name}", list(_on_a_disk(small, then)), 1)


def _published(home: Path) -> States:
    """Build a site and change a page; return what is published, and what will be."""
    _build(home)
    old = fingerprint(home / "site")
    page = home / "docs" / "contact.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\nNews.\n", encoding="utf-8")
    fresh = home.with_name("fresh")
    shutil.copytree(home, fresh)
    _build(fresh)
    new = fingerprint(fresh / "site")
    shutil.rmtree(fresh)
    return old, new


def _build(home: Path) -> None:
    result = mkdocs("build", "--strict", cwd=home)
    if result.returncode:
        raise SystemExit(result.stderr)


def _stopped(name: str, home: Path, states: States, step: int) -> Iterator[Figure]:
    """Stop a build at each write; at every so many, let there be no room from there on."""
    reader, writer = os.pipe()
    if not os.fork():
        stops = _Stops(home, states, step)
        sys.addaudithook(stops.hook)
        try:
            _quietly_build(home)
        finally:
            if os.getpid() == stops.process:
                os.write(writer, json.dumps([stops.count, stops.half, stops.full]).encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        count, half, full = json.loads(told.read())
    os.wait()
    if fingerprint(home / "site") != states[1]:
        half.append("the build that went on to its end")
    _restore(home, states[0])
    yield none_of(f"half sites when killed before a write {name}", half, count)
    yield none_of(f"half sites without room at a write {name}", full, count // step)


class _Stops:
    """Looks at the published site before each write of this process."""

    def __init__(self, home: Path, states: States, step: int) -> None:
        self.process = os.getpid()
        self.count = 0
        self.half: list[str] = []
        self.full: list[str] = []
        self._home, self._states, self._step = home, states, step
        self._busy = False
        self._seen = _looks(home / "site")

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        """Hear of a write, and look."""
        if self._busy or not _is_write(event, arguments):
            return
        self._busy = True
        self.count += 1
        self.half += self._found(event)
        if self.count % self._step == 0 and self._without_room(f"{event} {arguments[:1]}"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._busy = False

    def _found(self, event: str) -> list[str]:
        """Return what is wrong with the published site, if it looks otherwise than before."""
        looks = _looks(self._home / "site")
        if looks == self._seen:
            return []
        self._seen = looks
        found = fingerprint(self._home / "site")
        whole = found in self._states
        return [] if whole else [f"write {self.count}, {event}: {len(found)} files"]

    def _without_room(self, event: str) -> bool:
        """Tell the copy of this process to fail; afterwards all is as it was."""
        kept = self._home.with_name("kept")
        shutil.copytree(self._home, kept)
        before = _looks(self._home)
        if not (child := os.fork()):
            return True
        os.waitpid(child, 0)
        if fingerprint(self._home / "site") not in self._states:
            self.full.append(f"write {self.count}, {event}")
        if _looks(self._home) != before:
            for path in self._home.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copytree(kept, self._home, dirs_exist_ok=True)
        shutil.rmtree(kept)
        return False


def _looks(folder: Path) -> frozenset[tuple[str, int, int, int]]:
    """Return what changes when a file is written, without reading any."""
    found = set()
    for where, folders, names in os.walk(folder):
        found |= {(f"{where}/{name}", 0, 0, 0) for name in folders}
        for name in names:
            stat = Path(where, name).stat()
            found.add((f"{where}/{name}", stat.st_ino, stat.st_size, stat.st_mtime_ns))
    return frozenset(found)


def _restore(home: Path, files: Mapping[str, bytes]) -> None:
    """Publish again what was published at the beginning."""
    for path in (home / "site", *home.glob(".site-*")):
        shutil.rmtree(path, ignore_errors=True)
    for name, content in files.items():
        (home / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "site" / name).write_bytes(content)


def _quietly_build(home: Path) -> None:
    os.chdir(home)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    logging.disable()
    config = load_config(str(home / "mkdocs.yml"))
    config.plugins["helpdesk"].config["reuse"] = False  # whose database two processes cannot share
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def _is_write(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        path, _, flags = arguments
        return isinstance(flags, int) and bool(flags & WRITING) and path != os.devnull
    return event in EVENTS


def _killed(home: Path, states: States, points: Sequence[int]) -> Iterator[str]:
    """Kill builds for good, each at another write; the next build finds nothing in its way."""
    for point in points:
        if not (child := os.fork()):
            left = point

            def hook(event: str, arguments: tuple[object, ...]) -> None:
                nonlocal left
                left -= _is_write(event, arguments)
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(hook)
            _quietly_build(home)
            os._exit(0)
        os.waitpid(child, 0)
        if fingerprint(home / "site") != states[0]:
            yield f"write {point}"
    _build(home)
    if fingerprint(home / "site") != states[1]:
        yield "the next build"
    _restore(home, states[0])


def _two_at_once(home: Path, states: States) -> Iterator[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    both = [subprocess.Popen(command, cwd=home, env=os.environ | QUIET) for _ in range(2)]
    for process in both:
        process.wait()
    if fingerprint(home / "site") != states[1]:
        yield "neither the one nor the other"


def _on_a_disk(home: Path, then: str) -> Iterator[str]:
    """Build onto a small disk of its own; making one takes root, or a namespace of one's own."""
    disk = home / "disk"
    disk.mkdir()
    script = (
        f"mount -t tmpfs -o size={MOUNT}k none {disk} && mkdir {disk}/site && "
        f"echo old >{disk}/site/old && {then} && "
        f"! {sys.executable} -m mkdocs build -q -d {disk}/site && "
        f'[ "$(ls -A {disk}/site)" = old ]'
    )
    unshared = ["unshare", "--map-root-user", "--mount", "sh", "-ec", script]
    result = subprocess.run(
        unshared, cwd=home, env=os.environ | QUIET, capture_output=True, text=True, check=False
    )
    disk.rmdir()
    if result.returncode or "Traceback" in result.stderr:
        yield result.stderr
