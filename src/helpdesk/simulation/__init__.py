"""How good the diagnosis is: against the exact optimum, other ways to help, and worlds unlike it.

>>> print(as_text(simulate(problem, cases=100, seed=1)))
"""

from .exact import least_cost
from .policy import Policy, cost_of_policy
from .report import CASES, as_text, simulate

__all__ = ["CASES", "Policy", "as_text", "cost_of_policy", "least_cost", "simulate"]
