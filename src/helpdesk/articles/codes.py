"""The pages about providers' codes: where each code stands, and what stands beside it.

A provider has a page of its own, a code an anchor on it. Both keep their names for good, since
they are made of the provider's and the code's own letters.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpdesk.catalog.model import Catalog, Cause, Code, Fix

FOLDER = "codes"
INDEX = f"{FOLDER}/index.md"

NEGATIVE = re.compile(r"^-(?=\d)")
BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A code and where it stands."""

    code: Code
    page: str
    """Uri of its provider's page."""
    anchor: str

    @property
    def target(self) -> str:
        """Where a link to it leads."""
        return f"{self.page}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider with its codes."""

    name: str
    page: str
    entries: tuple[Entry, ...]

    @property
    def sources(self) -> list[str]:
        """Where its codes were read."""
        return list(dict.fromkeys(entry.code.source for entry in self.entries))


@dataclass(frozen=True, slots=True)
class Codes:
    """All codes of a catalog, seen from each side."""

    providers: tuple[Provider, ...]
    by_cause: Mapping[str, list[Provider]]
    """Cause id to the providers with a code that points to it, only with those codes."""
    by_code: Mapping[str, list[Entry]]
    """What providers call the same."""

    def elsewhere(self, entry: Entry) -> list[Entry]:
        """Return the same code of other providers."""
        return [other for other in self.by_code[entry.code.code] if other != entry]


def codes_of(catalog: Catalog) -> Codes:
    """Return the codes of a catalog."""
    grouped: dict[str, list[Code]] = {}
    for code in catalog.codes:
        grouped.setdefault(code.provider, []).append(code)
    names = _unique(grouped, {"index"})
    providers = tuple(
        _provider(name, f"{FOLDER}/{slug}.md", codes)
        for slug, (name, codes) in zip(names, grouped.items(), strict=True)
    )
    by_cause = {
        cause: [part for provider in providers if (part := _part(provider, cause)).entries]
        for cause in catalog.causes
    }
    by_code: dict[str, list[Entry]] = {}
    for provider in providers:
        for entry in provider.entries:
            by_code.setdefault(entry.code.code, []).append(entry)
    return Codes(providers, by_cause, by_code)


def _provider(name: str, page: str, codes: list[Code]) -> Provider:
    anchors = _unique((code.code for code in codes), set())
    entries = (Entry(code, page, anchor) for code, anchor in zip(codes, anchors, strict=True))
    return Provider(name, page, tuple(entries))


def _part(provider: Provider, cause: str) -> Provider:
    entries = tuple(entry for entry in provider.entries if cause in entry.code.causes)
    return Provider(provider.name, provider.page, entries)


def _unique(texts: Iterable[str], taken: set[str]) -> list[str]:
    """Return a name for each text that is good in an address, each another one."""
    names = []
    for text in texts:
        name = base = _slug(text)
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        names.append(name)
    return names


def _slug(text: str) -> str:
    words = NEGATIVE.sub("minus ", text.lower())
    return BETWEEN_WORDS.sub("-", words).strip("-") or "code"


def first_fixes(catalog: Catalog, cause: Cause) -> list[Fix]:
    """Return what to do first about a cause: the reader, then somebody else."""
    fixes = [catalog.fixes[fix] for fix in cause.fixes if fix in catalog.problem.fix_positions]
    own = [fix for fix in fixes if fix.by == "recipient"]
    others = [fix for fix in fixes if fix.by != "recipient"]
    return own[:1] + others[:1]
