"""What a policy costs: its whole tree of walks, weighed by how likely each is."""

import math
from collections.abc import Callable

from helpdesk.diagnosis.belief import normalized, prior, weigh_answer, weigh_failure
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.planning import Plan, cost_of_fix, cost_of_question

Policy = Callable[[Problem, list[float], list[int], list[int]], Plan]
"""Problem, belief, fixes left, questions left: the next step. `planning.plan` is one."""


def cost_of_policy(problem: Problem, policy: Policy) -> float:
    """Return the expected minutes until the problem is gone or handed over."""
    belief = normalized(problem, prior(problem))
    fixes = list(range(len(problem.fixes)))
    questions = list(range(len(problem.questions)))
    return _cost(problem, policy, belief, fixes, questions)


def _cost(
    problem: Problem, policy: Policy, belief: list[float], fixes: list[int], questions: list[int]
) -> float:
    step = policy(problem, belief, fixes, questions)
    if step.question is not None:
        rest = [question for question in questions if question != step.question]
        return _cost_of_asking(problem, policy, belief, fixes, rest, step.question)
    if step.fix is not None:
        left = weigh_failure(belief, problem.fixes[step.fix])
        chance = math.fsum(left)
        rest = [fix for fix in fixes if fix != step.fix]
        cost = cost_of_fix(problem, problem.fixes[step.fix])
        if chance <= 0:
            return cost
        after = normalized(problem, left)
        return cost + chance * _cost(problem, policy, after, rest, questions)
    return problem.hand_off_minutes


def _cost_of_asking(
    problem: Problem,
    policy: Policy,
    belief: list[float],
    fixes: list[int],
    questions: list[int],
    position: int,
) -> float:
    question = problem.questions[position]
    costs = [cost_of_question(question)]
    if question.unsure > 0:
        costs.append(question.unsure * _cost(problem, policy, belief, fixes, questions))
    for answer, usual in enumerate(question.usual):
        weights = weigh_answer(belief, question, answer)
        chance = (1 - question.unsure) * usual * math.fsum(weights)
        if chance > 0:
            after = normalized(problem, weights)
            costs.append(chance * _cost(problem, policy, after, fixes, questions))
    return math.fsum(costs)
