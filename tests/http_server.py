"""What every server that tests and benchmarks start shares: a free port, a thread, no words."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar

TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".ts": "text/plain",
    ".wasm": "application/wasm",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
OTHER = "application/octet-stream"


class LocalServer(ThreadingHTTPServer):
    """Listens on a free port of this machine."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        """Take a port; `running` answers on it."""
        super().__init__(("127.0.0.1", 0), handler)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}/"


class Quiet(BaseHTTPRequestHandler):
    """Writes nothing, and does not mind a browser that has gone."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstream
        """Say nothing."""

    def handle(self) -> None:
        """Answer until the browser has gone."""
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


class _Folder(Quiet, SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES


Started = TypeVar("Started", bound=LocalServer)


@contextmanager
def running(server: Started) -> Iterator[Started]:
    """Answer requests while the block runs."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def folder_served(folder: Path) -> Iterator[str]:
    """Serve a folder as the simplest of hosts does; yield its address."""
    with running(LocalServer(partial(_Folder, directory=str(folder)))) as server:  # type: ignore[arg-type]
        yield server.url
