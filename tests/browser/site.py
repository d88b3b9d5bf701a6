"""A site made of the wizard alone, served as a careful host does, or with faults."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import cast

import jinja2

from helpdesk.browser import Bundle, bundle_catalog, keep_site, plain_html, wasm
from helpdesk.browser.beyond import continued
from helpdesk.browser.bundle import bundle
from helpdesk.browser.embedding import SCRIPT
from helpdesk.browser.runtime_files import WHOLE, Runtime, RuntimeFile
from helpdesk.browser.strategy import WORK, Strategy, expand
from helpdesk.browser.strategy_files import packed
from helpdesk.browser.texts import texts
from helpdesk.browser.thinning import TRAP
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import USER
from helpdesk.diagnosis.wire import problem_to_json
from tests.http_server import OTHER, TYPES, LocalServer, Quiet, running
from tests.site_tools import fingerprint

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
WORKER_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "require-trusted-types-for 'script'"
)
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Kettle help</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{ base }}page.css">
<link rel="stylesheet" href="{{ base }}{{ style }}">
<script type="module" src="{{ base }}{{ module }}"></script>
<main>
<h1>Why doesn't the kettle boil?</h1>
{{ wizard }}
<h2 id="more">More</h2>
<p><a href="#more">To this heading</a></p>
</main>
"""
STYLE = """
:root { color-scheme: light dark; }
html { background: canvas; color: canvastext; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
"""
PRESET = (("q-lamp", "no"),)
SHORT = 6
"""Steps that are known where few are."""
WASM = "pyodide.asm.wasm"
SLOW_PIECES = 5
PAUSE = 0.5
"""Seconds before each piece of what comes slowly."""
EMPTY_WASM = b"\0asm\1\0\0\0"
PORTAL = b"<!doctype html><title>Hotel</title><p>Please sign in to the network.</p>"

Files = Mapping[str, bytes | Path]


def kettle_site(catalog: Catalog, runtime: Runtime, folder: Path) -> dict[str, bytes | Path]:
    """Return a site: the wizard at the root and for staff, and others that lack something.

    "bare" has neither Python nor a strategy, "alone" has no strategy, "brief" has one that ends
    after the first question, "short" one of few steps that goes on with what is left, and the
    Pythons of "dead" cannot start.
    The thinned one of "empty" cannot either, and that of "thin" cannot answer.
    """
    full = bundle_catalog(catalog)
    bare = bundle(problem_to_json(catalog.problem), texts(catalog))
    dead, empty, thin = (
        bundle(problem_to_json(catalog.problem), texts(catalog), built=failing)
        for failing in (
            _with_wasm(runtime, folder / "dead", EMPTY_WASM, WHOLE + WASM, WASM),
            _with_wasm(runtime, folder / "empty", EMPTY_WASM, WASM),
            _with_wasm(runtime, folder / "thin", _too_thin(runtime), WASM),
        )
    )
    alone = bundle(problem_to_json(catalog.problem), texts(catalog), built=runtime)
    brief, short = (
        bundle(
            problem_to_json(catalog.problem),
            texts(catalog),
            built=runtime,
            others={"strategies": {USER: packed(catalog.problem, found)}},
        )
        for found in (expand(catalog.problem, most=1), short_strategy(catalog))
    )
    files: dict[str, bytes | Path] = {
        file.uri: file.path or file.content or b""
        for each in (full, bare, dead, empty, thin, alone, brief, short)
        for file in (*each.files, *each.pages)
    }
    return files | {
        "page.css": STYLE.encode(),
        "index.html": _page(full, plain_html(catalog, "")),
        "staff/index.html": _page(full, plain_html(catalog, "..", "agent"), "../"),
        "preset/index.html": _page(full, plain_html(catalog, "..", answers=PRESET), "../"),
        "bare/index.html": _page(bare, plain_html(catalog, ".."), "../"),
        "alone/index.html": _page(alone, plain_html(catalog, ".."), "../"),
        "brief/index.html": _page(brief, plain_html(catalog, ".."), "../"),
        "short/index.html": _page(short, plain_html(catalog, ".."), "../"),
        "dead/index.html": _page(dead, plain_html(catalog, ".."), "../"),
        "empty/index.html": _page(empty, plain_html(catalog, ".."), "../"),
        "thin/index.html": _page(thin, plain_html(catalog, ".."), "../"),
    }


def short_strategy(catalog: Catalog) -> Strategy:
    """Return the likeliest steps and what follows beyond them."""
    return continued(catalog.problem, expand(catalog.problem, most=SHORT), USER, WORK)


def kept_site(catalog: Catalog, folder: Path) -> dict[str, bytes | Path]:
    """Return a site that browsers keep: the wizard at the root, and where a page is not kept."""
    made = bundle_catalog(catalog, keeps=True)
    pages = {
        "index.html": _page(made, plain_html(catalog, "")),
        "offline/index.html": _page(made, plain_html(catalog, ".."), "../"),
    }
    contents = {file.uri: file.path or file.content or b"" for file in made.files}
    files: dict[str, bytes | Path] = {"page.css": STYLE.encode(), **pages, **contents}
    for uri, content in files.items():
        (folder / uri).parent.mkdir(parents=True, exist_ok=True)
        (folder / uri).write_bytes(content.read_bytes() if isinstance(content, Path) else content)
    keep_site(folder, made)
    return dict(fingerprint(folder))


def _with_wasm(runtime: Runtime, folder: Path, content: bytes, *names: str) -> Runtime:
    """Return a runtime with another wasm, published just as the right one."""
    folder.mkdir()
    path = folder / WASM
    path.write_bytes(content)
    other = RuntimeFile("", path, len(content), hashlib.sha256(content).hexdigest())
    files = (replace(other, name=f.name) if f.name in names else f for f in runtime.files)
    return replace(runtime, files=tuple(files))


def _too_thin(runtime: Runtime) -> bytes:
    """Return the thinned interpreter without what only answers need: numbers as text."""
    files = {file.name: file for file in runtime.files}
    whole = dict(wasm.sections(files[WHOLE + WASM].read()))
    names = {export.name: export.index for export in wasm.exports(whole[wasm.EXPORT])}
    first = sum(kind == wasm.FUNCTIONS for _, _, kind in wasm.imports(whole[wasm.IMPORT]))
    sections = wasm.sections(files[WASM].read())
    bodies = [wasm.sized(body) for body in wasm.bodies(dict(sections)[wasm.CODE])]
    bodies[names["PyOS_double_to_string"] - first] = TRAP
    code = wasm.vector(bodies)
    return wasm.joined((kind, code if kind == wasm.CODE else each) for kind, each in sections)


def _page(assets: Bundle, wizard: str, base: str = "") -> bytes:
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 - the wizard is HTML already
    page = environment.from_string(PAGE)
    return page.render(base=base, style=assets.style, module=assets.module, wizard=wizard).encode()


class Server(LocalServer):
    """Serves files from memory and disk. `faults` says what to do wrong, by the end of a path."""

    def __init__(self, files: Files) -> None:
        """Listen on a free port."""
        super().__init__(Handler)
        self.files = files
        self.faults: dict[str, str] = {}
        self.worker_policy = WORKER_POLICY
        self.policy: str | None = None
        """Of pages, where it is not the usual one."""
        self.seen: list[str] = []
        self.gate = threading.Event()
        """Opens for what is held back."""

    def heal(self) -> None:
        """Do everything right again."""
        self.faults.clear()  # first: who sees a fault holds the gate that opens now
        self.gate.set()
        self.gate = threading.Event()
        self.worker_policy = WORKER_POLICY
        self.seen.clear()


class Handler(Quiet):
    """Answers one request."""

    server: Server
    gate: threading.Event

    def do_GET(self) -> None:  # noqa: N802 - its name upstream
        """Serve a file, or what a fault makes of it."""
        path = self.path.split("?")[0].lstrip("/")
        path += "index.html" if path == "" or path.endswith("/") else ""
        self.server.seen.append(path)
        self.gate = self.server.gate
        faults = tuple(self.server.faults.items())
        fault = next((f for end, f in faults if path.endswith(end)), "")
        content = self.server.files.get(path)
        if content is None and fault != "gone":
            self._send(PORTAL, status=HTTPStatus.NOT_FOUND)
            return
        whole = content.read_bytes() if isinstance(content, Path) else content or b""
        FAULTS[fault](self, whole)

    def right(self, content: bytes) -> None:
        """Serve it as it is."""
        self._send(content)

    def missing(self, _: bytes) -> None:
        """Say that it is not there."""
        self._send(PORTAL, status=HTTPStatus.NOT_FOUND)

    def portal(self, _: bytes) -> None:
        """Answer with a page of the network's own."""
        self._send(PORTAL, kind="text/html")

    def gone(self, _: bytes) -> None:
        """Hang up without a word, as where there is no network."""
        self.close_connection = True

    def redirect(self, _: bytes) -> None:
        """Lead to another place."""
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", "/index.html")
        self.end_headers()

    def short(self, content: bytes) -> None:
        """Serve the first half as if it were all."""
        self._send(content[: len(content) // 2])

    def cut(self, content: bytes) -> None:
        """Promise all and hang up half-way."""
        self._head(len(content))
        self.wfile.write(content[: len(content) // 2])

    def flip(self, content: bytes) -> None:
        """Serve it with one bit changed."""
        middle = len(content) // 2
        self._send(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])

    def empty(self, _: bytes) -> None:
        """Serve nothing."""
        self._send(b"")

    def mistyped(self, content: bytes) -> None:
        """Serve it under a wrong type."""
        self._send(content, kind="text/plain")

    def stall(self, content: bytes) -> None:
        """Stop half-way and keep the line open until the gate opens; then send the rest."""
        self._head(len(content))
        half = len(content) // 2
        self.wfile.write(content[:half])
        self.wfile.flush()
        self.gate.wait()
        self.wfile.write(content[half:])

    def hang(self, content: bytes) -> None:
        """Say nothing until the gate opens."""
        self.gate.wait()
        self._send(content)

    def slow(self, content: bytes) -> None:
        """Send it in pieces, each after a while."""
        self._head(len(content))
        size = len(content) // SLOW_PIECES + 1
        for start in range(0, len(content), size):
            self.gate.wait(PAUSE)
            self.wfile.write(content[start : start + size])

    def _send(self, content: bytes, kind: str = "", status: HTTPStatus = HTTPStatus.OK) -> None:
        self._head(len(content), kind, status)
        self.wfile.write(content)

    def _head(self, length: int, kind: str = "", status: HTTPStatus = HTTPStatus.OK) -> None:
        suffix = Path(self.path).suffix or ".html"
        worker = self.path.endswith("-worker.mjs")
        self.send_response(status)
        self.send_header("Content-Type", kind or TYPES.get(suffix, OTHER))
        self.send_header("Content-Length", str(length))
        self.send_header("X-Content-Type-Options", "nosniff")
        policy = PAGE_POLICY if self.server.policy is None else self.server.policy
        self.send_header("Content-Security-Policy", self.server.worker_policy if worker else policy)
        if self.path == f"/{SCRIPT}":
            self.send_header("Access-Control-Allow-Origin", "*")  # a module of another site
        self.end_headers()


FAULTS: dict[str, Callable[[Handler, bytes], None]] = {
    "": Handler.right,
    **{
        name: cast("Callable[[Handler, bytes], None]", getattr(Handler, name))
        for name in (
            *("missing", "portal", "gone", "redirect", "short", "cut"),
            *("flip", "empty", "mistyped", "stall", "hang", "slow"),
        )
    },
}


@contextmanager
def served(files: Files) -> Iterator[Server]:
    """Serve files while the block runs."""
    with running(Server(files)) as server:
        try:
            yield server
        finally:
            server.heal()
