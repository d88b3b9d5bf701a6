"""Python's look for garbage, less often while much is made that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (100_000, 20, 50)
"""To look through all of a catalog again and again takes a sixth of the time it is read in."""


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Look for garbage only now and then."""
    usual = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
