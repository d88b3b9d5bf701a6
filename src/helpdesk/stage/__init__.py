"""Writes a help center as plain Markdown with settings, for engines that know nothing of it.

Each language becomes a folder of pages with settings of its own; built one after the other,
they are the same site. No engine is imported here.
"""

from .site import StageError, stage

__all__ = ["StageError", "stage"]
