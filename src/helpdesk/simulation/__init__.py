"""How good the diagnosis is: the exact optimum and what a policy costs, on small problems."""

from .exact import least_cost
from .policy import cost_of_policy

__all__ = ["cost_of_policy", "least_cost"]
