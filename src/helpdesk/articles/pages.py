"""Which pages a catalog makes, and their Markdown. No page is written to disk here."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from helpdesk.catalog.collecting import collecting_rarely
from helpdesk.catalog.model import Catalog, Cause, Fix, Party, Position
from helpdesk.diagnosis.model import AGENT, SOMETHING_ELSE

from . import markup, wording
from .addresses import uris
from .codes import INDEX, Provider, codes_of, first_fixes
from .durations import time_needed
from .instructions import beside_cause, beside_fix
from .kept import Kept, digest
from .outages import newest_first
from .related import related
from .rendering import environment, render
from .seen import by_every_article, by_fix, by_one_article
from .signs import signs_of
from .structured import Described, structured

UNLISTED = {"robots": "noindex", "search": {"exclude": True}}
"""Front matter of a page that is found by its address only."""

ABOVE = {"cause": "causes", "provider_codes": "codes"}
"""The folder whose index leads to pages of a template."""

COMMON_AT_MOST = 6
"""Causes named on the home page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page before any engine has seen it."""

    uri: str
    """Path below `docs/`, ending in `.md`."""
    title: str
    markdown: str
    """With front matter."""
    language: str
    source: Position
    """Where an editor changes it."""


Made = Callable[[int, int], object]
"""Is told how many pages of how many are made."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a site brings besides its catalog."""

    templates: Sequence[Path] = ()
    """Folders whose files win over the package's own of the same name."""
    prose: Mapping[str, str] = field(default_factory=dict)
    """What editors added to a page, by its uri."""
    address: str = ""
    """Where the site will be."""


def one_by_one(
    catalog: Catalog, by_hand: ByHand | None = None, kept: Kept | None = None
) -> Iterator[Page]:
    """Yield all pages of a catalog, in each of its languages.

    What has not changed is taken from `kept`. Raises CatalogErrors where a template cannot be used.
    """
    for language in (catalog, *catalog.translations.values()):
        yield from _Writer(language, by_hand or ByHand(), kept).pages()


@collecting_rarely()
def pages(catalog: Catalog, by_hand: ByHand | None = None, made: Made | None = None) -> list[Page]:
    """Return all pages of a catalog as `one_by_one` does; `made` is told after each."""
    total = len(uris(catalog))
    found = []
    for page in one_by_one(catalog, by_hand):
        found.append(page)
        if made:
            made(len(found), total)
    return found


class _Writer:
    """Renders templates with what all of them need."""

    def __init__(self, catalog: Catalog, by_hand: ByHand, kept: Kept | None) -> None:
        self._catalog = catalog
        self._by_hand = by_hand
        self._words = wording.of(catalog)
        self._templates = environment(by_hand.templates, kept)
        # What templates of the site's own look at is not known.
        self._kept = None if by_hand.templates else kept
        self._around = digest(by_every_article(catalog, self._words, by_hand.address))
        self._by_fix = {fix.id: by_fix(fix) for fix in catalog.fixes.values()} if kept else {}
        self._codes = codes_of(catalog)
        self._related = related(catalog, kept)
        self._by_frequency = _by_frequency(catalog)
        self._positions = {cause: place for place, cause in enumerate(catalog.causes)}
        self._untranslated = {(g.section, g.id) for g in catalog.gaps if g.reason == "missing"}

    def pages(self) -> Iterator[Page]:
        """Yield every page."""
        catalog = self._catalog
        start = catalog.introduction.position
        calm = ("navigation", "toc")
        title = catalog.introduction.title
        newest = {"reviewed": _newest(catalog.causes.values())}
        yield self._page("index.md", "home", title, start, hide=calm, **newest)
        yield self._page("wizard/index.md", "wizard", title, start, hide=calm, **newest)
        if any(question.audience == AGENT for question in catalog.questions.values()):
            title = self._words["wizard_page.agent"]
            yield self._page("wizard/agent.md", "agent", title, start, hide=calm, **UNLISTED)
        yield self._page("offline.md", "offline", self._words["offline.title"], start, **UNLISTED)
        yield self._page("causes/index.md", "causes", self._words["causes.title"], start, **newest)
        for cause in catalog.causes.values():
            yield self._cause(cause)
        for party in catalog.parties.values():
            yield self._party(party)
        if catalog.faq:
            first = next(iter(catalog.faq.values())).position
            yield self._page("faq.md", "faq", self._words["faq.title"], first)
        if catalog.outages:
            yield self._status()
        if catalog.codes:
            yield self._code_index()
        for provider in self._codes.providers:
            yield self._provider(provider)

    def _cause(self, cause: Cause) -> Page:
        fixes = [(self._catalog.fixes[fix], likelihood) for fix, likelihood in cause.fixes.items()]
        uri = f"causes/{cause.id}.md"
        seen: dict[str, Any] = {
            "cause": cause,
            "signs": list(signs_of(self._catalog, cause, self._positions[cause.id])),
            "own_fixes": [pair for pair in fixes if pair[0].by == "recipient"],
            "others_fixes": _by_party(self._catalog, fixes),
            "related": [self._catalog.causes[other] for other in self._related[cause.id]],
            "seen_as": self._codes.by_cause[cause.id],
            "untranslated": ("causes", cause.id) in self._untranslated,
        }
        if not self._kept:
            return self._article(uri, cause, seen)
        prose = self._by_hand.prose.get(self._catalog.prefix + uri, "")
        shown = by_one_article(seen, self._by_fix)
        key = digest("article", self._kept.code, self._around, shown, prose)
        kept = self._kept.get(key)
        if isinstance(kept, str):
            whole = self._catalog.prefix + uri
            return Page(whole, cause.title, kept, self._catalog.language, cause.position)
        made = self._article(uri, cause, seen)
        self._kept.put(key, made.markdown)
        return made

    def _article(self, uri: str, cause: Cause, seen: Mapping[str, Any]) -> Page:
        return self._page(
            uri,
            "cause",
            cause.title,
            cause.position,
            description=markup.plain(cause.summary),
            reviewed=cause.reviewed,
            **seen,
        )

    def _party(self, party: Party) -> Page:
        causes = [c for c in self._catalog.causes.values() if c.id != SOMETHING_ELSE]
        happen = [cause for cause in causes if cause.happens == party.id]
        mended = [c for c in causes if party.id in c.mended_by and c.happens != party.id]
        return self._page(
            f"parties/{party.id}.md",
            "party",
            party.title,
            party.position,
            description=markup.plain(party.summary),
            reviewed=_newest([*happen, *mended]),
            party=party,
            happen=happen,
            mended=mended,
            fixes=[fix for fix in self._catalog.fixes.values() if fix.by == party.id],
        )

    def _status(self) -> Page:
        outages = newest_first(self._catalog)
        place = outages[0].position
        return self._page(
            "status.md", "status", self._words["status.title"], place, outages=outages
        )

    def _code_index(self) -> Page:
        asking = (question for question in self._catalog.questions.values() if question.fits)
        return self._page(
            INDEX,
            "codes",
            self._words["codes.title"],
            self._catalog.codes[0].position,
            description=self._words["codes.intro"],
            codes=self._codes,
            question=next(asking, None),
        )

    def _provider(self, provider: Provider) -> Page:
        title = self._words["codes.of"].format(provider=provider.name)
        return self._page(
            provider.page,
            "provider_codes",
            title,
            provider.entries[0].code.position,
            description=f"{title}. {self._words['codes.intro']}",
            search={"boost": 0.5},
            provider=provider,
            codes=self._codes,
            first_fixes=lambda cause: first_fixes(self._catalog, cause),
        )

    def _page(
        self,
        uri: str,
        template: str,
        title: str,
        source: Position,
        **context: Any,
    ) -> Page:
        uri = self._catalog.prefix + uri
        shared = {
            "catalog": self._catalog,
            "named_causes": self._by_frequency,
            "common_at_most": COMMON_AT_MOST,
            "words": self._words,
            "prose": self._by_hand.prose.get(uri, ""),
            "title": title,
            "link": lambda target: markup.way(target, uri, self._place),
            "body": lambda text: markup.moved(text, uri, self._place),
            "minutes": lambda fix: time_needed(fix, self._words),
            "beside_cause": partial(beside_cause, self._catalog),
            "beside_fix": partial(beside_fix, self._catalog),
        }
        rendered = render(self._templates, template, shared | context)
        meta = {
            "title": title,
            "description": context.get("description", title),
            "hide": context.get("hide", ()),
        }
        own = ("robots", "search", "reviewed")
        meta |= {name: context[name] for name in own if context.get(name)}
        meta |= self._shared(uri, template, meta)
        front = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items()
        )
        text = f"---\n{front}---\n\n{rendered}"
        return Page(uri, title, text, self._catalog.language, source)

    def _shared(self, uri: str, template: str, meta: Mapping[str, Any]) -> dict[str, Any]:
        """Return what other programs than browsers are told of a page."""
        catalog, address = self._catalog, self._by_hand.address
        above = [(catalog.introduction.title, catalog.prefix)]
        if folder := ABOVE.get(template):
            above.append((self._words[f"{folder}.title"], f"{catalog.prefix}{folder}/"))
        described = Described(
            uri=uri,
            title=meta["title"],
            reviewed=meta.get("reviewed", ""),
            above=[] if template == "home" else above,
            is_article=template == "cause",
        )
        made = {"kind": "article"} if described.is_article else {}
        if address and (text := structured(described, catalog, address)):
            made["structured"] = text
        return made

    def _place(self, target: str) -> str:
        """Return where a page stands for readers of this language."""
        return self._catalog.prefix + target


def _newest(causes: Iterable[Cause]) -> str:
    """Return the day of the newest review, or nothing."""
    return max((cause.reviewed for cause in causes), default="")


def _by_frequency(catalog: Catalog) -> list[Cause]:
    """Return the named causes, the most common first."""
    named = [cause for cause in catalog.causes.values() if cause.id != SOMETHING_ELSE]
    return sorted(named, key=lambda cause: -cause.prior.value)


def _by_party(
    catalog: Catalog, fixes: Sequence[tuple[Fix, Any]]
) -> list[tuple[Party, list[tuple[Fix, Any]]]]:
    """Return what others than the reader can do, by who does it."""
    groups = [
        (party, [pair for pair in fixes if pair[0].by == party.id])
        for party in catalog.parties.values()
        if party.id != "recipient"
    ]
    return [(party, pairs) for party, pairs in groups if pairs]
