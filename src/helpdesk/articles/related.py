"""Which causes a reader of one article may mean instead: those with the same signs and fixes."""

from collections import defaultdict
from collections.abc import Iterator

from helpdesk.catalog.model import Catalog, Cause
from helpdesk.diagnosis.model import SOMETHING_ELSE

from .kept import Kept, digest

SHOWN_AT_MOST = 4

SHARED_AT_MOST = 100
"""What more causes than this have in common tells nothing, and to compare them all takes long."""

_Mark = tuple[str, str]
"""A fix, or a question and its answer."""


def related(catalog: Catalog, kept: Kept | None) -> dict[str, list[str]]:
    """Return for each cause those that share most with it, the nearest first.

    That takes long, and editing words does not change it: so it is taken from `kept`.
    """
    if not kept:
        return _related(catalog)
    marks = {cause.id: list(_marks(cause)) for cause in catalog.causes.values()}
    key = digest("related", kept.code, repr(marks))
    found: dict[str, list[str]] = kept.once(key, lambda: _related(catalog))
    return found


def _related(catalog: Catalog) -> dict[str, list[str]]:
    sharing = _Sharing(catalog)
    return {cause.id: sharing.nearest(cause) for cause in catalog.causes.values()}


class _Sharing:
    """The causes of a catalog by what they have in common."""

    def __init__(self, catalog: Catalog) -> None:
        """Note for every sign and fix which causes have it, and how surely."""
        self._places = {cause: place for place, cause in enumerate(catalog.causes)}
        self._sharing: dict[_Mark, dict[str, float]] = {}
        for cause in catalog.causes.values():
            if cause.id != SOMETHING_ELSE:
                for mark, value in _marks(cause):
                    self._sharing.setdefault(mark, {})[cause.id] = value

    def nearest(self, cause: Cause) -> list[str]:
        """Return the causes that share most with this one, the nearest first."""
        scores: defaultdict[str, float] = defaultdict(float)
        for mark, value in _marks(cause):
            sharing = self._sharing.get(mark, {})
            if len(sharing) <= SHARED_AT_MOST:
                for other, theirs in sharing.items():
                    shared = value if value < theirs else theirs  # noqa: FURB136 - runs very often
                    scores[other] += shared
        scores.pop(cause.id, None)
        # Only what may be among the nearest is ranked exactly.
        least = max(sorted(scores.values())[-SHOWN_AT_MOST:][0] - 1e-6, 0.0) if scores else 0.0
        near = ((score, other) for other, score in scores.items() if score > least)
        ranked = sorted((-round(score, 6), self._places[other], other) for score, other in near)
        return [other for _, _, other in ranked[:SHOWN_AT_MOST]]


def _marks(cause: Cause) -> Iterator[tuple[_Mark, float]]:
    for fix, likelihood in cause.fixes.items():
        yield ("", fix), likelihood.value
    for question, stated in cause.signs.items():
        for answer, likelihood in stated.items():
            yield (question, answer), likelihood.value
