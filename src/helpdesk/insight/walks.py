"""The walk of somebody with each cause, and what each question is good for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import AGENT, USER, next_turn, posterior
from helpdesk.simulation.guided import Entry, Step, Turns, typically, walk

SHOWN_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """A step of a walk, and how likely the cause is by then."""

    step: Step
    belief: float
    """Before the step."""
    helps: bool
    """Whether it mends the cause, or leads to who can."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer does when it is the first thing known."""

    answer: str
    causes: tuple[tuple[str, float, float], ...]
    """Cause, how likely it is then, and how likely it was; the most changed first."""
    then: Mapping[str, str]
    """The next step."""


@dataclass
class Walks:
    """The walks of a catalog, each gone through once."""

    catalog: Catalog
    turns: Turns = field(init=False)
    known: dict[tuple[str, str], list[Seen]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Share the turns that many walks begin with."""
        self.turns = Turns(self.catalog.problem)

    def of(self, cause: str, audience: str = USER) -> list[Seen]:
        """Return the walk of somebody with a cause, to the first step that helps."""
        if (cause, audience) not in self.known:
            self.known[cause, audience] = self._go(cause, audience)
        return self.known[cause, audience]

    def asking(self, question: str) -> list[tuple[str, int]]:
        """Return the causes in whose walks a question is asked, and as which step."""
        audience = self.catalog.questions[question].audience
        found = []
        for cause in self.catalog.causes:
            steps = self.of(cause, audience)
            asked = [n for n, seen in enumerate(steps, 1) if seen.step.about == question]
            found += [(cause, asked[0])] if asked else []
        return sorted(found, key=lambda pair: pair[1])

    def replies(self, question: str) -> list[Reply]:
        """Return what each answer does to somebody of whom nothing else is known."""
        problem, audience = self.catalog.problem, self.catalog.questions[question].audience
        before = posterior(problem, [])
        found = []
        for answer in self.catalog.questions[question].answers:
            told = [{"question": question, "answer": answer}]
            after = posterior(problem, told)
            changed = sorted(after, key=lambda cause: before[cause] - after[cause])
            moved = tuple((c, after[c], before[c]) for c in changed[:SHOWN_AT_MOST])
            found.append(Reply(answer, moved, next_turn(problem, told, audience)["step"]))
        return found

    def audiences(self) -> tuple[str, ...]:
        """Return who answers: staff only where there are questions for them."""
        staff = any(question.audience == AGENT for question in self.catalog.questions.values())
        return (USER, AGENT) if staff else (USER,)

    def _go(self, cause: str, audience: str) -> list[Seen]:
        problem = self.catalog.problem
        position = [each.id for each in problem.causes].index(cause)
        steps = walk(self.turns, typically(problem, position), audience)
        evidence: list[Entry] = []
        seen: list[Seen] = []
        for step in steps:
            belief = posterior(problem, evidence)[cause]
            seen.append(Seen(step, belief, self._helps(step, cause)))
            if seen[-1].helps:
                break
            name = "question" if step.kind == "ask" else "fix"
            value = "answer" if step.kind == "ask" else "outcome"
            evidence.append({name: step.about, value: step.reply})
        return seen

    def _helps(self, step: Step, cause: str) -> bool:
        if step.kind == "try":
            return step.about in self.catalog.causes[cause].fixes
        if step.kind == "hand-off":
            return step.about in self.catalog.causes[cause].mended_by
        return step.kind == "warn"
