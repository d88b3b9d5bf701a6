"""Beliefs beside those of a library for Bayesian networks: the same to nine digits, and sooner."""

import random
import time
from importlib import import_module
from statistics import median
from typing import Any

from helpdesk.diagnosis import Problem, posterior
from helpdesk.simulation.parts import for_readers

ANSWERS = (0, 1, 3, 6, 10)
"""How many questions are answered, in turn."""


def measure(shipped: Problem, *, quick: bool) -> dict[str, Any]:
    """Return the greatest difference to pgmpy, and how many times longer it takes."""
    problem = for_readers(shipped)
    elimination = _network(problem)
    dice = random.Random(1)  # noqa: S311 - no secret hangs on it
    difference, ours, theirs = 0.0, [], []
    for number in range(10 if quick else 60):
        asked = dice.sample(problem.questions, ANSWERS[number % len(ANSWERS)])
        answers = {question.id: dice.choice(question.answers) for question in asked}
        evidence = [{"question": name, "answer": answer} for name, answer in answers.items()]
        start = time.perf_counter()
        mine = posterior(problem, evidence)
        between = time.perf_counter()
        table = elimination.query(["cause"], evidence=answers, show_progress=False)
        theirs.append(time.perf_counter() - between)
        ours.append(between - start)
        told = dict(zip(table.state_names["cause"], map(float, table.values), strict=True))
        difference = max(difference, *(abs(mine[cause] - told[cause]) for cause in mine))
    return {
        "library": "pgmpy",
        "beliefs": len(ours),
        "greatest_difference": difference,
        "milliseconds": round(1000 * median(ours), 3),
        "library_milliseconds": round(1000 * median(theirs), 3),
        "ratio": round(median(b / a for a, b in zip(ours, theirs, strict=True)), 1),
    }


def as_text(figures: dict[str, Any]) -> str:
    """Return the figures as one line."""
    return (
        f"Beliefs of the shipped catalog: those of {figures['library']} to "
        f"{figures['greatest_difference']:.1e} in {figures['beliefs']} cases; "
        f"it takes {figures['ratio']:g} x as long"
    )


def _network(problem: Problem) -> Any:  # noqa: ANN401 - the library says nothing of its types
    """Return the same knowledge as a network of one cause and its questions."""
    models, factors = import_module("pgmpy.models"), import_module("pgmpy.factors.discrete")
    questions = problem.questions
    network = models.DiscreteBayesianNetwork([("cause", question.id) for question in questions])
    total = sum(cause.weight for cause in problem.causes)
    names = [cause.id for cause in problem.causes]
    network.add_cpds(
        factors.TabularCPD(
            "cause",
            len(names),
            [[cause.weight / total] for cause in problem.causes],
            state_names={"cause": names},
        )
    )
    for question in questions:
        rows = [question.given.get(cause, question.usual) for cause in range(len(names))]
        network.add_cpds(
            factors.TabularCPD(
                question.id,
                len(question.answers),
                [list(column) for column in zip(*rows, strict=True)],
                evidence=["cause"],
                evidence_card=[len(names)],
                state_names={question.id: list(question.answers), "cause": names},
            )
        )
    return import_module("pgmpy.inference").VariableElimination(network)
