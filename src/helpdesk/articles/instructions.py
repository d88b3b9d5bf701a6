"""Which instructions stand beside a fix or a cause, for which readers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from helpdesk.catalog.model import Catalog, Choice, Instruction, Reader


@dataclass(frozen=True, slots=True)
class Group:
    """Instructions of one place for readers who differ in one way, such as their phone."""

    reader: Reader
    choices: tuple[tuple[Choice, tuple[Instruction, ...]], ...]
    """Each choice that has instructions here, in the order of the catalog."""

    @property
    def options(self) -> list[tuple[str, str]]:
        """Value and label of each choice. The value is a pattern for the browser's name."""
        return [(pattern(choice), choice.label) for choice, _ in self.choices]


def pattern(choice: Choice) -> str:
    """Return what the name of the browser holds; else what is the same in every language."""
    return "|".join(map(re.escape, choice.agent.split())) or f"^{choice.id}$"


def beside_fix(catalog: Catalog, fix: str, article: str = "") -> list[Group]:
    """Return what some readers need to know to do a fix.

    In the article of a cause, what stands beside the cause is not said again.
    """
    entries = (entry for entry in catalog.instructions.values() if fix in entry.fixes)
    return _groups(catalog, (entry for entry in entries if article not in entry.causes))


def beside_cause(catalog: Catalog, cause: str) -> list[Group]:
    """Return what some readers need to know about a cause."""
    return _groups(catalog, (e for e in catalog.instructions.values() if cause in e.causes))


def _groups(catalog: Catalog, entries: Iterable[Instruction]) -> list[Group]:
    found = list(entries)
    groups = []
    for reader in catalog.readers.values():
        here = [entry for entry in found if entry.reader == reader.id]
        choices = [
            (choice, tuple(entry for entry in here if choice.id in entry.choices))
            for choice in reader.choices.values()
        ]
        groups.append(Group(reader, tuple(pair for pair in choices if pair[1])))
    return [group for group in groups if group.choices]
