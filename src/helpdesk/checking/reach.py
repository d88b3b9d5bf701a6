"""What the wizard can never get to, whatever somebody answers; or was not seen to get to.

A cause is in reach if there are answers after which it is the likeliest named one. Such
answers, once found, prove it. That there are none is proved where another cause is at least
as likely after every answer there is. In between nothing is proved, and the message says so.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpdesk.catalog.model import Catalog
from helpdesk.diagnosis.model import SOMETHING_ELSE, Problem
from helpdesk.diagnosis.turns import RECIPIENT

from .findings import NOTE, WARNING, Finding
from .rows import signature

CHANGES_AT_MOST = 20
"""Answers that the search changes, one at a time, before it gives up."""

TOLERANCE = 1e-9

Answers = Mapping[int, int]
"""Question to answer, by position."""


def fixes_never_worth_it(catalog: Catalog) -> Iterator[Finding]:
    """Yield the fixes that take longer than they can save, even where the cause is known. Exact.

    That may well be meant so: such a fix stands in articles, for who has the time.
    """
    problem = catalog.problem
    doers = (RECIPIENT, *problem.staff)
    for position, fix in enumerate(problem.fixes):
        surely = max(fix.mends.values(), default=0.0)
        cost, saved = problem.costs[position], surely * problem.hand_off_minutes
        if fix.by in doers and fix.mends and cost >= saved:
            message = (
                f'"{fix.id}" is never proposed: it costs {cost:g} minutes, and at best saves '
                f"{saved:g} of the {problem.hand_off_minutes:g} that handing over costs. "
                "It stands in articles only. For more, say fewer minutes or a surer word."
            )
            yield Finding(catalog.fixes[fix.id].position, NOTE, "fix-never-proposed", message)


def causes_without_help(catalog: Catalog) -> Iterator[Finding]:
    """Yield the named causes for which nothing is proposed and nobody takes over. Exact."""
    problem = catalog.problem
    doers = (RECIPIENT, *problem.staff)
    helped = {
        cause
        for position, fix in enumerate(problem.fixes)
        for cause, surely in fix.mends.items()
        if fix.by in doers and problem.costs[position] < surely * problem.hand_off_minutes
    }
    for position, cause in enumerate(problem.causes):
        to_contact = set(cause.mended_by) & set(problem.hand_off_to)
        if position not in helped and not to_contact and cause.id != SOMETHING_ELSE:
            menders = ", ".join(cause.mended_by)
            message = (
                f'Nobody with "{cause.id}" is helped: none of its fixes is worth its time, and '
                f"who can mend it ({menders}) cannot be contacted. "
                "Give it a quicker fix, or one of them a contact."
            )
            place = catalog.causes[cause.id].position
            yield Finding(place, WARNING, "cause-without-help", message)


def causes_out_of_reach(catalog: Catalog) -> Iterator[Finding]:
    """Yield the named causes that no answers make the likeliest."""
    search = _Search(catalog.problem)
    for position, cause in enumerate(catalog.problem.causes):
        # What no answer speaks for at all is said by `rows.causes_alike`.
        if cause.id == SOMETHING_ELSE or not search.told_by[position]:
            continue
        found = search.answers_for(position)
        # Of two that are alike, `rows.causes_alike` tells.
        if signature(catalog.problem, found.leader) == signature(catalog.problem, position):
            continue
        other = catalog.problem.causes[found.leader].id
        if search.always_behind(position, found.leader):
            level = WARNING
            told = f'Whatever people answer, "{other}" stays at least as likely as "{cause.id}".'
        else:
            level = NOTE
            told = (
                f'No answers were found that make "{cause.id}" the likeliest: '
                f'"{other}" stays ahead in all {found.tried} combinations that were tried.'
            )
        message = f"{told} Give it a sign that tells it apart, or make it more common."
        place = catalog.causes[cause.id].position
        yield Finding(place, level, "cause-out-of-reach", message)


@dataclass(frozen=True, slots=True)
class Found:
    """The best answers that were found for a cause."""

    answers: Answers
    leader: int
    """The likeliest named cause after them."""
    tried: int


class _Search:
    """Looks for the answers after which a cause is the likeliest. Works with logarithms."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.named = [i for i, c in enumerate(problem.causes) if c.id != SOMETHING_ELSE]
        self.told_by: list[list[int]] = [[] for _ in problem.causes]
        for position, asked in enumerate(problem.questions):
            for cause in asked.given:
                self.told_by[cause].append(position)
        self.prior = [_log(cause.weight) for cause in problem.causes]
        self.gains = [
            [{cause: _log(factor) for cause, factor in raised} for raised in answers]
            for answers in problem.factors
        ]

    def answers_for(self, cause: int) -> Found:
        """Return the answers that bring a cause furthest ahead, one change at a time."""
        answers = {question: self._best(question, cause) for question in self.told_by[cause]}
        leader = self._leader(self._weights(answers), cause)
        tried = 1
        while leader != cause and tried < CHANGES_AT_MOST:
            change = self._change(answers, cause, leader)
            if change is None:
                break
            answers = {**answers, change[0]: change[1]}
            leader = self._leader(self._weights(answers), cause)
            tried += 1
        return Found(answers, leader, tried)

    def always_behind(self, cause: int, other: int) -> bool:
        """Tell whether no answers at all bring a cause before another. Exact."""
        ahead = self.prior[cause] - self.prior[other]
        for question in {*self.told_by[cause], *self.told_by[other]}:
            ahead += max(0.0, *self._leads(question, cause, other))
        return ahead <= 0

    def _best(self, question: int, cause: int) -> int:
        gains = self.gains[question]
        return max(range(len(gains)), key=lambda answer: gains[answer].get(cause, 0.0))

    def _leads(self, question: int, cause: int, other: int) -> list[float]:
        """Return by what each answer brings a cause before another."""
        gains = self.gains[question]
        return [gain.get(cause, 0.0) - gain.get(other, 0.0) for gain in gains]

    def _weights(self, answers: Answers) -> list[float]:
        weights = self.prior.copy()
        for question, answer in answers.items():
            for cause, gain in self.gains[question][answer].items():
                weights[cause] += gain
        return weights

    def _leader(self, weights: list[float], cause: int) -> int:
        """Return the likeliest named cause, the given one where it is as likely."""
        most = max(map(weights.__getitem__, self.named))
        if weights[cause] >= most - TOLERANCE:
            return cause
        return next(other for other in self.named if weights[other] == most)

    def _change(self, answers: Answers, cause: int, other: int) -> tuple[int, int] | None:
        """Return the answer that helps a cause most against the one that leads."""
        best, gained = None, TOLERANCE
        for question in {*self.told_by[cause], *self.told_by[other]}:
            leads = self._leads(question, cause, other)
            now = leads[answers[question]] if question in answers else 0.0
            answer = max(range(len(leads)), key=leads.__getitem__)
            if leads[answer] - now > gained:
                best, gained = (question, answer), leads[answer] - now
        return best


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -1e6


__all__ = ["causes_out_of_reach", "causes_without_help", "fixes_never_worth_it"]
