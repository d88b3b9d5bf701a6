"""From the catalog to pages of Markdown, whatever engine will build them."""

from .codes import INDEX as CODES
from .pages import ByHand, Made, Page, one_by_one, pages
from .privacy import with_reports
from .references import expand

__all__ = ["CODES", "ByHand", "Made", "Page", "expand", "one_by_one", "pages", "with_reports"]
