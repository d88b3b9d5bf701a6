"""Fetches a file as browsers do, and keeps all that came with it."""

import gzip
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import brotli

PATIENCE = 20
"""Seconds for an answer."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    address: str
    status: int = 0
    headers: Message = field(default_factory=Message)
    content: bytes = b""
    sent: int = 0
    """Bytes on the wire."""

    def header(self, name: str) -> str:
        """Return a header, or nothing."""
        return str(self.headers.get(name, ""))


class _Stay(HTTPRedirectHandler):
    """Follows nothing: a redirect is an answer too."""

    def redirect_request(self, *_: object) -> None:
        """Return nothing to follow."""


_OPENER = build_opener(_Stay)


def fetch(address: str) -> Answer:
    """Fetch an address as browsers do; an answer without a status is none."""
    asked = {"Accept-Encoding": "br, gzip", "User-Agent": "helpdesk-doctor"}
    request = Request(address, headers=asked)  # noqa: S310 - the command takes http(s) only
    try:
        with _OPENER.open(request, timeout=PATIENCE) as reply:
            raw, status, headers = reply.read(), reply.status, reply.headers
    except HTTPError as reply:
        raw, status, headers = reply.read(), reply.code, reply.headers
    except (URLError, OSError, ValueError):
        return Answer(address)
    return Answer(address, status, headers, _unpacked(raw, headers), len(raw))


def _unpacked(raw: bytes, headers: Message) -> bytes:
    with suppress(OSError, EOFError, brotli.error):
        match headers.get("Content-Encoding", ""):
            case "gzip":
                return gzip.decompress(raw)
            case "br":
                return bytes(brotli.decompress(raw))
    return raw
