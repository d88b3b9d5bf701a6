"""The words the wizard shows: the catalog's own and the fixed ones, as data, by language."""

from collections.abc import Mapping
from typing import Any

from helpdesk.articles import wording
from helpdesk.articles.durations import time_needed
from helpdesk.articles.instructions import Group, beside_fix, pattern
from helpdesk.articles.markup import Node, nodes, page_address
from helpdesk.catalog import Catalog
from helpdesk.catalog.model import Fact, Fix

from .plain_path import FOLDER

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
UI = "wizard."
IN_PAGES = tuple(
    f"{UI}{part}" for part in ("plain.", "loading", "offer", "error", "simple", "time", "person.")
)
"""Words that stand in the page and are not said by a script."""


def texts(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """Return the texts of a catalog by language. Addresses are relative to the site's root."""
    return {each.language: _texts(each) for each in (catalog, *catalog.translations.values())}


def _texts(catalog: Catalog) -> dict[str, Any]:
    words = wording.of(catalog)
    return {
        "language": catalog.language,
        "dir": direction(catalog.language),
        "ui": {
            key: word
            for key, word in words.items()
            if key.startswith(UI) and not key.startswith(IN_PAGES)
        },
        "plain": catalog.prefix + FOLDER,
        "problem": {"title": catalog.introduction.title},
        "wizard": address(catalog, "wizard/index.md"),
        "service": {"email": catalog.service.email, "ticket": catalog.service.ticket_url},
        "questions": _questions(catalog),
        "fixes": _fixes(catalog, words),
        "article": address(catalog, "causes/ID.md").replace("ID", "{id}"),
        "causes": {cause.id: {"title": cause.title} for cause in catalog.causes.values()},
        "parties": _parties(catalog),
        "context": {fact.id: _fact(catalog, fact) for fact in catalog.context.values()},
        "warnings": _warnings(catalog),
    }


def direction(language: str) -> str:
    """Return which way a language is written."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def address(catalog: Catalog, uri: str) -> str:
    """Return the address of a page in the catalog's language, below the site's root."""
    return catalog.prefix + page_address(uri)


def about(fix: Fix, words: Mapping[str, str]) -> str:
    """Return about how long a fix takes, in words."""
    return words[f"{UI}time"].format(time=time_needed(fix, words))


def _questions(catalog: Catalog) -> dict[str, Any]:
    return {
        question.id: {
            "title": question.ask,
            "help": nodes(question.help, catalog.prefix),
            "answers": {answer.id: answer.label for answer in question.answers.values()},
        }
        for question in catalog.questions.values()
    }


def _fixes(catalog: Catalog, words: Mapping[str, str]) -> dict[str, Any]:
    offered = catalog.problem.fix_positions
    return {
        fix.id: {
            "title": fix.title,
            "steps": nodes(fix.steps, catalog.prefix),
            "worked": nodes(fix.worked, catalog.prefix),
            "time": about(fix, words),
            "instructions": [
                _instructions(catalog, group, words) for group in beside_fix(catalog, fix.id)
            ],
        }
        for fix in catalog.fixes.values()
        if fix.id in offered
    }


def _instructions(catalog: Catalog, group: Group, words: Mapping[str, str]) -> list[Node]:
    """Return a choice and what is shown for each, in the same order."""
    options = [["option", value, label] for value, label in group.options]
    first = ["option", group.reader.id, words["instructions.choose"]]
    checked = words["instructions.checked"]
    folded: list[Node] = []
    for choice, entries in group.choices:
        parts: list[Node] = [["summary", choice.label]]
        for entry in entries:
            parts += nodes(entry.text, catalog.prefix)
            parts.append(["p", ["em", checked.format(date=entry.checked)]])
        folded.append(["details", *parts])
    return [["label", f"{group.reader.title} ", ["select", first, *options]], *folded]


def _parties(catalog: Catalog) -> dict[str, Any]:
    return {
        party.id: {
            "staff": party.staff,
            "title": party.title,
            "short": party.short,
            "contact": nodes(party.contact, catalog.prefix),
            "url": address(catalog, f"parties/{party.id}.md"),
        }
        for party in catalog.parties.values()
    }


def _fact(catalog: Catalog, fact: Fact) -> dict[str, Any]:
    """Return how a fact becomes an answer, the highest number first, words in small letters."""
    begins = sorted(fact.begins.items(), key=lambda pair: -pair[1])
    words = {word.casefold(): answer for answer, all_ in fact.words.items() for word in all_}
    reader = catalog.readers.get(fact.reader)
    choices = {choice.id: pattern(choice) for choice in reader.choices.values()} if reader else {}
    return {
        "label": fact.label,
        "question": fact.question,
        "begins": begins,
        "words": words,
        "asIs": fact.as_is,
        "reader": fact.reader,
        "choices": choices,
        "fixes": list(fact.fixes),
    }


def _warnings(catalog: Catalog) -> dict[str, Any]:
    return {
        warning.id: {
            "title": warning.title,
            "text": nodes(warning.text, catalog.prefix),
            "when": {question: list(answers) for question, answers in warning.when.items()},
        }
        for warning in catalog.warnings.values()
    }
