"""The exact optimum, as a yardstick: dynamic programming over what has been done and answered.

`V(e) = min{ hand over, min_j c_j + (1 - p_j) V(e, j failed), min_q c_q + sum_a P(a|e) V(e, a) }`
(SACSO, Jensen et al. 2001). At most 2^fixes x product of (answers + 2) states, so only for
problems of about seven fixes and five questions.
"""

from functools import cached_property

from helpdesk.diagnosis.belief import normalized, prior, weigh_failure
from helpdesk.diagnosis.model import Problem

from .situations import joint

Path = int
"""One bit for each fix that failed and for each answer, "not sure" among them."""


def least_cost(problem: Problem) -> float:
    """Return the expected minutes of the best strategy there is, hand-off included."""
    return _Solver(problem).least(0, normalized(problem, prior(problem)))


class _Solver:
    """Least costs by path, multiplied by the weight of the belief they are for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[Path, float] = {}

    @cached_property
    def bits(self) -> list[tuple[Path, Path]]:
        """For each question, the bit of its first answer and those of all; the last: not sure."""
        bits, position = [], len(self.problem.fixes)
        for question in self.problem.questions:
            count = len(question.answers) + 1
            bits.append((1 << position, (1 << count) - 1 << position))
            position += count
        return bits

    def least(self, path: Path, weights: list[float]) -> float:
        if path in self.known:
            return self.known[path]
        chance = sum(weights)
        best = chance * self.problem.hand_off_minutes
        for position, fix in enumerate(self.problem.fixes):
            cost = chance * self.problem.costs[position]
            if not path >> position & 1 and cost < best:
                after = path | 1 << position
                failed = self.known.get(after)
                if failed is None:
                    failed = self.least(after, weigh_failure(weights, fix))
                best = min(best, cost + failed)
        for question, (_, all_answers) in enumerate(self.bits):
            if not path & all_answers:
                best = self._asking(path, weights, question, chance, best)
        self.known[path] = best
        return best

    def _asking(
        self, path: Path, weights: list[float], position: int, chance: float, best: float
    ) -> float:
        """Return the cost of asking now, or what was best before."""
        question, bit = self.problem.questions[position], self.bits[position][0]
        cost = chance * self.problem.question_costs[position]
        if cost < best:
            unsure = path | bit << len(question.answers)
            cost += question.unsure * self.least(unsure, weights)
        for answer in range(len(question.answers)):
            if cost >= best:
                return best
            after = path | bit << answer
            told = self.known.get(after)
            if told is None:
                told = self.least(after, joint(self.problem, weights, position, answer))
            cost += told
        return min(best, cost)
