"""A build takes the place of the published site in one step, or not at all."""

import atexit
import ctypes
import logging
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

PREFIX = ".site-"
FORGOTTEN = 86_400
"""Seconds after which what a build left behind, because it was killed, is nobody's."""


def build_aside(config: MkDocsConfig) -> Path:
    """Let MkDocs write to a new folder; return the folder that is to be published."""
    published = Path(config.site_dir)
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
        _clear_up(published.parent)
        aside = tempfile.mkdtemp(prefix=PREFIX, dir=published.parent)
    except OSError as error:
        place = os.path.relpath(published)
        raise PluginError(f"The site cannot be written beside {place}: {error.strerror}.") from None
    Path(aside).chmod(0o755)
    atexit.register(shutil.rmtree, aside, ignore_errors=True)
    config.site_dir = aside
    return published


def refusal(error: OSError) -> str:
    """Return what the system refused, in one line."""
    name = error.filename2 or error.filename
    place = f": {os.path.relpath(name)}" if isinstance(name, str) else ""
    return (
        f"The site was not built: {error.strerror or error}{place}. "
        "What was published before is untouched; see to it that there is room and permission."
    )


def _clear_up(folder: Path) -> None:
    for path in folder.glob(f"{PREFIX}*"):
        if time.time() - path.stat().st_mtime > FORGOTTEN:
            shutil.rmtree(path, ignore_errors=True)


def publish(config: MkDocsConfig, published: Path) -> bool:
    """Put the finished site in its place, unless strict mode is about to refuse it."""
    aside, config.site_dir = Path(config.site_dir), str(published)
    if config.strict and _warned():
        shutil.rmtree(aside)
        return False
    if published.exists():
        _exchange(aside, published)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.rename(published)
    return True


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change places; in one step where the system can, so that none is missing."""
    if _exchanged_at_once(one, other):
        return
    kept = one.with_name(f"{one.name}-old")
    other.rename(kept)
    try:
        one.rename(other)
    except OSError:
        kept.rename(other)
        raise
    kept.rename(one)


def _exchanged_at_once(one: Path, other: Path) -> bool:
    """Ask Linux (renameat2) or macOS (renamex_np) to do it."""
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE or RENAME_SWAP
    names = os.fsencode(one), os.fsencode(other)
    with suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, swap) == 0)
        return bool(library.renameat2(here, names[0], here, names[1], swap) == 0)
    return False


def _warned() -> bool:
    """Tell whether MkDocs has counted a warning in this build."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(h, CountHandler) and h.get_counts() for h in handlers)
