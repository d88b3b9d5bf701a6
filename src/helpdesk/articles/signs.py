"""What people with a cause say: the answers that speak for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.catalog.model import Catalog, Cause

TELLING = 0.5
"""From this likelihood on, an answer is named as what people with a cause say."""

MUCH_MORE = 5
"""So many times the usual makes an answer telling, however unlikely it is."""


@dataclass(frozen=True, slots=True)
class Sign:
    """An answer that speaks for a cause."""

    question: str
    answer: str
    word: str


def signs_of(catalog: Catalog, cause: Cause, position: int) -> Iterator[Sign]:
    """Yield the answers that this cause makes likely, and more so than they usually are."""
    problem = catalog.problem
    for name in cause.signs:
        question = catalog.questions[name]
        if question.audience != "user":
            continue
        compiled = problem.questions[problem.question_positions[name]]
        row = compiled.given[position]
        for answer, likely, usual in zip(compiled.answers, row, compiled.usual, strict=True):
            stated = cause.signs[name].get(answer)
            if stated and likely > usual and (likely > TELLING or likely > MUCH_MORE * usual):
                yield Sign(question.ask, question.answers[answer].label, stated.word)
