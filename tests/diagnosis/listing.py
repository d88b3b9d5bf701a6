"""Equation 5 written down plainly, as the engine is held against: slow, and easy to check.

The listing knows nothing of sparse rows. An answer is a row of likelihoods for all causes,
"not sure" a constant one, and every gain is summed anew.
"""

from collections.abc import Collection
from dataclasses import dataclass

from helpdesk.diagnosis.model import Problem

Belief = list[float]


@dataclass(frozen=True)
class Listing:
    """The rule for one problem."""

    problem: Problem

    def best_order(self, belief: Belief, fixes: Collection[int]) -> tuple[float, int | None]:
        """Updated P/C, cut at the best point to hand over."""
        surviving, spent, best, first = sum(belief), 0.0, 0.0, None
        best = surviving * self.problem.hand_off_minutes
        left, order = list(fixes), list[int]()
        while left:
            fix = max(left, key=lambda fix: self.gain(belief, fix) / self.problem.costs[fix])
            if self.gain(belief, fix) <= 0:
                break
            spent += surviving * self.problem.costs[fix]
            belief = self.failed(belief, fix)
            surviving = sum(belief)
            left.remove(fix)
            order.append(fix)
            cost = spent + surviving * self.problem.hand_off_minutes
            if cost < best:
                best, first = cost, order[0]
        return best, first

    def gain(self, belief: Belief, fix: int) -> float:
        """The weight that a fix ends."""
        mends = self.problem.fixes[fix].mends
        return sum(weight * mends.get(cause, 0.0) for cause, weight in enumerate(belief))

    def failed(self, belief: Belief, fix: int) -> Belief:
        """Weights after a fix that did not help."""
        mends = self.problem.fixes[fix].mends
        return [weight * (1 - mends.get(cause, 0.0)) for cause, weight in enumerate(belief)]

    def ask_now(self, belief: Belief, fixes: Collection[int], question: int) -> float:
        """Expected cost if a question is asked now and none afterwards."""
        asked = self.problem.questions[question]
        cost = self.problem.question_costs[question] * sum(belief)
        cost += self.best_order([weight * asked.unsure for weight in belief], fixes)[0]
        for answer in range(len(asked.answers)):
            told = [
                weight * (1 - asked.unsure) * asked.given.get(cause, asked.usual)[answer]
                for cause, weight in enumerate(belief)
            ]
            cost += self.best_order(told, fixes)[0]
        return cost

    def step(
        self, belief: Belief, fixes: Collection[int], questions: Collection[int]
    ) -> tuple[str, int | None]:
        """Ask now, ask after the best fix, or never."""
        never, fix = self.best_order(belief, fixes)
        nows = sorted((self.ask_now(belief, fixes, question), question) for question in questions)
        candidates = [(now, question) for now, question in nows if now < never - 1e-12]
        if fix is None:
            return ("ask", candidates[0][1]) if candidates else ("hand-off", None)
        failed = self.failed(belief, fix)
        rest = [other for other in fixes if other != fix]
        for now, question in candidates:
            if sum(failed) < 1e-12:
                break
            if now <= self.problem.costs[fix] + self.ask_now(failed, rest, question) + 1e-12:
                return "ask", question
        return "try", fix
