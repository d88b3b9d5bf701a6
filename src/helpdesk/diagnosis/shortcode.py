"""What somebody said as a short code that can be read out, and back. Ids only, no person.

A code is a row of digits to the base of 32: the version, how ids are marked, a fingerprint of
what was said, each answer and outcome in its order, and a check against slips.

An id is not spelled out but marked by some bits of its hash, so a code does not depend on the
order of the catalog and needs no list of former ids. Whoever makes a code looks for marks that
are unlike all others of the catalog; whoever opens it after the catalog has changed finds what
is still there, and the fingerprint tells whether that is all and the same as was said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from .evidence import FAILED, OUTCOMES, replay
from .model import NOT_SURE, Problem

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: none looks like another, and I, L and O are read as what they look like."""
BITS = 5
VERSION = 1
BETWEEN = "-\u2010\u2011\u2012\u2013\u2014._"
"""What may stand between digits besides spaces: word processors make dashes of hyphens."""
GROUP = 5
"""Digits between hyphens, for those who read a code out."""

SHORT, LONG = "short", "long"
"""How the mark of an answer is written: with more bits where another answer is like it."""
KINDS = (SHORT, FAILED, NOT_SURE, *(o for o in OUTCOMES if o != FAILED), LONG)
"""What an entry is, the most frequent first: that is how many bits 1 it begins with."""
KEY_BITS, SHORT_BITS, LONG_BITS = 11, 5, 14
SHORTEST_ENTRY = 1 + KEY_BITS
LEVELS, SALTS = 4, 8
MORE_BITS = 4
"""Of every mark for each level: in a large catalog more marks are alike."""
FINGERPRINT_BITS = 15
CHECK = 1021
"""A prime below 32²: any one wrong digit and any two swapped ones leave another rest."""
CHECK_DIGITS = 2
HEAD_DIGITS = 5
LONGEST = 5000
READINGS_AT_MOST = 4096

Entry = Mapping[str, str]

_Entry = tuple[str, int, int]
"""Kind, mark of the question or fix, and mark of the answer."""


class CodeError(ValueError):
    """This is no code, or not as it was made."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a code says to the catalog of today."""

    evidence: tuple[dict[str, str], ...]
    """What still fits."""
    missing: tuple[dict[str, Any], ...]
    """What does not: `entry`, counted from 1, `kind`, and `id` where only the answer is gone."""
    exact: bool
    """Whether the evidence is what was said, all of it."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """How ids become numbers."""

    level: int
    salt: int

    def of(self, name: str, bits: int) -> int:
        """Return the mark of an id, of so many bits."""
        mixed = ((_hash(name) ^ self.salt) * 0x9E3779B97F4A7C15) % 2**64
        mixed = ((mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9) % 2**64
        return mixed >> 64 - bits

    def bits(self, bits: int) -> int:
        """Return how many bits a mark has on this level."""
        return bits + MORE_BITS * self.level


def encode(problem: Problem, evidence: object) -> str:
    """Return the code of what counts in a list of evidence entries.

    Raises EvidenceError where it is not a list.
    """
    kept: list[Any] = list(replay(problem, evidence).kept)
    for level in range(LEVELS):
        tried = [_Marks(level, salt) for salt in range(SALTS)]
        codes = [code for marks in tried if (code := _written(problem, kept, marks))]
        if codes:
            return min(codes, key=len)
    msg = "No code can tell these answers from all others of the catalog."
    raise CodeError(msg)


def decode(problem: Problem, code: str) -> Opened:
    """Return what a code says. Raises CodeError where it is none, or has a slip in it."""
    value, length = _checked(code)
    bits = _Bits(value, length)
    bits.take(BITS)
    head = bits.take(BITS)
    fingerprint = bits.take(FINGERPRINT_BITS)
    marks = _Marks(*divmod(head, SALTS))
    entries = list(_entries(bits, marks))
    found = [list(_meant(problem, entry, marks)) for entry in entries]
    return _resolved(found, [_lost(problem, entry, marks) for entry in entries], fingerprint)


def _written(problem: Problem, kept: Sequence[Entry], marks: _Marks) -> str:
    """Return the code, or nothing where the marks could be read in two ways."""
    fields = [
        (VERSION, BITS),
        (marks.level * SALTS + marks.salt, BITS),
        (_fingerprint(kept), FINGERPRINT_BITS),
    ]
    for entry in kept:
        written = _fields(problem, entry, marks)
        if not written:
            return ""
        fields += written
    value = length = 0
    for part, bits in fields:
        value, length = value << bits | part, length + bits
    padding = -length % BITS
    value, length = value << padding, length + padding
    digits = [value >> place & 31 for place in range(length - BITS, -1, -BITS)]
    digits += divmod(value % CHECK, 32)
    text = "".join(DIGITS[digit] for digit in digits)
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def _fields(problem: Problem, entry: Entry, marks: _Marks) -> list[tuple[int, int]]:
    """Return an entry as numbers with their bits; nothing where another one has the same."""
    told = entry.get("answer", NOT_SURE) != NOT_SURE
    kinds = (SHORT, LONG) if told else (entry.get("outcome", NOT_SURE),)
    key = marks.of(entry.get("fix") or entry["question"], marks.bits(KEY_BITS))
    for kind in kinds:
        bits = _answer_bits(kind, marks)
        answer = marks.of(entry["answer"], bits) if told else 0
        if [*_meant(problem, (kind, key, answer), marks)] == [entry]:
            ones = KINDS.index(kind)
            begin = ((1 << ones) - 1) << 1, ones + 1
            return [begin, (key, marks.bits(KEY_BITS)), (answer, bits)]
    return []


def _entries(bits: "_Bits", marks: _Marks) -> Iterator[_Entry]:
    """Yield the entries; a rest that is too short for one fills the last digit."""
    while bits.left >= SHORTEST_ENTRY:
        ones = 0
        while bits.take(1):
            ones += 1
        if ones >= len(KINDS):
            raise CodeError(_message("is of another kind"))
        kind = KINDS[ones]
        yield kind, bits.take(marks.bits(KEY_BITS)), bits.take(_answer_bits(kind, marks))


def _answer_bits(kind: str, marks: _Marks) -> int:
    """Return how many bits the mark of an answer has."""
    sizes = {SHORT: SHORT_BITS, LONG: LONG_BITS}
    return marks.bits(sizes[kind]) if kind in sizes else 0


def _meant(problem: Problem, entry: _Entry, marks: _Marks) -> Iterator[dict[str, str]]:
    """Yield everything in the catalog that has the marks of an entry."""
    kind, _, answer = entry
    for name in _named(problem, entry, marks):
        if kind in OUTCOMES:
            yield {"fix": name, "outcome": kind}
        elif kind == NOT_SURE:
            yield {"question": name, "answer": NOT_SURE}
        else:
            question = problem.questions[problem.question_positions[name]]
            for known in (*question.answers, *question.same):
                if marks.of(known, _answer_bits(kind, marks)) == answer:
                    yield {"question": name, "answer": known}


def _named(problem: Problem, entry: _Entry, marks: _Marks) -> list[str]:
    """Return the questions or the fixes that have the mark of an entry."""
    kind, key, _ = entry
    names = problem.fix_positions if kind in OUTCOMES else problem.question_positions
    return [name for name in names if marks.of(name, marks.bits(KEY_BITS)) == key]


def _lost(problem: Problem, entry: _Entry, marks: _Marks) -> dict[str, Any]:
    """Return what can be said of an entry that the catalog does not have any more."""
    names = _named(problem, entry, marks)
    kind = "fix" if entry[0] in OUTCOMES else "question"
    return {"kind": kind, "id": names[0] if len(names) == 1 else None}


def _resolved(
    found: Sequence[list[dict[str, str]]], lost: Sequence[dict[str, Any]], fingerprint: int
) -> Opened:
    """Return the one reading that is as was said, or else all that can be read in one way."""
    readings = islice(product(*found), READINGS_AT_MOST)
    for reading in readings:
        if _fingerprint(reading) == fingerprint:
            return Opened(reading, (), exact=True)
    missing = tuple(
        {"entry": at, **lost[at - 1]} for at, means in enumerate(found, 1) if len(means) != 1
    )
    kept = tuple(means[0] for means in found if len(means) == 1)
    return Opened(kept, missing, exact=False)


def _checked(code: str) -> tuple[int, int]:
    """Return the number that a code is, without its check, and how many bits it has."""
    text = "".join(c for c in code[:LONGEST].upper() if not (c.isspace() or c in BETWEEN))
    text = text.translate(str.maketrans("OIL", "011"))
    if wrong := next((c for c in text if c not in DIGITS), None):
        shown = wrong if wrong.isprintable() else "?"
        raise CodeError(_message(f'has a "{shown}", which no code has'))
    if len(code) > LONGEST or len(text) < HEAD_DIGITS + CHECK_DIGITS:
        raise CodeError(_message(f"has {len(code)} characters"))
    if text[0] != DIGITS[VERSION]:
        raise CodeError(_message(f'begins with "{text[0]}"; expected {VERSION}'))
    digits = [DIGITS.index(c) for c in text]
    value = 0
    for digit in digits[:-CHECK_DIGITS]:
        value = value << BITS | digit
    if value % CHECK != digits[-2] * 32 + digits[-1]:
        raise CodeError(_message("has a slip in it: a character is wrong, missing or too many"))
    return value, BITS * (len(digits) - CHECK_DIGITS)


def _message(what: str) -> str:
    return f"This code {what}. Copy it once more, from its first character to its last."


class _Bits:
    """Takes a number apart from its first bit on."""

    def __init__(self, value: int, left: int) -> None:
        self._value = value
        self.left = left

    def take(self, bits: int) -> int:
        """Return the next bits as a number."""
        self.left -= bits
        if self.left < 0:
            raise CodeError(_message("ends in the middle"))
        return self._value >> self.left & (1 << bits) - 1


def _fingerprint(entries: Sequence[Entry]) -> int:
    text = "&".join("=".join(entry.values()) for entry in entries)
    return _hash(text) >> 64 - FINGERPRINT_BITS


def _hash(text: str) -> int:
    """Return 64 bits that differ between texts: FNV-1a, mixed once more."""
    value = 0xCBF29CE484222325
    for byte in text.encode(errors="replace"):
        value = ((value ^ byte) * 0x100000001B3) % 2**64
    return ((value ^ value >> 32) * 0xD6E8FEB86659FD93) % 2**64
