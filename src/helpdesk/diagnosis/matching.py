"""From a person's own words to likely answers and causes.

What the words say of a cause itself, and what they say of answers, is weighed together with
how common the causes are. Text that says nothing gives nothing.
"""

from collections.abc import Mapping
from typing import Any

from .belief import normalized, prior
from .model import SOMETHING_ELSE, USER, Problem
from .sayings import Score

ANSWER_FROM = 0.5
"""A text that points to an answer less than this does not give it."""

BY_WORDS = 0.6
"""What single words count for an answer, beside whole phrases."""

LEAST, LEAST_OFF_SUBJECT = Score(0.25, 0.1), Score(0.9, 0.65)
"""A text that points to a cause less than this says nothing of it."""

LEAST_KNOWN = 0.5
"""A text off the subject that has fewer known words is about something else."""

POINTED_AT = 400.0
"""How many times likelier a cause becomes that a text fully points to."""

SHOWN_AT_LEAST, SHOWN_AT_MOST = 3, 8
SHOWN_FROM = 0.03
"""A cause below this is not worth showing, unless hardly any other is there."""

DIGITS, LEAST_SCORE = 3, 0.001
"""Scores are rounded to so many digits; a cause below the least is never shown."""

LENGTH_AT_MOST = 4000
"""Characters of a text that are read."""


def match(problem: Problem, text: str) -> dict[str, list[dict[str, Any]]]:
    """Return the answers and causes that a text points to (contract: "Match"), best first."""
    if problem.words is None:
        return {"answers": [], "causes": []}
    reading = problem.words.index.read(text[:LENGTH_AT_MOST])
    if not reading.on_subject and reading.known < LEAST_KNOWN:
        return {"answers": [], "causes": []}
    least = LEAST if reading.on_subject else LEAST_OFF_SUBJECT
    answers = _answers(problem, reading.scores)
    pointed = {
        cause.id: strength
        for cause in problem.causes
        if (strength := _strength(reading.scores.get((cause.id, "")), least)) > 0
    }
    if not answers and not pointed:
        return {"answers": [], "causes": []}
    belief = _belief(problem, answers, pointed)
    ranked = sorted(range(len(belief)), key=lambda cause: (-round(belief[cause], DIGITS), cause))
    shown = [cause for cause in ranked if problem.causes[cause].id != SOMETHING_ELSE]
    return {
        "answers": [
            {"question": question, "answer": answer, "score": round(score, DIGITS)}
            for (question, answer), score in sorted(answers.items(), key=lambda one: -one[1])
        ],
        "causes": [
            {"cause": problem.causes[cause].id, "score": round(belief[cause], DIGITS)}
            for place, cause in enumerate(shown[:SHOWN_AT_MOST])
            if belief[cause] >= (SHOWN_FROM if place >= SHOWN_AT_LEAST else LEAST_SCORE)
        ],
    }


def _answers(
    problem: Problem, scores: Mapping[tuple[str, str], Score]
) -> dict[tuple[str, str], float]:
    """Return the best answer to each question that the text gives, with its score."""
    answers = {}
    for question in problem.questions:
        if question.audience == USER:
            told = {
                answer: max(score.phrase, BY_WORDS * score.words)
                for answer in question.answers
                if (score := scores.get((question.id, answer)))
            }
            best = max(told, key=told.__getitem__, default="")
            if best and told[best] >= ANSWER_FROM:
                answers[question.id, best] = min(1.0, told[best])
    return answers


def _strength(score: Score | None, least: Score) -> float:
    """Return how much a text points to a cause; whole phrases have to be nearly whole."""
    if score is None:
        return 0.0
    by_phrase = score.phrase**3 if score.phrase >= least.phrase else 0.0
    return by_phrase + (score.words**2 if score.words >= least.words else 0.0)


def _belief(
    problem: Problem, answers: dict[tuple[str, str], float], pointed: dict[str, float]
) -> list[float]:
    """Return P(cause), an answer counting as much as the text is taken to give it."""
    weights = prior(problem)
    for (name, answer), score in answers.items():
        position = problem.question_positions[name]
        choice = problem.questions[position].answers.index(answer)
        for cause, factor in problem.factors[position][choice]:
            weights[cause] *= 1 + score * (factor - 1)
    for named, strength in pointed.items():
        weights[problem.cause_positions[named]] *= 1 + POINTED_AT * strength
    return normalized(problem, weights)
