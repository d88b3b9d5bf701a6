"""A host as good as they come, behind a line as bad as is wanted."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

import brotli
from tests.http_server import OTHER, TYPES, LocalServer, Quiet, running

CACHE = Path(__file__).parent.parent / ".cache" / "bench"
CHUNK = 16_384
FOREVER = "public, max-age=31536000, immutable"


def compressed(content: bytes) -> bytes:
    """Return the content as brotli makes it smallest; kept, because that takes half a minute."""
    path = CACHE / f"{sha256(content).hexdigest()}.br"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.with_suffix(".part")
        whole.write_bytes(brotli.compress(content, quality=11))
        whole.replace(path)
    return path.read_bytes()


@dataclass
class Line:
    """What all connections of a reader go through."""

    bits_per_second: float = 0.0
    """0 for no limit."""
    round_trip: float = 0.0
    """Seconds."""
    _free_at: float = field(default=0.0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def travel(self, size: int) -> None:
        """Take the time that so many bytes take, after those of the other connections."""
        if not self.bits_per_second:
            return
        with self._lock:
            start = max(time.monotonic(), self._free_at)
            self._free_at = start + 8 * size / self.bits_per_second
            until = self._free_at
        time.sleep(max(0.0, until - time.monotonic()))


class Server(LocalServer):
    """Serves files from memory, compressed beforehand, for ever except for pages."""

    def __init__(self, files: Mapping[str, bytes], *, small: bool = True) -> None:
        """Listen on a free port."""
        super().__init__(Handler)
        self.files = files
        self.small = small
        self.line = Line()
        self.seen: list[str] = []
        self.sent = 0
        """Bytes of content that went over the line."""

    def body(self, path: str) -> bytes:
        """Return a file as it goes over the line."""
        return compressed(self.files[path]) if self.small else self.files[path]

    def begin(self, line: Line) -> None:
        """Count anew, on another line."""
        self.line = line
        self.seen.clear()
        self.sent = 0


class Handler(Quiet):
    """Answers the requests of one connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Head and body are sent one after the other; neither is to wait for the reader's answer."""

    def setup(self) -> None:
        """Take the round trip in which a connection is made."""
        time.sleep(self.server.line.round_trip)
        super().setup()

    def do_GET(self) -> None:  # noqa: N802 - its name upstream
        """Serve a file."""
        path = self.path.lstrip("/")
        path += "index.html" if path.endswith("/") else ""
        time.sleep(self.server.line.round_trip)
        content = self.server.files.get(path)
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.server.seen.append(path)
        small = self.server.small and "br" in self.headers.get("Accept-Encoding", "")
        body = compressed(content) if small else content
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, OTHER))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache" if path.endswith(".html") else FOREVER)
        if small:
            self.send_header("Content-Encoding", "br")
        self.end_headers()
        for start in range(0, len(body), CHUNK):
            part = body[start : start + CHUNK]
            self.server.line.travel(len(part))
            self.wfile.write(part)
            self.server.sent += len(part)


@contextmanager
def served(files: Mapping[str, bytes], *, small: bool = True) -> Iterator[Server]:
    """Serve files while the block runs, compressed or not."""
    for content in files.values() if small else ():
        compressed(content)
    with running(Server(files, small=small)) as server:
        yield server
