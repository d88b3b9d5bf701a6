"""What a page that embeds the wizard may know already, and which answers follow from it."""

from collections.abc import Iterator
from typing import Any

from .errors import CatalogError, did_you_mean
from .fields import Flag, Id, Number, Plain, Reference
from .model import Catalog, Fact
from .records import Field, ListOf, MapOf, Record

FACT = Record(
    {
        "label": Field(Plain(), "What it is, where it is shown.", required=True),
        "question": Field(
            Reference("questions", aside=True),
            "The question it answers, or stands beside.",
            default="",
        ),
        "from": Field(
            MapOf(Id(), Number()), "Answers, each with the number it begins at.", default={}
        ),
        "is": Field(
            MapOf(Id(), ListOf(Plain())), "Answers, each with the words that mean it.", default={}
        ),
        "as_is": Field(Flag(), "Whether it is one of the question's codes.", default=False),
        "reader": Field(
            Reference("readers", aside=True), "Whose instructions it chooses, by id.", default=""
        ),
        "fixes": Field(
            ListOf(Reference("fixes", aside=True)),
            "Fixes that wait until so many seconds have gone by.",
            default=(),
        ),
    },
    "Something a page may hand in, such as how often a code was asked for.",
)


def fact(values: dict[str, Any]) -> Fact:
    """Return a fact."""
    fields = {key: value for key, value in values.items() if key not in {"from", "is"}}
    return Fact(**fields, begins=values["from"], words=values["is"])


def context_faults(catalog: Catalog) -> Iterator[CatalogError]:
    """Yield what makes no sense in the context section."""
    for known in catalog.context.values():
        question = catalog.questions.get(known.question)
        for name in (*known.begins, *known.words):
            if question and name not in question.answers:
                hint = did_you_mean(name, question.answers)
                message = f'"{question.id}" has no answer "{name}".{hint}'
                yield CatalogError(known.position, message)
        ways = [way for way in (known.begins, known.words, known.as_is) if way]
        if ways and (len(ways) > 1 or not known.question):
            message = 'Give a "question", and one of "from", "is" and "as_is".'
            yield CatalogError(known.position, message)
        if len(set(known.begins.values())) < len(known.begins):
            yield CatalogError(known.position, "Two answers begin at the same number.")
        if not (known.question or known.reader or known.fixes):
            message = f'"{known.id}" is of no use. Give a "question", a "reader" or "fixes".'
            yield CatalogError(known.position, message)
        if known.id in catalog.questions or known.id in catalog.fixes:
            message = f'"{known.id}" is a question or a fix too. Rename one of them.'
            yield CatalogError(known.position, message)
        yield from _word_faults(known)


def _word_faults(known: Fact) -> Iterator[CatalogError]:
    words = [word.casefold() for meant in known.words.values() for word in meant]
    for word in sorted({word for word in words if words.count(word) > 1}):
        yield CatalogError(known.position, f'"{word}" means two answers. Keep one of them.')
