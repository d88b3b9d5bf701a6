"""How hosts should serve the files: for how long they may be kept, of which type they are.

`SITE_WIDE` is the one place for headers of every answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import splitext

from .addresses import root_path
from .policy import EDITING, HEADER, NOBODY
from .policy import WORKER as WORKER_POLICY
from .redirects import Move

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=3600"
ASK_FIRST = "no-cache"
PICTURES = {".ico", ".png", ".svg"}
"""A browser that keeps no icon may ask for it at each step, which would count the steps."""

HASHED_FOLDER = re.compile(r"(assets/helpdesk)/(?:runtime-)?[0-9a-f]{16}/")
HASHED_NAME = re.compile(r"\.[0-9a-f]{8,}\.(?:min\.)?\w+$")
CHANGING = {
    "helpdesk-worker.js": {},
    "status.json": {},
    "embed.mjs": {"Access-Control-Allow-Origin": "*"},
}
"""Files at an address that stays: a worker that is kept would keep itself, an outage goes on.

Other sites' pages load the script that embeds the wizard, as a module.
"""
FRAMED = "embed/"
"""The pages that others may frame."""
DIAGNOSIS_WORKER = "/diagnosis-worker.mjs"
HOME = "."
TYPES = {".wasm": "application/wasm", ".mjs": "text/javascript; charset=utf-8"}
"""Types that hosts do not know, or did not long ago; without them nothing runs."""

Headers = Mapping[str, str]

SITE_WIDE: Headers = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers of one file, of all below a folder where the path ends in `/`, or of `HOME`."""

    path: str
    headers: Headers


def rules(files: Sequence[str], policy: str, framed_by: Sequence[str] = ()) -> list[Rule]:
    """Return how the files of a site are to be served, its pages with a policy.

    `framed_by` are the origins whose pages may embed the wizard.

    No path has the same header twice: hosts send both, and browsers heed both.
    """
    held = _held(files, policy, " ".join(["'self'", *framed_by]))
    return [Rule("", SITE_WIDE), *held, *_cached(files), *_typed(files)]


def _held(files: Sequence[str], policy: str, framed_by: str) -> Iterator[Rule]:
    framed = policy.replace(NOBODY, f"frame-ancestors {framed_by}")
    pages = (name for name in files if name.endswith(".html"))
    for path in sorted({_page_rule(name) for name in pages} - {f"{EDITING}/"}):
        yield Rule(path, {HEADER: framed if path == FRAMED else policy})
    for name in files:
        if name.startswith("assets/helpdesk/") and name.endswith(DIAGNOSIS_WORKER):
            yield Rule(name, {HEADER: WORKER_POLICY})


def _page_rule(name: str) -> str:
    """Return the rule that a page falls under: that of its first folder, or its own."""
    first, slash, _ = name.partition("/")
    return f"{first}/" if slash else first.removesuffix("index.html") or HOME


def _cached(files: Sequence[str]) -> Iterator[Rule]:
    folders = {match[1] for name in files if (match := HASHED_FOLDER.match(name))}
    for folder in sorted(folders):
        yield Rule(f"{folder}/", {"Cache-Control": FOR_EVER})
    for name in files:
        if HASHED_NAME.search(name) and not HASHED_FOLDER.match(name):
            yield Rule(name, {"Cache-Control": FOR_EVER})
        elif name.startswith("assets/") and splitext(name)[1] in PICTURES:
            yield Rule(name, {"Cache-Control": FOR_A_WHILE})
        elif name in CHANGING:
            yield Rule(name, {"Cache-Control": ASK_FIRST, **CHANGING[name]})


def _typed(files: Sequence[str]) -> Iterator[Rule]:
    for name in files:
        if kind := TYPES.get(splitext(name)[1]):
            yield Rule(name, {"Content-Type": kind})


def headers_file(found: Iterable[Rule], address: str) -> str:
    """Return `_headers`, as Netlify, Cloudflare Pages and others read it."""
    root, lines = root_path(address), []
    for rule in found:
        star = "*" if rule.path.endswith("/") or not rule.path else ""
        path = "" if rule.path == HOME else rule.path
        lines.append(f"{root}{path}{star}\n")
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
    policy = next((rule.headers for rule in found if rule.path == HOME), {})
    parts.append(_location(root, {**wide, "Cache-Control": ASK_FIRST, **policy}))
    for rule in found:
        if rule.path.endswith(DIAGNOSIS_WORKER) and HEADER in rule.headers:
            own = {**wide, "Cache-Control": FOR_EVER, **rule.headers}
            parts.append(_location(f"= {root}{rule.path}", own))
        elif rule.path == FRAMED:
            own = {**wide, "Cache-Control": ASK_FIRST, **rule.headers}
            parts.append(_location(root + rule.path, own))
        elif "Cache-Control" in rule.headers:
            exact = "" if rule.path.endswith("/") else "= "
            parts.append(_location(f"{exact}{root}{rule.path}", {**wide, **rule.headers}))
    return "".join(parts)


def _location(match: str, headers: Headers) -> str:
    lines = [
        f'    add_header {name} "{value}"{"" if name == "Cache-Control" else " always"};\n'
        for name, value in headers.items()  # what is not there today is not to be kept
    ]
    return f"location {match} {{\n{''.join(lines)}}}\n"
