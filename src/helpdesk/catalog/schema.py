"""The sections of a catalog and their fields: the one description of the format.

What an editor may write is decided here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.diagnosis.model import AGENT, USER

from .fields import (
    Choice,
    Date,
    Field,
    Flag,
    Id,
    Kind,
    ListOf,
    MapOf,
    Markdown,
    Number,
    Plain,
    Reading,
    Record,
    Reference,
    Url,
    Word,
)
from .scale import CERTAINTIES, LIKELIHOODS, PRIORS
from .source import Entries, Items, Node, Scalar, describe

LIKELIHOOD = Word(LIKELIHOODS, at_most=1)
USUAL = Word(LIKELIHOODS, at_most=1, above=0)
PRIOR = Word(PRIORS, at_most=1000, above=0)
FITS = Word(CERTAINTIES, at_most=0.99, above=0.5)
PARTY = Reference("parties")

CODES = "codes"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a question: its own, or `codes: very likely`, those of `codes.csv`."""

    own: Kind

    def read(self, node: Node, reading: Reading) -> Any:  # noqa: ANN401 - two types
        """Return the answers, or how surely a code points to its causes."""
        entries = node.entries if isinstance(node, Entries) else ()
        match entries:
            case ((Scalar(text=name), Scalar() as fits),) if name == CODES:
                return FITS.read(fits, reading)
        return self.own.read(node, reading)


@dataclass(frozen=True, slots=True)
class Whom:
    """Who an instruction is for: `phone: iphone` or `country: [sg, ie]`."""

    def read(self, node: Node, reading: Reading) -> tuple[str, tuple[str, ...]] | None:
        """Return the reader and the choices."""
        match node:
            case Entries(entries=((name, choices),)):
                one = Items((choices,), choices.position)
                several = choices if isinstance(choices, Items) else one
                reader = Reference("readers").read(name, reading)
                read = ListOf(Id()).read(several, reading)
                return (reader, read) if reader and read else None
        expected = 'one reader and its choices, like "reader: [choice]"'
        reading.fault(node.position, f"Found {describe(node)}; expected {expected}.")
        return None


INTRODUCTION = Record(
    {
        "title": Field(Plain(), required=True),
        "summary": Field(Markdown(), required=True),
        "solved": Field(Plain(), default="It works now."),
        "unsolved": Field(Plain(), default="Still the same."),
        "hand_off_minutes": Field(Number(least=1), default=45.0),
        "waiting_weight": Field(Number(), default=0.2),
    }
)

SECTIONS: Mapping[str, Record] = {
    "parties": Record(
        {
            "title": Field(Plain(), required=True),
            "short": Field(Plain(), required=True),
            "summary": Field(Markdown(), required=True),
            "advice": Field(Markdown(), default=""),
            "contact": Field(Markdown(), default=""),
            "staff": Field(Flag(), default=False),
        }
    ),
    "questions": Record(
        {
            "ask": Field(Plain(), required=True),
            "help": Field(Markdown(), default=""),
            "minutes": Field(Number(), default=0.5),
            "audience": Field(Choice((USER, AGENT)), default=USER),
            "unsure": Field(LIKELIHOOD),
            "answers": Field(
                Answers(
                    MapOf(
                        Id(),
                        Record({"label": Field(Plain(), required=True), "usual": Field(USUAL)}),
                    )
                ),
                required=True,
            ),
        }
    ),
    "fixes": Record(
        {
            "title": Field(Plain(), required=True),
            "steps": Field(Markdown(), required=True),
            "worked": Field(Markdown(), required=True),
            "minutes": Field(Number(), required=True),
            "waiting": Field(Number(), default=0.0),
            "by": Field(PARTY, default="recipient"),
            "needs": Field(Id(), default=""),
            "group": Field(Reference("limits"), default=""),
        }
    ),
    "causes": Record(
        {
            "title": Field(Plain(), required=True),
            "summary": Field(Markdown(), required=True),
            "tell": Field(Markdown(), default=""),
            "explain": Field(Markdown(), default=""),
            "happens": Field(PARTY, required=True),
            "mended_by": Field(ListOf(PARTY), required=True),
            "prior": Field(PRIOR, required=True),
            "signs": Field(MapOf(Reference("questions"), MapOf(Id(), LIKELIHOOD)), default={}),
            "fixes": Field(MapOf(Reference("fixes"), LIKELIHOOD), default={}),
            "sources": Field(ListOf(Reference("sources")), default=()),
            "seed": Field(ListOf(Plain()), default=()),
            "reviewed": Field(Date(), default=""),
        }
    ),
    "warnings": Record(
        {
            "title": Field(Plain(), required=True),
            "text": Field(Markdown(), required=True),
            "when": Field(MapOf(Reference("questions"), ListOf(Id())), required=True),
        }
    ),
    "limits": Record(
        {
            "at_most": Field(Number(whole=True), required=True),
            "counts": Field(
                MapOf(Reference("questions"), MapOf(Id(), Number(whole=True))), default={}
            ),
        }
    ),
    "faq": Record(
        {
            "ask": Field(Plain(), required=True),
            "answer": Field(Markdown(), required=True),
            "seed": Field(ListOf(Plain()), default=()),
        }
    ),
    "readers": Record(
        {
            "title": Field(Plain(), required=True),
            "choices": Field(
                MapOf(
                    Id(),
                    Record(
                        {
                            "label": Field(Plain(), required=True),
                            "agent": Field(Plain(), default=""),
                        }
                    ),
                ),
                required=True,
            ),
        }
    ),
    "instructions": Record(
        {
            "for": Field(Whom(), required=True),
            "fixes": Field(ListOf(Reference("fixes", aside=True)), default=()),
            "causes": Field(ListOf(Reference("causes", aside=True)), default=()),
            "text": Field(Markdown(), required=True),
            "checked": Field(Date(), required=True),
            "sources": Field(ListOf(Reference("sources")), default=()),
        }
    ),
    "sources": Record({"title": Field(Plain(), required=True), "url": Field(Url(), default="")}),
}

INTRODUCTION_SECTION = "problem"
SERVICE_SECTION = "service"
ALL_SECTIONS = (INTRODUCTION_SECTION, SERVICE_SECTION, *SECTIONS)
