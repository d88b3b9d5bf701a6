"""The exact optimum, as a yardstick: dynamic programming over what has been done and answered.

`V(e) = min{ hand over, min_j c_j + (1 - p_j) V(e, j failed), min_q c_q + sum_a P(a|e) V(e, a) }`
(SACSO, Jensen et al. 2001). At most 2^fixes x product of (answers + 2) states, so only for
problems of about seven fixes and five questions.
"""

from dataclasses import dataclass, field

from helpdesk.diagnosis.model import Problem

from .situations import Situation, start

Told = tuple[tuple[int, int], ...]
"""Pairs of question and answer, by question."""


def least_cost(problem: Problem) -> float:
    """Return the expected minutes of the best strategy there is, hand-off included."""
    return _Solver(problem).least(start(problem), ())


@dataclass
class _Solver:
    """Least costs, multiplied by the chance of the situation they are for."""

    problem: Problem
    known: dict[object, float] = field(default_factory=dict)

    def least(self, here: Situation, told: Told) -> float:
        key = here.fixes, here.questions, told
        if key not in self.known:
            best = here.chance * self.problem.hand_off_minutes
            best = self._trying(here, told, best)
            self.known[key] = self._asking(here, told, best)
        return self.known[key]

    def _trying(self, here: Situation, told: Told, best: float) -> float:
        chance = here.chance
        for fix in here.fixes:
            cost = chance * self.problem.costs[fix]
            if cost < best:
                best = min(best, cost + self.least(here.failed(fix), told))
        return best

    def _asking(self, here: Situation, told: Told, best: float) -> float:
        chance = here.chance
        for position in here.questions:
            question = self.problem.questions[position]
            cost = chance * self.problem.question_costs[position]
            if cost < best:
                cost += question.unsure * self.least(here.unsure(position), told)
            for answer in range(len(question.answers)):
                if cost >= best:
                    break
                heard = tuple(sorted((*told, (position, answer))))
                cost += self.least(here.answered(position, answer), heard)
            best = min(best, cost)
        return best
