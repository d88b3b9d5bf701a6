"""How long a fix takes, in words."""

from collections.abc import Mapping

from helpdesk.catalog.model import Fix

UNITS = ((60 * 24, "days"), (60, "hours"))


def time_needed(fix: Fix, words: Mapping[str, str]) -> str:
    """Return the effort, and the waiting where there is some."""
    effort = _duration(fix.minutes, words)
    if not fix.waiting:
        return words["fix.effort"].format(effort=effort)
    waiting = _duration(fix.waiting, words)
    return words["fix.effort_and_waiting"].format(effort=effort, waiting=waiting)


def _duration(minutes: float, words: Mapping[str, str]) -> str:
    for size, unit in UNITS:
        if minutes >= 2 * size:
            return words[f"time.{unit}"].format(n=round(minutes / size))
    if minutes <= 1:
        return words["time.minute"]
    return words["time.minutes"].format(n=round(minutes))
