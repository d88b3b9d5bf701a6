"""How far from the exact optimum: on random problems, and with numbers that are wrong.

Every policy meets the same problems. What each refinement of the engine gains is shown by
adding one after the other.
"""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from helpdesk.diagnosis import lookahead
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.planning import plan
from helpdesk.simulation.baselines import ENGINE, POLICIES
from helpdesk.simulation.exact import least_cost
from helpdesk.simulation.figures import mean_of, percentile
from helpdesk.simulation.instances import MEDIUM, SMALL, Shape, random_problem
from helpdesk.simulation.parts import for_readers, random_part
from helpdesk.simulation.policy import Policy, cost_of_policy
from helpdesk.simulation.worlds import World, truth_of

SEED = 1
TANGLED = Shape(causes=8, fixes=9, questions=2, stated=0.7, fixes_each=3, generic=2)
"""Fixes that share causes, where the order by rate is not always the best."""

REFINEMENTS: Mapping[str, Mapping[str, Any]] = {
    "equation 5 alone": {"WORK": 0.0, "FIRST_FIXES": 1},
    "+ other fixes first": {"WORK": 0.0},
    "+ two questions deep": {"LADDER": ((3, 2), (4, 2))},
    "+ three deep": {"LADDER": ((3, 2), (3, 3), (4, 3))},
    "+ as deep as affordable": {},
}
NOISES = (0.0, 0.5, 1.0, 1.5)
NOISY = ("most likely first", "updated P/C", "entropy per cost", "equation 5", ENGINE)


def measure(shipped: Problem, *, quick: bool) -> dict[str, Any]:
    """Return percent above the optimum, of policies and of refinements."""
    small = [random_problem(SMALL, seed) for seed in range(20 if quick else 200)]
    medium = [random_problem(MEDIUM, seed) for seed in range(2 if quick else 24)]
    tangled = [random_problem(TANGLED, seed) for seed in range(20 if quick else 120)]
    dice = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    parts = [random_part(for_readers(shipped), dice) for _ in range(4 if quick else 40)]
    return {
        "small": above_optimum(small, POLICIES),
        "medium": above_optimum(medium, POLICIES),
        "parts_of_shipped": above_optimum(parts, POLICIES),
        "refinements": {"small": gains(small[:100]), "tangled": gains(tangled)},
        "noise": {
            str(noise): wrong_numbers(small[: 5 if quick else 100], noise) for noise in NOISES
        },
    }


def above_optimum(problems: list[Problem], policies: Mapping[str, Policy]) -> dict[str, Any]:
    """Return how many percent each policy costs more than the exact optimum."""
    optima = [least_cost(problem) for problem in problems]
    figures = {}
    for name, policy in policies.items():
        costs = [cost_of_policy(problem, policy) for problem in problems]
        figures[name] = _figures(costs, optima)
    return {"problems": len(problems), "policies": figures}


def gains(problems: list[Problem]) -> dict[str, Any]:
    """Return the same for the engine with one refinement after the other."""
    optima = [least_cost(problem) for problem in problems]
    figures = {}
    for name, settings in REFINEMENTS.items():
        with _set(settings):
            figures[name] = _figures([cost_of_policy(p, plan) for p in problems], optima)
    return {"problems": len(problems), "policies": figures}


def wrong_numbers(problems: list[Problem], noise: float) -> dict[str, Any]:
    """Return percent above the optimum of the truth, where the truth is not what was written."""
    dice = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    truths = [truth_of(problem, World(noise=noise), dice) for problem in problems]
    optima = [least_cost(truth) for truth in truths]
    figures = {}
    for name in NOISY:
        pairs = zip(problems, truths, strict=True)
        costs = [cost_of_policy(problem, POLICIES[name], truth) for problem, truth in pairs]
        figures[name] = _figures(costs, optima)
    return {"problems": len(problems), "policies": figures}


def _figures(costs: list[float], optima: list[float]) -> dict[str, Any]:
    above = [100 * (cost / best - 1) for cost, best in zip(costs, optima, strict=True)]
    return {
        "mean": mean_of(above).as_list(),
        "p95": round(percentile(above, 0.95), 3),
        "worst": round(max(above), 3),
    }


@contextmanager
def _set(settings: Mapping[str, Any]) -> Iterator[None]:
    """Change how far the engine looks, for a while."""
    before = {name: getattr(lookahead, name) for name in settings}
    for name, value in settings.items():
        setattr(lookahead, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(lookahead, name, value)


def as_text(figures: dict[str, Any]) -> str:
    """Return the figures as tables for a terminal."""
    lines = []
    tables = {
        "random problems (8 causes, 6 fixes, 4 questions)": figures["small"],
        "random problems (10 causes, 7 fixes, 5 questions)": figures["medium"],
        "parts of the shipped catalog": figures["parts_of_shipped"],
        "random problems, one refinement after the other": figures["refinements"]["small"],
        "random problems whose fixes share causes, the same": figures["refinements"]["tangled"],
    }
    for title, table in tables.items():
        lines += [f"Percent above the exact optimum: {table['problems']} {title}"]
        lines += [f"{'':<26}{'mean':>8}{'interval':>18}{'p95':>8}{'worst':>8}"]
        lines += [_line(name, row) for name, row in table["policies"].items()]
        lines += [""]
    lines += ["Percent above the optimum of the truth, where every number is off by noise"]
    lines += [f"{'':<22}" + "".join(f"{noise:>10}" for noise in figures["noise"])]
    lines += [
        f"{name:<22}"
        + "".join(f"{row['policies'][name]['mean'][0]:>10.1f}" for row in figures["noise"].values())
        for name in NOISY
    ]
    return "\n".join(lines)


def _line(name: str, row: dict[str, Any]) -> str:
    value, low, high = row["mean"]
    interval = f"{low:.2f} to {high:.2f}"
    return f"{name:<26}{value:>8.2f}{interval:>18}{row['p95']:>8.2f}{row['worst']:>8.2f}"
