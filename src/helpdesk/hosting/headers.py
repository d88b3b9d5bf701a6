"""How hosts should serve the files: for how long they may be kept, of which type they are.

`SITE_WIDE` is the one place for headers of every answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .addresses import root_path
from .redirects import Move

FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"

HASHED_FOLDER = re.compile(r"(assets/helpdesk)/(?:runtime-)?[0-9a-f]{16}/")
HASHED_NAME = re.compile(r"\.[0-9a-f]{8,}\.(?:min\.)?\w+$")
WORKER = "helpdesk-worker.js"
"""A worker that is kept would keep itself."""
TYPES = {".wasm": "application/wasm", ".mjs": "text/javascript; charset=utf-8"}
"""Types that hosts do not know, or did not long ago; without them nothing runs."""

Headers = Mapping[str, str]

SITE_WIDE: Headers = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def site_wide(_site: Path) -> Headers:
    """Return the headers of every answer, for the finished site in a folder."""
    return SITE_WIDE


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers of one file, or of all below a folder where the path ends in `/`."""

    path: str
    headers: Headers


def rules(files: Sequence[str], site: Path) -> list[Rule]:
    """Return how the files of a site are to be served. No path has the same header twice."""
    return [Rule("", site_wide(site)), *_cached(files), *_typed(files)]


def _cached(files: Sequence[str]) -> Iterator[Rule]:
    folders = {match[1] for name in files if (match := HASHED_FOLDER.match(name))}
    for folder in sorted(folders):
        yield Rule(f"{folder}/", {"Cache-Control": FOR_EVER})
    for name in files:
        if HASHED_NAME.search(name) and not HASHED_FOLDER.match(name):
            yield Rule(name, {"Cache-Control": FOR_EVER})
        elif name == WORKER:
            yield Rule(name, {"Cache-Control": ASK_FIRST})


def _typed(files: Sequence[str]) -> Iterator[Rule]:
    for name in files:
        if kind := TYPES.get(Path(name).suffix):
            yield Rule(name, {"Content-Type": kind})


def headers_file(found: Iterable[Rule], address: str) -> str:
    """Return `_headers`, as Netlify, Cloudflare Pages and others read it."""
    root, lines = root_path(address), []
    for rule in found:
        star = "*" if rule.path.endswith("/") or not rule.path else ""
        lines.append(f"{root}{rule.path}{star}\n")
        lines += [f"  {name}: {value}\n" for name, value in rule.headers.items()]
    return "".join(lines)


NGINX = """\
# For nginx, inside the `server` block: include this file. The block's `root` is the folder that
# holds the site, at the path {root} below it.
include mime.types;
types {{
    application/wasm wasm;
    text/javascript mjs;
}}
charset utf-8;
gzip_static on; # what `helpdesk compress` has packed; for .br with its module: brotli_static on;
error_page 404 {root}404.html;
"""


def nginx_file(found: Sequence[Rule], moved: Iterable[Move], address: str) -> str:
    """Return the same for nginx, with what has moved.

    There headers of a location replace those around it, so each location states all of its own.
    """
    root = root_path(address)
    wide = next(rule.headers for rule in found if not rule.path)
    parts = [NGINX.format(root=root)]
    parts += [f"location = {root}{m.old} {{ return 301 {root}{m.new}; }}\n" for m in moved]
    parts.append(_location(root, {**wide, "Cache-Control": ASK_FIRST}))
    for rule in found:
        if "Cache-Control" in rule.headers:
            exact = "" if rule.path.endswith("/") else "= "
            parts.append(_location(f"{exact}{root}{rule.path}", {**wide, **rule.headers}))
    return "".join(parts)


def _location(match: str, headers: Headers) -> str:
    lines = [
        f'    add_header {name} "{value}"{"" if name == "Cache-Control" else " always"};\n'
        for name, value in headers.items()  # what is not there today is not to be kept
    ]
    return f"location {match} {{\n{''.join(lines)}}}\n"
