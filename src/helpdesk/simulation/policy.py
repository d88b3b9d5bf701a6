"""What a policy costs: its whole tree of walks, weighed by how likely each is."""

import math
from collections.abc import Callable, Collection

from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.planning import Plan

from .situations import Situation, start

Policy = Callable[[Problem, list[float], Collection[int], Collection[int]], Plan]
"""Problem, belief, fixes left, questions left: the next step. `planning.plan` is one."""


def cost_of_policy(problem: Problem, policy: Policy) -> float:
    """Return the expected minutes until the problem is gone or handed over."""
    return _cost(start(problem), policy)


def _cost(here: Situation, policy: Policy) -> float:
    """Return the cost from here on, multiplied by the chance to be here."""
    problem, chance = here.problem, here.chance
    if chance <= 0:
        return 0.0
    step = policy(problem, here.belief, here.fixes, here.questions)
    if step.question is not None:
        return chance * problem.question_costs[step.question] + _told(here, policy, step.question)
    if step.fix is not None:
        return chance * problem.costs[step.fix] + _cost(here.failed(step.fix), policy)
    return chance * problem.hand_off_minutes


def _told(here: Situation, policy: Policy, position: int) -> float:
    question = here.problem.questions[position]
    costs = [_cost(here.answered(position, a), policy) for a in range(len(question.answers))]
    if question.unsure > 0:
        costs.append(question.unsure * _cost(here.unsure(position), policy))
    return math.fsum(costs)
