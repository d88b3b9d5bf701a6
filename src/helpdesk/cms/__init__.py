"""Editing in a browser, without git: a configuration for Sveltia CMS, made from the catalog.

The CMS itself is a script from npm that the site serves; nothing comes from elsewhere.
"""

from .config import Backend, configuration
from .files import CmsError, write

__all__ = ["Backend", "CmsError", "configuration", "write"]
