"""How good the diagnosis is, in figures: the same people for every way to help, seeded."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from helpdesk.diagnosis.model import SOMETHING_ELSE, Problem

from .baselines import ENGINE, POLICIES
from .exact import least_cost
from .figures import among_first, calibration, mean, mean_of, percentile, ratio_of
from .parts import for_readers, random_part
from .policy import cost_of_policy
from .walks import Memory, Walk, omniscient, walk
from .worlds import WORLDS, Person, World, people

CASES = 100
CASES_FOR_EACH_PART = 10
"""One small part is solved exactly for so many cases."""

AS_WRITTEN = "as written"
OMNISCIENT = "omniscient"
COMPARED = ("most likely first", "updated P/C", "entropy per cost", ENGINE)
"""Ways to help that are shown in every world."""


Job = tuple[str, str]
"""A world, and a policy that is tried in it."""


def simulate(
    problem: Problem,
    cases: int = CASES,
    seed: int = 1,
    waiting: Callable[[list[Job]], Iterable[Job]] = iter,
) -> dict[str, Any]:
    """Return figures, ready for JSON; more cases take longer and make intervals narrower.

    `waiting` passes the long work on, piece by piece, and may tell how far it is.
    """
    readers = for_readers(problem)
    memories = {name: Memory(policy) for name, policy in POLICIES.items()}
    cohorts = {
        name: _Cohort(readers, world, cases, seed, memories) for name, world in WORLDS.items()
    }
    for name, policy in waiting([(n, p) for n in WORLDS for p in _compared(n)]):
        cohorts[name].walks(policy)
    return {
        "catalog": problem.catalog,
        "cases": cases,
        "seed": seed,
        "hand_off_minutes": problem.hand_off_minutes,
        "policies": cohorts[AS_WRITTEN].figures(_compared(AS_WRITTEN)),
        "worlds": {name: cohort.figures(COMPARED) for name, cohort in cohorts.items()},
        "calibration": {
            name: cohort.calibration()
            for name, cohort in cohorts.items()
            if not cohort.world.several
        },
        "parts": parts(readers, max(2, cases // CASES_FOR_EACH_PART), seed),
    }


def _compared(world: str) -> Iterable[str]:
    return POLICIES if world == AS_WRITTEN else COMPARED


def parts(problem: Problem, count: int, seed: int) -> dict[str, Any]:
    """Return by how many percent each policy is above the optimum on small parts."""
    dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
    return above_optimum([random_part(problem, dice) for _ in range(count)])


def above_optimum(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return by how many percent each policy is above the optimum on problems that are small."""
    above: dict[str, list[float]] = {name: [] for name in POLICIES}
    for problem in problems:
        optimum = least_cost(problem)
        for name, policy in POLICIES.items():
            above[name].append(100 * (cost_of_policy(problem, policy) / optimum - 1))
    return {
        name: {
            "mean": mean_of(values).as_list(),
            "p95": round(percentile(values, 0.95), 4),
            "worst": round(max(values), 4),
        }
        for name, values in above.items()
    }


@dataclass
class _Cohort:
    """The people of one world, and how they fared."""

    problem: Problem
    world: World
    cases: int
    seed: int
    memories: dict[str, Memory]

    def __post_init__(self) -> None:
        dice = random.Random(self.seed)  # noqa: S311 - no secret hangs on it
        self.people: list[tuple[Problem, Person]] = people(
            self.problem, self.world, self.cases, dice
        )
        self.known: dict[str, list[Walk]] = {}

    def walks(self, name: str) -> list[Walk]:
        """Return how each of them fared with a policy."""
        if name not in self.known:
            memory = self.memories[name]
            self.known[name] = [
                walk(self.problem, truth, person, memory) for truth, person in self.people
            ]
        return self.known[name]

    def figures(self, names: Iterable[str]) -> dict[str, Any]:
        """Return minutes, steps and ends by policy, and how much more than the engine's."""
        engine = [one.minutes for one in self.walks(ENGINE)]
        bound = [omniscient(truth, person) for truth, person in self.people]
        figures: dict[str, Any] = {
            OMNISCIENT: {
                "minutes": mean_of(bound).as_list(),
                "above_engine": ratio_of(bound, engine).as_list(),
            }
        }
        for name in names:
            walks = self.walks(name)
            minutes = [one.minutes for one in walks]
            figures[name] = {
                "minutes": mean_of(minutes).as_list(),
                "above_engine": ratio_of(minutes, engine).as_list(),
                "asked": round(mean(one.asked for one in walks), 2),
                "tried": round(mean(one.tried for one in walks), 2),
                "handed_over": round(mean(one.handed_over for one in walks), 4),
            }
        return figures

    def calibration(self) -> dict[str, float]:
        """Return how well the engine's beliefs fit the cause, at every step of everybody.

        Not at the last step alone: that a fix has helped says more than was known before it.
        Only how often the cause is among the first is told of the last step.
        """
        other = [cause.id for cause in self.problem.causes].index(SOMETHING_ELSE)
        walks = [
            (one.beliefs, person.causes[0] if person.causes else other)
            for one, (_, person) in zip(self.walks(ENGINE), self.people, strict=True)
        ]
        last = [(beliefs[-1], cause) for beliefs, cause in walks]
        every = [(belief, cause) for beliefs, cause in walks for belief in beliefs]
        return calibration(every) | among_first(last)


def as_text(result: dict[str, Any]) -> str:
    """Return the figures as tables for a terminal."""
    lines = [
        f"{result['cases']} cases, seed {result['seed']}, catalog {result['catalog']}",
        "",
        "Expected minutes until the problem is gone or handed over (95 % interval)",
        f"{'':<20}{'minutes':>9}{'interval':>16}{'above':>9}{'asked':>7}{'tried':>7}{'handed':>8}",
        *(_policy_line(name, row) for name, row in result["policies"].items()),
        "",
        "Above the exact optimum on small parts of the catalog, in percent",
        f"{'':<20}{'mean':>9}{'p95':>9}{'worst':>9}",
        *(
            f"{name:<20}{row['mean'][0]:>9.2f}{row['p95']:>9.2f}{row['worst']:>9.2f}"
            for name, row in result["parts"].items()
        ),
        "",
        "Minutes where the world is not as written",
        f"{'':<27}" + "".join(f"{name:>19}" for name in COMPARED),
        *(
            f"{world:<27}" + "".join(f"{rows[name]['minutes'][0]:>19.1f}" for name in COMPARED)
            for world, rows in result["worlds"].items()
        ),
        "",
        "How far confidence can be trusted",
        f"{'':<27}{'error':>8}{'Brier':>8}{'first':>8}{'top 3':>8}  very likely is right",
        *(_calibration_line(world, row) for world, row in result["calibration"].items()),
    ]
    return "\n".join(lines)


def _policy_line(name: str, row: dict[str, Any]) -> str:
    value, low, high = row["minutes"]
    interval = f"{low:.1f} to {high:.1f}"
    line = f"{name:<20}{value:>9.2f}{interval:>16}{row['above_engine'][0]:>+8.1f}%"
    if name != OMNISCIENT:
        line += f"{row['asked']:>7.1f}{row['tried']:>7.1f}{100 * row['handed_over']:>7.0f}%"
    return line


def _calibration_line(world: str, row: dict[str, float]) -> str:
    first = f"{world:<27}{row['ece']:>8.3f}{row['brier']:>8.3f}"
    tops = f"{100 * row['top_1']:>7.0f}%{100 * row['top_3']:>7.0f}%"
    return (
        f"{first}{tops}{100 * row['very_likely_right']:>8.0f}% of {100 * row['very_likely']:.0f}%"
    )
