"""Makes the theme's search understand readers: more words in its index, and queries read first.

The index gets two fields that are searched and never shown. The theme's search worker gets a
script in front of it that mends what was typed. Both keep the theme's own search and its looks.
The index itself is fetched by that worker once somebody types: on every page, the theme's script
reads a file instead that says no more than where it is.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from helpdesk.articles.search_words import UNSAID, Found, search_words
from helpdesk.browser.searching import FULL_INDEX, query_script
from helpdesk.catalog import Catalog

from .adding import generated

INDEX = Path("search/search_index.json")
BREAK = "\u200b"
"""Put between Chinese words; it is not seen, and search splits there."""

BETWEEN_TAGS = re.compile(r"(?<![^>])[^<]+")
SEPARATOR = r"[\s\-.,;:!?()“”…/·–—\[\]\"]+"
CHINESE_SEPARATOR = rf"[\s{BREAK}]+|[，。：；？！、“”（）《》,.:;?!()]+"
FIELDS = {"title": 10.0, "own": 10.0, "near": 3.0, "text": 1.0}
"""How much a word counts where it stands; `own` and `near` are not shown."""

WORKERS = "assets/javascripts/workers"

Docs = list[dict[str, Any]]


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
    fetches = not {"offline", "material/offline"}.intersection(config.plugins)
    return SearchWorker(f"{WORKERS}/{theirs.name}", uri, fetches)


def with_worker(output: str, worker: SearchWorker | None) -> str:
    """Return a page that searches with our worker."""
    return output.replace(worker.replaces, worker.uri) if worker else output


def write_indexes(
    site: Path, languages: Sequence[Catalog], files: Files, worker: SearchWorker | None
) -> None:
    """Give each language an index below its own pages, where possible fetched when needed."""
    if not (site / INDEX).is_file():
        return
    fetched = worker is not None and worker.fetches
    addresses = {file.src_uri: file.url for file in files}
    whole = json.loads((site / INDEX).read_text(encoding="utf-8"))
    docs: Docs = whole.pop("docs")
    prefixes = [catalog.prefix for catalog in languages if catalog.prefix]
    for catalog in languages:
        words = {addresses[catalog.prefix + u]: w for u, w in search_words(catalog).items()}
        own = (doc for doc in docs if _belongs(doc["location"], catalog.prefix, prefixes))
        path, config = site / catalog.prefix / INDEX, _config(whole, catalog)
        full = path.with_name(FULL_INDEX) if fetched else path
        _write(full, config, own, words, catalog)
        if fetched:
            known = {"separator": config["separator"], "full": full.relative_to(site).as_posix()}
            path.write_text(_json({"config": known, "docs": []}), encoding="utf-8")


def _belongs(location: str, prefix: str, prefixes: Sequence[str]) -> bool:
    """Tell whether a page is one of the language with a prefix, the original's being empty."""
    return location.startswith(prefix) if prefix else not location.startswith(tuple(prefixes))


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


def _config(index: dict[str, Any], catalog: Catalog) -> dict[str, Any]:
    config: dict[str, Any] = index["config"]
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


def _write(
    path: Path,
    config: dict[str, Any],
    docs: Iterable[dict[str, Any]],
    words: Mapping[str, Found],
    catalog: Catalog,
) -> None:
    """Write an index entry by entry, because the whole of it takes much room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"config":{_json(config)},"docs":[')
        for number, doc in enumerate(docs):
            file.write("," * bool(number) + _json(_entry(doc, words, catalog)))
        file.write("]}")


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
