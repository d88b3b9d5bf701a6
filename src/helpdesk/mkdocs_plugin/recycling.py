"""Uses the folders of an old site again, as to make and to remove thousands takes long.

When a site has been published, the one before it is put by in the cache folder. The next build
takes the folders of its pages from there, each once its old page is gone.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

PAGE = "index.html"


class OldSite:
    """The site before the published one."""

    def __init__(self, folder: Path) -> None:
        """Take where it is put by; it need not be there."""
        self._folder = folder
        self._there = folder.is_dir() and not folder.is_symlink()

    def give(self, uri: str, site: str) -> None:
        """Move the folder of a page into a new site, if nothing but a page was in it."""
        folder, _, name = uri.rpartition("/")
        if not self._there or not folder or name != PAGE:
            return
        old, new = f"{self._folder}/{folder}", f"{site}/{folder}"
        with suppress(OSError):  # it is not there, or the new one is already
            if os.listdir(old) == [PAGE]:  # noqa: PTH208 - quicker, as below
                os.unlink(f"{old}/{PAGE}")  # noqa: PTH108
                os.makedirs(new.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
                os.rename(old, new)  # noqa: PTH104

    def put_by(self, site: Path) -> None:
        """Put a site by in place of the older one; where that cannot be, remove it."""
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(OSError):  # such as a cache on another disk
            if not site.is_symlink():
                self._folder.parent.mkdir(parents=True, exist_ok=True)
                site.rename(self._folder)
                return
        shutil.rmtree(site, ignore_errors=True)
