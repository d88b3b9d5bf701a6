"""Outages as readers are told of them."""

from helpdesk.catalog.model import Catalog, Outage


def newest_first(catalog: Catalog) -> list[Outage]:
    """Return the outages, the newest first, ties in catalog order."""
    return sorted(catalog.outages.values(), key=lambda outage: outage.begins, reverse=True)


def moment(iso: str) -> str:
    """Return a moment of universal time as people read it."""
    return f"{iso[:10]} {iso[11:16]} UTC"
