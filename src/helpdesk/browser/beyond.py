"""What follows beyond the likely part: nothing more is asked, and what is left to try comes.

The order is the engine's for somebody who is sure of nothing more and whom no fix helps; at the end
comes a person. Where something has to be asked first, because its answer may call for a warning,
nothing follows: that is Python's to ask.
"""

from collections.abc import Sequence
from dataclasses import replace

from helpdesk.diagnosis import NOT_SURE, USER, Problem
from helpdesk.diagnosis.belief import normalized, prior
from helpdesk.diagnosis.evidence import DEFERRED, FAILED, REMOVED, replay
from helpdesk.diagnosis.orders import Orders
from helpdesk.diagnosis.reasons import responsible
from helpdesk.diagnosis.turns import called_for, choose, safety_questions

from .strategy import FOR_NODES, Node, Pair, Steps, Strategy, entries

AFTER_FIX = (FAILED, DEFERRED, REMOVED)
"""What is said of a fix that did not end the problem; "tried before" leads where "failed" does."""

ORDERS = 25
"""About how many orders it takes to find out what is left (`Orders.work`)."""


def said(problem: Problem, kind: str, subject: str) -> Sequence[str]:
    """Return what can be said to a step that does not end the walk, in the order of the catalog."""
    if kind == "ask":
        return (*problem.questions[problem.question_positions[subject]].answers, NOT_SURE)
    return AFTER_FIX if kind == "try" else ()


def continued(problem: Problem, found: Strategy, audience: str, work: float) -> Strategy:
    """Return a strategy with what follows beyond it, for the likeliest nodes first."""
    affordable = int((1 - FOR_NODES) * work / _work(problem))
    nodes: list[Node] = []
    for node in found.nodes:
        ways = [v for v in said(problem, node.kind, node.subject) if v not in node.children]
        beyond = {
            value: steps_left(problem, (*node.evidence, (node.subject, value)), audience)
            for value in ways[:affordable]
        }
        affordable -= len(beyond)
        nodes.append(replace(node, beyond={v: steps for v, steps in beyond.items() if steps}))
    return Strategy(tuple(nodes))


def steps_left(problem: Problem, pairs: Sequence[Pair], audience: str = USER) -> Steps:
    """Return what follows if nothing more is asked, up to where something has to be."""
    findings = replay(problem, entries(problem, pairs))
    warning = called_for(problem, findings)
    if warning:
        return (("warn", warning.id),)
    unasked = [
        position
        for position, question in enumerate(problem.questions)
        if position not in findings.answers and question.audience in {USER, audience}
    ]
    unsure = {**findings.answers, **dict.fromkeys(unasked)}
    steps: list[Pair] = []
    while True:
        belief = findings.belief(problem)
        if any(True for _ in safety_questions(problem, findings, belief, unasked)):
            return tuple(steps)
        fix = choose(problem, replace(findings, answers=unsure), belief, audience).fix
        if fix is None:
            return (*steps, ("hand-off", responsible(problem, belief)[0]))
        steps.append(("try", problem.fixes[fix].id))
        findings = replace(findings, done=findings.done | {fix})


def _work(problem: Problem) -> float:
    """Return about what it takes to find out what is left."""
    orders = Orders(problem, range(len(problem.fixes)))
    return ORDERS * orders.work(orders.outlook(normalized(problem, prior(problem))))
