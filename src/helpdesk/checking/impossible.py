"""Answers after which no named cause is possible, and the fewest of them.

Only a stated 0, or a 1 for another answer, makes a cause impossible. To find the fewest answers
that together rule out every cause is to find a smallest cover: the search takes the cause that
the fewest answers rule out, tries each of these, and goes no deeper than the best it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from helpdesk.catalog.model import Catalog
from helpdesk.diagnosis.model import SOMETHING_ELSE, Problem

from .findings import WARNING, Finding

LOOKED_AT_MOST = 20_000
"""Partial answers that the search looks at."""

Answer = tuple[int, int]
"""Question and answer, by position."""


def nothing_possible(catalog: Catalog) -> Iterator[Finding]:
    """Yield the fewest answers that rule out every named cause, if there are any."""
    path, whole = fewest_answers(catalog.problem)
    if path:
        told = " and ".join(_told(catalog.problem, answer) for answer in path)
        fewest = "" if whole else " (there may be fewer: not all combinations were tried)"
        message = (
            f"After {told}{fewest} no named cause is possible, and the reader is handed over. "
            "Say almost never instead of 0 where it can happen all the same."
        )
        question = catalog.problem.questions[path[0][0]].id
        place = catalog.questions[question].position
        yield Finding(place, WARNING, "nothing-possible", message)


def fewest_answers(problem: Problem) -> tuple[tuple[Answer, ...] | None, bool]:
    """Return the fewest answers that rule out every named cause, and if there can be no fewer.

    None where no answers do.
    """
    search = _Search(_excluded(problem), _named(problem))
    return (search.shortest() if search.hopeful else None), search.whole


def _named(problem: Problem) -> frozenset[int]:
    return frozenset(
        position for position, cause in enumerate(problem.causes) if cause.id != SOMETHING_ELSE
    )


def _excluded(problem: Problem) -> dict[Answer, frozenset[int]]:
    """Return for each answer the causes it rules out."""
    found = {
        (position, answer): frozenset(
            cause for cause, row in asked.given.items() if not row[answer]
        )
        for position, asked in enumerate(problem.questions)
        for answer in range(len(asked.answers))
    }
    return {answer: causes for answer, causes in found.items() if causes}


def _told(problem: Problem, answer: Answer) -> str:
    asked = problem.questions[answer[0]]
    return f'"{asked.answers[answer[1]]}" to "{asked.id}"'


@dataclass
class _Search:
    excluded: dict[Answer, frozenset[int]]
    causes: frozenset[int]
    best: tuple[Answer, ...] | None = None
    looked: int = 0
    whole: bool = field(default=True)
    """Whether every combination that could be shorter was looked at."""

    @property
    def hopeful(self) -> bool:
        """Whether every cause can be ruled out by some answer."""
        return self.causes <= frozenset().union(*self.excluded.values())

    def shortest(self) -> tuple[Answer, ...] | None:
        """Return the fewest answers that rule out all causes."""
        self._look((), self.causes)
        return self.best

    def _look(self, path: tuple[Answer, ...], left: frozenset[int]) -> None:
        if not left:
            self.best = path
            return
        asked = {question for question, _ in path}
        usable = {a: c & left for a, c in self.excluded.items() if a[0] not in asked and c & left}
        most = max(map(len, usable.values()), default=0)
        if not most or (self.best and len(path) + -(-len(left) // most) >= len(self.best)):
            return
        self.looked += 1
        if self.looked > LOOKED_AT_MOST:
            self.whole = False
            return
        hardest = min(left, key=lambda cause: len([1 for c in usable.values() if cause in c]))
        choices = [answer for answer, causes in usable.items() if hardest in causes]
        for answer in sorted(choices, key=lambda answer: (-len(usable[answer]), answer)):
            self._look((*path, answer), left - usable[answer])


__all__ = ["fewest_answers", "nothing_possible"]
