"""The people of `cases`: does the wizard get them where their editor says it must?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpdesk.catalog.model import Case, Catalog
from helpdesk.diagnosis.model import NOT_SURE, SOMETHING_ELSE
from helpdesk.simulation.guided import Step, Turn, Turns, walk

from .findings import ERROR, Finding

KEYS = {"fix": "fix", "hand_off": "party", "warning": "warning"}
"""Under which name a turn's step has what a case wants to reach."""

WORDS = {
    "cause": "the cause",
    "fix": "the fix",
    "hand_off": "the hand-off to",
    "warning": "the warning",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case went."""

    steps: list[Step]
    reached: Mapping[str, int]
    """What was reached, and with which step, counted from 1."""

    def passed(self, case: Case) -> bool:
        """Tell whether all was reached soon enough."""
        return not self.missed(case)

    def missed(self, case: Case) -> list[str]:
        """Return what was reached too late or not at all."""
        late = case.within + 1
        return [kind for kind in case.reaches if self.reached.get(kind, late) > case.within]


def go_through(turns: Turns, case: Case) -> Outcome:
    """Return the walk of a case, up to its end or to where all is reached."""
    reached: dict[str, int] = {}
    seen: list[Turn] = []

    def enough(turn: Turn) -> bool:
        seen.append(turn)
        for kind, name in case.reaches.items():
            if kind not in reached and _is_there(turn, kind, name):
                reached[kind] = len(seen)
        return len(reached) == len(case.reaches)

    def answer(question: str) -> str:
        return case.answers.get(question, NOT_SURE)

    steps = walk(turns, answer, case.audience, case.tried, enough)
    return Outcome(steps, reached)


def _is_there(turn: Turn, kind: str, name: str) -> bool:
    if kind == "cause":
        return name == (turn.first if name == SOMETHING_ELSE else turn.likeliest)
    return turn.step.get(KEYS[kind]) == name


def cases_that_fail(catalog: Catalog, turns: Turns) -> Iterator[Finding]:
    """Yield the cases that the wizard does not get where they should be."""
    for case in catalog.cases.values():
        outcome = go_through(turns, case)
        if not outcome.passed(case):
            yield Finding(case.position, ERROR, "case", _failure(case, outcome))


def _failure(case: Case, outcome: Outcome) -> str:
    late = outcome.missed(case)
    wanted = " and ".join(f'{WORDS[kind]} "{case.reaches[kind]}"' for kind in late)
    came = [outcome.reached[kind] for kind in late if kind in outcome.reached]
    when = f"came only with step {max(came)}" if len(came) == len(late) else "did not come"
    likeliest = outcome.steps[-1].turn.likeliest
    return (
        f'The case "{case.id}" should reach {wanted} within {case.within} steps; it {when}. '
        f"The walk: {_walked(case, outcome)}. "
        f'Likeliest at its end: "{likeliest}". Change the words, or the case.'
    )


def _walked(case: Case, outcome: Outcome) -> str:
    """Return the steps of a walk: those that counted, and where it ended."""
    numbered = [f"{number}. {step}" for number, step in enumerate(outcome.steps, 1)]
    if len(numbered) > case.within + 1:
        numbered[case.within : -1] = ["…"]
    return "; ".join(numbered)
