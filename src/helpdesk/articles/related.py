"""Which causes a reader of one article may mean instead: those with the same signs and fixes."""

from collections.abc import Mapping

from helpdesk.catalog.model import Catalog, Cause, Likelihood
from helpdesk.diagnosis.model import SOMETHING_ELSE

SHOWN_AT_MOST = 4


def related(catalog: Catalog, cause: Cause) -> list[Cause]:
    """Return the causes that share most with this one, the nearest first."""
    scores = {
        other.id: _shared(cause, other)
        for other in catalog.causes.values()
        if other.id not in {cause.id, SOMETHING_ELSE}
    }
    order = sorted((other for other in scores if scores[other]), key=lambda o: -scores[o])
    return [catalog.causes[other] for other in order[:SHOWN_AT_MOST]]


def _shared(one: Cause, other: Cause) -> float:
    score = _overlap(one.fixes, other.fixes)
    for question in one.signs.keys() & other.signs.keys():
        score += _overlap(one.signs[question], other.signs[question])
    return round(score, 6)


def _overlap(one: Mapping[str, Likelihood], other: Mapping[str, Likelihood]) -> float:
    return sum(min(one[key].value, other[key].value) for key in sorted(one.keys() & other.keys()))
