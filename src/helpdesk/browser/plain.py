"""The wizard without a script: its first step as HTML, and where each answer leads.

This is what `<helpdesk-wizard>` holds in every page. It is useful as it is; where scripts run,
the element makes a wizard of it, and where something fails, this is what remains.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import jinja2

from helpdesk.articles import wording
from helpdesk.articles.kept import CompiledTemplates, digest
from helpdesk.articles.markup import KEPT, nodes
from helpdesk.catalog import Catalog
from helpdesk.catalog.model import Question
from helpdesk.diagnosis import NOT_SURE, USER, Problem, next_turn
from helpdesk.diagnosis.evidence import FAILED

from .plain_path import FOLDER, OUTCOMES, START, Advice, Left, left_to_try, page_name
from .runtime_files import Runtime
from .strategy import entries
from .texts import UI, about, address, direction

STEPS_AT_MOST = 1000

ROOT = "{way-to-the-root}/"
"""Stands for a page's way to the site's root where HTML is made for several pages at once."""

Entry = Mapping[str, str]
Answers = tuple[tuple[str, str], ...]
"""Questions and fixes, each with its answer or outcome."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the engine says before anybody has asked it."""

    first: Mapping[str, str]
    """The first step."""
    why: tuple[str, ...]
    """The causes the first step is about."""
    plans: Mapping[str, Left]
    """By what came of the first step, what to do then."""
    causes: tuple[str, ...]
    """Every cause, the most promising first."""


def plain_html(
    catalog: Catalog,
    base: str,
    audience: str = USER,
    built: Runtime | None = None,
    answers: Answers = (),
) -> str:
    """Return `<helpdesk-wizard>` for a page; `base` is its way to the site's root, as `..`.

    `answers` are known before anybody is asked.
    """
    megabytes = round(sum(file.size for file in built.files) / 1e6) if built else 0
    html = _html(_Same(catalog), audience, megabytes, answers)
    return html.replace(ROOT, _folder(base))


class _Same:
    """A catalog, which is the same while it is the same object: nothing changes one."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.catalog is other.catalog

    def __hash__(self) -> int:
        return id(self.catalog)


@lru_cache(maxsize=1)
def _html(same: _Same, audience: str, megabytes: int, answers: Answers) -> str:
    """Return what differs from page to page only in its way to the site's root."""
    catalog = same.catalog
    typed = frozenset(question.id for question in catalog.questions.values() if question.fits)
    outlook = _outlook(_Asked(catalog.problem.catalog, catalog.problem), audience, typed, answers)
    shared = context(catalog, ROOT)
    question = catalog.questions.get(outlook.first.get("question", ""))
    fix = catalog.fixes.get(outlook.first.get("fix", ""))
    folder = f"{shared['base']}{catalog.prefix}{FOLDER}"
    begins = (question or fix) if audience == USER and not answers else None
    pages = {
        value: f"{folder}{page_name([(begins.id, value)])}.html"
        for value in outlook.plans
        if begins
    }
    return (
        environment()
        .get_template("wizard.html.jinja")
        .render(
            **shared,
            audience=audience,
            answers=urlencode(answers),
            outlook=outlook,
            causes=_listed(catalog, outlook.causes, shared),
            pages=pages,
            start=f"{folder}{START}.html",
            question=question,
            fix=fix,
            party=catalog.parties.get(outlook.first.get("party", "")),
            warning=catalog.warnings.get(outlook.first.get("warning", "")),
            person=next((party for party in catalog.parties.values() if party.contact), None),
            labels=labels(catalog, question),
            megabytes=megabytes,
        )
    )


def _listed(
    catalog: Catalog, causes: Sequence[str], shared: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield address, title and time of each cause, as a template takes long to do the same."""
    for name in causes:
        fix = next(iter(catalog.causes[name].fixes), None)
        title = catalog.causes[name].title
        yield shared["link"](f"causes/{name}.md"), title, shared["time"](fix) if fix else ""


def context(catalog: Catalog, base: str) -> dict[str, Any]:
    """Return what every template needs; `base` is the way to the site's root."""
    base = _folder(base)
    words = wording.of(catalog)
    return {
        "catalog": catalog,
        "base": base,
        "direction": direction(catalog.language),
        "nodes": lambda text: nodes(text, base + catalog.prefix),
        "words": {key.removeprefix(UI): word for key, word in words.items() if key.startswith(UI)},
        "link": lambda uri: base + address(catalog, uri),
        "time": lambda fix: about(catalog.fixes[fix], words),
    }


def _folder(base: str) -> str:
    return f"{base.rstrip('/')}/" if base else ""


def labels(catalog: Catalog, question: Question | None) -> dict[str, str]:
    """Return what stands on the answers of a question, or on the outcomes of a fix."""
    words = wording.of(catalog)
    own = {answer.id: answer.label for answer in question.answers.values()} if question else {}
    outcomes = {value: words[f"{UI}choose.{value}"] for value in OUTCOMES}
    return {NOT_SURE: words[f"{UI}not-sure"], **outcomes, **own}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A problem, known by the hash of its content."""

    digest: str
    problem: Problem = field(compare=False)


@lru_cache(maxsize=16)
def _outlook(asked: _Asked, audience: str, typed: frozenset[str], answers: Answers) -> Outlook:
    """Return where the first step leads, as it was kept from an earlier build or anew.

    The answers of some questions are typed, and too many to be shown.
    """
    kept = KEPT.get()
    if not kept:
        return _new_outlook(asked.problem, audience, typed, answers)
    parts = (kept.code, asked.digest, audience, json.dumps([sorted(typed), answers]))
    found = kept.once(
        digest("outlook", *parts),
        lambda: asdict(_new_outlook(asked.problem, audience, typed, answers)),
    )
    plans = {
        value: Left(
            tuple(Advice(each["fix"], tuple(each["causes"])) for each in left["fixes"]),
            left["party"],
            left["warning"],
        )
        for value, left in found["plans"].items()
    }
    return Outlook(found["first"], tuple(found["why"]), plans, tuple(found["causes"]))


def _new_outlook(
    problem: Problem, audience: str, typed: frozenset[str], answers: Answers
) -> Outlook:
    """Ask the engine where the first step leads; the same for every page of a catalog."""
    known = entries(problem, answers)
    turn = next_turn(problem, known, audience)
    step = turn["step"]
    subject, values = "", tuple[str, ...]()
    if "question" in step:
        subject = step["question"]
        shown = (
            ()
            if subject in typed
            else problem.questions[problem.question_positions[subject]].answers
        )
        values = (*shown, NOT_SURE)
    elif "fix" in step:
        subject, values = step["fix"], (FAILED,)
    return Outlook(
        first=step,
        why=tuple(turn["why"]["causes"]),
        plans={
            value: left_to_try(problem, [*answers, (subject, value)], audience) for value in values
        },
        causes=_most_promising(problem, known, audience),
    )


def _most_promising(problem: Problem, known: Sequence[Entry], audience: str) -> tuple[str, ...]:
    """Return the causes in the order in which somebody who knows no more would mend them."""
    turns = list(_path(problem, known, audience))
    tried = [cause for turn in turns if "fix" in turn["step"] for cause in turn["why"]["causes"]]
    left = [entry["cause"] for entry in turns[-1]["causes"]]
    return tuple(dict.fromkeys([*tried, *left]))


def _path(problem: Problem, given: Sequence[Entry], audience: str) -> Iterator[dict[str, Any]]:
    """Yield the turns of somebody who is never sure and whom nothing helps."""
    evidence = list(given)
    for _ in range(STEPS_AT_MOST):
        turn = next_turn(problem, evidence, audience)
        yield turn
        step = turn["step"]
        if step["kind"] == "ask":
            evidence.append({"question": step["question"], "answer": NOT_SURE})
        elif step["kind"] == "try":
            evidence.append({"fix": step["fix"], "outcome": FAILED})
        else:
            return


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return what renders the templates of this package."""
    kept = KEPT.get()
    return jinja2.Environment(
        loader=jinja2.PackageLoader("helpdesk.browser"),
        bytecode_cache=CompiledTemplates(kept) if kept else None,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
