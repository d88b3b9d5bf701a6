"""The shipped site, built once and served as a careful host serves it."""

import atexit
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
from tests.http_server import OTHER, TYPES, LocalServer, Quiet, running
from tests.site_tools import copy_site, mkdocs

ROOT = Path(__file__).parent.parent
QUICK = 5
"""Brotli's quality where files are compressed as they are asked for."""


@cache
def shipped() -> Path:
    """Return the folder of the shipped site, built strictly for this run.

    Where somebody has just built it, as the tests have, the environment says where it is.
    """
    if built := os.environ.get("TRUST_SITE"):
        return Path(built)
    folder = TemporaryDirectory(prefix="helpdesk-trust-")
    atexit.register(folder.cleanup)
    source = copy_site(ROOT, Path(folder.name))
    result = mkdocs("build", "--strict", cwd=source)
    if result.returncode:
        raise SystemExit(result.stderr)
    return source / "site"


def pages(site: Path) -> list[str]:
    """Return the addresses of all pages below the root of a site, as `causes/u-weak-signal/`."""
    paths = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")))
    return [path.removesuffix("index.html") for path in paths]


def rules(text: str) -> list[tuple[str, str, str]]:
    """Return pattern, name and value of each header that a `_headers` file asks for."""
    found, pattern = [], ""
    for line in text.splitlines():
        if line[:1].isspace() and ":" in line:
            name, _, value = line.strip().partition(":")
            found.append((pattern, name, value.strip()))
        elif not line.startswith("#"):
            pattern = line.strip() or pattern
    return found


def fits(pattern: str, path: str) -> bool:
    """Tell whether a rule is for a path; a `*` at its end stands for anything."""
    start = pattern.removesuffix("*")
    return path.startswith(start) if start != pattern else path == pattern


class Host(LocalServer):
    """Serves a folder with the headers that its own `_headers` asks for."""

    def __init__(self, site: Path, *, headers: bool = True, small: bool = False) -> None:
        """Listen on a free port; without `headers` as a host that cannot send any.

        `small` sends files compressed by brotli, to browsers that can read that.
        """
        super().__init__(Answer)
        self.site = site
        self.rules = rules((site / "_headers").read_text(encoding="utf-8")) if headers else []
        self.small = small
        self.seen: list[tuple[str, Mapping[str, str]]] = []
        """Each request: its path, and the headers that came with it."""


class Answer(Quiet):
    """Answers one request."""

    server: Host

    def do_GET(self) -> None:  # noqa: N802 - its name upstream
        """Serve a file."""
        self.server.seen.append((self.path, dict(self.headers)))
        path = self.path.split("?")[0]
        file = self.server.site / path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file()
        file = file if found else self.server.site / "404.html"
        content = file.read_bytes()
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        if self.server.small and "br" in self.headers.get("Accept-Encoding", ""):
            content = brotli.compress(content, quality=QUICK)
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Type", TYPES.get(file.suffix, OTHER))
        self.send_header("Content-Length", str(len(content)))
        for pattern, name, value in self.server.rules:
            if fits(pattern, path):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def hosted(site: Path, *, headers: bool = True, small: bool = False) -> Iterator[Host]:
    """Serve a folder while the block runs."""
    with running(Host(site, headers=headers, small=small)) as host:
        yield host
