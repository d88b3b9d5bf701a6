"""From all texts of a catalog, in all its languages, to what people may say.

What an editor wrote as an example counts in full; titles, labels and the sentences of articles
stand in where there is none.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise

from helpdesk.diagnosis.model import SOMETHING_ELSE
from helpdesk.diagnosis.sayings import Saying, Words

from .model import Catalog
from .says import Says

TITLE, SENTENCE, LABEL = 0.8, 0.4, 0.35
"""How much a cause's title, a sentence of its article and an answer's label count."""

SENTENCE_END = re.compile(r"[.!?。！？](?:\s+|(?<=[。！？]))")
MARKUP = re.compile(r"\]\([^)]*\)|\{[^}]*\}|\*|_|`|\[|\]|#|>")
"""Sign by sign, as only then Python jumps to the next place where any of them stands."""


def index_words(catalog: Catalog, translations: Mapping[str, Catalog], says: Says) -> Words:
    """Return the sayings of a catalog and its translations."""
    sayings = [Saying((cause, ""), 1.0, phrases) for cause, phrases in says.causes.items()]
    sayings += [Saying(answer, 1.0, phrases) for answer, phrases in says.answers.items()]
    for language in (catalog, *translations.values()):
        sayings += _of_causes(language)
        sayings += _of_answers(language)
    return Words(tuple(sayings), says.same, says.common, says.subject)


def _of_causes(catalog: Catalog) -> Iterator[Saying]:
    for cause in catalog.causes.values():
        if cause.id != SOMETHING_ELSE:
            told = (*islice(_sentences(cause.summary), 1), *_sentences(cause.tell))
            yield Saying((cause.id, ""), TITLE, (cause.title,))
            yield Saying((cause.id, ""), SENTENCE, told)


def _of_answers(catalog: Catalog) -> Iterator[Saying]:
    for question in catalog.questions.values():
        for answer in question.answers.values():
            yield Saying((question.id, answer.id), LABEL, (answer.label,))


def _sentences(markdown: str) -> Iterator[str]:
    bare = MARKUP.sub(" ", markdown)
    ends = (match.end() for match in SENTENCE_END.finditer(bare))
    for start, end in pairwise((0, *ends, len(bare))):
        if sentence := bare[start:end].strip():
            yield sentence
