"""How large a page may be: somebody waits for it with one bar of signal."""

from collections.abc import Iterator

from .fault import Fault
from .pages import PageFacts

BYTES = 100_000
PACKED = 24_000
"""After gzip: a second and a half at 128 kbit/s."""


def over_budget(page: PageFacts) -> Iterator[Fault]:
    """Yield the budgets that a page exceeds."""
    for size, most, unit in ((page.size, BYTES, "bytes"), (page.packed, PACKED, "bytes packed")):
        if size > most:
            yield Fault(page.name, f"The page has {size} {unit}; expected at most {most}.")
