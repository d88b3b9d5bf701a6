"""Where a site is: its address may have a path, and all of it stands below that."""

from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from helpdesk.articles.markup import page_address


@lru_cache(maxsize=64)  # each page asks for the same few
def absolute(address: str, path: str) -> str:
    """Return the whole address of a path below the site's root."""
    return urljoin(f"{address.rstrip('/')}/", path)


def root_path(address: str) -> str:
    """Return the path of the site's root on its host, such as `/` or `/help/`."""
    return f"{urlsplit(address).path.rstrip('/')}/"


__all__ = ["absolute", "page_address", "root_path"]
