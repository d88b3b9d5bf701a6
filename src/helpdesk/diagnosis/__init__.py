"""The diagnosis: from what a person knows to the next useful step. Standard library only.

>>> turn = next_turn(problem, [{"question": "q-signal", "answer": "weak"}], "user")
"""

from .evidence import EvidenceError
from .explaining import explain
from .matching import match
from .model import AGENT, AUDIENCES, NOT_SURE, SOMETHING_ELSE, USER, Problem
from .turns import next_turn, posterior

__all__ = [
    "AGENT",
    "AUDIENCES",
    "NOT_SURE",
    "SOMETHING_ELSE",
    "USER",
    "EvidenceError",
    "Problem",
    "explain",
    "match",
    "next_turn",
    "posterior",
]
