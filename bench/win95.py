"""A troubleshooter from outside: Microsoft's network for Windows 95 printers (`win95pts`).

The network (76 nodes; its BIF file ships with pgmpy) says what goes wrong; it has no costs, so
those are below, in minutes. The symptom is "no output". People are drawn from the network
itself, so several parts can be faulty at once. The engine is given what an editor could write:
one cause for each part, as likely as the network says, with what shows when only that part is
faulty. It never sees the network.
"""

import gzip
import random
import re
from dataclasses import dataclass, field
from importlib import resources
from statistics import fmean
from typing import Any

from helpdesk.diagnosis.evidence import FAILED, REMOVED, replay
from helpdesk.diagnosis.model import SOMETHING_ELSE, Cause, Fix, Problem, Question
from helpdesk.simulation.baselines import ENGINE, POLICIES
from helpdesk.simulation.figures import mean_of, ratio_of
from helpdesk.simulation.walks import Memory

FILE = "utils/example_models/win95pts.bif.gz"
SYMPTOM = "Problem1"
HAND_OFF = 120.0
SAMPLES = 1500
"""Drawn for each cause, to know what it shows."""

REPAIRS = {
    "AppOK": 20, "DataFile": 5, "DskLocal": 10, "PrtSpool": 2, "PrtOn": 0.5, "PrtPaper": 1,
    "PrtDriver": 15, "PrtThread": 10, "DrvSet": 5, "DrvOK": 15, "PrtSel": 1, "PrtPath": 3,
    "NtwrkCnfg": 20, "PTROFFLINE": 1, "PrtCbl": 2, "PrtPort": 10, "CblPrtHrdwrOK": 30,
    "PrtMpTPth": 4, "PrtMem": 30, "PrtTimeOut": 3, "FllCrrptdBffr": 2, "TnrSpply": 5,
}  # fmt: skip
"""Minutes to put a part right."""

OBSERVATIONS = {
    "NetPrint": 0.2, "DSApplctn": 0.2, "PrtStatPaper": 0.5, "PrtStatToner": 0.5,
    "PrtStatMem": 0.5, "PrtStatOff": 0.3, "PrtIcon": 0.3, "PrtFile": 3, "HrglssDrtnAftrPrnt": 1,
    "AppDtGnTm": 1, "Problem2": 1, "Problem3": 2, "Problem4": 2, "Problem5": 2, "Problem6": 2,
}  # fmt: skip
"""Minutes to look at something that shows."""


@dataclass
class Network:
    """Binary nodes in an order where parents come first; state 0 is the good one."""

    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bad: dict[str, dict[tuple[int, ...], float]] = field(default_factory=dict)
    """P(state 1) by the states of the parents."""

    def states(self, luck: dict[str, float], fixed: dict[str, int]) -> dict[str, int]:
        """Return the state of every node that follows from everybody's luck."""
        states: dict[str, int] = {}
        for node, parents in self.parents.items():
            above = tuple(states[parent] for parent in parents)
            states[node] = fixed.get(node, int(luck[node] < self.bad[node][above]))
        return states

    def luck(self, dice: random.Random) -> dict[str, float]:
        """Draw what is left to chance."""
        return {node: dice.random() for node in self.parents}


def read_network() -> Network:
    """Return the network from the file that pgmpy ships."""
    content = resources.files("pgmpy").joinpath(FILE).read_bytes()
    text = gzip.decompress(content).decode()
    variables = re.findall(r"variable (\S+) \{\s*type discrete \[ 2 \] \{([^}]*)\}", text)
    values = {name: [value.strip() for value in listed.split(",")] for name, listed in variables}
    network = Network()
    blocks = {
        match[1]: (match[2], match[3])
        for match in re.finditer(r"probability \( (\S+)(?: \| ([^)]*))? \) \{([^}]*)\}", text)
    }
    while len(network.parents) < len(blocks):
        for node, (given, rows) in blocks.items():
            parents = tuple(name.strip() for name in (given or "").split(",") if name.strip())
            if node not in network.parents and all(p in network.parents for p in parents):
                network.parents[node] = parents
                network.bad[node] = _bad(rows, parents, values)
    return network


def _bad(
    rows: str, parents: tuple[str, ...], values: dict[str, list[str]]
) -> dict[tuple[int, ...], float]:
    if not parents:
        return {(): float(rows.partition(",")[2].partition(";")[0])}
    bad = {}
    for states, chances in re.findall(r"\(([^)]*)\)([^;]*);", rows):
        above = tuple(
            values[parent].index(state.strip())
            for parent, state in zip(parents, states.split(","), strict=True)
        )
        bad[above] = float(chances.split(",")[1])
    return bad


def as_problem(network: Network, dice: random.Random) -> Problem:
    """Return what an editor could write of the network: one cause for each part."""
    causes, shown = [], []
    for part in (*REPAIRS, ""):
        fixed = {name: int(name == part) for name in REPAIRS}
        seen = [network.states(network.luck(dice), fixed) for _ in range(SAMPLES)]
        broken = [states for states in seen if states[SYMPTOM]]
        rate = network.bad[part][()] / (1 - network.bad[part][()]) if part else 1.0
        weight = max(rate * len(broken) / SAMPLES, 1e-6)
        causes.append(Cause(part or SOMETHING_ELSE, weight, "recipient", ("sender",)))
        shown.append(
            {
                name: (sum(states[name] for states in broken) + 1) / (len(broken) + 2)
                for name in OBSERVATIONS
            }
        )
    return Problem(
        catalog="win95pts",
        hand_off_minutes=HAND_OFF,
        waiting_weight=0.2,
        hand_off_to=("sender",),
        causes=tuple(causes),
        questions=tuple(_question(name, [row[name] for row in shown]) for name in OBSERVATIONS),
        fixes=tuple(
            Fix(part, minutes, 0.0, "recipient", "", {position: 1.0})
            for position, (part, minutes) in enumerate(REPAIRS.items())
        ),
        warnings=(),
        limits=(),
    )


def _question(name: str, bad: list[float]) -> Question:
    usual = fmean(bad)
    return Question(
        id=name,
        minutes=OBSERVATIONS[name],
        audience="user",
        unsure=0.0,
        answers=("good", "bad"),
        usual=(1 - usual, usual),
        given={cause: (1 - chance, chance) for cause, chance in enumerate(bad)},
    )


def walk(
    network: Network, problem: Problem, luck: dict[str, float], policy: Memory
) -> tuple[float, int, bool]:
    """Return minutes, steps and whether it was handed over, for one printer."""
    evidence: list[dict[str, str]] = []
    repaired: dict[str, int] = {}
    minutes = 0.0
    while True:
        states = network.states(luck, repaired)
        findings = replay(problem, evidence)
        step = policy(problem, findings, findings.belief(problem))
        if step.question is not None:
            asked = problem.questions[step.question]
            minutes += asked.minutes
            evidence.append({"question": asked.id, "answer": asked.answers[states[asked.id]]})
        elif step.fix is not None:
            part = problem.fixes[step.fix].id
            minutes += problem.costs[step.fix]
            was_bad, repaired[part] = states[part], 0
            if not network.states(luck, repaired)[SYMPTOM]:
                return minutes, len(evidence) + 1, False
            evidence.append({"fix": part, "outcome": REMOVED if was_bad else FAILED})
        else:
            return minutes + HAND_OFF, len(evidence), True


def knowing(network: Network, luck: dict[str, float]) -> float:
    """Return the minutes of one who sees every fault: repairs, the cheapest first."""
    repaired: dict[str, int] = {}
    minutes = 0.0
    states = network.states(luck, {})
    for part in sorted((p for p in REPAIRS if states[p]), key=REPAIRS.__getitem__):
        minutes += REPAIRS[part]
        repaired[part] = 0
        if not network.states(luck, repaired)[SYMPTOM]:
            return minutes
    return minutes + HAND_OFF


def measure(*, quick: bool) -> dict[str, Any]:
    """Return cost and steps of every policy on printers that print nothing."""
    network = read_network()
    dice = random.Random(95)  # noqa: S311 - no secret hangs on it
    problem = as_problem(network, dice)
    printers: list[dict[str, float]] = []
    while len(printers) < (40 if quick else 400):
        luck = network.luck(dice)
        if network.states(luck, {})[SYMPTOM]:
            printers.append(luck)
    faults = [sum(network.states(luck, {})[part] for part in REPAIRS) for luck in printers]
    made = {
        name: [walk(network, problem, luck, memory) for luck in printers]
        for name, policy in POLICIES.items()
        for memory in [Memory(policy)]
    }
    engine = [minutes for minutes, _, _ in made[ENGINE]]
    return {
        "printers": len(printers),
        "several_faults": round(sum(count > 1 for count in faults) / len(faults), 3),
        "knowing_every_fault": mean_of([knowing(network, luck) for luck in printers]).as_list(),
        "policies": {name: _figures(walks, engine) for name, walks in made.items()},
    }


def _figures(walks: list[tuple[float, int, bool]], engine: list[float]) -> dict[str, Any]:
    minutes = [taken for taken, _, _ in walks]
    return {
        "minutes": mean_of(minutes).as_list(),
        "above_engine": ratio_of(minutes, engine).as_list(),
        "steps": round(fmean(steps for _, steps, _ in walks), 2),
        "handed_over": round(fmean(handed for _, _, handed in walks), 3),
    }


def as_text(figures: dict[str, Any]) -> str:
    """Return the figures as a table for a terminal."""
    several = f"{100 * figures['several_faults']:.0f} % with several faults"
    knowing_all = f"who sees every fault needs {figures['knowing_every_fault'][0]:.1f} minutes"
    lines = [
        f"win95pts: {figures['printers']} printers without output, {several}; {knowing_all}",
        f"{'':<22}{'minutes':>9}{'interval':>18}{'above':>9}{'steps':>8}{'handed':>8}",
    ]
    for name, row in figures["policies"].items():
        value, low, high = row["minutes"]
        lines.append(
            f"{name:<22}{value:>9.1f}{f'{low:.1f} to {high:.1f}':>18}"
            f"{row['above_engine'][0]:>+8.1f}%{row['steps']:>8.1f}{100 * row['handed_over']:>7.0f}%"
        )
    return "\n".join(lines)
