"""What a catalog does to its readers beyond what its files show: found before a reader meets it.

Each of the `rules` yields findings: a place, what was found, and what to do about it.
"""

from .findings import ERROR, LEVELS, NOTE, WARNING, Finding
from .running import rules

__all__ = ["ERROR", "LEVELS", "NOTE", "WARNING", "Finding", "rules"]
