"""All rules, one after the other."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from helpdesk.catalog import Catalog
from helpdesk.simulation.guided import Turns

from .asking import questions_never_asked
from .cases import cases_that_fail
from .findings import Finding
from .handwritten import risky_pages, site_of, written_pages
from .helping import causes_without_help, typical_people_not_helped
from .impossible import nothing_possible
from .links import Site, dead_links, dead_references
from .reach import causes_out_of_reach, fixes_never_worth_it
from .rows import causes_alike, question_tells_nothing, words_that_contradict, words_without_effect
from .upkeep import reviews, translations

Rule = tuple[str, Callable[[], Iterable[Finding]]]
"""What it looks at, for who waits, and what finds it."""


def rules(catalog: Catalog, folder: Path, today: date) -> list[Rule]:
    """Return every rule there is for a catalog and the site around its folder."""
    turns = Turns(catalog.problem)
    own: list[Rule] = [
        ("words", lambda: words_without_effect(catalog)),
        ("words", lambda: words_that_contradict(catalog)),
        ("answers", lambda: causes_alike(catalog)),
        ("answers", lambda: question_tells_nothing(catalog)),
        ("answers", lambda: nothing_possible(catalog)),
        ("fixes", lambda: fixes_never_worth_it(catalog)),
        ("causes", lambda: causes_without_help(catalog)),
        ("causes", lambda: causes_out_of_reach(catalog)),
        ("walks", lambda: typical_people_not_helped(catalog, turns)),
        ("cases", lambda: cases_that_fail(catalog, turns)),
        ("questions", lambda: questions_never_asked(catalog, turns)),
        ("translations", lambda: translations(catalog)),
        ("reviews", lambda: reviews(catalog, today)),
    ]
    docs = site_of(folder)
    if docs is None:
        return own
    site = Site(catalog, docs, written_pages(docs, folder))
    return [
        *own,
        ("pages", lambda: risky_pages(site.written)),
        ("links", lambda: dead_links(site)),
        ("links", lambda: dead_references(site)),
    ]
