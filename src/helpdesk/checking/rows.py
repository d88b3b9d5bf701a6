"""Answers and words that tell nothing apart. Exact: every likelihood is compared.

Two causes are told apart by a question if an answer to it is likelier for one than for the
other. A word has an effect if the row would be another without it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from helpdesk.catalog.model import Catalog, Cause, Likelihood
from helpdesk.catalog.scale import given_row
from helpdesk.diagnosis.model import SOMETHING_ELSE, Problem, Question

from .findings import WARNING, Finding

SAME = 1e-9
"""Likelihoods that differ by less are the same."""

IDLE = 0.01
"""A word that changes no likelihood by more than this share has no effect."""

MORE_THAN_ALL, LESS_THAN_ALL = 1.15, 0.85
"""Sums of words outside of these no longer mean what they say."""

NAMED_AT_MOST = 3

Signature = tuple[tuple[int, tuple[float, ...]], ...]


def question_tells_nothing(catalog: Catalog) -> Iterator[Finding]:
    """Yield the questions whose answers are the same to every cause."""
    for asked in catalog.problem.questions:
        if not any(_differs(row, asked.usual) for row in asked.given.values()):
            message = (
                f'The answers to "{asked.id}" are equally likely for every cause, so asking it '
                "can change nothing. Say in the signs of a cause what differs, or delete it."
            )
            place = catalog.questions[asked.id].position
            yield Finding(place, WARNING, "question-tells-nothing", message)


def causes_alike(catalog: Catalog) -> Iterator[Finding]:
    """Yield the named causes that no answer speaks for, and those that no answer tells apart."""
    groups: dict[Signature, list[str]] = defaultdict(list)
    for position, cause in enumerate(catalog.problem.causes):
        if cause.id != SOMETHING_ELSE:
            groups[signature(catalog.problem, position)].append(cause.id)
    for told, (first, *others) in groups.items():
        for name in [first, *others] if not told else others:
            place = catalog.causes[name].position
            if not told:
                message = (
                    f'No answer speaks for or against "{name}". '
                    "Say in its signs what people with it answer."
                )
                yield Finding(place, WARNING, "cause-without-signs", message)
            else:
                same = _listed([other for other in (first, *others) if other != name])
                message = (
                    f'No answer tells "{name}" from {same}. '
                    "Give one of them a sign of its own, or make them one cause."
                )
                yield Finding(place, WARNING, "causes-alike", message)


def _listed(names: Sequence[str]) -> str:
    shown = [f'"{name}"' for name in names[:NAMED_AT_MOST]]
    more = len(names) - len(shown)
    return " and ".join([", ".join(shown), f"{more} more"] if more else shown)


def words_without_effect(catalog: Catalog) -> Iterator[Finding]:
    """Yield the words of signs that say no more than what is so without them."""
    for cause, asked, stated in _rows(catalog):
        row = given_row(_values(stated), asked.usual, asked.answers)
        for answer, word in stated.items():
            others = {name: value for name, value in _values(stated).items() if name != answer}
            without = given_row(others, asked.usual, asked.answers)
            if _change(row, without) < IDLE:
                message = (
                    f'"{word.word}" for "{answer}" changes nothing: so likely it is for '
                    f'"{cause.id}" anyway. Delete it, or say what differs from usual.'
                )
                yield Finding(word.position, WARNING, "word-without-effect", message)


def words_that_contradict(catalog: Catalog) -> Iterator[Finding]:
    """Yield the rows whose words cannot all be true: they come to far more or less than 100 %."""
    for cause, asked, stated in _rows(catalog):
        total = sum(_values(stated).values())
        whole = set(stated) == set(asked.answers)
        if total > MORE_THAN_ALL or (whole and total < LESS_THAN_ALL):
            said = ", ".join(f"{answer}: {word.word}" for answer, word in stated.items())
            message = (
                f'The words of "{cause.id}" for "{asked.id}" come to {total:.0%} ({said}); '
                "only one answer is given, so they should come to about 100%. Change one of them."
            )
            place = next(iter(stated.values())).position
            yield Finding(place, WARNING, "words-contradict", message)


def _rows(catalog: Catalog) -> Iterator[tuple[Cause, Question, Mapping[str, Likelihood]]]:
    """Yield every row of words, with its cause and its question."""
    positions = catalog.problem.question_positions
    for cause in catalog.causes.values():
        for name, stated in cause.signs.items():
            if not catalog.questions[name].fits:
                yield cause, catalog.problem.questions[positions[name]], stated


def _values(stated: Mapping[str, Likelihood]) -> dict[str, float]:
    return {answer: word.value for answer, word in stated.items()}


def _change(row: Sequence[float], without: Sequence[float]) -> float:
    """Return by what share a likelihood changes at most."""
    return max(abs(a - b) / max(a, b, SAME) for a, b in zip(row, without, strict=True))


def _differs(row: Sequence[float], other: Sequence[float]) -> bool:
    return any(abs(a - b) > SAME for a, b in zip(row, other, strict=True))


def signature(problem: Problem, cause: int) -> Signature:
    """Return what tells a cause from others: its rows that differ from usual."""
    return tuple(
        (position, tuple(round(value, 9) for value in asked.given[cause]))
        for position, asked in enumerate(problem.questions)
        if cause in asked.given and _differs(asked.given[cause], asked.usual)
    )
