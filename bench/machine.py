"""What the machine is doing: who uses the processor, and how to have less of it."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
QUIET = 0.25
"""Of one processor: what others may use before a visit."""
SLICE = 0.005
"""Seconds that a slowed process runs at a time."""


def busy() -> float:
    """Return the seconds for which the processors have worked, for whomever."""
    fields = (PROC / "stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _idle, _wait, irq, soft = map(int, fields[:7])
    return (user + nice + system + irq + soft) / TICKS


def processes(root: int) -> dict[int, str]:
    """Return a process and all below it, with their command lines."""
    parents: dict[int, int] = {}
    for path in PROC.glob("[0-9]*"):
        with suppress(OSError):
            parents[int(path.name)] = int(_stat(int(path.name))[1])
    found, new = {root}, {root}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return {process: _command(process) for process in found}


def used(root: int) -> float:
    """Return the seconds of processor time of a process and all below it."""
    total = 0
    for process in processes(root):
        with suppress(OSError):
            total += sum(map(int, _stat(process)[11:15]))
    return total / TICKS


def wait_for_quiet(seconds: float) -> None:
    """Wait until others leave the processor alone, but no longer than this."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before, own = busy(), used(os.getpid())
        time.sleep(0.5)
        if (busy() - before - (used(os.getpid()) - own)) / 0.5 < QUIET:
            return


def used_by_threads(root: int, name: str) -> float:
    """Return the seconds of processor time of all threads of a name in a process and all below."""
    total = 0
    for process in processes(root):
        for path in (PROC / str(process) / "task").glob("*/stat"):
            with suppress(OSError):
                before, _, fields = path.read_text().rpartition(")")
                total += sum(map(int, fields.split()[11:13])) * before.endswith(f"({name}")
    return total / TICKS


@contextmanager
def slowed(root: int, factor: int) -> Iterator[None]:
    """Let the pages below a browser run only for one part of the time in so many."""
    end = threading.Event()
    stopped: set[int] = set()

    def signal_all(what: signal.Signals) -> None:
        for page in stopped:
            with suppress(ProcessLookupError):
                os.kill(page, what)

    def work() -> None:
        while not end.is_set():
            stopped.update(p for p, c in processes(root).items() if "--type=renderer" in c)
            for _ in range(20):
                time.sleep(SLICE)
                signal_all(signal.SIGSTOP)
                end.wait(SLICE * (factor - 1))
                signal_all(signal.SIGCONT)

    thread = threading.Thread(target=work, daemon=True)
    if factor > 1:
        thread.start()
    try:
        yield
    finally:
        end.set()
        if factor > 1:
            thread.join()


def _stat(process: int) -> list[str]:
    """Return the fields after the name: state, parent, and so on."""
    return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()


def _command(process: int) -> str:
    try:
        return (PROC / str(process) / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
