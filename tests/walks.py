"""Walks through the diagnosis: everything a person could say at each step."""

import random
from collections.abc import Iterator

from helpdesk.browser.strategy import Pair, Strategy
from helpdesk.diagnosis import NOT_SURE, USER, Problem, next_turn
from helpdesk.diagnosis.evidence import FAILED, OUTCOMES, SOLVED, TRIED

Evidence = list[dict[str, str]]
STEPS_AT_MOST = 400


def replies(problem: Problem, step: dict[str, str]) -> list[dict[str, str]]:
    """Return every entry that can follow a step, the end excepted."""
    if step["kind"] == "ask":
        question = problem.questions[problem.question_positions[step["question"]]]
        answers = (*question.answers, NOT_SURE)
        return [{"question": question.id, "answer": answer} for answer in answers]
    if step["kind"] == "try":
        return [{"fix": step["fix"], "outcome": outcome} for outcome in OUTCOMES]
    return []


def walks(problem: Problem, steps: int, audience: str = USER) -> Iterator[Evidence]:
    """Yield the evidence of every walk of at most so many steps."""
    unfinished: list[Evidence] = [[]]
    while unfinished:
        evidence = unfinished.pop()
        yield evidence
        if len(evidence) < steps and not ends(evidence):
            step = next_turn(problem, evidence, audience)["step"]
            unfinished.extend([*evidence, reply] for reply in replies(problem, step))


def random_walk(problem: Problem, seed: int, audience: str = USER) -> Evidence:
    """Return what somebody says who answers anything, until the walk ends."""
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    evidence: Evidence = []
    for _ in range(STEPS_AT_MOST):
        options = replies(problem, next_turn(problem, evidence, audience)["step"])
        if not options or ends(evidence):
            return evidence
        evidence.append(chance.choice([o for o in options if o.get("outcome") != "solved"]))
    message = f"walk {seed} of {audience} does not end"
    raise AssertionError(message)


def ends(evidence: Evidence) -> bool:
    """Tell whether nothing can follow."""
    return bool(evidence) and evidence[-1].get("outcome") == SOLVED


def known(found: Strategy, pairs: tuple[Pair, ...]) -> Pair | None:
    """Return the step that a strategy knows, if it does."""
    node = found.nodes[0]
    for number, (_, said) in enumerate(pairs, start=1):
        value = FAILED if said == TRIED else said  # done before or done now, it did not help
        if value not in node.children:
            return next(iter(node.beyond.get(value, ())[len(pairs) - number :]), None)
        node = found.nodes[node.children[value]]
    return node.kind, node.subject
