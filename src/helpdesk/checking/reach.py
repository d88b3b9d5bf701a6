"""What the wizard can never get to, whatever somebody answers; or was not seen to get to.

A cause is in reach if there are answers after which it is the likeliest named one. Such
answers, once found, prove it. That there are none is proved where another cause is at least
as likely after every answer there is, or where every branch of the search was followed. In
between, in large catalogs, nothing is proved, and the message says so.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from helpdesk.catalog.model import Catalog
from helpdesk.diagnosis.model import SOMETHING_ELSE, Problem
from helpdesk.diagnosis.turns import RECIPIENT

from .findings import NOTE, WARNING, Finding
from .rows import signature

TRIED_AT_LEAST, WORK = 20, 20_000
"""Combinations of answers that the search tries for a cause before it gives up: so many of
them, or so many likelihoods if that is more."""

TOLERANCE = 1e-9

Answers = tuple[int, ...]
"""For each question its answer, by position; the one after the last is none."""


def fixes_never_worth_it(catalog: Catalog) -> Iterator[Finding]:
    """Yield the fixes that take longer than they can save, even where the cause is known. Exact.

    That may well be meant so: such a fix stands in articles, for who has the time.
    """
    problem = catalog.problem
    for position, saved in never_worth_it(problem):
        fix = catalog.fixes[problem.fixes[position].id]
        message = (
            f'"{fix.id}" is never proposed: it costs {problem.costs[position]:g} minutes, and at '
            f"best saves {saved:g} of the {problem.hand_off_minutes:g} that handing over costs. "
            "It stands in articles only. For more, say fewer minutes or a surer word."
        )
        yield Finding(fix.position, NOTE, "fix-never-proposed", message)


def never_worth_it(problem: Problem) -> Iterator[tuple[int, float]]:
    """Yield the fixes that are never proposed, with the minutes that each saves at best."""
    doers = (RECIPIENT, *problem.staff)
    for position, fix in enumerate(problem.fixes):
        saved = max(fix.mends.values(), default=0.0) * problem.hand_off_minutes
        if fix.by in doers and fix.mends and problem.costs[position] >= saved:
            yield position, saved


def causes_out_of_reach(catalog: Catalog) -> Iterator[Finding]:
    """Yield the named causes that no answers make the likeliest."""
    problem = catalog.problem
    for found in out_of_reach(problem):
        # Of two that are alike, `rows.causes_alike` tells.
        if signature(problem, found.leader) == signature(problem, found.cause):
            continue
        cause, other = problem.causes[found.cause], problem.causes[found.leader].id
        if found.proved:
            level = WARNING
            told = f'Whatever people answer, "{cause.id}" never is the likeliest: "{other}" is.'
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
    """A cause that is not the likeliest, whatever was tried."""

    cause: int
    leader: int
    """The likeliest named cause after the best answers that were found."""
    tried: int
    """How many combinations of answers were."""
    proved: bool
    """Whether the leader is at least as likely after every combination there is."""


def out_of_reach(problem: Problem) -> Iterator[Found]:
    """Yield the named causes with signs that no answers were found to make the likeliest."""
    search = _Search(problem)
    for cause in search.named:
        if search.told_by[cause] and (found := search.ahead_of(cause)):
            yield found


class _Search:
    """Looks for answers after which a cause is the likeliest. Works with logarithms.

    It starts from the answers that speak most for the cause. Where another one leads, some
    answer has to be another one, or none, so that the lead shrinks: each such change is a
    branch, the most promising first. Whoever follows all of them misses nothing, so that
    having come to the end of all branches is a proof.
    """

    def __init__(self, problem: Problem) -> None:
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
        # The last of the answers to a question is that it has none.
        for gains in self.gains:
            gains.append({})
        self.most = max(TRIED_AT_LEAST, WORK // max(1, len(problem.causes)))

    def ahead_of(self, cause: int) -> Found | None:
        """Return who stays ahead of a cause; None where there are answers that make it lead."""
        start = tuple(self._best(question, cause) for question in range(len(self.gains)))
        waiting: list[tuple[float, Answers]] = [(0.0, start)]
        seen = {start}
        leaders: dict[int, None] = {}
        tried = 0
        while waiting and tried < self.most:
            _, answers = heappop(waiting)
            tried += 1
            weights = self._weights(answers)
            leader = self._leader(weights, cause)
            if leader == cause:
                return None
            leaders[leader] = None
            behind = weights[leader] - weights[cause]
            for gain, changed in self._changes(answers, cause, leader):
                if changed not in seen:
                    seen.add(changed)
                    heappush(waiting, (behind - gain, changed))
        proof = next((one for one in leaders if self._always_behind(cause, one)), None)
        ahead = next(iter(leaders)) if proof is None else proof
        return Found(cause, ahead, tried, proved=proof is not None or not waiting)

    def _always_behind(self, cause: int, other: int) -> bool:
        """Tell whether no answers at all bring a cause before another."""
        ahead = self.prior[cause] - self.prior[other]
        for question in {*self.told_by[cause], *self.told_by[other]}:
            ahead += max(self._leads(question, cause, other))
        return ahead <= 0

    def _best(self, question: int, cause: int) -> int:
        """Return the answer that speaks most for a cause; none where it says nothing."""
        gains = self.gains[question]
        order = range(len(gains) - 1, -1, -1)  # none, where nothing is better
        return max(order, key=lambda answer: gains[answer].get(cause, 0.0))

    def _leads(self, question: int, cause: int, other: int) -> list[float]:
        """Return by what each answer brings a cause before another."""
        gains = self.gains[question]
        return [gain.get(cause, 0.0) - gain.get(other, 0.0) for gain in gains]

    def _weights(self, answers: Answers) -> list[float]:
        weights = self.prior.copy()
        for question, answer in enumerate(answers):
            for cause, gain in self.gains[question][answer].items():
                weights[cause] += gain
        return weights

    def _leader(self, weights: list[float], cause: int) -> int:
        """Return the likeliest named cause, the given one where it is as likely."""
        most = max(map(weights.__getitem__, self.named))
        if weights[cause] >= most - TOLERANCE:
            return cause
        return next(other for other in self.named if weights[other] == most)

    def _changes(self, answers: Answers, cause: int, other: int) -> Iterator[tuple[float, Answers]]:
        """Yield every change of one answer that helps a cause against another, and by what."""
        for question in sorted({*self.told_by[cause], *self.told_by[other]}):
            leads = self._leads(question, cause, other)
            now = leads[answers[question]]
            for answer, lead in enumerate(leads):
                if lead - now > TOLERANCE:
                    changed = (*answers[:question], answer, *answers[question + 1 :])
                    yield lead - now, changed


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -1e6


__all__ = [
    "causes_out_of_reach",
    "fixes_never_worth_it",
    "never_worth_it",
    "out_of_reach",
]
