"""From the catalog to pages of Markdown, whatever engine will build them."""

from .codes import INDEX as CODES
from .pages import ByHand, Made, Page, pages
from .privacy import with_reports
from .references import expand

__all__ = ["CODES", "ByHand", "Made", "Page", "expand", "pages", "with_reports"]
