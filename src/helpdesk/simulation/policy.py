"""What a policy costs: its whole tree of walks, weighed by how likely each is."""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.orders import Plan

from .situations import Situation, start

Policy = Callable[[Problem, list[float], Collection[int], Collection[int]], Plan]
"""Problem, belief, fixes left, questions left: the next step. `planning.plan` is one."""


def cost_of_policy(problem: Problem, policy: Policy, truth: Problem | None = None) -> float:
    """Return the expected minutes until the problem is gone or handed over.

    With a truth, that is what happens and what it costs; the policy goes on believing
    the problem.
    """
    return _Tree(policy).cost(start(problem), start(truth or problem))


@dataclass(frozen=True)
class _Tree:
    policy: Policy

    def cost(self, believed: Situation, real: Situation) -> float:
        """Return the cost from here on, multiplied by the chance to be here."""
        truth, chance = real.problem, real.chance
        if chance <= 0:
            return 0.0
        fixes, questions = believed.fixes, believed.questions
        step = self.policy(believed.problem, believed.belief, fixes, questions)
        if step.question is not None:
            cost = chance * truth.question_costs[step.question]
            return cost + self._told(believed, real, step.question)
        if step.fix is not None:
            cost = chance * truth.costs[step.fix]
            return cost + self.cost(believed.failed(step.fix), real.failed(step.fix))
        return chance * truth.hand_off_minutes

    def _told(self, believed: Situation, real: Situation, position: int) -> float:
        question = real.problem.questions[position]
        costs = [
            self.cost(believed.answered(position, answer), real.answered(position, answer))
            for answer in range(len(question.answers))
        ]
        if question.unsure > 0:
            unsure = self.cost(believed.unsure(position), real.unsure(position))
            costs.append(question.unsure * unsure)
        return math.fsum(costs)
