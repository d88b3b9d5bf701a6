"""A build takes the place of the published site in one step, or not at all."""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler


def build_aside(config: MkDocsConfig) -> Path:
    """Let MkDocs write to a new folder; return the folder that is to be published."""
    published = Path(config.site_dir)
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
        aside = tempfile.mkdtemp(prefix=".site-", dir=published.parent)
    except OSError as error:
        place = os.path.relpath(published)
        raise PluginError(f"The site cannot be written beside {place}: {error.strerror}.") from None
    Path(aside).chmod(0o755)
    atexit.register(shutil.rmtree, aside, ignore_errors=True)
    config.site_dir = aside
    return published


def publish(config: MkDocsConfig, published: Path) -> bool:
    """Put the finished site in its place, unless strict mode is about to refuse it."""
    aside, config.site_dir = Path(config.site_dir), str(published)
    if config.strict and _warned():
        shutil.rmtree(aside)
        return False
    old = aside.with_name(f"{aside.name}-old")
    if published.exists():
        published.rename(old)
    aside.rename(published)
    shutil.rmtree(old, ignore_errors=True)
    return True


def _warned() -> bool:
    """Tell whether MkDocs has counted a warning in this build."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(h, CountHandler) and h.get_counts() for h in handlers)
