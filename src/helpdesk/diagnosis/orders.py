"""In which order to try fixes, and what that is expected to cost: the inner loop of planning.

Words used here
    outlook   what is believed at one point of a search, with what each fix would bring
    weight    unnormalized belief in a cause; the sum of all is the chance to be here at all,
              so costs come out already multiplied by that chance
    rate      the weight a fix would end for each minute it costs
    order     fixes by rate, rates brought up to date after each failure, cut where handing
              over is cheaper than going on ("updated P/C")
    hopeless  the weight that is left when every fix has failed

An answer changes the weights of the causes that say something about its question, and those
change the rates of the fixes that mend them. Nothing else is touched: that is the speed.
"""

import math
from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import mul

from .model import Problem

NEVER = -math.inf
"""The rate of a fix that is not to be tried (again)."""

NEGLIGIBLE = 1e-12
"""Weight that counts for nothing."""

HEARD_AT_MOST = 32
"""Answers of one question that planning reckons with."""


TOLERANCE = 1e-12
"""Differences in expected cost below this do not count."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The next step and what reaching the end is expected to cost, in minutes.

    Neither a fix nor a question: hand over.
    """

    expected_minutes: float
    fix: int | None = None
    question: int | None = None


@dataclass(slots=True)
class Outlook:
    """What is believed at one point, and what follows from it."""

    weights: list[float]
    """By cause."""
    rates: list[float]
    """By fix; NEVER where it is not to be tried."""
    lasting: list[float]
    """By cause, the chance to outlast every fix that is left."""
    total: float
    """Sum of weights."""
    hopeless: float
    """Sum of weights x lasting."""


class Orders:
    """The orders of some fixes of a problem, for any belief."""

    def __init__(self, problem: Problem, fixes: Iterable[int]) -> None:
        self.problem = problem
        self.hand_off = problem.hand_off_minutes
        self.fixes = sorted(fixes, reverse=True)
        """The last first, so that of two equal rates the first in the catalog is popped."""

    def outlook(self, weights: list[float]) -> Outlook:
        """Return the outlook of a belief."""
        problem = self.problem
        rates = [NEVER] * len(problem.fixes)
        lasting = [1.0] * len(problem.causes)
        for fix in self.fixes:
            mended = problem.mended[fix]
            gain = 0.0
            for cause, success in mended:
                gain += weights[cause] * success
                lasting[cause] *= 1 - success
            rates[fix] = gain / problem.costs[fix]
        hopeless = math.fsum(map(mul, weights, lasting))
        return Outlook(weights, rates, lasting, math.fsum(weights), hopeless)

    def answered(self, before: Outlook, question: int, answer: int) -> Outlook:
        """Return the outlook after an answer, up to the factor `usual` of that answer."""
        menders, lasting = self.problem.menders, before.lasting
        weights, rates = before.weights.copy(), before.rates.copy()
        total, hopeless = before.total, before.hopeless
        for cause, factor in self.problem.factors[question][answer]:
            weight = weights[cause]
            if weight:
                weights[cause] = weight * factor
                change = weights[cause] - weight
                total += change
                hopeless += change * lasting[cause]
                for fix, rate in menders[cause]:
                    rates[fix] += change * rate
        return Outlook(weights, rates, lasting, total, hopeless)

    def worth_hearing(self, here: Outlook, question: int) -> Sequence[int]:
        """Return the answers to reckon with: of very many only the likeliest, to be quick.

        The others count like not knowing, so a question may be asked too late but never too soon.
        """
        usual = self.problem.questions[question].usual
        if len(usual) <= HEARD_AT_MOST:
            return range(len(usual))
        weights = here.weights
        chances = [
            share * (here.total + math.fsum(weights[cause] * (by - 1) for cause, by in factors))
            for share, factors in zip(usual, self.problem.factors[question], strict=True)
        ]
        return sorted(range(len(usual)), key=lambda answer: -chances[answer])[:HEARD_AT_MOST]

    def answers_heard(self, question: int) -> int:
        """Return how many answers `worth_hearing` returns."""
        return min(HEARD_AT_MOST, len(self.problem.questions[question].usual))

    def failed(self, before: Outlook, fix: int) -> Outlook:
        """Return the outlook after a fix was done in vain."""
        weights, rates, lasting = before.weights.copy(), before.rates.copy(), before.lasting.copy()
        total = before.total
        rates[fix] = NEVER
        for cause, success, others in self.problem.ripples[fix]:
            ended = weights[cause] * success
            weights[cause] -= ended
            total -= ended
            lasting[cause] = 1.0
            for other, share in others:
                if rates[other] != NEVER:
                    rates[other] -= ended * share
                    lasting[cause] *= 1 - share * self.problem.costs[other]
        return Outlook(weights, rates, lasting, total, before.hopeless)

    def live(self, outlook: Outlook) -> list[int]:
        """Return the fixes whose rate could pay, the highest first.

        None pays whose rate is too low even if only the hopeless weight waited for it.
        """
        least = max(outlook.hopeless / self.hand_off, NEGLIGIBLE)
        live = [fix for fix in self.fixes if outlook.rates[fix] > least]
        return sorted(live, key=lambda fix: (-outlook.rates[fix], fix))

    def work(self, outlook: Outlook) -> float:
        """Return about what looking at one order takes, in tenths of a millisecond.

        Estimated from what there is to look at, so it is the same on every machine.
        """
        efforts = self.problem.efforts
        copied = len(outlook.weights) + len(outlook.rates)
        return 0.06 + copied / 25_000 + math.fsum(efforts[fix] for fix in self.live(outlook))

    def best(self, outlook: Outlook) -> tuple[float, int | None]:
        """Return the expected cost of the order, and its first fix.

        The first is None where handing over at once is best.
        """
        hand_off, costs, ripples = self.hand_off, self.problem.costs, self.problem.ripples
        weights, rates, seen = outlook.weights.copy(), outlook.rates.copy(), outlook.rates.copy()
        surviving, hopeless, spent = outlook.total, outlook.hopeless, 0.0
        least = max(hopeless / hand_off, NEGLIGIBLE)
        best, first, best_first = surviving * hand_off, None, None
        queue = [fix for fix in self.fixes if rates[fix] > least]
        queue.sort(key=seen.__getitem__)
        while queue:
            fix = queue.pop()
            rate = rates[fix]
            if rate < seen[fix]:  # one before it mends the same cause: is it still the best?
                if rate <= least:
                    continue
                if queue and rate < seen[queue[-1]]:
                    seen[fix] = rate
                    insort(queue, fix, key=seen.__getitem__)
                    continue
            hopeful = surviving - hopeless
            if hopeful * (surviving - hopeful / 2) >= rate * (best - spent - hopeless * hand_off):
                break  # even if all that is hopeful went at this rate, it would not pay
            first = fix if first is None else first
            spent += surviving * costs[fix]
            surviving -= rate * costs[fix]
            for cause, success, others in ripples[fix]:
                ended = weights[cause] * success
                weights[cause] -= ended
                for other, share in others:
                    rates[other] -= ended * share
            if spent + surviving * hand_off < best:
                best, best_first = spent + surviving * hand_off, first
        return best, best_first
