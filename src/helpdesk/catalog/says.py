"""How people say it: example phrases for causes and answers, `says/*.yml` below the catalog.

One file for each language, or as many as editors like; all are read into one. Nothing in them
is shown to readers, so there is nothing to translate. The folder is optional.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .errors import CatalogError, did_you_mean
from .fields import Id, Plain, Reading, Reference
from .model import Catalog, Position
from .records import Field, ListOf, MapOf, Record
from .source import read, yaml_files

FOLDER = "says"
PHRASES = ListOf(Plain())

SAYS = Record(
    {
        "same": Field(ListOf(PHRASES), "Lists of words that mean the same.", default=()),
        "common": Field(PHRASES, "Sentences that nearly everybody says.", default=()),
        "subject": Field(PHRASES, "Words that tell that a text is about this.", default=()),
        "causes": Field(
            MapOf(Reference("causes", aside=True), PHRASES),
            "For a cause, what people with it say.",
            default={},
        ),
        "questions": Field(
            MapOf(Reference("questions", aside=True), MapOf(Id(), PHRASES)),
            "For a question and an answer, how people say it.",
            default={},
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Says:
    """What the files say."""

    causes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Phrases by cause."""
    answers: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Phrases by question and answer."""
    same: tuple[tuple[str, ...], ...] = ()
    """Words that mean the same, the first standing for all."""
    common: tuple[str, ...] = ()
    """Sentences that say what nearly every report says."""
    subject: tuple[str, ...] = ()
    """Words that make a text one about this subject."""
    places: Mapping[str, Position] = field(default_factory=dict)
    """Where the phrases of a file stand that speak of a question."""
    files: tuple[str, ...] = ()


def read_says(folder: Path, reading: Reading) -> Says:
    """Return what the files of a catalog's folder say; faults go to `reading`."""
    causes: dict[str, tuple[str, ...]] = {}
    answers: dict[tuple[str, str], tuple[str, ...]] = {}
    same: list[tuple[str, ...]] = []
    common: list[str] = []
    subject: list[str] = []
    places: dict[str, Position] = {}
    paths = yaml_files(folder / FOLDER) if (folder / FOLDER).is_dir() else []
    for path in paths:
        root, errors = read(path, str(path))
        reading.errors.extend(errors)
        values = SAYS.read(root, reading) if root else None
        if values is None:
            continue
        same += values["same"]
        common += values["common"]
        subject += values["subject"]
        for cause, phrases in values["causes"].items():
            causes[cause] = (*causes.get(cause, ()), *phrases)
        for question, told in values["questions"].items():
            places.setdefault(question, values["position"])
            for answer, phrases in told.items():
                key = question, answer
                answers[key] = (*answers.get(key, ()), *phrases)
    files = tuple(map(str, paths))
    return Says(causes, answers, tuple(same), tuple(common), tuple(subject), places, files)


def unknown_answers(says: Says, catalog: Catalog) -> Iterator[CatalogError]:
    """Yield the answers with phrases that their question does not have."""
    for question, answer in says.answers:
        known = catalog.questions.get(question)
        if known and answer not in known.answers:
            hint = did_you_mean(answer, known.answers)
            message = f'"{question}" has no answer "{answer}", yet phrases for it.{hint}'
            yield CatalogError(says.places[question], message)
