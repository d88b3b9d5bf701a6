"""From the catalog to pages of Markdown, whatever engine will build them."""

from .pages import ByHand, Page, pages

__all__ = ["ByHand", "Page", "pages"]
