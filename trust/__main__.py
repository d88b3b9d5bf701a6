"""Print the table: `python -m trust [--whole] [SUBJECT ...]`.

Without `--whole` each subject takes a sample, quick enough for every change.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import perf_counter
from typing import Any

from trust.figure import Figure

TOOLS = {"__main__", "befalling", "browsing", "figure", "fuzzed", "host"}


def subjects() -> list[str]:
    """Return the names of what can be measured."""
    names = (module.name for module in iter_modules([str(Path(__file__).parent)]))
    return sorted(name for name in names if name not in TOOLS)


def sampled() -> list[str]:
    """Return the names of what can be measured by a quick sample."""
    return [name for name in subjects() if not hasattr(_module(name), "WHOLE_ONLY")]


def measure(subject: str, *, whole: bool) -> list[Figure]:
    """Return the figures of a subject."""
    return list(_module(subject).figures(whole=whole))


def _module(subject: str) -> Any:  # noqa: ANN401 - each has `figures`
    return import_module(f"trust.{subject}")


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for, else everything; 1 when a goal is missed, 2 for wrong usage."""
    whole = "--whole" in arguments
    asked = [argument for argument in arguments if argument != "--whole"]
    if unknown := sorted(set(asked) - set(subjects())):
        print(f"No such subject: {', '.join(unknown)}. There are: {', '.join(subjects())}.")
        return 2
    missed = 0
    for subject in asked or (subjects() if whole else sampled()):
        start = perf_counter()
        found = measure(subject, whole=whole)
        print(f"{subject} ({perf_counter() - start:.0f} s)", flush=True)
        for figure in found:
            missed += not figure.met
            mark = "ok    " if figure.met else "MISSED"
            print(f"  {mark} {figure.name}: {figure.measured} (goal: {figure.goal})", flush=True)
    print(f"Missed: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
