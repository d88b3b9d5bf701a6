"""How often readers' queries find their page, beside the theme's own search and Pagefind.

All three search the same built site. The theme's own is what it is without this plugin, apart
from each language having an index of its own. Pagefind runs in a browser, as it does for readers.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from material import __file__ as theme
from playwright.sync_api import sync_playwright
from tests.browser.conftest import chromium_path
from tests.browser.engines import FLAGS
from tests.http_server import folder_served
from tests.search.queries import LANGUAGES, Query, found, hits, queries

from helpdesk.browser.searching import FULL_INDEX

from .figures import keep

ROOT = Path(__file__).parent.parent
PAGEFIND = "pagefind@1.6.0"
"""Fetched when it is measured: its lock differs from machine to machine."""
WORKERS = Path("assets/javascripts/workers")
INDEX = Path("search", FULL_INDEX)
WAYS = {"ours": "this search", "material": "stock Material", "pagefind": "Pagefind"}
ASK = """async ([language, texts]) => {
  document.documentElement.lang = language;
  const pagefind = await import(new URL("pagefind/pagefind.js", location.href).href);
  await pagefind.init();
  const pages = [];
  for (const text of texts) {
    const { results } = await pagefind.search(text);
    const first = await Promise.all(results.slice(0, 5).map((result) => result.data()));
    pages.push(first.map((page) => page.raw_url ?? page.url));
  }
  return pages;
}"""

Find = Callable[[str, Sequence[str]], list[list[str]]]
"""From a language and texts to the pages found for each, best first."""


def measure() -> dict[str, Any]:
    """Return the share of queries whose page is among the first three, and the size of indexes."""
    with tempfile.TemporaryDirectory() as folder:
        site, stock = Path(folder) / "site", Path(folder) / "stock"
        _run(sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site))
        make_stock(site, stock)
        _run("npm", "install", "--silent", "--no-save", "--prefix", folder, PAGEFIND)
        _run(f"{folder}/node_modules/.bin/pagefind", "--site", str(site))
        with _pagefind(site) as by_pagefind:
            ways: dict[str, Find] = {
                "ours": lambda language, texts: found(site, LANGUAGES[language], texts),
                "material": lambda language, texts: found(stock, LANGUAGES[language], texts),
                "pagefind": by_pagefind,
            }
            shares = {name: _shares(find) for name, find in ways.items()}
        return {
            "queries": {language: len(queries(language)) for language in LANGUAGES},
            "held_out": {language: len(_held_out(language)) for language in LANGUAGES},
            "top_3": shares,
            "index_kb": {"ours": _packed(site), "material": _packed(stock)},
        }


def _held_out(language: str) -> list[Query]:
    return [query for query in queries(language) if query.held_out]


def _shares(find: Find) -> dict[str, dict[str, float]]:
    shares: dict[str, dict[str, float]] = {}
    for language in LANGUAGES:
        asked = queries(language)
        hit = hits(asked, find(language, [query.text for query in asked]))
        held_out = [h for query, h in zip(asked, hit, strict=True) if query.held_out]
        shares[language] = {
            "all": round(sum(hit) / len(hit), 3),
            "held_out": round(sum(held_out) / len(held_out), 3),
        }
    return shares


def make_stock(site: Path, stock: Path) -> None:
    """Write what the theme's own search has: its worker, its weights, its fields."""
    shutil.copytree(site / "assets" / "javascripts", stock / "assets" / "javascripts")
    (worker,) = (Path(theme).parent / "templates" / WORKERS).glob("*.js")
    (stock / "index.html").write_text(f"{WORKERS.as_posix()}/{worker.name}", encoding="utf-8")
    for prefix in LANGUAGES.values():
        index = json.loads((site / prefix / INDEX).read_text(encoding="utf-8"))
        boosts = {"title": 1e3, "text": 1.0, "tags": 1e6}
        index["config"]["fields"] = {name: {"boost": boost} for name, boost in boosts.items()}
        if not prefix:
            index["config"]["separator"] = r"[\s\-]+"
        for doc in index["docs"]:
            doc.pop("own", None)
            doc.pop("near", None)
        target = stock / prefix / INDEX
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")


@contextmanager
def _pagefind(site: Path) -> Iterator[Find]:
    with folder_served(site) as address, sync_playwright() as playwright:
        path = chromium_path()
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))

        def find(language: str, texts: Sequence[str]) -> list[list[str]]:
            page = browser.new_context(bypass_csp=True).new_page()
            page.goto(address)
            pages: list[list[str]] = page.evaluate(ASK, [language, list(texts)])
            prefix = f"/{LANGUAGES[language]}"
            return [[url.removeprefix(prefix) for url in these] for these in pages]

        yield find
        browser.close()


def _packed(site: Path) -> int:
    """Return the size of all indexes, packed, in kB."""
    indexes = (site / prefix / INDEX for prefix in LANGUAGES.values())
    return round(sum(len(gzip.compress(path.read_bytes())) for path in indexes) / 1000)


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours


def as_text(figures: dict[str, Any]) -> str:
    """Return the figures as a table for a terminal."""
    lines = [f"{'page in the first three':24}{'en':>8}{'held out':>10}{'zh':>8}{'held out':>10}"]
    for name, label in WAYS.items():
        shares = [figures["top_3"][name][language] for language in LANGUAGES]
        cells = "".join(f"{row['all']:>8.0%}{row['held_out']:>10.0%}" for row in shares)
        lines.append(f"{label:24}{cells}")
    sizes = figures["index_kb"]
    lines.append(f"indexes packed: {sizes['ours']} kB, stock Material {sizes['material']} kB")
    return "\n".join(lines)


def main() -> None:
    """Print the figures, and keep them."""
    figures = measure()
    sys.stdout.write(f"{as_text(figures)}\n")
    keep("search", figures)


if __name__ == "__main__":
    main()
