"""What pages say of themselves as JSON-LD is what schema.org's vocabulary knows."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from .conftest import ADDRESS, TITLE

MODULES = Path(__file__).parents[2] / "node_modules"
SETTINGS = {
    "compilerOptions": {
        "strict": True,
        "noEmit": True,
        "skipLibCheck": True,
        "target": "es2022",
        "moduleResolution": "bundler",
        "module": "esnext",
        "types": [],
        "paths": {"schema-dts": [str(MODULES / "schema-dts/dist/schema.d.ts")]},
    },
    "files": ["said.ts"],
}
PAGES = ("causes/with-a-neighbor/", "de/causes/with-a-neighbor/", "causes/", "wizard/")


def said(site: Path, page: str) -> dict[str, Any]:
    """Return the one JSON-LD of a page."""
    tree = LexborHTMLParser((site / page / "index.html").read_bytes())
    scripts = tree.css('script[type="application/ld+json"]')
    assert len(scripts) == 1
    return dict(json.loads(scripts[0].text()))


def accepted(folder: Path, graphs: list[dict[str, Any]]) -> bool:
    """Tell whether the vocabulary's types accept what was said."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    (folder / "tsconfig.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    lines = ['import type { Graph } from "schema-dts";']
    lines += [f"export const g{n}: Graph = {json.dumps(g)};" for n, g in enumerate(graphs)]
    (folder / "said.ts").write_text("\n".join(lines), encoding="utf-8")
    node = shutil.which("node", path=search)
    command: list[str | Path | None] = [node, MODULES / ".bin/tsc", "--project", folder]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # type: ignore[arg-type]
    assert "schema-dts" not in result.stdout, result.stdout
    return result.returncode == 0


def test_the_vocabulary_accepts_it(below: Path, tmp_path: Path) -> None:
    """Types and properties are those of the vocabulary; a wrong one would be refused."""
    graphs = [said(below, page) for page in PAGES]
    assert accepted(tmp_path, graphs)
    article = next(node for node in graphs[0]["@graph"] if node["@type"] == "Article")
    article["headlines"] = article.pop("headline")
    assert not accepted(tmp_path, graphs[:1])


@pytest.mark.parametrize("page", PAGES)
def test_breadcrumbs_lead_from_home_to_the_page(below: Path, page: str) -> None:
    """They begin at the home page of the language and end at the page, each one there."""
    crumbs = next(n for n in said(below, page)["@graph"] if n["@type"] == "BreadcrumbList")
    items = crumbs["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert items[0]["item"] == ADDRESS + ("de/" if page.startswith("de/") else "")
    assert items[-1]["item"] == ADDRESS + page
    for item in items:
        assert (below / item["item"].removeprefix(ADDRESS) / "index.html").is_file()


def test_an_article_says_its_language_and_title(below: Path) -> None:
    """The article in another language has the words of that language."""
    article = next(n for n in said(below, PAGES[1])["@graph"] if n["@type"] == "Article")
    assert article["inLanguage"] == "de"
    assert article["headline"] == TITLE
    assert article["url"] == ADDRESS + PAGES[1]


def test_home_says_nothing_twice(below: Path) -> None:
    """The home page is above all others and has no way to it."""
    tree = LexborHTMLParser((below / "index.html").read_bytes())
    assert not tree.css('script[type="application/ld+json"]')
