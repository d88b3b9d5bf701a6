"""For each cause, the walk of a person who has it and answers as such people mostly do."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.diagnosis import USER, Problem, next_turn

STEPS_AT_MOST = 200
EARLY = 3
"""Proposals within which a walk should have offered what helps."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What was proposed to somebody with a cause."""

    cause: str
    proposals: tuple[str, ...]
    """Fixes, parties and warnings, in the order in which they came."""
    questions: int
    helped: bool
    """Whether the last proposal mends the cause, or is a party that can, or warns of it."""

    @property
    def early(self) -> bool:
        """Whether what helps was among the first proposals."""
        return self.helped and len(self.proposals) <= EARLY


def typical_walks(problem: Problem, audience: str = USER) -> Iterator[Walk]:
    """Yield the walk of each cause, in catalog order."""
    for position in range(len(problem.causes)):
        yield _walk(problem, position, audience)


def _walk(problem: Problem, position: int, audience: str) -> Walk:
    cause = problem.causes[position]
    evidence: list[dict[str, str]] = []
    proposals: list[str] = []
    for _ in range(STEPS_AT_MOST):
        step = next_turn(problem, evidence, audience)["step"]
        if step["kind"] == "ask":
            answer = _typical(problem, step["question"], position)
            evidence.append({"question": step["question"], "answer": answer})
            continue
        proposals.append(step.get("fix") or step.get("party") or step["warning"])
        if step["kind"] != "try":
            helped = step["kind"] == "warn" or step["party"] in cause.mended_by
            break
        helped = position in problem.fixes[problem.fix_positions[step["fix"]]].mends
        if helped:
            break
        evidence.append({"fix": step["fix"], "outcome": "failed"})
    questions = len([entry for entry in evidence if "question" in entry])
    return Walk(cause.id, tuple(proposals), questions, helped)


def _typical(problem: Problem, name: str, position: int) -> str:
    """Return the likeliest answer of somebody with this cause."""
    question = problem.questions[problem.question_positions[name]]
    row = question.given.get(position, question.usual)
    return question.answers[max(range(len(row)), key=row.__getitem__)]
