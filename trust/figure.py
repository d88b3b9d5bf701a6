"""One line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A promise, what is aimed at, what was measured, and whether that is good enough."""

    name: str
    goal: str
    measured: str
    met: bool


def none_of(name: str, found: list[str], tried: int) -> Figure:
    """Return a figure of which nothing may be found in so many tries; the first few are shown."""
    shown = "".join(f"\n    {each}" for each in found[:5])
    return Figure(name, "0", f"{len(found)} of {tried:,}{shown}", not found and tried > 0)
