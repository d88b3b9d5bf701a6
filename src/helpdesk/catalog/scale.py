"""The published scale from words to numbers, and from stated numbers to whole rows.

Values follow surveys of how people read these words (`docs` of the scale: median answers of
the "perceptions of probability" survey and the IPCC and New Zealand government tables).
"""

import math
from collections.abc import Mapping, Sequence

LIKELIHOODS: Mapping[str, float] = {
    "almost always": 0.95,
    "very likely": 0.88,
    "likely": 0.70,
    "about even": 0.50,
    "unlikely": 0.20,
    "very unlikely": 0.07,
    "almost never": 0.03,
}
"""How likely an answer is for a cause, how surely a fix works."""

CERTAINTIES: Mapping[str, float] = {
    word: value for word, value in LIKELIHOODS.items() if value > LIKELIHOODS["about even"]
}
"""How surely what somebody else reports points to the cause."""

PRIORS: Mapping[str, float] = {
    "very common": 30.0,
    "common": 10.0,
    "occasional": 3.0,
    "rare": 1.0,
    "very rare": 0.3,
}
"""How often a cause is met; only ratios count."""

LEAST_REST = 0.03
"""What is left to the answers nobody spoke of, so that words never rule anything out."""


def usual_row(stated: Mapping[str, float], answers: Sequence[str]) -> tuple[float, ...]:
    """Return P(answer) for people in general; answers not stated share the rest equally."""
    silent = [answer for answer in answers if answer not in stated]
    shares = dict.fromkeys(silent, 1.0)
    return _row(stated, shares, answers)


def given_row(
    stated: Mapping[str, float], usual: Sequence[float], answers: Sequence[str]
) -> tuple[float, ...]:
    """Return P(answer | cause); answers not stated share the rest as they usually would."""
    shares = {
        answer: share for answer, share in zip(answers, usual, strict=True) if answer not in stated
    }
    return _row(stated, shares, answers)


def _row(
    stated: Mapping[str, float], shares: Mapping[str, float], answers: Sequence[str]
) -> tuple[float, ...]:
    certain = 1.0 in stated.values()
    rest = 0.0 if certain or not shares else max(1 - math.fsum(stated.values()), LEAST_REST)
    whole = math.fsum(shares.values())
    row = [
        stated[answer] if answer in stated else rest * shares[answer] / whole for answer in answers
    ]
    total = math.fsum(row)
    return tuple(value / total for value in row)
