"""What a page of the site may load and run: a Content Security Policy made from the built pages.

Every page carries its own policy, so that it holds on hosts that cannot send headers too. Only
what a page cannot say of itself, who may frame it and what a worker may do, is left to headers
(https://www.w3.org/TR/CSP3/).
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

SCRIPT = re.compile(
    r"<script\b([^>]*)>([^<]*(?:<(?!/script\s*>)[^<]*)*)</script\s*>", re.IGNORECASE
)
ELSEWHERE = re.compile(r"\ssrc\s*=", re.IGNORECASE)
DATA = re.compile(r"""\stype\s*=\s*["']?application/(?:ld\+)?json\b""", re.IGNORECASE)
"""Types that browsers never run."""
HEAD = re.compile(r"<head\b[^>]*>(?:\s*<meta charset[^>]*>)?", re.IGNORECASE)

PAGE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""`data:` is for the theme's icons, which stand in its style sheet."""

NOBODY = "frame-ancestors 'none'"
"""Who may frame a page; only a header can say so."""
HEADER = "Content-Security-Policy"
WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
"""For the answer that the worker's script comes in: only there may wasm be compiled."""


EDITING = "admin"
"""The folder of the CMS, for editors only: it talks to where the site's sources are kept."""


class Protection:
    """The policies of a site's pages. Those protected before they are written save a pass."""

    def __init__(self, also: Mapping[str, str] | None = None) -> None:
        """Take further sources by directive, as `{"connect-src": "https://help.example.com"}`."""
        self._also = also or {}
        self._hashes: set[str] = set()
        self._policies: dict[frozenset[str], str] = {}
        self._done: set[str] = set()

    def of(self, uri: str, page: str) -> str:
        """Return a page with its policy, as it is to stand at `uri` of the site."""
        self._done.add(uri)
        if uri.startswith(f"{EDITING}/"):
            return page
        if "\r" in page:  # browsers hash scripts with these ends of lines
            page = page.replace("\r\n", "\n").replace("\r", "\n")
        own = inline_hashes(page)
        if own not in self._policies:
            self._hashes |= own
            self._policies[own] = _policy(own, self._also)
        return with_policy(page, self._policies[own])

    def finish(self, site: Path, files: Iterable[str]) -> str:
        """Protect all other pages of a built site, and return what hosts are to send.

        `files` are those of the site. That allows each script that stands in any page; with the
        worker's script they send `WORKER`.
        """
        for uri in files:
            if uri.endswith(".html") and uri not in self._done:
                path = site / uri
                page = self.of(uri, path.read_text(encoding="utf-8"))
                path.write_text(page, encoding="utf-8")
        return f"{_policy(self._hashes, self._also)}; {NOBODY}"


def inline_hashes(page: str) -> frozenset[str]:
    """Return the source expressions of the scripts that stand in an HTML page."""
    return frozenset(
        _hash(text)
        for attributes, text in SCRIPT.findall(page)
        if not ELSEWHERE.search(attributes) and not DATA.search(attributes)
    )


@lru_cache(maxsize=16)  # nearly all pages of a site have the same
def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def with_policy(page: str, policy: str) -> str:
    """Return an HTML page with a policy before anything that could load."""
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return HEAD.sub(lambda head: head[0] + tag, page, count=1)


def _policy(hashes: Iterable[str], also: Mapping[str, str]) -> str:
    parts = {**PAGE, "script-src": " ".join([PAGE["script-src"], *sorted(hashes)])}
    for directive, sources in also.items():
        parts[directive] = f"{parts[directive]} {sources}"
    return "; ".join(f"{directive} {sources}" for directive, sources in parts.items())
