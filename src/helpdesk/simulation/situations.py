"""Where a walk stands: what is believed, and what is left to try and to ask."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpdesk.diagnosis.belief import normalized, prior, weigh_failure

if TYPE_CHECKING:
    from helpdesk.diagnosis.model import Problem


@dataclass(frozen=True, slots=True)
class Situation:
    """A point of a walk; fixes and questions are positions."""

    problem: Problem
    weights: list[float]
    """Joint weights of the cause and of all that happened so far."""
    fixes: tuple[int, ...]
    questions: tuple[int, ...]

    @property
    def chance(self) -> float:
        """The chance to get here."""
        return math.fsum(self.weights)

    @property
    def belief(self) -> list[float]:
        """P(cause) here."""
        return normalized(self.problem, self.weights)

    def failed(self, fix: int) -> Situation:
        """Return the situation after a fix did not help."""
        weights = weigh_failure(self.weights, self.problem.fixes[fix])
        return Situation(self.problem, weights, _without(self.fixes, fix), self.questions)

    def unsure(self, question: int) -> Situation:
        """Return the situation after "not sure"; its chance is not in the weights."""
        return Situation(self.problem, self.weights, self.fixes, _without(self.questions, question))

    def answered(self, question: int, answer: int) -> Situation:
        """Return the situation after an answer."""
        weights = joint(self.problem, self.weights, question, answer)
        return Situation(self.problem, weights, self.fixes, _without(self.questions, question))


def start(problem: Problem) -> Situation:
    """Return where every walk begins."""
    belief = normalized(problem, prior(problem))
    fixes, questions = range(len(problem.fixes)), range(len(problem.questions))
    return Situation(problem, belief, tuple(fixes), tuple(questions))


def joint(problem: Problem, weights: list[float], position: int, answer: int) -> list[float]:
    """Return the joint weights of cause and answer: they sum to the chance of both."""
    question = problem.questions[position]
    share = (1 - question.unsure) * question.usual[answer]
    told = [weight * share for weight in weights]
    for cause, factor in problem.factors[position][answer]:
        told[cause] *= factor
    return told


def _without(positions: tuple[int, ...], one: int) -> tuple[int, ...]:
    return tuple(position for position in positions if position != one)
