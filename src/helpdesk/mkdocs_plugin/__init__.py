"""The MkDocs plugin. The only package that imports MkDocs."""

from .plugin import HelpdeskPlugin

__all__ = ["HelpdeskPlugin"]
