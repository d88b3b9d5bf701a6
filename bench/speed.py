"""How long one step takes: beside the plain listing, at a catalog's size, and as it grows."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any

from helpdesk.diagnosis import next_turn
from helpdesk.diagnosis.belief import normalized, prior
from helpdesk.diagnosis.model import Problem
from helpdesk.diagnosis.planning import Plan, equation_5, plan
from helpdesk.diagnosis.wire import turn_json
from helpdesk.simulation.figures import percentile
from helpdesk.simulation.instances import Shape, random_problem

from .listing import HAND_OVER, Listing

BESIDE_LISTING = Shape(causes=40, fixes=36, questions=20)
CATALOG = Shape(causes=60, fixes=80, questions=25, answers=3, stated=0.15, fixes_each=2, generic=2)
SIZES = (1000, 2500, 5000, 10_000)
DEAR = 5000.0
STEPS = 8


def measure(shipped: Problem, *, quick: bool) -> dict[str, Any]:
    """Return all times in milliseconds of processor time."""
    rounds = 3 if quick else 8
    return {
        "beside_listing": beside_listing(rounds),
        "catalog_size": catalog_size(10 if quick else 40),
        "shipped": shipped_turns(shipped, 20 if quick else 80),
        "growth": [
            growth(size, hand_off)
            for hand_off in (45.0, DEAR)
            for size in (SIZES[:2] if quick else SIZES)
        ],
    }


def beside_listing(rounds: int) -> dict[str, Any]:
    """Return the ratio to the listing, for the rule alone and with looking further."""
    times: dict[str, list[float]] = {"listing": [], "equation_5": [], "plan": []}
    same = 0
    for seed in range(rounds):
        problem = random_problem(BESIDE_LISTING, seed)
        belief, fixes, questions = _start(problem)
        listing = Listing(problem)
        times["listing"].append(_time(listing.step, belief, warm=False))
        times["equation_5"].append(_time(equation_5, problem, belief, fixes, questions))
        times["plan"].append(_time(plan, problem, belief, fixes, questions))
        same += _same(equation_5(problem, belief, fixes, questions), listing.step(belief))
    ratios = [a / b for a, b in zip(times["listing"], times["equation_5"], strict=True)]
    return {
        "milliseconds": {name: round(median(values), 2) for name, values in times.items()},
        "ratio": round(median(ratios), 1),
        "spread": [round(min(ratios), 1), round(max(ratios), 1)],
        "ratio_looking_further": round(
            median(a / b for a, b in zip(times["listing"], times["plan"], strict=True)), 1
        ),
        "same_steps": f"{same} of {rounds}",
    }


def catalog_size(count: int) -> dict[str, Any]:
    """Return the time of a step at 60 causes, 25 questions and 80 fixes, rule and plan."""
    rule, whole = [], []
    for seed in range(count):
        problem = random_problem(CATALOG, seed)
        belief, fixes, questions = _start(problem)
        rule.append(_time(equation_5, problem, belief, fixes, questions))
        whole.append(_time(plan, problem, belief, fixes, questions))
    return {"equation_5": _summary(rule), "plan": _summary(whole)}


def shipped_turns(problem: Problem, count: int) -> dict[str, Any]:
    """Return the time of whole turns, JSON included, along random walks of the shipped catalog."""
    times: list[float] = []
    dice = random.Random(1)  # noqa: S311 - no secret hangs on it
    while len(times) < count:
        evidence: list[dict[str, str]] = []
        while len(evidence) < STEPS:
            times.append(_time(turn_json, problem, evidence, "user"))
            step = next_turn(problem, evidence)["step"]
            if step["kind"] == "ask":
                asked = problem.questions[problem.question_positions[step["question"]]]
                evidence.append({"question": asked.id, "answer": dice.choice(asked.answers)})
            elif step["kind"] == "try":
                evidence.append({"fix": step["fix"], "outcome": "failed"})
            else:
                break
    return _summary(times)


def growth(causes: int, hand_off: float) -> dict[str, Any]:
    """Return the time of a whole turn on a large sparse problem.

    Where handing over is dear, orders of hundreds of fixes have to be looked at.
    """
    shape = Shape(
        causes=causes,
        fixes=causes * 3 // 2,
        questions=causes * 3 // 100,
        answers=4,
        stated=100 / causes,
        fixes_each=2,
        generic=0,
    )
    problem = replace(random_problem(shape, 1), hand_off_minutes=hand_off)
    evidence: list[dict[str, str]] = []
    times = []
    for question in problem.questions[:5]:
        times.append(_time(turn_json, problem, evidence, "user"))
        evidence.append({"question": question.id, "answer": question.answers[0]})
    stated = sum(len(question.given) for question in problem.questions)
    stated += sum(len(fix.mends) for fix in problem.fixes)
    return {
        "causes": causes,
        "fixes": shape.fixes,
        "questions": shape.questions,
        "stated": stated,
        "hand_off_minutes": hand_off,
        "milliseconds": round(median(times), 1),
    }


def as_text(figures: dict[str, Any]) -> str:
    """Return the times as lines for a terminal."""
    beside, size = figures["beside_listing"], figures["catalog_size"]
    times = f"{beside['ratio']:g} x as long as the rule here"
    further = f"{beside['ratio_looking_further']:g} x as long as with looking further"
    listing = f"the plain listing takes {times}, {further} (same step in {beside['same_steps']})"
    lines = [
        "Processor time of one step",
        f"  40 causes, 36 fixes, 20 questions: {listing}",
        f"  60 causes, 80 fixes, 25 questions: {_shown(size['plan'])}",
        f"  the same, the rule alone: {_shown(size['equation_5'])}",
        f"  shipped catalog, whole turns: {_shown(figures['shipped'])}",
    ]
    lines += [
        f"  {row['causes']} causes, {row['fixes']} fixes, {row['questions']} questions, "
        f"{row['stated']} stated numbers, {row['hand_off_minutes']:g} minutes to hand over: "
        f"{row['milliseconds']:g} ms a turn"
        for row in figures["growth"]
    ]
    return "\n".join(lines)


def _same(rule: Plan, listed: tuple[str, int]) -> bool:
    kind, position = listed
    own = rule.question if kind == "ask" else rule.fix
    return position == (HAND_OVER if own is None else own)


def _shown(summary: dict[str, float]) -> str:
    return f"median {summary['median']:g} ms, 95th percentile {summary['p95']:g} ms"


def _summary(times: list[float]) -> dict[str, float]:
    return {"median": round(median(times), 2), "p95": round(percentile(times, 0.95), 2)}


def _start(problem: Problem) -> tuple[list[float], range, range]:
    belief = normalized(problem, prior(problem))
    return belief, range(len(problem.fixes)), range(len(problem.questions))


def _time(step: Callable[..., object], *given: object, warm: bool = True) -> float:
    """Return the milliseconds of the second run; of the first where it keeps nothing."""
    if warm:
        step(*given)
    start = time.process_time()
    step(*given)
    return 1000 * (time.process_time() - start)
