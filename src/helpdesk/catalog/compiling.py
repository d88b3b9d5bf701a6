"""From the catalog to the numbers the engine thinks with."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from helpdesk.diagnosis import model as engine
from helpdesk.diagnosis.wire import problem_to_json

from .code_rows import code_question
from .model import Catalog, Likelihood, Question
from .scale import given_row, usual_row


def compile_problem(catalog: Catalog) -> engine.Problem:
    """Return the problem with the hash of its own content.

    Fixes that need a channel the service does not offer are left out.
    """
    causes = {name: position for position, name in enumerate(catalog.causes)}
    problem = engine.Problem(
        catalog="",
        hand_off_minutes=catalog.introduction.hand_off_minutes,
        waiting_weight=catalog.introduction.waiting_weight,
        hand_off_to=tuple(party.id for party in catalog.parties.values() if party.contact),
        causes=tuple(
            engine.Cause(cause.id, cause.prior.value, cause.happens, cause.mended_by)
            for cause in catalog.causes.values()
        ),
        questions=tuple(
            _question(catalog, question, causes) for question in catalog.questions.values()
        ),
        fixes=_fixes(catalog, causes),
        warnings=tuple(
            engine.Warning(warning.id, warning.when) for warning in catalog.warnings.values()
        ),
        limits=tuple(
            engine.Limit(limit.group, limit.at_most, limit.counts)
            for limit in catalog.limits.values()
        ),
        staff=tuple(party.id for party in catalog.parties.values() if party.staff),
    )
    digest = hashlib.sha256(problem_to_json(problem).encode()).hexdigest()
    return replace(problem, catalog=digest[:16])


def _question(catalog: Catalog, question: Question, causes: Mapping[str, int]) -> engine.Question:
    if question.fits:
        return code_question(question, question.fits.value, catalog.codes, causes)
    answers = tuple(question.answers)
    stated = {name: answer.usual for name, answer in question.answers.items()}
    usual = usual_row(_values(stated), answers)
    rows: dict[tuple[tuple[str, float], ...], tuple[float, ...]] = {}  # few, for many causes

    def given(signs: Mapping[str, Likelihood]) -> tuple[float, ...]:
        values = _values(signs)
        key = tuple(values.items())
        if key not in rows:
            rows[key] = given_row(values, usual, answers)
        return rows[key]

    return engine.Question(
        id=question.id,
        minutes=question.minutes,
        audience=question.audience,
        unsure=question.unsure.value,
        answers=answers,
        usual=usual,
        given={
            causes[cause.id]: given(cause.signs[question.id])
            for cause in catalog.causes.values()
            if question.id in cause.signs
        },
    )


def _values(stated: Mapping[str, Likelihood | None]) -> dict[str, float]:
    return {name: likelihood.value for name, likelihood in stated.items() if likelihood}


def _fixes(catalog: Catalog, causes: Mapping[str, int]) -> tuple[engine.Fix, ...]:
    mends: dict[str, dict[int, float]] = {fix: {} for fix in catalog.fixes}
    for cause in catalog.causes.values():
        for name, likelihood in cause.fixes.items():
            mends[name][causes[cause.id]] = likelihood.value
    return tuple(
        engine.Fix(
            id=fix.id,
            minutes=fix.minutes,
            waiting=fix.waiting,
            by=fix.by,
            group=fix.group,
            mends=mends[fix.id],
        )
        for fix in catalog.fixes.values()
        if not fix.needs or fix.needs in catalog.service.channels
    )
