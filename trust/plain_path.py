"""The wizard without JavaScript: every way through the built plain pages, in every language.

What stands on a page is read from its HTML, and compared with what the engine says to whoever
has answered so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.browser.hands import Entry, title

from helpdesk.browser.plain_path import FIXES_AT_MOST, FOLDER, OUTCOMES, START, THE_END
from helpdesk.catalog import Catalog, load
from helpdesk.diagnosis import NOT_SURE, USER, next_turn
from trust.figure import Figure, none_of
from trust.host import ROOT, shipped

SAMPLE = 12
"""Of so many pages, one is compared."""


@dataclass(frozen=True)
class Plain:
    """A plain page as a browser without scripts shows it."""

    uri: str
    kind: str
    heading: str
    evidence: tuple[tuple[str, str], ...]
    answers: Mapping[str, str]
    """Addresses that the answers lead to."""
    fixes: tuple[str, ...]
    """Titles of what is left to try."""
    people: tuple[str, ...]
    """Addresses of whom to ask."""


def figures(*, whole: bool) -> Iterator[Figure]:
    """Follow every answer from the first question on, to the end of each way."""
    site = shipped()
    catalog = load(ROOT / "docs" / "catalog")
    lost: list[str] = []
    wrong: list[str] = []
    ways, compared = 0, 0
    for language in (catalog, *catalog.translations.values()):
        pages = _pages(site, language)
        first = pages[_start(language)]
        ways += _ways(pages, first.uri)
        begun = {name: _answers(name, _read(site, name)) for name in _beginnings(language)}
        lost += [f"{name}: {found}" for name, found in begun.items() if found != first.answers]
        ends = [page for page in pages.values() if not page.answers]
        lost += [f"{end.uri}: {end.kind}" for end in ends if not _helps(site, end)]
        unseen = {path.relative_to(site).as_posix() for path in _files(site, language)}
        lost += [f"{uri}: nobody gets there" for uri in sorted(unseen - pages.keys())]
        for page in [*pages.values()][:: 1 if whole else SAMPLE]:
            compared += 1
            wrong += [f"{page.uri}: {each}" for each in _differences(language, pages, page)]
    yield none_of("ways without JavaScript that end in neither a fix nor a person", lost, ways)
    yield none_of("plain pages that differ from the engine", wrong, compared)


def _start(catalog: Catalog) -> str:
    return f"{catalog.prefix}{FOLDER}{START}.html"


def _beginnings(catalog: Catalog) -> list[str]:
    """Return the pages that ask the first question in their HTML too."""
    prefix = catalog.prefix
    return [f"{prefix}index.html", f"{prefix}wizard/index.html", f"embed/{prefix}index.html"]


def _pages(site: Path, catalog: Catalog) -> dict[str, Plain]:
    """Return all plain pages of a language that answers lead to."""
    pages: dict[str, Plain] = {}
    unseen = [_start(catalog)]
    while unseen:
        if (uri := unseen.pop()) not in pages:
            pages[uri] = _plain(site, uri)
            unseen += pages[uri].answers.values()
    return pages


def _files(site: Path, catalog: Catalog) -> Iterator[Path]:
    """Return the plain pages that the build made."""
    return (site / catalog.prefix / FOLDER).glob("*.html")


def _plain(site: Path, uri: str) -> Plain:
    tree = _read(site, uri)
    step = _found(tree, ".helpdesk-step")
    links = [urljoin(uri, node.attributes["href"] or "") for node in step.css("a[href]")]
    full = [urlsplit(node.attributes["href"] or "") for node in tree.css(".helpdesk-more a[href]")]
    kind = (step.attributes["class"] or "").rpartition("--")[2]
    return Plain(
        uri=uri,
        kind=kind,
        heading=_text(_found(step, "h2")),
        evidence=tuple(parse_qsl(full[-1].fragment)) if full else (),
        answers=_answers(uri, tree),
        fixes=tuple(_text(node).partition(". ")[2] for node in step.css("summary strong")),
        people=tuple(link for link in links if "parties/" in link),
    )


def _read(site: Path, uri: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / uri).read_text(encoding="utf-8"))


def _answers(uri: str, tree: LexborHTMLParser) -> dict[str, str]:
    """Return where each answer of a page leads."""
    return {
        node.attributes["data-answer"] or "": urljoin(uri, node.attributes["href"] or "")
        for node in tree.css("a[data-answer]")
    }


def _found(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    node = tree.css_first(selector)
    if node is None:
        raise SystemExit(f"There is no {selector} in {tree.html}")
    return node


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _ways(pages: Mapping[str, Plain], start: str) -> int:
    """Return how many ways lead from a page to an end; nobody gets to a page twice."""

    @cache
    def count(uri: str) -> int:
        return sum(map(count, pages[uri].answers.values())) or 1

    return count(start)


def _helps(site: Path, end: Plain) -> bool:
    """Tell whether a way ends well: it worked, it is dangerous, or there is a person to ask."""
    if THE_END in end.uri or end.kind == "warn":
        return True
    there = all((site / link / "index.html").is_file() for link in end.people)
    return bool(end.fixes or end.kind == "hand-off") and bool(end.people) and there


def _differences(catalog: Catalog, pages: Mapping[str, Plain], page: Plain) -> Iterator[str]:
    """Yield what a page says otherwise than the engine."""
    if THE_END in page.uri:
        return
    evidence = _entries(catalog, page.evidence)
    if page.kind == "left":
        fixes, step = _left(catalog, evidence)
        if page.fixes != fixes:
            yield f"{page.fixes}, not {fixes}"
        if "party" in step and not page.people[-1].endswith(f"parties/{step['party']}/"):
            yield f"{page.people[-1]}, not {step}"
        return
    step = next_turn(catalog.problem, evidence)["step"]
    expected = " ".join(title(catalog, evidence).split())
    if page.kind != step["kind"] or expected not in page.heading:
        yield f"{page.heading}, not {step}"
    subject = step.get("question") or step.get("fix", "")
    offered = {NOT_SURE, *catalog.questions[subject].answers} if "question" in step else set()
    if {*page.answers} != (offered or {*OUTCOMES} if subject else set()):
        yield f"{[*page.answers]} to {step}"
    for value, uri in page.answers.items():
        if THE_END not in uri and {*pages[uri].evidence} != {*page.evidence, (subject, value)}:
            yield f"{value} leads to {pages[uri].evidence}"


def _entries(catalog: Catalog, pairs: Sequence[tuple[str, str]]) -> list[Entry]:
    return [
        {"question": key, "answer": value}
        if key in catalog.questions
        else {"fix": key, "outcome": value}
        for key, value in pairs
    ]


def _left(catalog: Catalog, evidence: list[Entry]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return what the engine has somebody try who can answer nothing more, and what follows."""
    answered = {entry.get("question") for entry in evidence}
    told = [
        *evidence,
        *(
            {"question": name, "answer": NOT_SURE}
            for name, question in catalog.questions.items()
            if name not in answered and question.audience == USER
        ),
    ]
    fixes: list[str] = []
    while "fix" in (step := next_turn(catalog.problem, told)["step"]):
        if len(fixes) == FIXES_AT_MOST:
            return tuple(fixes), {}
        fixes.append(catalog.fixes[step["fix"]].title)
        told.append({"fix": step["fix"], "outcome": "failed"})
    return tuple(fixes), step
