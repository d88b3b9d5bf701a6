"""What Python would have to compile as it starts, compiled beforehand.

A data class writes its methods and a named tuple its constructor as text; modules have patterns to
look for. Here is what came of both when the archive was made.
"""

import marshal
from types import CodeType

COMPILED: dict[str, bytes] = {}
"""Code by its text; filled in when the archive is made."""
PATTERNS: dict[tuple[str | bytes, int], tuple[object, ...]] = {}
"""What the library hands over to the interpreter, by pattern and flags; filled in too."""
UNKNOWN: list[tuple[str, str]] = []
"""Texts that are not there, each with what would run it."""


def code(text: str, runs: str) -> str | CodeType:
    """Return what `exec` or `eval` is to run in place of a text."""
    if text not in COMPILED:
        UNKNOWN.append((text, runs))
        return text
    known: CodeType = marshal.loads(COMPILED[text])  # noqa: S302 - it is in the same archive
    return known
