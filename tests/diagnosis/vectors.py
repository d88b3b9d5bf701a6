"""The published examples that the engine is held against."""

from helpdesk.diagnosis.model import Cause, Fix, Problem, Question

NO_HAND_OFF = 1e6
"""So dear that handing over is never best."""


def _problem(weights: list[float], fixes: list[list[int]], questions: list[Question]) -> Problem:
    return Problem(
        catalog="",
        hand_off_minutes=NO_HAND_OFF,
        waiting_weight=0.2,
        hand_off_to=("sender",),
        causes=tuple(
            Cause(f"c{position}", weight, "recipient", ("sender",))
            for position, weight in enumerate(weights, 1)
        ),
        questions=tuple(questions),
        fixes=tuple(
            Fix(f"a{position}", 1, 0, "recipient", "", {cause - 1: 1.0 for cause in mended})
            for position, mended in enumerate(fixes, 1)
        ),
        warnings=(),
        limits=(),
    )


SACSO = _problem([0.20, 0.25, 0.40, 0.15], [[1, 2], [2, 3], [3, 4]], [])
"""Jensen et al., AI EDAM 15 (2001), figure 1: updated P/C costs 1.50, the optimum 1.45."""

LIN = _problem(
    [0.5, 0.25, 0.25],
    [[1], [2], [3]],
    [
        Question(
            id="q",
            minutes=1,
            audience="user",
            unsure=0,
            answers=("two", "three"),
            usual=(0.5, 0.5),
            given={1: (1.0, 0.0), 2: (0.0, 1.0)},
        )
    ],
)
"""Lin, IJAR 55 (2014), figures 1 and 2: asking after a1 costs 2.00, never asking 1.75."""
