"""From the catalog to pages of Markdown, whatever engine will build them."""

from .pages import Page, pages

__all__ = ["Page", "pages"]
