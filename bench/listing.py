"""Equation 5 as it is written down in thirty lines: dense rows, every sum anew.

What the speed of the engine is held against. It chooses the same steps.
"""

from collections.abc import Sequence

from helpdesk.diagnosis.model import Problem

HAND_OVER = -1
TOLERANCE = 1e-12


class Listing:
    """The rule for one problem, and nothing kept between two steps."""

    def __init__(self, problem: Problem) -> None:
        causes = range(len(problem.causes))
        self.cost, self.question_cost = problem.costs, problem.question_costs
        self.hand_off = problem.hand_off_minutes
        self.mends = [[fix.mends.get(cause, 0.0) for cause in causes] for fix in problem.fixes]
        self.likelihoods = [
            [[question.unsure for _ in causes]]
            + [
                [
                    (1 - question.unsure) * question.given.get(cause, question.usual)[answer]
                    for cause in causes
                ]
                for answer in range(len(question.answers))
            ]
            for question in problem.questions
        ]

    def best_order(self, belief: Sequence[float], tried: frozenset[int]) -> tuple[float, int]:
        """Updated P/C, up to the best point to hand over."""
        surviving, spent, best, first = 1.0, 0.0, self.hand_off, HAND_OVER
        b = list(belief)
        left, order = [fix for fix in range(len(self.cost)) if fix not in tried], list[int]()
        while left:
            fix = max(
                left,
                key=lambda fix: (
                    sum(x * r for x, r in zip(b, self.mends[fix], strict=True)) / self.cost[fix]
                ),
            )
            if not sum(x * r for x, r in zip(b, self.mends[fix], strict=True)) > 0:
                break
            spent += surviving * self.cost[fix]
            b = [x * (1 - r) for x, r in zip(b, self.mends[fix], strict=True)]
            surviving = sum(b)
            left.remove(fix)
            order.append(fix)
            if spent + surviving * self.hand_off < best:
                best, first = spent + surviving * self.hand_off, order[0]
        return best, first

    def ask_now(self, belief: Sequence[float], tried: frozenset[int], question: int) -> float:
        """Expected cost if a question is asked now and none afterwards."""
        cost = self.question_cost[question]
        for likelihoods in self.likelihoods[question]:
            told = [x * y for x, y in zip(belief, likelihoods, strict=True)]
            chance = sum(told)
            if chance > 0:
                cost += chance * self.best_order([x / chance for x in told], tried)[0]
        return cost

    def step(self, belief: Sequence[float]) -> tuple[str, int]:
        """Ask now, ask after the best fix, or never."""
        nobody = frozenset[int]()
        never, fix = self.best_order(belief, nobody)
        candidates = sorted(
            (cost, question)
            for question in range(len(self.question_cost))
            for cost in [self.ask_now(belief, nobody, question)]
            if cost < never - TOLERANCE
        )
        if not candidates:
            return "try", fix
        if fix == HAND_OVER:
            return "ask", candidates[0][1]
        failed = [x * (1 - r) for x, r in zip(belief, self.mends[fix], strict=True)]
        chance = sum(failed)
        for now, question in candidates:
            if chance < TOLERANCE:
                break
            rest = [x / chance for x in failed]
            after = self.cost[fix] + chance * self.ask_now(rest, frozenset([fix]), question)
            if now <= after + TOLERANCE:
                return "ask", question
        return "try", fix
