"""A build takes the place of the published site in one step, or not at all."""

import atexit
import ctypes
import gc
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

from .recycling import OldSite

CACHE = Path(".cache/helpdesk")
"""Beside the site's settings, where the theme's plugins keep theirs."""

PREFIX = ".site-"
FORGOTTEN = 86_400
"""Seconds after which what a build left behind, because it was killed, is nobody's."""

atexit.register(gc.freeze)  # to look for garbage in a whole site takes long, and all goes anyway


def cache(config: MkDocsConfig) -> Path:
    """Return the folder where builds leave something to each other."""
    return Path(config.config_file_path or "").resolve().parent / CACHE


class Publication:
    """The way of one build to the published site."""

    def __init__(self, config: MkDocsConfig, old: Path | None) -> None:
        """Let MkDocs write to a new folder; `old` is where a site that is replaced is put by."""
        self.published = Path(config.site_dir)
        self._old = OldSite(old) if old else None
        try:
            self.published.parent.mkdir(parents=True, exist_ok=True)
            _clear_up(self.published.parent)
            self._aside = tempfile.mkdtemp(prefix=PREFIX, dir=self.published.parent)
        except OSError as error:
            place = os.path.relpath(self.published)
            message = f"The site cannot be written beside {place}: {error.strerror}."
            raise PluginError(message) from None
        Path(self._aside).chmod(0o755)
        atexit.register(shutil.rmtree, self._aside, ignore_errors=True)
        config.site_dir = self._aside

    def make_room(self, uri: str) -> None:
        """Let a page be written where one of the old site was."""
        if self._old:
            self._old.give(uri, self._aside)

    def discard(self) -> None:
        """Remove what was built."""
        shutil.rmtree(self._aside, ignore_errors=True)

    def publish(self, config: MkDocsConfig) -> bool:
        """Put the finished site in its place, unless strict mode is about to refuse it."""
        aside, config.site_dir = Path(config.site_dir), str(self.published)
        if config.strict and _warned():
            shutil.rmtree(aside)
            return False
        if not self.published.exists():
            aside.rename(self.published)
            return True
        _exchange(aside, self.published)
        if self._old:
            self._old.put_by(aside)
        else:
            shutil.rmtree(aside, ignore_errors=True)
        return True


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
