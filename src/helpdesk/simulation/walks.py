"""Walking through the diagnosis with somebody, step by step."""

from collections.abc import Collection
from dataclasses import dataclass, field

from helpdesk.diagnosis.evidence import FAILED, REMOVED, Findings, replay
from helpdesk.diagnosis.model import NOT_SURE, Problem
from helpdesk.diagnosis.orders import Orders, Plan

from .policy import Policy
from .worlds import Person


@dataclass(frozen=True, slots=True)
class Walk:
    """How it went."""

    minutes: float
    asked: int
    tried: int
    handed_over: bool
    beliefs: tuple[list[float], ...]
    """P(cause) before each step."""


@dataclass
class Memory:
    """A policy that remembers what it did: many people begin alike."""

    policy: Policy
    steps: dict[object, Plan] = field(default_factory=dict)

    def __call__(self, problem: Problem, findings: Findings, belief: list[float]) -> Plan:
        """Return the next step for what was found."""
        known = findings.done, findings.cleared, findings.forgotten
        key = frozenset(findings.answers.items()), *known
        if key not in self.steps:
            fixes = _left(len(problem.fixes), findings.done)
            questions = _left(len(problem.questions), findings.answers)
            self.steps[key] = self.policy(problem, belief, fixes, questions)
        return self.steps[key]


def walk(problem: Problem, truth: Problem, person: Person, policy: Memory) -> Walk:
    """Return how a person fares with a policy that believes the problem, where the truth holds."""
    evidence: list[dict[str, str]] = []
    beliefs: list[list[float]] = []
    minutes, left = 0.0, set(person.causes)
    while True:
        findings = replay(problem, evidence)
        beliefs.append(findings.belief(problem))
        step = policy(problem, findings, beliefs[-1])
        if step.question is not None:
            minutes += truth.question_costs[step.question]
            evidence.append(_reply(problem, person, step.question))
        elif step.fix is not None:
            minutes += truth.costs[step.fix]
            ended = _ended(truth, person, left, step.fix)
            left -= ended
            if person.causes and not left:
                return _walk(minutes, evidence, beliefs, step)
            outcome = REMOVED if ended and person.notices else FAILED
            evidence.append({"fix": problem.fixes[step.fix].id, "outcome": outcome})
        else:
            return _walk(minutes + truth.hand_off_minutes, evidence, beliefs, step)


def omniscient(truth: Problem, person: Person) -> float:
    """Return the minutes it takes who knows the causes: a bound that nobody reaches."""
    orders = Orders(truth, range(len(truth.fixes)))
    minutes = 0.0
    for cause in person.causes:
        outlook = orders.outlook([float(other == cause) for other in range(len(truth.causes))])
        while (fix := orders.best(outlook)[1]) is not None:
            minutes += truth.costs[fix]
            if _ended(truth, person, {cause}, fix):
                break
            outlook = orders.failed(outlook, fix)
        else:
            return minutes + truth.hand_off_minutes
    return minutes if person.causes else truth.hand_off_minutes


def _walk(
    minutes: float, evidence: list[dict[str, str]], beliefs: list[list[float]], last: Plan
) -> Walk:
    asked = len([entry for entry in evidence if "question" in entry])
    tried = len(evidence) - asked + (last.fix is not None)
    return Walk(minutes, asked, tried, last.fix is None, tuple(beliefs))


def _reply(problem: Problem, person: Person, position: int) -> dict[str, str]:
    question, answer = problem.questions[position], person.answers[position]
    return {
        "question": question.id,
        "answer": NOT_SURE if answer is None else question.answers[answer],
    }


def _ended(truth: Problem, person: Person, causes: Collection[int], fix: int) -> set[int]:
    mends, luck = truth.fixes[fix].mends, person.luck[fix]
    return {cause for cause in causes if luck < mends.get(cause, 0.0)}


def _left(count: int, gone: Collection[int]) -> tuple[int, ...]:
    return tuple(position for position in range(count) if position not in gone)
