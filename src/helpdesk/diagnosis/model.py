"""What the engine knows of a catalog: numbers and ids, no prose.

A `Problem` is compiled from an authored catalog (`helpdesk.catalog`) and read
back from JSON in the browser, so that both sides think with the same numbers.
Rows of likelihoods are tuples in the order of `Question.answers`; causes and
fixes refer to each other by position, which is also how ties are broken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .sayings import Words

SOMETHING_ELSE = "something-else"
"""The cause that stands for everything the catalog does not name."""

NOT_SURE = "not-sure"
"""The answer that every question accepts and that carries no information."""

LEAST_COST = 0.1
"""Minutes that even the quickest step takes."""

USER = "user"
AGENT = "agent"
AUDIENCES = (USER, AGENT)


@dataclass(frozen=True, slots=True)
class Cause:
    """A hidden explanation of the problem."""

    id: str
    weight: float
    """Prior weight; only ratios between causes count."""
    happens: str
    """The party where it happens."""
    mended_by: tuple[str, ...]
    """The parties that can mend it, the nearest first."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person can look up and tell."""

    id: str
    minutes: float
    audience: str
    unsure: float
    """How often people cannot tell, whatever the cause."""
    answers: tuple[str, ...]
    usual: tuple[float, ...]
    """P(answer) for every cause that says nothing about this question.

    Sums to 1; or to less where the answers are codes, because there may be none.
    """
    given: Mapping[int, tuple[float, ...]]
    """P(answer | cause) for the causes that say something, by position of the cause."""
    same: Mapping[str, int] = field(default_factory=dict)
    """Further answers, by the position of the one that says the same of every cause."""

    def choice(self, answer: object) -> int | None:
        """Return the position of an answer, or of the one that says the same."""
        if answer in self.answers:
            return self.answers.index(answer)
        return self.same.get(answer) if isinstance(answer, str) else None


@dataclass(frozen=True, slots=True)
class Fix:
    """Something a person can do that may end the problem."""

    id: str
    minutes: float
    """Effort."""
    waiting: float
    """Minutes of waiting, which weigh less than effort."""
    by: str
    """The party that does it."""
    group: str
    """Name of the limit this fix counts against, or empty."""
    mends: Mapping[int, float]
    """P(problem gone | cause, fix done), by position of the cause."""


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the contract's word for a safety exit
    """A safety exit: these answers end the diagnosis with a warning."""

    id: str
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Limit:
    """How often fixes of one group may be advised in all."""

    group: str
    at_most: int
    counts: Mapping[str, Mapping[str, int]]
    """Question id to answer id to the number of times it stands for."""


@dataclass(frozen=True)
class Problem:
    """What a reader arrives with, ready for the engine."""

    catalog: str
    """Hash of the compiled catalog this was made from."""
    hand_off_minutes: float
    """What it costs a reader to contact somebody, in minutes."""
    waiting_weight: float
    """What one minute of waiting weighs against one minute of effort."""
    hand_off_to: tuple[str, ...]
    """Parties that can be contacted, the default first."""
    causes: tuple[Cause, ...]
    questions: tuple[Question, ...]
    fixes: tuple[Fix, ...]
    warnings: tuple[Warning, ...]
    limits: tuple[Limit, ...]
    staff: tuple[str, ...] = ()
    """Parties whose fixes are offered to support staff, besides those of the reader."""
    words: Words | None = field(default=None, compare=False, repr=False)
    """How people say it (`helpdesk.diagnosis.match`); kept apart from the numbers on the wire."""

    @cached_property
    def cause_positions(self) -> Mapping[str, int]:
        """Cause id to its position."""
        return {cause.id: position for position, cause in enumerate(self.causes)}

    @cached_property
    def question_positions(self) -> Mapping[str, int]:
        """Question id to its position."""
        return {question.id: position for position, question in enumerate(self.questions)}

    @cached_property
    def fix_positions(self) -> Mapping[str, int]:
        """Fix id to its position."""
        return {fix.id: position for position, fix in enumerate(self.fixes)}

    @cached_property
    def menders_to_contact(self) -> tuple[str, ...]:
        """For each cause, the nearest party that can mend it and can be contacted."""
        return tuple(
            next((party for party in cause.mended_by if party in self.hand_off_to), default)
            for default in self.hand_off_to[:1]
            for cause in self.causes
        )

    @cached_property
    def costs(self) -> tuple[float, ...]:
        """What each fix costs: minutes of effort plus the weighed minutes of waiting."""
        weight = self.waiting_weight
        return tuple(max(LEAST_COST, fix.minutes + weight * fix.waiting) for fix in self.fixes)

    @cached_property
    def question_costs(self) -> tuple[float, ...]:
        """The minutes each question takes to answer."""
        return tuple(max(LEAST_COST, question.minutes) for question in self.questions)

    @cached_property
    def mended(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """For each fix, the causes it mends and how surely."""
        return tuple(tuple(fix.mends.items()) for fix in self.fixes)

    @cached_property
    def menders(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """For each cause, the fixes that mend it and how surely for each minute they cost."""
        menders: list[list[tuple[int, float]]] = [[] for _ in self.causes]
        for fix, mended in enumerate(self.mended):
            for cause, success in mended:
                menders[cause].append((fix, success / self.costs[fix]))
        return tuple(map(tuple, menders))

    @cached_property
    def ripples(self) -> tuple[tuple[tuple[int, float, tuple[tuple[int, float], ...]], ...], ...]:
        """For each fix and cause it mends: how surely, and the cause's other menders."""
        return tuple(
            tuple(
                (cause, success, tuple(other for other in self.menders[cause] if other[0] != fix))
                for cause, success in mended
            )
            for fix, mended in enumerate(self.mended)
        )

    @cached_property
    def knowing(self) -> tuple[float, ...]:
        """For each cause, about what it costs to end it where it is known: its best fix."""
        hand_off = self.hand_off_minutes
        costs = [hand_off] * len(self.causes)
        for fix, mended in enumerate(self.mended):
            for cause, success in mended:
                costs[cause] = min(costs[cause], self.costs[fix] + (1 - success) * hand_off)
        return tuple(costs)

    @cached_property
    def rises(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """For each question, which causes an answer may raise, and by what in the mean."""
        rises = []
        for question, factors in zip(self.questions, self.factors, strict=True):
            by_cause = dict.fromkeys(question.given, 0.0)
            for usual, raised in zip(question.usual, factors, strict=True):
                for cause, factor in raised:
                    by_cause[cause] += usual * max(0.0, factor - 1)
            rises.append(tuple(by_cause.items()))
        return tuple(rises)

    @cached_property
    def efforts(self) -> tuple[float, ...]:
        """For each fix, what it takes to put it into an order (`orders.Orders.work`)."""
        return tuple(
            0.0035 + 0.0005 * len([1 for _, _, others in ripple for _ in (0, *others)])
            for ripple in self.ripples
        )

    @cached_property
    def factors(self) -> tuple[tuple[tuple[tuple[int, float], ...], ...], ...]:
        """For each question and answer, what the answer multiplies which cause by.

        Only for causes that say something; the others keep their weight.
        """
        return tuple(
            tuple(
                tuple(
                    (cause, row[answer] / usual)
                    for cause, row in question.given.items()
                    if row[answer] != usual
                )
                for answer, usual in enumerate(question.usual)
            )
            for question in self.questions
        )
