"""The pages of the plain path as HTML: light, not indexed, and nothing in them runs."""

from collections.abc import Iterator, Sequence
from typing import Any

from helpdesk.articles import wording
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import NOT_SURE

from .bundle import BundleFile
from .plain import context, environment, labels
from .plain_path import FOLDER, START, THE_END, Left, PlainPage, fragment, page_name
from .strategy import Pair
from .texts import UI


def plain_pages(catalog: Catalog, pages: Sequence[PlainPage], style: str) -> Iterator[BundleFile]:
    """Yield the pages in the catalog's language; `style` is the address of their style sheet."""
    base = "../" * (catalog.prefix + FOLDER).count("/")
    shared = context(catalog, base) | {
        "style": base + style,
        "home": base + catalog.prefix,
        "start": _file(START),
        "solved": _file(THE_END),
    }
    template = environment().get_template("plain.html.jinja")
    for page in pages:
        content = template.render(**shared, **_shown(catalog, page, shared["home"]))
        yield BundleFile(f"{catalog.prefix}{FOLDER}{_file(page.name)}", content.encode())
    end = {"kind": "solved", "title": shared["words"]["solved"], "evidence": (), "answers": {}}
    yield BundleFile(
        f"{catalog.prefix}{FOLDER}{_file(THE_END)}", template.render(**shared, **end).encode()
    )


def _shown(catalog: Catalog, page: PlainPage, home: str) -> dict[str, Any]:
    """Return what is particular to a page."""
    words = wording.of(catalog)
    node = None if isinstance(page.shows, Left) else page.shows
    subject = page.shows.warning if isinstance(page.shows, Left) else page.shows.subject
    question, fix = catalog.questions.get(subject), catalog.fixes.get(subject)
    party, warning = catalog.parties.get(subject), catalog.warnings.get(subject)
    ask = words[f"{UI}hand-off.title"].format(party=party.short) if party else ""
    title = (question and question.ask) or (fix and fix.title) or (warning and warning.title) or ask
    return {
        "kind": node.kind if node else "warn" if warning else "left",
        "title": title,
        "shows": page.shows,
        "question": question,
        "fix": fix,
        "party": party,
        "warning": warning,
        "labels": labels(catalog, question),
        "answers": {value: _file(name) for value, name in page.answers.items()},
        "evidence": page.evidence,
        "back": _file(page_name(page.evidence[:-1])),
        "said": [_said(catalog, pair) for pair in page.evidence],
        "full": f"{home}wizard/{fragment(page.evidence)}",
    }


def _said(catalog: Catalog, pair: Pair) -> tuple[str, str]:
    """Return a question and its answer, or a fix and what came of it, in words."""
    key, value = pair
    words = wording.of(catalog)
    question = catalog.questions.get(key)
    if not question:
        return catalog.fixes[key].title, words[f"{UI}outcome.{value}"]
    label = words[f"{UI}not-sure"] if value == NOT_SURE else question.answers[value].label
    return question.ask, label


def _file(name: str) -> str:
    return f"{name}.html"
