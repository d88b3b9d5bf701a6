"""From text to features: what two ways of saying the same thing have in common.

Words lose their endings and become one of their synonyms; a word after a negation is another
word; two words in a row say more than each of them. Chinese has no spaces: there, pairs of
characters are the words. Nothing here knows any subject; synonyms come with the catalog.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:['\u2019&-][^\W_{HAN}]+)*|[.,;:!?。，；：！？\n]")
HAN_RUN = re.compile(rf"[{HAN}]")


WORD = re.compile(r"\w+")

LIGHT = frozenset(
    WORD.findall("a an any the my your his her our their its this that these those of to")
)
"""Words of no weight between two others that belong together."""

LINKS = frozenset(
    WORD.findall("in at from on off for with after before since during over under until")
)
"""Words that say nothing alone, and much together with the next one."""

SMALL = frozenset(
    WORD.findall(
        "and are as be been being but by do does did doing had has have having he him i "
        "if into is it just me mine or she so than them then there they too very was we "
        "were what when where which while who whom why will would you yours am can could "
        "how im ive id really still please also even up s t m re ve d ll"
    )
)
"""Words that say nothing here."""

NEGATIONS = frozenset(
    WORD.findall(
        "no not never neither nor without cannot cant dont doesnt didnt wont isnt arent "
        "wasnt werent havent hasnt hadnt couldnt wouldnt aint unable fails failed"
    )
)
NEGATIVES = frozenset(WORD.findall("none nothing nobody noone stopped stops"))
"""Negations that say something themselves."""

NEGATED = 4
"""How many words a negation reaches, at most to the end of the clause."""

NUMBERS = {
    "once": "1",
    "twice": "2",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
}

HAN_NEGATIONS = (
    (re.compile(rf"([{HAN}])不[到了通出上进成]"), r"没\1"),
    (re.compile("没有|沒有|沒|未|无法|不能|并没|不是"), "没"),
    (re.compile(rf"没([{HAN}])到"), r"没\1"),
)
HAN_SMALL = frozenset(
    "的了吗呢啊吧呀我你您他她它们这那就也都还着过会能请很太把给让从对和与及或而且是在一个已老总又再被"
)
"""Chinese characters that say nothing here."""

SINGLE, PAIR, UNDER_NEGATION = 1.0, 0.8, 0.4
"""How much a word, two in a row, and a word whose negation was not repeated count."""

NOT = "not "
ANY_NUMBER, DIGITS = "#", "0123456789"
"""Stands for any number before what is counted."""
LEAST_STEM = 3


def features(text: str, same: Mapping[str, str]) -> dict[str, float]:
    """Return what is in a text, and how much each counts; `same` maps stems to a synonym."""
    found: dict[str, float] = {}
    before, reach = "", 0
    for run in RUN.findall(text.casefold()):
        if HAN_RUN.match(run):
            for pair in han_pairs(run):
                _add(found, pair, SINGLE)
        elif not run[0].isalnum():
            before, reach = "", 0
        else:
            for word in words_of(run):
                before, reach = _add_word(found, word, before, reach, same)
    return found


def _add_word(
    found: dict[str, float], word: str, before: str, reach: int, same: Mapping[str, str]
) -> tuple[str, int]:
    """Add what one word says; return what the next one follows, and how far a negation reaches."""
    if word in LIGHT:
        return before, reach
    if word in LINKS:
        return word, reach
    if word in NEGATIVES:
        _add(found, word, SINGLE)
    if word in NEGATIVES or word in NEGATIONS:
        return "", NEGATED
    if word in SMALL:
        return "", reach
    stem = same.get(stemmed(word), stemmed(word))
    _add(found, NOT + stem if reach else stem, SINGLE)
    if reach:
        _add(found, stem, UNDER_NEGATION)
    if before:
        _add(found, f"{before} {stem}", PAIR)
        if before[0] in DIGITS:
            _add(found, f"{ANY_NUMBER} {stem}", PAIR)
    return stem, max(0, reach - 1)


def words_of(run: str) -> Iterator[str]:
    """Yield the words of a run of letters and digits: "can't" is one that negates."""
    word = run.replace("\u2019", "'")
    if word.endswith("n't"):
        negated = word[:-3] + "nt"
        yield from (negated,) if negated in NEGATIONS else (word[:-3], "not")
        return
    word = word.split("'")[0]
    yield NUMBERS.get(word, word)


def stemmed(word: str) -> str:
    """Return a word without the endings of English grammar."""
    for ending in ("ing", "ed", "es", "s", "ly"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= LEAST_STEM and not word.endswith("ss"):
            doubled = stem[-1] == stem[-2] and stem[-1] not in "aeosl"
            word = stem[:-1] if doubled else stem
            break
    return word[:-1] if len(word) > LEAST_STEM and word[-1] in "ey" else word


def han_pairs(run: str) -> Iterator[str]:
    """Yield the pairs of characters of a run of Chinese, all ways to negate being one."""
    for pattern, plain in HAN_NEGATIONS:
        run = pattern.sub(plain, run)
    kept = "".join(character for character in run if character not in HAN_SMALL)
    if len(kept) == 1:
        yield kept
    for first, second in pairwise(kept):
        yield first + second


def _add(found: dict[str, float], feature: str, counts: float) -> None:
    found[feature] = max(found.get(feature, 0.0), counts)
