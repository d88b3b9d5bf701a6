"""Words by which a search finds an article though they do not stand in it.

They come from what editors wrote as examples of how people say it, from the catalog's synonyms,
and from the endings of English words. No reader sees them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from helpdesk.catalog import Catalog
from helpdesk.diagnosis.sayings import Words
from helpdesk.diagnosis.words import (
    HAN_RUN,
    LIGHT,
    LINKS,
    NEGATIONS,
    RUN,
    SMALL,
    han_pairs,
    stemmed,
)

from .codes import codes_of

ENDINGS = ("", "s", "ed", "ing")
LEAST_STEM = 4
"""Letters of a word from which on it gets endings; shorter ones become other words."""
EXAMPLE = 1.0
"""What an example counts among the sayings."""
PAIR = "_"
"""Between two words in a row."""
UNSAID = LIGHT | LINKS | SMALL | NEGATIONS
"""Words that say too little to be searched for."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words that find a page."""

    own: str
    """What people say about it."""
    near: str = ""
    """The same in other words and forms."""


def search_words(catalog: Catalog) -> dict[str, Found]:
    """Return the words of articles and of providers' codes, by the path of the page's source."""
    words = catalog.problem.words or Words(())
    groups, phrases = _groups(words), _phrases(words)
    chinese = catalog.language.startswith("zh")
    common = set(_words(words.common))
    near_to = cache(lambda word: tuple(_near(word, groups)))  # titles have many words in common
    found = {}
    for cause in catalog.causes.values():
        said = [p for p in phrases.get(cause.id, ()) if chinese or not HAN_RUN.search(p)]
        told = [word for word in _words(said) if not common.issuperset(word.split(PAIR))]
        own = dict.fromkeys((*_words((cause.title,)), *told))
        near = dict.fromkeys(word for one in own for word in near_to(one) if word not in own)
        found[f"causes/{cause.id}.md"] = Found(" ".join(own), " ".join(near))
    providers = {provider.page: Found(provider.name) for provider in codes_of(catalog).providers}
    return found | providers


def _phrases(words: Words) -> dict[str, list[str]]:
    """Return the examples of how people say it, by cause."""
    phrases: dict[str, list[str]] = {}
    for saying in words.sayings:
        cause, answer = saying.target
        if not answer and saying.counts == EXAMPLE:
            phrases.setdefault(cause, []).extend(saying.phrases)
    return phrases


def _groups(words: Words) -> Mapping[str, tuple[str, ...]]:
    """Return for the stem of each synonym all that mean the same."""
    return {stemmed(word.casefold()): group for group in words.same for word in group}


def _words(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words of texts that say something, and two in a row as one.

    Chinese becomes pairs of characters.
    """
    for text in texts:
        runs = [run for run in RUN.findall(text.casefold()) if run[0].isalnum()]
        for run in runs:
            if HAN_RUN.match(run):
                yield from han_pairs(run)
        spelled = [run for run in runs if not HAN_RUN.match(run) and run not in UNSAID]
        yield from spelled
        yield from map(PAIR.join, pairwise(spelled))


def _near(word: str, groups: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield other forms of a word, and what means the same."""
    stem = stemmed(word)
    yield from (other.casefold() for other in groups.get(stem, ()))
    if word.isascii() and word.isalpha() and len(stem) >= LEAST_STEM:
        yield from (stem + ending for ending in ENDINGS)
