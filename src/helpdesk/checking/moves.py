"""What a change of the catalog moves: first questions, the walks of typical people, and cases."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AUDIENCES, USER
from helpdesk.simulation.guided import Step, Turns
from helpdesk.simulation.typical import typical_walk

from .cases import go_through

FIRST, CAUSE, CASE = "first", "cause", "case"


@dataclass(frozen=True, slots=True)
class Route:
    """How somebody gets where they get."""

    steps: tuple[str, ...]
    """What the wizard did, in words, the person's replies in parentheses."""
    ends_with: str
    """The last step, without a reply."""
    good: bool
    """Whether a person is helped, or a case passes."""


@dataclass(frozen=True, slots=True)
class Move:
    """Something that is not as it was. Where one side is None, it is new or gone."""

    kind: str
    """`first` (the first step of an audience), `cause` or `case`."""
    id: str
    before: Route | None
    after: Route | None

    def told(self) -> str:
        """Return the move in plain words."""
        return _WORDS[self.kind](self)

    def as_json(self) -> dict[str, Any]:
        """Return the move as plain data."""
        sides = {"before": self.before, "after": self.after}
        return {"kind": self.kind, "id": self.id} | {
            name: route and {"steps": list(route.steps), "good": route.good}
            for name, route in sides.items()
        }


Job = tuple[str, Callable[[], Move | None]]
"""What is compared, for who waits, and what compares it."""


def comparisons(old: Catalog, new: Catalog, audience: str = USER) -> list[Job]:
    """Return everything to compare: first steps, then causes, then cases."""
    before, after = _Side(old, audience), _Side(new, audience)
    names = (
        [(FIRST, name) for name in AUDIENCES]
        + [(CAUSE, name) for name in dict.fromkeys((*old.causes, *new.causes))]
        + [(CASE, name) for name in dict.fromkeys((*old.cases, *new.cases))]
    )
    return [(name, _comparison(kind, name, before, after)) for kind, name in names]


def _comparison(kind: str, name: str, before: "_Side", after: "_Side") -> Callable[[], Move | None]:
    def compare() -> Move | None:
        routes = before.route(kind, name), after.route(kind, name)
        return None if routes[0] == routes[1] else Move(kind, name, *routes)

    return compare


class _Side:
    """The routes of one catalog."""

    def __init__(self, catalog: Catalog, audience: str) -> None:
        self._catalog = catalog
        self._audience = audience
        self._turns = Turns(catalog.problem)

    def route(self, kind: str, name: str) -> Route | None:
        """Return a route, or None where this catalog does not have what is named."""
        if kind == FIRST:
            return _route([Step(self._turns.after([], name))], good=True)
        if kind == CAUSE:
            position = self._catalog.problem.cause_positions.get(name)
            if position is None:
                return None
            walk = typical_walk(self._turns, position, self._audience)
            return _route(walk.steps, good=walk.helped)
        case = self._catalog.cases.get(name)
        if case is None:
            return None
        outcome = go_through(self._turns, case)
        return _route(outcome.steps, good=outcome.passed(case))


def _route(steps: "tuple[Step, ...] | list[Step]", *, good: bool) -> Route:
    return Route(tuple(map(str, steps)), str(Step(steps[-1].turn)), good)


def _first_told(move: Move) -> str:
    before = move.before.ends_with if move.before else ""
    after = move.after.ends_with if move.after else ""
    return f'The wizard for "{move.id}" began: {before}. Now it begins: {after}.'


def _cause_told(move: Move) -> str:
    if move.before is None or move.after is None:
        return _new_or_gone(move, "cause")
    then, now = _helped(move.before), _helped(move.after)
    if then == now:
        return f'"{move.id}": {now}, as before, but on another way.'
    return f'"{move.id}": {now}. Before, {then}.'


def _helped(route: Route) -> str:
    if not route.good:
        return f"people with it are not helped (after {len(route.steps)} steps)"
    return f"the wizard {route.ends_with} in step {len(route.steps)}"


def _case_told(move: Move) -> str:
    if move.before is None or move.after is None:
        return _new_or_gone(move, "case")
    then, now = move.before, move.after
    if then.good != now.good:
        return f'The case "{move.id}" {"passes now" if now.good else "fails now"}.'
    if len(then.steps) != len(now.steps):
        took = f"takes {len(now.steps)} steps, before {len(then.steps)}"
        return f'The case "{move.id}" {took}.'
    return f'The case "{move.id}" takes another way of {len(now.steps)} steps.'


def _new_or_gone(move: Move, what: str) -> str:
    if move.after is None:
        return f'The {what} "{move.id}" is gone.'
    reached = f"the wizard {move.after.ends_with} in step {len(move.after.steps)}"
    return f'The {what} "{move.id}" is new: {reached}.'


_WORDS: Mapping[str, Callable[[Move], str]] = {
    FIRST: _first_told,
    CAUSE: _cause_told,
    CASE: _case_told,
}


def ways(move: Move) -> Iterator[str]:
    """Yield both ways of a move, step by step, for who wants to see them."""
    for when, route in (("before", move.before), ("now", move.after)):
        if route and move.kind != FIRST:
            yield f"{when}: {'; '.join(route.steps)}"
