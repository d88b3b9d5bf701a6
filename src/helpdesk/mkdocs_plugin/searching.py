"""Makes the theme's search understand readers: more words in its index, and queries read first.

The index gets two fields that are searched and never shown. The theme's search worker gets a
script in front of it that mends what was typed. Both keep the theme's own search and its looks.
The index itself is fetched by that worker once somebody types: on every page, the theme's script
reads a file instead that says no more than where it is.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from helpdesk.articles.search_words import UNSAID, Found, search_words
from helpdesk.browser.searching import FULL_INDEX, query_script
from helpdesk.catalog import Catalog

from .adding import generated
from .entries import JSON, OFFLINE

INDEX = Path("search/search_index.json")
BREAK = "\u200b"
"""Put between Chinese words; it is not seen, and search splits there."""

BETWEEN_TAGS = re.compile(r"(?<![^>])[^<]+")
SEPARATOR = r"[\s\-.,;:!?()“”…/·–—\[\]\"]+"
CHINESE_SEPARATOR = rf"[\s{BREAK}]+|[，。：；？！、“”（）《》,.:;?!()]+"
FIELDS = {"title": 10.0, "own": 10.0, "near": 3.0, "text": 1.0}
"""How much a word counts where it stands; `own` and `near` are not shown."""

WORKERS = "assets/javascripts/workers"


@dataclass(frozen=True, slots=True)
class SearchWorker:
    """The theme's search worker with our script in front."""

    replaces: str
    """Where the theme's own stands."""
    uri: str
    fetches: bool
    """Whether it gets the index itself; not where files are read without a host."""


def add_worker(files: Files, config: MkDocsConfig) -> SearchWorker | None:
    """Add and return what searches in place of the theme's own worker, if it has one."""
    found = (path for folder in config.theme.dirs for path in Path(folder, WORKERS).glob("*.js"))
    theirs = next(found, None)
    if theirs is None:
        return None
    content = query_script() + theirs.read_text(encoding="utf-8")
    uri = f"{WORKERS}/search.{sha256(content.encode()).hexdigest()[:8]}.min.js"
    files.append(generated(config, uri, content))
    fetches = OFFLINE.isdisjoint(config.plugins)
    return SearchWorker(f"{WORKERS}/{theirs.name}", uri, fetches)


def with_worker(output: str, worker: SearchWorker | None) -> str:
    """Return a page that searches with our worker."""
    return output.replace(worker.replaces, worker.uri) if worker else output


def write_indexes(
    site: Path,
    languages: Sequence[Catalog],
    files: Files,
    worker: SearchWorker | None,
    entries: Iterable[str] | None,
) -> None:
    """Give each language an index below its own pages, where possible fetched when needed.

    `entries` are those of the theme's index by page, where they do not stand in its file.
    """
    if not (site / INDEX).is_file():
        return
    fetched = worker is not None and worker.fetches
    addresses = {file.src_uri: file.url for file in files}
    config, docs = _read((site / INDEX).read_text(encoding="utf-8"))
    with ExitStack() as stack:
        indexes = {}
        for catalog in languages:
            words = {addresses[catalog.prefix + u]: w for u, w in search_words(catalog).items()}
            path, own = site / catalog.prefix / INDEX, _config(config, catalog)
            full = path.with_name(FULL_INDEX) if fetched else path
            indexes[catalog.prefix] = stack.enter_context(_Index(full, own, words, catalog))
            if fetched:
                known = {"separator": own["separator"], "full": full.relative_to(site).as_posix()}
                path.write_text(_json({"config": known, "docs": []}), encoding="utf-8")
        prefixes = [prefix for prefix in indexes if prefix]
        for doc, others in ((doc, "") for doc in docs) if entries is None else map(_page, entries):
            own_prefix = (prefix for prefix in prefixes if doc["location"].startswith(prefix))
            indexes[next(own_prefix, "")].add(doc, others)


def _read(text: str) -> tuple[dict[str, Any], Iterator[dict[str, Any]]]:
    """Return the settings of an index, and its entries one by one: all of them take much room."""
    decode = json.JSONDecoder().raw_decode
    start, between = '{"config":', ',"docs":['
    config, end = decode(text, len(start)) if text.startswith(start) else ({}, 0)
    if not text.startswith(between, end):  # as no theme writes it
        whole = json.loads(text)
        return whole["config"], iter(whole["docs"])
    return config, _docs(text, end + len(between))


def _page(entries: str) -> tuple[dict[str, Any], str]:
    """Return the first entry of a page, and what follows it."""
    first, end = json.JSONDecoder().raw_decode(entries)
    return first, entries[end:]


def _docs(text: str, start: int) -> Iterator[dict[str, Any]]:
    decode = json.JSONDecoder().raw_decode
    while text[start] != "]":
        doc, start = decode(text, start)
        yield doc
        start += text[start] == ","


def _entry(doc: dict[str, Any], words: Mapping[str, Found], catalog: Catalog) -> dict[str, Any]:
    """Return an entry as seen from the language's own root, Chinese split into words."""
    split = _split if _chinese(catalog) else str
    found = words.get(doc["location"])
    return (
        doc
        | {
            "location": doc["location"].removeprefix(catalog.prefix),
            "title": split(doc["title"]),
            "text": split(doc["text"]),
        }
        | ({"own": found.own, "near": found.near} if found else {})
    )


def _config(config: dict[str, Any], catalog: Catalog) -> dict[str, Any]:
    fields = config["fields"] | {name: {"boost": by} for name, by in FIELDS.items()}
    more = {
        "fields": fields,
        "separator": CHINESE_SEPARATOR if _chinese(catalog) else SEPARATOR,
        "small": sorted(UNSAID),
    }
    if catalog.prefix:
        more["lang"] = [catalog.language.partition("-")[0]]
    return config | more


def _chinese(catalog: Catalog) -> bool:
    return catalog.language.startswith("zh")


def _split(text: str) -> str:
    """Split Chinese between tags into words."""
    import rjieba  # noqa: PLC0415 - a dictionary of 30 MB, which most sites do not need

    return BETWEEN_TAGS.sub(lambda match: BREAK.join(rjieba.cut(match[0])), text)


class _Index:
    """The index of a language, written entry by entry, because the whole of it takes much room."""

    def __init__(
        self, path: Path, config: dict[str, Any], words: Mapping[str, Found], catalog: Catalog
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._words = words
        self._catalog = catalog
        self._as_they_are = not catalog.prefix and not _chinese(catalog)
        self._between = ""
        self._file = path.open("w", encoding="utf-8")
        self._file.write(f'{{"config":{_json(config)},"docs":[')

    def add(self, doc: dict[str, Any], others: str = "") -> None:
        """Add an entry, and the others of its page, which follow as JSON in the form of an index.

        Those lead to headings: words are found only where one leads to the page itself.
        """
        self._file.write(self._between + _json(_entry(doc, self._words, self._catalog)))
        self._between = ","
        page = doc["location"].partition("#")[0]
        if self._as_they_are and f'"location":{_json(page)}' not in others:
            self._file.write(others)
        else:
            for other in json.loads(f"[{others.removeprefix(',')}]"):
                self.add(other)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write("]}")
        self._file.close()


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON
    return JSON.encode(value)
