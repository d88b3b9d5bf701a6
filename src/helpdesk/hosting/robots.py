"""What programs that read sites are told."""

from .addresses import absolute, root_path


def robots(address: str) -> str:
    """Return `robots.txt`: all may be read, and where everything is listed.

    Programs look for it at the root of a host only; below a path it does no harm.
    """
    sitemap = absolute(address, "sitemap.xml")
    return f"User-agent: *\nAllow: {root_path(address)}\n\nSitemap: {sitemap}\n"
