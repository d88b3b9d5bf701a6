"""Looking further than one question: each is asked now, or after the best fix, or never.

Equation 5 says what one question is worth. Two questions can be worth asking where neither is
worth it alone, so the same comparison is made again behind every answer. How many questions
are looked at, and how many deep, depends on what that amounts to in orders, never on time:
the same belief gives the same step on every machine. Where even the least is too much, as in
large problems, equation 5 decides alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .orders import TOLERANCE, Orders, Outlook, Plan

WORK = 110.0
"""What one turn may take in all, as `Orders.work` counts."""

LADDER = ((3, 2), (3, 3), (4, 3), (4, 4), (5, 4), (5, 5), (6, 5), (6, 6))
"""How many questions are looked at, and how many of them deep; the last that is affordable."""

FIRST_FIXES = 3
"""How many fixes may come first; the order by rate is not always the best."""

NEARLY = 1.003
"""A fix comes first only where that alone costs less than this times the best order."""

DOUBT = 0.01
"""Share of the cost that a step has to save over the rule's, times the share of questions that
were not looked at: what is seen of a few questions is no more than a hint."""

Path = int
"""What happened since the start of a search: one bit for each failed fix and each answer.

Whatever came first, the belief is the same, and so is what it costs to go on.
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """What equation 5 has found out."""

    here: Outlook
    rule: Plan
    """The step it takes."""
    never: float
    nows: Mapping[int, float]
    """Question to expected cost if it is asked now and none afterwards."""
    work: float
    """What it has looked at."""


def look_further(orders: Orders, ground: Ground) -> Plan:
    """Return the step that is best as far as can be seen, with its expected cost."""
    firsts = _first_fixes(orders, ground)
    useful = _useful(orders, ground)
    breadth, depth = _affordable(orders, ground, useful, len(firsts))
    if not depth:
        return ground.rule if ground.rule.fix is None else min(firsts, key=_cost)
    search, here = Search(orders, useful[:breadth]), ground.here
    plans = [Plan(here.total * orders.hand_off)]
    plans += [
        Plan(search.after(here, 0, depth, first.fix), fix=first.fix)
        for first in firsts
        if first.fix is not None
    ]
    plans += [
        Plan(search.now(here, 0, depth, question, math.inf) - TOLERANCE, question=question)
        for question in search.questions
    ]
    best = min(plans, key=_cost)
    doubt = DOUBT * max(0, len(useful) - breadth) / max(1, len(useful))
    for own in plans:
        same = (own.fix, own.question) == (ground.rule.fix, ground.rule.question)
        if same and own.expected_minutes <= best.expected_minutes * (1 + doubt):
            return own
    return best


def _cost(plan: Plan) -> float:
    return plan.expected_minutes


def _first_fixes(orders: Orders, ground: Ground) -> list[Plan]:
    """Return the fixes to come first in an order, that of the highest rate before the others."""
    here, found = ground.here, []
    for fix in orders.live(here)[:FIRST_FIXES]:
        cost = here.total * orders.problem.costs[fix] + orders.best(orders.failed(here, fix))[0]
        if cost < ground.never * NEARLY:
            found.append(Plan(cost, fix=fix))
    return found or [Plan(ground.never)]


def _useful(orders: Orders, ground: Ground) -> list[int]:
    """Return the questions that tell anything, the rule's choice first, then the best ones."""
    costs, rule = orders.problem.question_costs, ground.rule.question
    useful = [
        question
        for question, now in sorted(ground.nows.items(), key=lambda item: (item[1], item[0]))
        if now < ground.never + ground.here.total * costs[question] - TOLERANCE
    ]
    return sorted(useful, key=lambda question: question != rule)


def _affordable(
    orders: Orders, ground: Ground, useful: Sequence[int], firsts: int
) -> tuple[int, int]:
    """Return how many questions to look at and how deep, as far as the work allows."""
    chosen = 0, 0
    for breadth, depth in LADDER:
        count = _orders(orders, useful[:breadth], depth) * (1 + firsts) / 2
        if not useful or ground.work + count * orders.work(ground.here) > WORK:
            break
        chosen = breadth, min(depth, len(useful))
        if len(useful) < breadth:
            break
    return chosen


def _orders(orders: Orders, questions: Sequence[int], depth: int) -> int:
    """Return how many orders a search comes to.

    Each set of questions, with each way to answer it, each question before or after a fix:
    the elementary symmetric polynomials of twice the number of answers.
    """
    sets = [1] + [0] * depth
    for question in questions:
        answers = orders.answers_heard(question) + 1
        for size in range(depth, 0, -1):
            sets[size] += 2 * answers * sets[size - 1]
    return int(math.fsum(sets))


@dataclass
class Search:
    """What plans cost that ask at most so many questions."""

    orders: Orders
    questions: Sequence[int]
    nevers: dict[Path, tuple[float, int | None]] = field(default_factory=dict)
    """Cost and first fix of the best order, asking no more."""
    costs: dict[tuple[Path, int, bool], float] = field(default_factory=dict)
    bits: dict[int, tuple[Path, Path]] = field(default_factory=dict)
    """For each question, the bit of its first answer and those of all; "not sure" is the last."""

    def __post_init__(self) -> None:
        position = len(self.orders.problem.fixes)
        for question in self.questions:
            answers = len(self.orders.problem.questions[question].answers) + 1
            self.bits[question] = 1 << position, (1 << answers) - 1 << position
            position += answers

    def never(self, here: Outlook, path: Path) -> tuple[float, int | None]:
        """Return the cost of asking no more, and the first fix then."""
        if path not in self.nevers:
            self.nevers[path] = self.orders.best(here)
        return self.nevers[path]

    def cost(self, here: Outlook, path: Path, depth: int, *, may_wait: bool = True) -> float:
        """Return the cost of the best plan with at most `depth` more questions."""
        if depth == 0 or here.total < TOLERANCE:
            return self.never(here, path)[0]
        key = path, depth, may_wait
        if key not in self.costs:
            best, fix = self.never(here, path)
            if may_wait and fix is not None:
                best = min(best, self.after(here, path, depth, fix))
            for question, (_, all_answers) in self.bits.items():
                if not path & all_answers:
                    best = min(best, self.now(here, path, depth, question, best))
            self.costs[key] = best
        return self.costs[key]

    def after(self, here: Outlook, path: Path, depth: int, fix: int) -> float:
        """Return the cost if this fix is tried first and questions are asked then."""
        failed = self.orders.failed(here, fix)
        cost = here.total * self.orders.problem.costs[fix]
        return cost + self.cost(failed, path | 1 << fix, depth, may_wait=False)

    def now(self, here: Outlook, path: Path, depth: int, question: int, enough: float) -> float:
        """Return the cost if this question is asked now; or any larger one from `enough` on."""
        asked, bit = self.orders.problem.questions[question], self.bits[question][0]
        cost = here.total * self.orders.problem.question_costs[question]
        heard = 0.0
        for answer in self.orders.worth_hearing(here, question):
            if cost >= enough:
                return cost
            outlook = self.orders.answered(here, question, answer)
            heard += asked.usual[answer] * outlook.total
            share = (1 - asked.unsure) * asked.usual[answer]
            cost += share * self.cost(outlook, path | bit << answer, depth - 1)
        unheard = 1 - (1 - asked.unsure) * heard / here.total
        return cost + unheard * self.cost(here, path | bit << len(asked.usual), depth - 1)


__all__ = ["Ground", "Search", "look_further"]
