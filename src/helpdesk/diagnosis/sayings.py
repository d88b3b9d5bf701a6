"""What people say, and what it points to: an index of phrases with their targets.

Two measures, each blind where the other sees: how much of a single phrase is in the text, and
how much the text's words are those of one target's phrases alone. A word that nearly every
report holds counts little; a word that is in no phrase is taken for the nearest one, if any.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from .words import LINKS, NOT, features, stemmed

Target = tuple[str, str]
"""A cause and an empty text, or a question and an answer."""

ENOUGH, MANY = 0.85, 6
"""Weight of matched words, or their number, from which a phrase counts in full."""

COMMON_AT_MOST = 0.3
"""Weight of a word that nearly every report holds."""

OFF_SUBJECT = 2
"""Matches from which on a phrase counts in a text without a word of the subject."""

COMMON_ALONE = 0.5
"""What a cause's phrase counts that holds nothing but such words."""

OWN_NEGATION = 0.5
"""What is left of a phrase that negates, in a text that does not."""

AGAIN = 0.15
"""What a second and a third phrase of the same target add, as a share."""

TELLING = 0.5
"""How sure one word that is a single target's own makes that target."""

UNSEEN = 0.6
"""Phrases of other targets that a word is taken to have been left out of."""

MISSPELT = 0.8
"""What a word counts that was not spelt as in the phrases."""

LEAST_MISSPELT = 4
"""Letters of a word from which on a slip of the finger is forgiven."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Phrases that point to one target."""

    target: Target
    counts: float
    """How much they count: 1 for what an editor wrote as an example."""
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How much a text points to a target, from 0 on."""

    phrase: float
    """By its best phrase."""
    words: float
    """By its own words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says."""

    scores: Mapping[Target, Score]
    """How much it points to each target, those left out not at all."""
    on_subject: bool
    """Whether it has a word of the subject at all, where the catalog names such words."""
    known: float
    """The share of its words that any phrase holds."""


@dataclass(frozen=True)
class Words:
    """All sayings of a catalog, in all its languages."""

    sayings: tuple[Saying, ...]
    same: tuple[tuple[str, ...], ...] = ()
    """Words that mean the same, the first standing for all."""
    common: tuple[str, ...] = ()
    """Sentences that say what nearly every report says."""
    subject: tuple[str, ...] = ()
    """Words that make a text one about this subject."""

    @cached_property
    def index(self) -> "Index":
        """The sayings, ready to be searched."""
        return Index(self)


class Index:
    """Phrases by their features."""

    def __init__(self, words: Words) -> None:
        self.same = {
            stemmed(word.casefold()): stemmed(group[0].casefold())
            for group in words.same
            for word in group[1:]
        }
        self.phrases = [
            (saying.target, saying.counts, found)
            for saying in words.sayings
            for phrase in saying.phrases
            if (found := features(phrase, self.same))
        ]
        self.common = {name for text in words.common for name in features(text, self.same)}
        self.subject = {name for text in words.subject for name in features(text, self.same)}
        self.telling = [
            [name for name in found if not self.is_common(name)] for _, _, found in self.phrases
        ]
        self.holding: dict[str, list[int]] = {}
        for number, (_, _, found) in enumerate(self.phrases):
            for name in found:
                self.holding.setdefault(name, []).append(number)
        self.weights = {name: self._weight(name) for name in self.holding}
        self.wholes = [self._weight_of(found) for _, _, found in self.phrases]
        self.owned = {name: dict(self._owned(name)) for name in self.holding}

    def _weight(self, name: str) -> float:
        targets = {self.phrases[number][0] for number in self.holding[name]}
        weight = 1 / math.sqrt(len(targets))
        return min(weight, COMMON_AT_MOST) if self.is_common(name) else weight

    def is_common(self, name: str) -> bool:
        """Return whether nearly every report holds a feature, or all the words it is made of."""
        words = name.removeprefix(NOT).split(" ")
        return name in self.common or all(word in self.common or word in LINKS for word in words)

    def _weight_of(self, found: Mapping[str, float]) -> float:
        return math.fsum(self.weights[name] * counts for name, counts in found.items())

    def _owned(self, name: str) -> Iterable[tuple[Target, float]]:
        """Return the targets of a feature, each with how much it is that target's own."""
        counted: dict[Target, float] = {}
        for number in self.holding[name]:
            target, counts, found = self.phrases[number]
            counted[target] = counted.get(target, 0.0) + counts * found[name]
        rarity = COMMON_AT_MOST if self.is_common(name) else 1.0
        for target, counts in counted.items():
            alike = [c for other, c in counted.items() if bool(other[1]) == bool(target[1])]
            yield target, rarity * counts / (math.fsum(alike) + UNSEEN)

    @cached_property
    def spellings(self) -> dict[str, list[str]]:
        """Words with one letter left out, to the words they may be."""
        spellings: dict[str, list[str]] = {}
        for name in {**self.holding, **self.same}:
            if " " not in name and name.isascii() and len(name) >= LEAST_MISSPELT:
                for spelling in _shortened(name):
                    spellings.setdefault(spelling, []).append(name)
        return spellings

    def nearest(self, stem: str) -> str:
        """Return the known word that a word is a slip of the finger away from, or the word."""
        known = stem in self.holding or stem in LINKS
        if known or len(stem) < LEAST_MISSPELT or not stem.isalpha():
            return stem
        near = {
            name
            for spelling in _shortened(stem)
            for name in self.spellings.get(spelling, ())
            if abs(len(name) - len(stem)) <= 1 and name[0] == stem[0]
        }
        best = min(near, key=lambda name: (abs(len(name) - len(stem)), name), default=stem)
        return self.same.get(best, best)

    def features(self, text: str) -> dict[str, float]:
        """Return what is in a text, with words as they were meant to be spelt."""
        found = features(text, self.same)
        for name, counts in list(found.items()):
            bare = name.removeprefix(NOT)
            meant = " ".join(self.nearest(word) for word in bare.split(" "))
            if meant != bare and bare.isascii():
                found.setdefault(name[: -len(bare)] + meant, counts * MISSPELT)
        return found

    def read(self, text: str) -> Reading:
        """Return what a text says."""
        found = self.features(text)
        on_subject = not self.subject or not self.subject.isdisjoint(found)
        known = {name: counts for name, counts in found.items() if name in self.holding}
        matched: dict[int, float] = {}
        numbers: Counter[int] = Counter()
        unsaid: dict[Target, float] = {}
        for name, counts in known.items():
            for number in self.holding[name]:
                shared = min(counts, self.phrases[number][2][name])
                matched[number] = matched.get(number, 0.0) + self.weights[name] * shared
                numbers[number] += 1
            for target, own in self.owned[name].items():
                unsaid[target] = unsaid.get(target, 1.0) * (1 - TELLING * own * counts)
        if not on_subject:
            matched = {n: weight for n, weight in matched.items() if numbers[n] >= OFF_SUBJECT}
        by_phrase = self._by_phrase(matched, numbers, known)
        scores = {
            target: Score(by_phrase.get(target, 0.0), 1 - left) for target, left in unsaid.items()
        }
        words = [name for name in found if " " not in name.removeprefix(NOT)]
        share = len([name for name in words if name in known]) / max(1, len(words))
        return Reading(scores, on_subject, share)

    def _by_phrase(
        self, matched: Mapping[int, float], numbers: Mapping[int, int], known: Mapping[str, float]
    ) -> dict[Target, float]:
        covered: dict[Target, list[float]] = {}
        for number, weight in matched.items():
            target, counts, found = self.phrases[number]
            telling = self.telling[number]
            if telling and not any(name in known for name in telling):
                continue
            if not telling and not target[1]:
                weight *= COMMON_ALONE  # noqa: PLW2901 - of this phrase only
            enough = min(1.0, max(weight / ENOUGH, numbers[number] / MANY))
            score = counts * weight / self.wholes[number] * enough
            negated = [name for name in found if name.startswith(NOT)]
            if negated and not any(name in known for name in negated):
                score *= OWN_NEGATION
            covered.setdefault(target, []).append(score)
        scores = {}
        for target, values in covered.items():
            best, *more = sorted(values, reverse=True)[:3]
            scores[target] = best * (1 + AGAIN * math.fsum(more))
        return scores


def _shortened(word: str) -> set[str]:
    """Return a word and all that it becomes with one letter left out."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
