"""Serving that never gets stuck: what fails is said on the pages, which stay as they were.

MkDocs leaves every request hanging after a failed rebuild. Here a rebuild happens aside and takes
the place of the last good site, or its mistakes are put on top of each page on its way out.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
from mkdocs.livereload import LiveReloadServer

from helpdesk.catalog import Catalog
from helpdesk.insight import ROOT, Views

from .banner import with_banner, with_look
from .mistakes import Said, mistakes

HTML = ("Content-Type", "text/html; charset=utf-8")

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Preview:
    """What is known between two rebuilds."""

    def __init__(self) -> None:
        """Start without mistakes."""
        self.started = False
        """Whether there is a site to fall back to; the first build comes before the server."""
        self.errors: list[str] = []
        self._views: Views | None = None
        self._mount = "/"

    def show(self, catalog: Catalog) -> None:
        """Let the editor's view be of the catalog that is served now."""
        self._views = Views(catalog)

    def attach(self, server: LiveReloadServer) -> None:
        """Let a server rebuild and answer in this way."""
        self.started = True
        self._mount = server.mount_path
        server.builder = self._guarded(server.builder)
        server.set_app(self._app(server.serve_request))

    def report(self, errors: Sequence[str]) -> None:
        """Say errors in the terminal and, from now on, on every page."""
        self.errors = list(errors)
        for error in errors:
            click.secho(f"ERROR    -  {error}", fg="red", err=True)

    def _guarded(self, build: Callable[[], None]) -> Callable[[], None]:
        def rebuild() -> None:
            with Said() as said:
                try:
                    build()
                    self.errors = []
                except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, serve on
                    self.report(mistakes(error, said.lines))

        return rebuild

    def _app(self, inner: App) -> App:
        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            path = environ["PATH_INFO"]
            if self._views and path.startswith(ROOT):
                self._views.site = self._mount
                view = self._views.page(path, environ.get("QUERY_STRING", ""))
                start("200 OK" if view else "404 Not Found", [HTML])
                return [(view or "There is nothing here.").encode()]
            head: list[Any] = []
            body = inner(environ, lambda *said: head.extend(said))
            status, headers = head[:2]
            if dict(headers).get("Content-Type") == "text/html":
                page = with_banner(b"".join(body).decode(), self.errors)
                body = [with_look(page, path.removeprefix(self._mount)).encode()]
                length = ("Content-Length", str(len(body[0])))
                headers = [pair for pair in headers if pair[0] != length[0]] + [length]
            start(status, headers)
            return body

        return answer
