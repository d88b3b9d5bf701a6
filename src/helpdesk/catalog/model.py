"""The catalog as its editors mean it: prose, words turned into numbers, and where each stands.

Every text is either plain (one line, no markup) or Markdown; the field's comment says which.
Ids are those of the files. Mappings keep the order of the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from helpdesk.diagnosis.model import Problem


class Position(NamedTuple):
    """A place in a catalog file, counted from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """A number and the word it came from (the number itself where a number was written)."""

    value: float
    word: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One choice of a question."""

    id: str
    label: str  # plain
    usual: Likelihood | None
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something the wizard asks."""

    id: str
    ask: str  # plain
    help: str  # Markdown, may be empty
    minutes: float
    audience: str
    unsure: Likelihood
    answers: Mapping[str, Answer]
    fits: Likelihood | None
    """How surely a code points to its causes; None where the answers are no codes."""
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Something a person can do, shared between causes."""

    id: str
    title: str  # plain, an imperative
    steps: str  # Markdown
    worked: str  # Markdown: what you see when it worked
    minutes: float
    waiting: float
    by: str
    needs: str  # a channel the service must offer, or empty
    group: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One explanation, one article."""

    id: str
    title: str  # plain: what is wrong, in a few words
    summary: str  # Markdown: first sentence what is wrong, second what to do
    tell: str  # Markdown: how to tell that it is this one, may be empty
    explain: str  # Markdown: background, may be empty
    happens: str
    mended_by: tuple[str, ...]
    prior: Likelihood
    signs: Mapping[str, Mapping[str, Likelihood]]  # question id, answer id
    fixes: Mapping[str, Likelihood]  # fix id, in the editor's order
    sources: tuple[str, ...]
    seed: tuple[str, ...]
    reviewed: str  # ISO date
    renamed: tuple[str, ...]  # ids it had before
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who can help: the reader, the operator, the sender, the provider."""

    id: str
    title: str  # plain
    short: str  # plain: the party in the middle of a sentence
    summary: str  # Markdown
    advice: str  # Markdown: what this party can do in general, may be empty
    contact: str  # Markdown: how to reach them; empty where nobody is to be contacted
    staff: bool  # whether support staff act for this party
    renamed: tuple[str, ...]  # ids it had before
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:  # noqa: A001 - the contract's word for a safety exit
    """A safety exit."""

    id: str
    title: str  # plain
    text: str  # Markdown
    when: Mapping[str, tuple[str, ...]]
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How often fixes of one group may be advised."""

    group: str
    at_most: int
    counts: Mapping[str, Mapping[str, int]]
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader can have, such as a phone of some make."""

    id: str
    label: str  # plain
    agent: str  # plain: words by which the browser's name shows it, may be empty
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A way in which readers differ, such as their phone or their country."""

    id: str
    title: str  # plain
    choices: Mapping[str, Choice]
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """More exact words for some readers, beside a fix or a cause."""

    id: str
    reader: str
    choices: tuple[str, ...]  # of that reader
    fixes: tuple[str, ...]
    causes: tuple[str, ...]
    text: str  # Markdown
    checked: str  # ISO date: when somebody last saw that it is so
    sources: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something the embedding page may know already."""

    id: str
    label: str  # plain
    question: str  # that it answers, or beside which it is shown; may be empty
    begins: Mapping[str, float]  # answer id, the number it begins at
    words: Mapping[str, tuple[str, ...]]  # answer id, what the page may call it
    as_is: bool  # whether it is an answer as it stands, such as a provider's code
    reader: str  # whose instructions it chooses, may be empty
    fixes: tuple[str, ...]  # that wait until so many seconds have gone by
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Something that is out of order for a while."""

    id: str
    title: str  # plain
    text: str  # Markdown: what to do meanwhile, may be empty
    begins: str  # ISO, universal time
    ends: str  # ISO, universal time
    causes: Mapping[str, Likelihood]  # cause id, so many times as likely
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was read."""

    id: str
    title: str  # plain
    url: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The site owner's own figures and contacts, printed in texts and used by the engine."""

    name: str
    channels: tuple[str, ...]
    values: Mapping[str, str]
    """What `{service.…}` in a text is replaced with, by dotted name."""
    email: str = ""  # where a person who takes over reads mail; may be empty
    ticket_url: str = ""  # of the ticket form, with {summary} and the like; may be empty
    embedded_in: tuple[str, ...] = ()  # origins of pages that may embed the wizard
    outcomes: str = ""  # where reports of what helped go: SAME_ORIGIN, an address, or nowhere
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """The problem readers arrive with."""

    title: str  # plain, the question readers ask
    summary: str  # Markdown
    solved: str  # plain: what somebody says whom a fix has helped
    unsolved: str  # plain: what somebody says whom it has not
    hand_off_minutes: float
    waiting_weight: float
    review_days: float
    """After how many days a text is due to be reviewed."""
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequentQuestion:
    """A question about the subject itself, answered on the FAQ page."""

    id: str
    ask: str  # plain
    answer: str  # Markdown
    seed: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A person the wizard must help, as an editor imagines them."""

    id: str
    about: str  # plain
    audience: str
    answers: Mapping[str, str]
    """Question to answer, where they are asked; of all else they are not sure."""
    tried: tuple[str, ...]
    """Fixes done in vain before."""
    reaches: Mapping[str, str]
    """What the wizard must get to: `cause`, `fix`, `hand_off` or `warning`, and its id."""
    within: int
    """In at most so many steps."""
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a provider reports when a message fails."""

    provider: str  # plain
    code: str  # plain: digits, words or a sentence, always as it is written
    meaning: str  # plain
    causes: tuple[str, ...]  # the likeliest first
    source: str  # plain: where it was read, and of which year that is
    position: Position

    @property
    def answer(self) -> str:
        """The pair that evidence names: a code means nothing without its provider."""
        return f"{self.provider}/{self.code}"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a text leads: an address, or a page below `docs/`."""

    target: str
    position: Position


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a translation lacks."""

    position: Position
    section: str
    id: str
    reason: str  # "missing", "incomplete", "outdated" or "unused"
    fingerprint: str  # of the original as it is now


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything the files say, checked."""

    language: str
    introduction: Introduction
    service: Service
    parties: Mapping[str, Party]
    questions: Mapping[str, Question]
    fixes: Mapping[str, Fix]
    causes: Mapping[str, Cause]
    warnings: Mapping[str, Warning]
    limits: Mapping[str, Limit]
    faq: Mapping[str, FrequentQuestion]
    sources: Mapping[str, Source]
    readers: Mapping[str, Reader]
    instructions: Mapping[str, Instruction]
    context: Mapping[str, Fact]
    outages: Mapping[str, Outage]
    cases: Mapping[str, Case]
    codes: tuple[Code, ...]
    files: tuple[str, ...]
    """Every file the catalog was read from, to watch while serving."""
    problem: Problem
    """The same knowledge as numbers, for the engine."""
    translations: Mapping[str, "Catalog"] = field(default_factory=dict)
    """The same catalog in other languages."""
    links: tuple[Link, ...] = ()
    """Where the texts lead, those of all languages."""
    gaps: tuple[Gap, ...] = ()
    """What a translation lacks; nothing in the original."""
    prefix: str = ""
    """Where a translation's pages stand below the site's root, such as `zh/`."""
