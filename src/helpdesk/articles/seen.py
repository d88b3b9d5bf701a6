"""What the article of a cause shows, as text to take a digest of.

`cause.md.jinja` and what it includes take nothing else from the catalog.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from helpdesk.catalog.model import Catalog, Cause, Fix, Likelihood

from .kept import digest

OF_CATALOG = (
    *("language", "prefix", "introduction", "service"),
    *("parties", "sources", "readers", "instructions"),
)
"""Parts of the catalog that every article may show."""


def by_every_article(catalog: Catalog, words: Mapping[str, str], address: str) -> str:
    """Return what articles show besides what belongs to their causes."""
    return repr((*(getattr(catalog, name) for name in OF_CATALOG), words, address))


def by_fix(fix: Fix) -> str:
    """Return a digest of what articles show of a fix."""
    return digest(repr(_of_fix(fix)))


def by_one_article(context: Mapping[str, Any], by_fix: Mapping[str, str]) -> str:
    """Return what the article of a cause shows of it; of related causes, only their titles.

    `by_fix` are the digests of fixes by id, as most stand in several articles. Where something
    stands in its file is not shown, nor are the signs but those chosen to be.
    """
    cause = context["cause"]
    own = {
        "cause": (*_of_cause(cause), cause.prior.word),
        "signs": [(sign.question, sign.answer, sign.word) for sign in context["signs"]],
        "own_fixes": _fixes(context["own_fixes"], by_fix),
        "others_fixes": [(party.id, _fixes(f, by_fix)) for party, f in context["others_fixes"]],
        "related": [(cause.id, cause.title) for cause in context["related"]],
    }
    return repr({**context, **own})


APART = {"prior", "signs", "fixes", "position"}
"""Of a cause or fix: what an article shows in another way, or not at all."""
_of_cause = attrgetter(*(field.name for field in fields(Cause) if field.name not in APART))
_of_fix = attrgetter(*(field.name for field in fields(Fix) if field.name not in APART))


def _fixes(
    found: Iterable[tuple[Fix, Likelihood]], by_fix: Mapping[str, str]
) -> list[tuple[str, str]]:
    return [(by_fix[fix.id], likelihood.word) for fix, likelihood in found]
