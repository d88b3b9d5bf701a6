"""Rules across entries: one small generator for each, all run, all mistakes reported.

Inner rules look at what could be read. Outer rules say that something is missing, so they
run only where every file could be read, and know what broken entries state and name.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from helpdesk.diagnosis.model import NOT_SURE, SOMETHING_ELSE

from .errors import CatalogError, did_you_mean
from .model import Catalog, Cause, Likelihood, Party, Position
from .records import ANSWERS_AT_LEAST
from .renaming import ids_used_once

TAKEN = re.compile(r"index|con|prn|aux|nul|(?:com|lpt)\d")
"""Names of the list of causes, and of devices that Windows takes for files."""

PERSONAL = re.compile(
    r"\b(what(?: is|'s)|tell us|enter|type(?: in)?|give(?: us)?|write|which is)\s+(?:your|the)\s+"
    r"(?:\w+\s+){0,2}(?:number|code|name|password|pin|address)\b"
    r"|(?:输入|填写|告诉我们)[^，。？]{0,6}(?:验证码|手机号|号码|姓名|名字|密码)"
    r"|你的(?:验证码|手机号码?|姓名|名字|密码)是",
    re.IGNORECASE,
)
"""Questions that would have a person tell what nobody needs to know."""

Faults = Iterator[CatalogError]


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands in the files, broken entries included."""

    folder: Position
    """The place of what is missing in all files."""
    ids: Mapping[str, set[str]]
    """The ids of each section."""
    named: set[tuple[str, str]]
    """Every section and id that is referred to."""
    fields: set[tuple[str, str, str]]
    """Section, id and name of every field."""


def inner_faults(catalog: Catalog) -> Faults:
    """Yield the mistakes within what could be read."""
    for rule in INNER_RULES:
        yield from rule(catalog)


def outer_faults(catalog: Catalog, stated: Stated) -> Faults:
    """Yield what is missing or never used."""
    for rule in OUTER_RULES:
        yield from rule(catalog, stated)


def something_else(_: Catalog, stated: Stated) -> Faults:
    """There is always a cause for what the catalog does not name."""
    if SOMETHING_ELSE not in stated.ids["causes"]:
        message = f'The cause "{SOMETHING_ELSE}" is missing. Add it: no catalog names everything.'
        yield CatalogError(stated.folder, message)


def signs_of_something_else(catalog: Catalog) -> Faults:
    """What the catalog does not name cannot have signs."""
    cause = catalog.causes.get(SOMETHING_ELSE)
    for stated in cause.signs.values() if cause else ():
        for likelihood in stated.values():
            message = f'"{SOMETHING_ELSE}" has no signs of its own. Delete them.'
            yield CatalogError(likelihood.position, message)


def somebody_to_contact(catalog: Catalog, stated: Stated) -> Faults:
    """Every walk can end with somebody who helps."""
    intact = stated.ids["parties"] == set(catalog.parties)
    if intact and not any(party.contact for party in catalog.parties.values()):
        message = 'No party has a "contact". Say how to reach at least one of them.'
        yield CatalogError(stated.folder, message)


def answers(catalog: Catalog) -> Faults:
    """A question has at least two answers, none of them reserved."""
    for question in catalog.questions.values():
        if not question.fits and len(question.answers) < ANSWERS_AT_LEAST:
            message = f'"{question.id}" has fewer than two answers. Add the others.'
            yield CatalogError(question.position, message)
        for answer in question.answers.values():
            if answer.id == NOT_SURE:
                message = f'The answer "{NOT_SURE}" is added by itself. Delete it here.'
                yield CatalogError(answer.position, message)


def labels(catalog: Catalog) -> Faults:
    """The answers of a question can be told apart."""
    for question in catalog.questions.values():
        first: dict[str, str] = {}
        for answer in question.answers.values():
            other = first.setdefault(answer.label.casefold(), answer.id)
            if other != answer.id:
                message = f'"{answer.id}" and "{other}" have the same label. Say how they differ.'
                yield CatalogError(answer.position, message)


def names_of_pages(catalog: Catalog) -> Faults:
    """An id that becomes a page is a name that files can have everywhere."""
    entries: dict[str, Cause | Party] = {**catalog.causes, **catalog.parties}
    for name, entry in entries.items():
        if TAKEN.fullmatch(name):
            message = f'"{name}" cannot be the name of a page. Choose a longer id.'
            yield CatalogError(entry.position, message)


def known_answers(catalog: Catalog) -> Faults:
    """Signs, warnings and limits name answers that the question has."""
    for cause in catalog.causes.values():
        for question, stated in cause.signs.items():
            for name, likelihood in stated.items():
                yield from _unknown_answer(catalog, question, name, likelihood.position)
    for warning in catalog.warnings.values():
        for question, names in warning.when.items():
            for name in names:
                yield from _unknown_answer(catalog, question, name, warning.position)
    for limit in catalog.limits.values():
        for question, counts in limit.counts.items():
            for name in counts:
                yield from _unknown_answer(catalog, question, name, limit.position)


def answers_of_cases(catalog: Catalog) -> Faults:
    """Cases give answers that the question has, or are not sure."""
    codes = {code.answer for code in catalog.codes}
    for case in catalog.cases.values():
        for question, name in case.answers.items():
            asked = catalog.questions.get(question)
            fitting = asked is not None and asked.fits is not None and name in codes
            if name != NOT_SURE and not fitting:
                yield from _unknown_answer(catalog, question, name, case.position)


def _unknown_answer(catalog: Catalog, question: str, name: str, place: Position) -> Faults:
    known = catalog.questions[question].answers if question in catalog.questions else {name: None}
    if name not in known:
        hint = did_you_mean(name, known)
        yield CatalogError(place, f'"{question}" has no answer "{name}".{hint}')


def certain_rows(catalog: Catalog) -> Faults:
    """Where one answer is certain, no other can be likely; something must be left to happen."""
    for cause in catalog.causes.values():
        for question, stated in cause.signs.items():
            if question in catalog.questions:
                yield from _row_faults(stated, set(catalog.questions[question].answers))


def _row_faults(stated: Mapping[str, Likelihood], known: set[str]) -> Faults:
    values = [likelihood.value for likelihood in stated.values()]
    if not stated:
        return
    place = next(iter(stated.values())).position
    if 1.0 in values and math.fsum(values) > 1:
        yield CatalogError(place, "One answer is certain (1), so the others cannot be stated.")
    if set(stated) >= known and not any(values):
        yield CatalogError(place, "Every answer has 0 here; at least one must be possible.")


def referred_questions(catalog: Catalog, stated: Stated) -> Faults:
    """A question that nothing refers to can never change anything."""
    for question in catalog.questions.values():
        if not question.fits and ("questions", question.id) not in stated.named:
            message = f'Nothing refers to "{question.id}". Name it in the signs of a cause.'
            yield CatalogError(question.position, message)


def codes_to_ask_for(catalog: Catalog, _: Stated) -> Faults:
    """A question whose answers are codes needs a file with codes."""
    for question in catalog.questions.values():
        if question.fits and not catalog.codes:
            message = f'"{question.id}" asks for codes, but there is no codes.csv. Add it.'
            yield CatalogError(question.position, message)


def referred_fixes(catalog: Catalog, stated: Stated) -> Faults:
    """A fix that no cause names is never offered."""
    for fix in catalog.fixes.values():
        if ("fixes", fix.id) not in stated.named:
            message = f'No cause names the fix "{fix.id}". Add it to the fixes of a cause.'
            yield CatalogError(fix.position, message)


def mendable(catalog: Catalog, stated: Stated) -> Faults:
    """Every named cause leads to at least one fix."""
    for cause in catalog.causes.values():
        if ("causes", cause.id, "fixes") not in stated.fields and cause.id != SOMETHING_ELSE:
            message = f'"{cause.id}" has no fixes. Name at least one.'
            yield CatalogError(cause.position, message)


def asks_for_nothing_personal(catalog: Catalog) -> Faults:
    """No question wants a number, a code, a name or a password to be told."""
    for question in catalog.questions.values():
        if match := PERSONAL.search(question.ask):
            message = (
                f'Found "{match[0]}" in a question. Ask what can be answered by a choice; '
                "never for a number, a code, a name or a password."
            )
            yield CatalogError(question.position, message)


def known_choices(catalog: Catalog) -> Faults:
    """Instructions are for choices that their reader has."""
    for entry in catalog.instructions.values():
        reader = catalog.readers.get(entry.reader)
        known = reader.choices if reader else entry.choices
        for choice in entry.choices:
            if choice not in known:
                hint = did_you_mean(choice, known)
                message = f'"{entry.reader}" has no choice "{choice}".{hint}'
                yield CatalogError(entry.position, message)


def instructions_in_place(catalog: Catalog, stated: Stated) -> Faults:
    """An instruction stands beside a fix or a cause."""
    for entry in catalog.instructions.values():
        if not {("instructions", entry.id, f) for f in ("fixes", "causes")} & stated.fields:
            message = f'"{entry.id}" is shown nowhere. Name the fixes or causes it belongs to.'
            yield CatalogError(entry.position, message)


INNER_RULES: tuple[Callable[[Catalog], Faults], ...] = (
    signs_of_something_else,
    answers,
    labels,
    names_of_pages,
    known_answers,
    answers_of_cases,
    certain_rows,
    asks_for_nothing_personal,
    known_choices,
    ids_used_once,
)
OUTER_RULES: tuple[Callable[[Catalog, Stated], Faults], ...] = (
    something_else,
    somebody_to_contact,
    referred_questions,
    codes_to_ask_for,
    referred_fixes,
    mendable,
    instructions_in_place,
)
