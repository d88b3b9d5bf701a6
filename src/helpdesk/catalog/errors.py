"""What is wrong with a catalog: all of it at once, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from .model import Position

LISTED_AT_MOST = 12


@dataclass(frozen=True, slots=True, order=True)
class CatalogError:
    """One mistake: what was found, what is expected, what to do."""

    position: Position
    message: str

    def __str__(self) -> str:
        return f"{self.position}: {self.message}"


class CatalogErrors(Exception):  # noqa: N818 - it is a list of errors
    """Everything that is wrong with a catalog, in the order of the files."""

    def __init__(self, errors: Iterable[CatalogError]) -> None:
        """Take the errors in any order."""
        self.errors = sorted(set(errors))
        super().__init__("\n".join(str(error) for error in self.errors))


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Return " Did you mean …?" for the nearest known word, or else what is known."""
    choices = list(known)
    near = get_close_matches(found, choices, n=1)
    if near:
        return f' Did you mean "{near[0]}"?'
    if 0 < len(choices) <= LISTED_AT_MOST:
        return f" Known: {', '.join(choices)}."
    return ""
