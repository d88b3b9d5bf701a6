"""What the words of a catalog do: the number behind each, and how far it moves the diagnosis."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.catalog import Catalog
from helpdesk.catalog.model import Answer, Cause, Likelihood, Question
from helpdesk.diagnosis import SOMETHING_ELSE


@dataclass(frozen=True, slots=True)
class Effect:
    """A word that a cause says about an answer."""

    cause: Cause
    question: Question
    answer: Answer
    said: Likelihood
    given: float
    """P(answer | cause) as the engine uses it: a row adds up to one."""
    usual: float
    """P(answer) of causes that say nothing about the question."""

    @property
    def factor(self) -> float:
        """How many times the answer makes the cause likelier, beside those that say nothing."""
        return self.given / self.usual if self.usual else float("inf")

    @property
    def strength(self) -> float:
        """The factor, up or down alike."""
        return max(self.factor, 1 / self.factor) if self.factor else float("inf")


def effects(catalog: Catalog) -> Iterator[Effect]:
    """Yield every word in the signs of a catalog; not those about codes, which are numbers."""
    for cause in catalog.causes.values():
        yield from effects_of(catalog, cause)


def effects_of(catalog: Catalog, cause: Cause) -> Iterator[Effect]:
    """Yield every word in the signs of a cause."""
    problem = catalog.problem
    position = [each.id for each in problem.causes].index(cause.id)
    for name, said in cause.signs.items():
        question = catalog.questions[name]
        asked = problem.questions[problem.question_positions[name]]
        row = asked.given.get(position, asked.usual)
        for answer, word in said.items():
            at = asked.choice(answer)
            if at is not None and answer in question.answers:
                known = question.answers[answer]
                yield Effect(cause, question, known, word, row[at], asked.usual[at])


def shares(catalog: Catalog) -> dict[str, float]:
    """Return how many of all people have each cause, before anybody is asked."""
    whole = sum(cause.prior.value for cause in catalog.causes.values())
    return {cause.id: cause.prior.value / whole for cause in catalog.causes.values()}


def named(catalog: Catalog) -> list[Cause]:
    """Return the causes that have an article of their own to find."""
    return [cause for cause in catalog.causes.values() if cause.id != SOMETHING_ELSE]
