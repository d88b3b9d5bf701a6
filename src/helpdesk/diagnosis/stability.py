"""Whether the first cause stays first when the words of the catalog are moved.

Editors disagree by about one step of the scale ("likely" or "very likely"). So every number
behind a belief is moved one step up or down, many times over, and the first cause is counted.
A step is the factor e in odds, which is about the distance between two words of the scale;
for priors it is the half decade between two words of theirs.
"""

from collections.abc import Iterator, Sequence

from .evidence import Findings
from .model import Problem

DRAWS = 200
STEP_OF_ODDS = 2.718281828459045
STEP_OF_PRIORS = 3.1622776601683795
LEAST = 1e-4
"""A cause below this is not going to be first."""

Moves = list[tuple[float, float]]
"""For each word that a cause rests on: what a step down and a step up multiply its weight by."""


def stays_first(problem: Problem, findings: Findings, belief: Sequence[float], first: int) -> int:
    """Return in how many of `DRAWS` the first cause is still first."""
    rivals = [cause for cause, chance in enumerate(belief) if chance >= LEAST]
    moves = [list(_moves(problem, findings, cause)) for cause in rivals]
    bits = _bits()
    stayed = 0
    for _ in range(DRAWS):
        weights = [
            _moved(belief[cause], words, bits) for cause, words in zip(rivals, moves, strict=True)
        ]
        stayed += weights[rivals.index(first)] >= max(weights)
    return stayed


def _moved(weight: float, words: Moves, bits: Iterator[int]) -> float:
    for word in words:
        weight *= word[next(bits)]
    return weight


def _moves(problem: Problem, findings: Findings, cause: int) -> Iterator[tuple[float, float]]:
    yield 1 / STEP_OF_PRIORS, STEP_OF_PRIORS
    for position, answer in sorted(findings.counted.items()):
        row = problem.questions[position].given.get(cause)
        if row is not None:
            yield _change(row[answer], 1 / STEP_OF_ODDS), _change(row[answer], STEP_OF_ODDS)
    for fix in sorted(findings.done):
        success = problem.fixes[fix].mends.get(cause)
        if success is not None:
            failure = 1 - success
            yield _change(failure, 1 / STEP_OF_ODDS), _change(failure, STEP_OF_ODDS)


def _change(chance: float, step: float) -> float:
    """Return what a chance is multiplied by when its odds are multiplied by the step."""
    return step / (1 - chance + chance * step)


def _bits() -> Iterator[int]:
    """Yield the same row of coin tosses everywhere (a congruential generator, Knuth's MMIX)."""
    state = 1
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 63
