"""What reads a query before the theme's search looks for it."""

from .bundle import SEARCH_WORKER, WEB, shortened

FULL_INDEX = "full_index.json"
"""The search index, beside the file by that the theme's script looks for it on every page."""


def query_script() -> str:
    """Return the script that stands in front of the theme's search worker."""
    return f"{shortened(WEB / SEARCH_WORKER).decode()}\n"
