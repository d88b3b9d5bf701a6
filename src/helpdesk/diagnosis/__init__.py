"""The diagnosis: from what a person knows to the next useful step. Standard library only.

>>> turn = next_turn(problem, [{"question": "q-signal", "answer": "weak"}], "user")
"""

from .evidence import EvidenceError
from .explaining import explain
from .matching import match
from .model import AGENT, AUDIENCES, NOT_SURE, SOMETHING_ELSE, USER, Problem
from .raising import raise_priors
from .shortcode import CodeError, Opened
from .shortcode import decode as open_code
from .shortcode import encode as make_code
from .turns import next_turn, posterior

__all__ = [
    "AGENT",
    "AUDIENCES",
    "NOT_SURE",
    "SOMETHING_ELSE",
    "USER",
    "CodeError",
    "EvidenceError",
    "Opened",
    "Problem",
    "explain",
    "make_code",
    "match",
    "next_turn",
    "open_code",
    "posterior",
    "raise_priors",
]
