"""What editors write between double brackets in a page of their own, as plain Markdown.

`[[cause:u-x]]`, `[[fix:x]]`, `[[party:x]]` and `[[code:PROVIDER/CODE]]` are links; `[[causes]]` is
a list; `[[wizard]]` is the wizard. In code, in comments and after a backslash they are none.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from html import escape
from html.parser import HTMLParser
from posixpath import relpath
from typing import TypeVar

import markdown

from helpdesk.catalog import Catalog, CatalogError, Position
from helpdesk.catalog.errors import did_you_mean
from helpdesk.diagnosis import AUDIENCES, NOT_SURE, SOMETHING_ELSE
from helpdesk.diagnosis.evidence import OUTCOMES

from .codes import codes_of
from .markup import escaped

KINDS = ("cause", "fix", "party", "code", "causes", "wizard")
REFERENCE = re.compile(r"(?<!\\)\[\[ *(\w+) *(?:: *([^\]|\n]*?) *)?(?:\| *([^\]\n]*?) *)?\]\]")
"""Kind, what is named, and the words a link shows instead of the title."""

MARK = "helpdeskreference{}end"
MARKED = re.compile(MARK.format(r"(\d+)"))
EXTENSIONS = ("fenced_code", "md_in_html", "sane_lists", "tables")
INDENT = re.compile(r"[ \t]*")


_T = TypeVar("_T")


class _UnknownError(Exception):
    """What is named is not there, or cannot stand there."""


def expand(
    text: str, uri: str, start: Position, catalog: Catalog
) -> tuple[str, list[CatalogError]]:
    """Return the Markdown of a page with its references replaced, and those that name nothing.

    `start` is where the text begins in its file; a reference that names nothing stays as it is.
    """
    meant = _outside_code(text)
    errors: list[CatalogError] = []
    page = _Page(uri, catalog)
    number = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        if number - 1 not in meant or not _is_ours(match[1]):
            return match[0]
        try:
            return page.written(match)
        except _UnknownError as problem:
            before = text[: match.start()]
            line, column = before.count("\n"), match.start() - before.rfind("\n")
            place = Position(start.path, start.line + line, column)
            errors.append(CatalogError(place, str(problem)))
            return match[0]

    return REFERENCE.sub(replaced, text), errors


def _outside_code(text: str) -> set[int]:
    """Return which references of a text a reader would see as text, asking Markdown itself."""
    if not REFERENCE.search(text):
        return set()
    numbers = iter(range(len(text)))
    marked = REFERENCE.sub(lambda _: MARK.format(next(numbers)), text)
    seen = _Seen()
    seen.feed(markdown.markdown(marked, extensions=list(EXTENSIONS)))
    seen.close()
    return seen.numbers


def _is_ours(kind: str) -> bool:
    """Tell a reference, well or badly written, from brackets that mean something else."""
    return bool(get_close_matches(kind, KINDS, n=1, cutoff=0.75))


class _Seen(HTMLParser):
    """Collects the numbers of the marks outside code."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: set[int] = set()
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._code += tag in {"code", "pre"}

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in {"code", "pre"}

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.numbers.update(int(found[1]) for found in MARKED.finditer(data))


class _Page:
    """Writes the references of one page."""

    def __init__(self, uri: str, catalog: Catalog) -> None:
        self._folder = uri.rpartition("/")[0] or "."
        self._catalog = catalog
        self._has_wizard = False

    def written(self, match: re.Match[str]) -> str:
        """Return what stands for a reference."""
        kind, named, words = match[1], match[2] or "", match[3] or ""
        if kind not in KINDS:
            raise _UnknownError(f'There is no reference "{kind}".{did_you_mean(kind, KINDS)}')
        if kind in {"causes", "wizard"}:
            indent = _indent_of_own_line(match)
            lines = self._list(named) if kind == "causes" else [self._wizard(named)]
            return "\n".join(["", *(indent + line for line in lines), ""])
        title, target = self._link(kind, named)
        return f"[{words or escaped(title)}]({self._way(target)})"

    def _way(self, target: str) -> str:
        return relpath(self._catalog.prefix + target, self._folder)

    def _link(self, kind: str, named: str) -> tuple[str, str]:
        """Return title and place."""
        catalog = self._catalog
        if kind == "cause":
            return _known(named, catalog.causes, "cause").title, f"causes/{named}.md"
        if kind == "party":
            return _known(named, catalog.parties, "party").title, f"parties/{named}.md"
        if kind == "fix":
            return _known(named, catalog.fixes, "fix").title, self._place_of_fix(named)
        entries = (entry for each in codes_of(catalog).providers for entry in each.entries)
        entry = _known(named, {entry.code.answer: entry for entry in entries}, "code")
        return entry.code.code, entry.target

    def _place_of_fix(self, name: str) -> str:
        """Return the page of who does it; of what readers do, the cause it most often mends."""
        fix = self._catalog.fixes[name]
        if fix.by != "recipient":
            return f"parties/{fix.by}.md#fix-{name}"
        weights = {
            cause.id: cause.prior.value * cause.fixes[name].value
            for cause in self._catalog.causes.values()
            if name in cause.fixes
        }
        if not weights:
            raise _UnknownError(f'No cause names the fix "{name}", so it stands on no page.')
        return f"causes/{max(weights, key=weights.__getitem__)}.md#fix-{name}"

    def _list(self, party: str) -> list[str]:
        """Return the causes that happen with a party or are mended by it, or all; common first."""
        if party:
            _known(party, self._catalog.parties, "party")
        named = (c for c in self._catalog.causes.values() if c.id != SOMETHING_ELSE)
        here = [c for c in named if not party or party in {c.happens, *c.mended_by}]
        if not here:
            raise _UnknownError(f'There is no cause that has to do with "{party}".')
        here.sort(key=lambda cause: -cause.prior.value)
        return [f"- [{escaped(c.title)}]({self._way(f'causes/{c.id}.md')})" for c in here]

    def _wizard(self, settings: str) -> str:
        if self._has_wizard:
            raise _UnknownError(
                "Found a second wizard; expected one on a page, since both would take their "
                "answers from its address. Put this one on a page of its own, and link to that."
            )
        self._has_wizard = True
        given = [part.strip() for part in settings.split(",") if part.strip()]
        answers, audience = [], ""
        for part in given:
            name, separator, value = (text.strip() for text in part.partition("="))
            if not separator:
                raise _UnknownError(
                    f'Found "{part}"; expected a question and its answer, as q-x=yes.'
                )
            if name == "audience":
                audience = f' audience="{_known(value, dict.fromkeys(AUDIENCES, value), name)}"'
            else:
                self._check_answer(name, value)
                answers.append(f"{name}={value}")
        preset = f' answers="{escape("&".join(answers))}"' if answers else ""
        return f"<helpdesk-wizard{audience}{preset}></helpdesk-wizard>"

    def _check_answer(self, name: str, value: str) -> None:
        catalog = self._catalog
        if name in catalog.fixes:
            _known(value, dict.fromkeys(OUTCOMES, value), "outcome")
            return
        question = _known(name, catalog.questions, "question")
        codes = {code.answer for code in catalog.codes} if question.fits else set()
        _known(value, dict.fromkeys((*question.answers, *codes, NOT_SURE), value), "answer")


def _known(name: str, entries: Mapping[str, _T], kind: str) -> _T:
    if name in entries:
        return entries[name]
    if not name:
        raise _UnknownError(f"The {kind} is missing. Name one after the colon.")
    raise _UnknownError(f'There is no {kind} "{name}".{did_you_mean(name, entries)}')


def _indent_of_own_line(match: re.Match[str]) -> str:
    """Return how far the line is indented that a reference has for itself."""
    text = match.string
    line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
    if line.strip() != match[0]:
        raise _UnknownError(f'"{match[0]}" has to stand on a line of its own.')
    return (INDENT.match(line) or match)[0]
