"""Causes whose people the wizard does not help."""

from collections.abc import Iterator

from helpdesk.catalog.model import Catalog
from helpdesk.diagnosis.model import SOMETHING_ELSE, Problem
from helpdesk.diagnosis.turns import RECIPIENT
from helpdesk.simulation.guided import Turns
from helpdesk.simulation.typical import Walk, typical_walk

from .findings import NOTE, WARNING, Finding

TURNS_AT_LEAST, WORK = 20, 30_000
"""Turns that are taken with typical people: so many, or so many causes in all turns if that is
more. Small catalogs are walked through whole, of large ones a part."""


def helpless(problem: Problem) -> list[int]:
    """Return the named causes for which nothing is proposed and nobody takes over. Exact."""
    doers = (RECIPIENT, *problem.staff)
    helped = {
        cause
        for position, fix in enumerate(problem.fixes)
        for cause, surely in fix.mends.items()
        if fix.by in doers and problem.costs[position] < surely * problem.hand_off_minutes
    }
    return [
        position
        for position, cause in enumerate(problem.causes)
        if position not in helped
        and not set(cause.mended_by) & set(problem.hand_off_to)
        and cause.id != SOMETHING_ELSE
    ]


def causes_without_help(catalog: Catalog) -> Iterator[Finding]:
    """Yield the named causes of which nobody is ever helped. Exact."""
    for position in helpless(catalog.problem):
        cause = catalog.causes[catalog.problem.causes[position].id]
        message = (
            f'Nobody with "{cause.id}" is helped: none of its fixes is worth its time, and who '
            f"can mend it ({', '.join(cause.mended_by)}) cannot be contacted. "
            "Give it a quicker fix, or one of them a contact."
        )
        yield Finding(cause.position, WARNING, "cause-without-help", message)


def typical_people_not_helped(catalog: Catalog, turns: Turns) -> Iterator[Finding]:
    """Yield the named causes whose people, answering as most do, are not led to what helps."""
    problem = catalog.problem
    told = set(helpless(problem))
    most = len(turns.known) + max(TURNS_AT_LEAST, WORK // len(problem.causes))
    walked, order = 0, _spread(len(problem.causes))
    for position in order:
        if len(turns.known) > most:
            break
        walk = typical_walk(turns, position)
        walked += 1
        if not walk.helped and position not in told and walk.cause != SOMETHING_ELSE:
            yield _not_helped(catalog, walk)
    if walked < len(order):
        message = (
            f"{walked} of {len(order)} causes were walked with, spread evenly, to see if typical "
            "people are helped. `helpdesk walks` shows all."
        )
        yield Finding(catalog.introduction.position, NOTE, "walked-in-part", message)


def _not_helped(catalog: Catalog, walk: Walk) -> Finding:
    last = walk.steps[-1]
    message = (
        f'Somebody with "{walk.cause}" who answers as most do is not helped: in step '
        f'{len(walk.steps)} the wizard hands over to "{last.about}", which cannot mend it. '
        "Give it a likelier sign or a quicker fix, or add that party to mended_by."
    )
    place = catalog.causes[walk.cause].position
    return Finding(place, WARNING, "typical-walk-fails", message)


def _spread(count: int) -> list[int]:
    """Return all positions, so that any first part of them is spread evenly."""
    step = 1
    while step < count:
        step *= 2
    order: dict[int, None] = {}
    while step:
        order.update(dict.fromkeys(range(0, count, step)))
        step //= 2
    return list(order)
