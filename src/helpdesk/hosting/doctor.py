"""Looks at a deployed site as a browser gets it, and says what its host should do otherwise."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from .fetching import Answer, fetch
from .headers import DIAGNOSIS_WORKER, SITE_WIDE
from .policy import HEADER, NOBODY

MODULE = re.compile(r"""src="([^"]*assets/helpdesk/([0-9a-f]{16})/)helpdesk-wizard\.mjs\"""")
WORKER = "helpdesk-worker.js"
NOWHERE = "helpdesk-doctor-asks-for-what-is-not-there/"
A_DAY = 86_400
WORTH_PACKING = 1_000
"""Bytes."""
TYPES = {
    ".html": ("text/html",),
    ".js": ("text/javascript", "application/javascript"),
    ".json": ("application/json",),
    ".mjs": ("text/javascript", "application/javascript"),
    ".wasm": ("application/wasm",),
}
HOSTS = {
    "cloudflare": "On Cloudflare Pages, deploy the file _headers at the root of the site.",
    "netlify": "On Netlify, deploy the file _headers at the root of the site.",
    "github": "GitHub Pages sends no headers of your own; SECURITY.md says what that costs.",
    "nginx": "For nginx, include the site's nginx.conf in the server block.",
    "apache": "For Apache, set it in .htaccess, with mod_headers or mod_mime.",
}
ANY_HOST = "The site's _headers and nginx.conf hold what to send."


@dataclass(frozen=True, slots=True)
class Ailment:
    """What a host does that it should not."""

    address: str
    found: str
    expected: str
    advice: str

    def __str__(self) -> str:
        """Return it as a line."""
        return f"{self.address}: found {self.found}; expected {self.expected}. {self.advice}"


class UnreachableError(Exception):
    """There is no help site at an address."""


def examine(address: str) -> Iterator[Ailment]:
    """Yield what is wrong with the site at an address, `https:` or `http:`.

    Raises UnreachableError where nothing answers there, or something else than a help site.
    """
    root = address if address.endswith("/") else f"{address}/"
    home = fetch(root)
    module = MODULE.search(home.content.decode(errors="replace"))
    if home.status != HTTPStatus.OK or not module:
        raise UnreachableError(
            f"found {f'status {home.status}' if home.status else 'no answer'} and no wizard; "
            "expected the home page of a built help site. Give the address of its root."
        )
    host = _host(home)
    folder = urljoin(root, module[1])
    yield from _pages(root, home, host)
    yield from _engine(folder, module[2], host)
    yield from _site_worker(root, host)
    yield from _ways(root, host)


def _pages(root: str, home: Answer, host: str) -> Iterator[Ailment]:
    yield from _typed(home, ".html", host)
    yield from _packed(home, host)
    for name, value in SITE_WIDE.items():
        if value.lower() not in home.header(name).lower():
            yield Ailment(root, _shown(name, home.header(name)), f"{name}: {value}", host)
    policy = home.header(HEADER)
    if NOBODY not in policy:
        yield Ailment(root, _shown(HEADER, policy), f"{NOBODY} in it", host)
    if "wasm-unsafe-eval" in policy:
        found = "a policy that lets pages compile wasm"
        yield Ailment(root, found, "that of the worker's answer only", host)
    if _kept_for(home) > A_DAY:
        yield Ailment(root, home.header("Cache-Control"), "Cache-Control: no-cache for pages", host)


def _engine(folder: str, name: str, host: str) -> Iterator[Ailment]:
    """Fetch all that the wizard runs, and compare it with what was built."""
    again = "Deploy the site again, whole; a host must not change files."
    bundle = fetch(urljoin(folder, "bundle.json"))
    yield from _served(bundle, ".json", host)
    if hashlib.sha256(bundle.content).hexdigest()[:16] != name:
        yield Ailment(bundle.address, "other content than was built", "the file as built", again)
        return
    manifest = json.loads(bundle.content)
    for path, entry in _listed(manifest):
        answer = fetch(urljoin(folder, path))
        yield from _served(answer, f".{path.rpartition('.')[2]}", host)
        if hashlib.sha256(answer.content).hexdigest() != entry["sha256"]:
            found = f"{len(answer.content):,} bytes with another hash"
            yield Ailment(answer.address, found, f"{entry['bytes']:,} bytes as built", again)
    worker = fetch(urljoin(folder, DIAGNOSIS_WORKER.lstrip("/")))
    yield from _served(worker, ".mjs", host)
    policy = worker.header(HEADER)
    if "'wasm-unsafe-eval'" not in policy:
        expected = f"{HEADER} with 'wasm-unsafe-eval' for this file"
        yield Ailment(worker.address, _shown(HEADER, policy), expected, host)


def _listed(manifest: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, int | str]]]:
    """Yield the path of each file of the wizard, from its folder, and what was built."""

    def entries(value: object, before: str = "") -> Iterator[tuple[str, Mapping[str, int | str]]]:
        if isinstance(value, dict):
            if "sha256" in value:
                yield before + str(value["name"]), value
                return
            before = str(value.get("directory", before))
            for each in value.values():
                yield from entries(each, before)
        elif isinstance(value, list):
            for each in value:
                yield from entries(each, before)

    yield from dict(entries(dict(manifest))).items()


def _site_worker(root: str, host: str) -> Iterator[Ailment]:
    worker = fetch(urljoin(root, WORKER))
    if worker.status != HTTPStatus.OK:
        found = f"status {worker.status}"
        yield Ailment(worker.address, found, "the script, even where nothing is kept", host)
        return
    yield from _typed(worker, ".js", host)
    if _kept_for(worker) > 0:
        found = _shown("Cache-Control", worker.header("Cache-Control"))
        yield Ailment(worker.address, found, "Cache-Control: no-cache, so that it can change", host)


def _ways(root: str, host: str) -> Iterator[Ailment]:
    """Try an address without its slash, one that is not there, and one without encryption."""
    bare = fetch(urljoin(root, "wizard"))
    if not bare.header("Location").endswith("wizard/") and bare.status != HTTPStatus.OK:
        found = f"status {bare.status} without a redirect"
        yield Ailment(bare.address, found, "a redirect to wizard/", host)
    missing = fetch(urljoin(root, NOWHERE))
    if missing.status != HTTPStatus.NOT_FOUND:
        found = f"status {missing.status} for what is not there"
        yield Ailment(missing.address, found, "status 404 with the site's 404.html", host)
    if urlsplit(root).scheme == "https":
        plain = fetch(root.replace("https:", "http:", 1))
        if plain.status and not plain.header("Location").startswith("https:"):
            yield Ailment(plain.address, f"status {plain.status}", "a redirect to https:", host)
    elif urlsplit(root).hostname not in {"localhost", "127.0.0.1", "::1"}:
        expected = "https:, without which browsers keep nothing for offline"
        yield Ailment(root, "http:", expected, "Turn on a certificate at your host.")


def _served(answer: Answer, suffix: str, host: str) -> Iterator[Ailment]:
    """Check a file whose name changes with its content."""
    if answer.status != HTTPStatus.OK:
        yield Ailment(answer.address, f"status {answer.status}", "the file", "Deploy it again.")
        return
    yield from _typed(answer, suffix, host)
    yield from _packed(answer, host)
    if _kept_for(answer) < A_DAY:
        found = _shown("Cache-Control", answer.header("Cache-Control"))
        expected = "Cache-Control: public, max-age=31536000, immutable"
        yield Ailment(answer.address, found, expected, host)


def _typed(answer: Answer, suffix: str, host: str) -> Iterator[Ailment]:
    kinds = TYPES.get(suffix)
    kind = answer.header("Content-Type").partition(";")[0].strip().lower()
    if kinds and kind not in kinds:
        found = _shown("Content-Type", kind)
        yield Ailment(answer.address, found, f"Content-Type: {kinds[0]}", host)


def _packed(answer: Answer, host: str) -> Iterator[Ailment]:
    if answer.sent > WORTH_PACKING and not answer.header("Content-Encoding"):
        smaller = len(gzip.compress(answer.content))
        if smaller < answer.sent * 0.9:
            found = f"{answer.sent:,} bytes, not compressed"
            yield Ailment(answer.address, found, f"br or gzip, some {smaller:,} bytes", host)


def _kept_for(answer: Answer) -> int:
    """Return the seconds for which browsers may keep an answer without asking."""
    rule = answer.header("Cache-Control")
    age = re.search(r"max-age=(\d+)", rule)
    return int(age[1]) if age and "no-cache" not in rule and "no-store" not in rule else 0


def _host(home: Answer) -> str:
    """Return what helps on the host that answers."""
    server = home.header("Server").lower()
    return next((advice for name, advice in HOSTS.items() if name in server), ANY_HOST)


def _shown(name: str, value: str) -> str:
    return f"{name}: {value}" if value else f"no {name}"
