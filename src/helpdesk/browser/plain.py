"""The wizard without a script: its first step as HTML, and where each answer leads.

This is what `<helpdesk-wizard>` holds in every page. It is useful as it is; where scripts run,
the element makes a wizard of it, and where something fails, this is what remains.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import jinja2

from helpdesk.articles import wording
from helpdesk.articles.markup import nodes
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import NOT_SURE, USER, Problem, next_turn
from helpdesk.diagnosis.wire import problem_from_json, problem_to_json

from .runtime_files import Runtime
from .texts import UI, about, address, direction

FIXES_AT_MOST = 5
STEPS_AT_MOST = 1000
FAILED = "failed"

Entry = Mapping[str, str]
Answers = tuple[tuple[str, str], ...]
"""Questions and fixes, each with its answer or outcome."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A fix worth trying, and the causes it would mend."""

    fix: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do one after the other, and whom to ask when none of it helps."""

    fixes: tuple[Advice, ...]
    party: str
    """Empty where the way does not end at a person."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the engine says before anybody has asked it."""

    first: Mapping[str, str]
    """The first step."""
    why: tuple[str, ...]
    """The causes the first step is about."""
    plans: Mapping[str, Plan]
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
    base = f"{base.rstrip('/')}/" if base else ""
    words = wording.of(catalog)
    typed = frozenset(question.id for question in catalog.questions.values() if question.fits)
    outlook = _outlook(problem_to_json(catalog.problem), audience, typed, answers)
    question = catalog.questions.get(outlook.first.get("question", ""))
    labels = {answer.id: answer.label for answer in question.answers.values()} if question else {}
    return (
        environment()
        .get_template("wizard.html.jinja")
        .render(
            catalog=catalog,
            audience=audience,
            answers=urlencode(answers),
            direction=direction(catalog.language),
            outlook=outlook,
            question=question,
            fix=catalog.fixes.get(outlook.first.get("fix", "")),
            party=catalog.parties.get(outlook.first.get("party", "")),
            person=next((party for party in catalog.parties.values() if party.contact), None),
            labels={
                NOT_SURE: words[f"{UI}not-sure"],
                FAILED: words[f"{UI}choose.failed"],
                **labels,
            },
            nodes=lambda text: nodes(text, base + catalog.prefix),
            words={key.removeprefix(UI): word for key, word in words.items() if key.startswith(UI)},
            link=lambda uri: base + address(catalog, uri),
            time=lambda fix: about(catalog.fixes[fix], words),
            megabytes=round(sum(file.size for file in built.files) / 1e6) if built else 0,
        )
    )


@lru_cache(maxsize=16)
def _outlook(problem_json: str, audience: str, typed: frozenset[str], answers: Answers) -> Outlook:
    """Ask the engine where the first step leads; the same for every page of a catalog.

    The answers of some questions are typed, and too many to be shown.
    """
    problem = problem_from_json(problem_json)
    known = [_entry(problem, *pair) for pair in answers]
    turn = next_turn(problem, known, audience)
    step = turn["step"]
    outcomes: list[Entry] = []
    if "question" in step:
        question = problem.questions[problem.question_positions[step["question"]]]
        shown = () if question.id in typed else question.answers
        choices = (*shown, NOT_SURE)
        outcomes = [{"question": question.id, "answer": choice} for choice in choices]
    elif "fix" in step:
        outcomes = [{"fix": step["fix"], "outcome": FAILED}]
    return Outlook(
        first=step,
        why=tuple(turn["why"]["causes"]),
        plans={
            [*given.values()][1]: _plan(problem, [*known, given], audience) for given in outcomes
        },
        causes=_most_promising(problem, known, audience),
    )


def _entry(problem: Problem, name: str, value: str) -> Entry:
    """Return evidence; whether its name is a question or a fix, the problem tells."""
    if name in problem.fix_positions:
        return {"fix": name, "outcome": value}
    return {"question": name, "answer": value}


def _plan(problem: Problem, given: Sequence[Entry], audience: str) -> Plan:
    turns = list(_path(problem, given, audience))
    fixes = [
        Advice(turn["step"]["fix"], tuple(turn["why"]["causes"]))
        for turn in turns
        if "fix" in turn["step"]
    ]
    return Plan(tuple(fixes[:FIXES_AT_MOST]), turns[-1]["step"].get("party", ""))


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
    return jinja2.Environment(
        loader=jinja2.PackageLoader("helpdesk.browser"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
