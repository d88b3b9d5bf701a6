"""From the list of what a person said to what is known: replayed from the start every time.

There is no session. Going back is a shorter list, changing an answer is another list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .belief import believe
from .model import NOT_SURE, Fix, Problem

FAILED, DEFERRED, TRIED, REMOVED, SOLVED = OUTCOMES = (
    "failed",
    "deferred",
    "tried",
    "removed",
    "solved",
)
ENTRIES_AT_MOST = 1000


class EvidenceError(ValueError):
    """The evidence as a whole is not a list of answers and outcomes."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known after a replay. Questions, answers, fixes and causes are positions."""

    answers: Mapping[int, int | None] = field(default_factory=dict)
    """Question to answer; None for not sure."""
    done: frozenset[int] = frozenset()
    """Fixes done without success."""
    deferred: Mapping[int, int] = field(default_factory=dict)
    """Fix to the number of times it was put off."""
    cleared: frozenset[int] = frozenset()
    """Causes that were there and have been mended."""
    forgotten: frozenset[int] = frozenset()
    """Questions whose answers a cleared cause explained: asked, but without weight now."""
    solved: bool = False
    kept: tuple[object, ...] = ()
    """Entries that count, as they were given."""
    ignored: tuple[object, ...] = ()
    """Entries left out, as they were given."""
    reasons: tuple[str, ...] = ()
    """Why, one for each of `ignored`."""

    @property
    def counted(self) -> dict[int, int]:
        """Question to answer, for those that say something now."""
        return {
            question: answer
            for question, answer in self.answers.items()
            if answer is not None and question not in self.forgotten
        }

    def belief(self, problem: Problem) -> list[float]:
        """Return P(cause) in catalog order."""
        return believe(problem, self.counted, self.done, self.cleared)


def replay(problem: Problem, evidence: object) -> Findings:
    """Return what a list of evidence entries (contract: "Evidence") says.

    Raises EvidenceError where it is not a list. Single entries that make no sense are left
    out and reported in `Findings.ignored`.
    """
    if not isinstance(evidence, list | tuple):
        msg = f"The evidence is {_kind(evidence)}; expected a list of answers and outcomes."
        raise EvidenceError(msg)
    if len(evidence) > ENTRIES_AT_MOST:
        msg = f"The evidence has {len(evidence)} entries; expected at most {ENTRIES_AT_MOST}."
        raise EvidenceError(msg)
    reasons = [_fault(problem, entry) for entry in evidence]
    _mark_replaced(evidence, reasons)
    findings = Findings(
        kept=tuple(e for e, reason in zip(evidence, reasons, strict=True) if not reason),
        ignored=tuple(e for e, reason in zip(evidence, reasons, strict=True) if reason),
        reasons=tuple(reason for reason in reasons if reason),
    )
    for entry, reason in zip(evidence, reasons, strict=True):
        if not reason:
            findings = _add(problem, findings, entry)
    return findings


def _fault(problem: Problem, entry: object) -> str:
    """Return why an entry cannot be used, or an empty text."""
    if not isinstance(entry, Mapping):
        return f"This is {_kind(entry)}; expected an object with a question or a fix."
    if "question" in entry and "fix" not in entry:
        return _answer_fault(problem, entry["question"], entry.get("answer"))
    if "fix" in entry and "question" not in entry:
        return _outcome_fault(problem, entry["fix"], entry.get("outcome"))
    return "Expected either a question with an answer or a fix with an outcome."


def _answer_fault(problem: Problem, question: object, answer: object) -> str:
    position = problem.question_positions.get(question) if isinstance(question, str) else None
    if position is None:
        return f"There is no question {_shown(question)}."
    answers = problem.questions[position].answers
    if answer == NOT_SURE or problem.questions[position].choice(answer) is not None:
        return ""
    more = ["…"] if len(answers) > LISTED_AT_MOST else []
    known = ", ".join((*answers[:LISTED_AT_MOST], *more, NOT_SURE))
    return f"{_shown(question)} has no answer {_shown(answer)}; it has {known}."


def _outcome_fault(problem: Problem, fix: object, outcome: object) -> str:
    if not isinstance(fix, str) or fix not in problem.fix_positions:
        return f"There is no fix {_shown(fix)}."
    if outcome not in OUTCOMES:
        return f"A fix has no outcome {_shown(outcome)}; expected one of {', '.join(OUTCOMES)}."
    return ""


def _mark_replaced(evidence: Sequence[object], reasons: list[str]) -> None:
    """Give a reason to each answer that a later one replaces."""
    later: set[tuple[str, str]] = set()
    for index in reversed(range(len(evidence))):
        entry = evidence[index]
        if reasons[index] or not isinstance(entry, Mapping):
            continue
        kind = "question" if "question" in entry else "fix"
        if kind == "fix" and entry["outcome"] == DEFERRED:
            continue
        key = (kind, entry[kind])
        if key in later:
            reasons[index] = f"A later entry about {_shown(entry[kind])} replaces this one."
        later.add(key)


def _add(problem: Problem, findings: Findings, entry: Mapping[str, str]) -> Findings:
    if "question" in entry:
        return _add_answer(problem, findings, entry["question"], entry["answer"])
    return _ADDERS[entry["outcome"]](problem, findings, problem.fix_positions[entry["fix"]])


def _add_answer(problem: Problem, findings: Findings, question: str, answer: str) -> Findings:
    position = problem.question_positions[question]
    choice = None if answer == NOT_SURE else problem.questions[position].choice(answer)
    return replace(findings, answers={**findings.answers, position: choice})


def _add_done(_: Problem, findings: Findings, fix: int) -> Findings:
    return replace(findings, done=findings.done | {fix})


def _add_deferred(_: Problem, findings: Findings, fix: int) -> Findings:
    times = findings.deferred.get(fix, 0) + 1
    return replace(findings, deferred={**findings.deferred, fix: times})


def _add_solved(_: Problem, findings: Findings, __: int) -> Findings:
    return replace(findings, solved=True)


def _add_removed(problem: Problem, findings: Findings, fix: int) -> Findings:
    """Clear the likeliest cause this fix mends, and forget the answers that it explained.

    The symptom stays, so another cause must be at work; what the cleared one explained
    says nothing about that other one (Heckerman 1995: "remove observations downstream of
    the repair").
    """
    belief = findings.belief(problem)
    cause = _likeliest_mended(belief, problem.fixes[fix])
    explained = {
        question
        for question, answer in findings.answers.items()
        if answer is not None and _explains(problem, cause, question, answer)
    }
    return replace(
        findings,
        done=findings.done | {fix},
        cleared=findings.cleared | {cause},
        forgotten=findings.forgotten | explained,
    )


def _likeliest_mended(belief: list[float], fix: Fix) -> int:
    return max(sorted(fix.mends), key=lambda cause: belief[cause] * fix.mends[cause])


def _explains(problem: Problem, cause: int, question: int, answer: int) -> bool:
    """Tell whether the cause makes this answer more likely than usual."""
    row = problem.questions[question].given.get(cause)
    return row is not None and row[answer] > problem.questions[question].usual[answer]


_ADDERS: dict[str, Callable[[Problem, Findings, int], Findings]] = {
    FAILED: _add_done,
    TRIED: _add_done,
    DEFERRED: _add_deferred,
    REMOVED: _add_removed,
    SOLVED: _add_solved,
}

LISTED_AT_MOST = 8
"""Answers that a message lists."""

SHOWN_AT_MOST = 60
"""Characters of a text that a message repeats."""

_KINDS = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    type(None): "null",
}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a number")


def _shown(value: object) -> str:
    """Return a short form of any value, safe to print in a message."""
    text = value if isinstance(value, str) else f"({_kind(value)})"
    text = "".join(character if character.isprintable() else "?" for character in text)
    return f'"{text[:SHOWN_AT_MOST]}…"' if len(text) > SHOWN_AT_MOST else f'"{text}"'
