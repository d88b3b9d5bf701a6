"""What people type into the search box, and what the search of a built site finds."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from helpdesk.browser.searching import FULL_INDEX

HERE = Path(__file__).parent
DRIVER = HERE.parent.parent / "bench" / "web" / "site-search.mjs"
LANGUAGES = {"en": "", "zh": "zh/"}
"""Where the pages of each language stand."""
HELD_OUT = "held_out"
FIRST = 3
WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")


@dataclass(frozen=True)
class Query:
    """What is typed, and the page that it should find."""

    text: str
    page: str
    held_out: bool


def queries(language: str) -> list[Query]:
    """Return the queries of a language."""
    parts = yaml.safe_load((HERE / f"{language}.yml").read_text(encoding="utf-8"))
    return [
        Query(text, f"{page}/", part == HELD_OUT)
        for part, pages in parts.items()
        for page, texts in pages.items()
        for text in texts
    ]


def found(site: Path, prefix: str, texts: Sequence[str]) -> list[list[str]]:
    """Return the pages that the site's own search finds for each text, best first."""
    worker = WORKER.search((site / "index.html").read_text(encoding="utf-8"))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    node = shutil.which("node", path=path)
    assert worker, "the home page names no search"
    assert node, "there is no Node.js; make installs it"
    result = subprocess.run(
        [node, DRIVER, site / worker[0], site / prefix / "search" / FULL_INDEX],
        input="".join(f"{json.dumps(text)}\n" for text in texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in result.stdout.splitlines()]


def hits(asked: Sequence[Query], pages: Sequence[Sequence[str]]) -> list[bool]:
    """Return for each query whether its page is among the first three."""
    return [query.page in these[:FIRST] for query, these in zip(asked, pages, strict=True)]
