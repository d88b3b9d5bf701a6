"""What readers' browsers keep of a site, for the next visit and for no network.

A script at the root of the site, always at the same address, says which version this is and what
of it the wizard needs; a list beside the wizard's files holds the hash of every file of the site.
Where a site is to be kept no longer, it is that script that lets go of what was kept.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import minify

from .bundle import AT_THE_ROOT, FOLDER, WEB, Bundle
from .listing import files_below
from .runtime_files import WHOLE
from .status import FILE as STATUS

ADDRESS = "helpdesk-worker.js"
SOURCE = WEB / AT_THE_ROOT
INDEX = "index.html"
SAFE = "/!$&'()*+,;=:@"
"""Characters that browsers leave as they are in the path of an address."""
KEPT = frozenset(
    {
        *(".html", ".js", ".mjs", ".css", ".json", ".wasm", ".zip"),
        *(".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp", ".woff", ".woff2"),
    }
)
"""What a page can be made of; the rest is for other programs or downloads."""
OFFLINE = re.compile(r"([\w-]+/)?offline(/|\.html)")
"""Pages that are shown without network in place of one that is not kept, by language."""
LEFT_OUT = frozenset({ADDRESS, "404.html", "catalog.json", STATUS})
"""What is never kept; of what is out of order, only what is so now is worth telling."""
PIECE = 1 << 16
"""Bytes that are read at once."""
LEFT_OUT_BELOW = ("assets/javascripts/lunr/",)
"""Of Material: languages of its search, of which a site needs few, each kept when it is used."""


def keep_site(site: Path, bundle: Bundle | None, files: Iterable[str] | None = None) -> list[str]:
    """Let browsers keep a built site with its wizard; None lets them drop what they kept.

    Writes the script, and the list of all files as they are now, so it comes last; returns the
    paths of both. `files` are the paths of all files, where they are known.
    """
    if not bundle:
        return [_write(site, "null")]
    hashes, size = {}, 0
    piece = memoryview(bytearray(PIECE))
    for path, file in sorted(_files(files_below(site) if files is None else files)):
        hashed = hashlib.sha256()
        with open(f"{site}/{file}", "rb", buffering=0) as content:  # noqa: PTH123 - for thousands
            while read := content.readinto(piece):
                hashed.update(piece[:read])
                size += read
        hashes[path] = _base64(hashed.digest())
    listed = json.dumps(hashes, separators=(",", ":")).encode()
    digest = hashlib.sha256(listed)
    path = f"{FOLDER}/site-{digest.hexdigest()[:16]}.json"
    (site / path).write_bytes(listed)
    offline = sorted(filter(OFFLINE.fullmatch, hashes), key=len, reverse=True)
    kept = {
        "version": digest.hexdigest()[:16],
        "list": {"path": path, "hash": _base64(digest.digest())},
        "size": size,
        "core": [*(file.uri for file in bundle.files if WHOLE not in file.uri), *offline],
        "offline": offline,
    }
    return [path, _write(site, json.dumps(kept, separators=(",", ":")))]


def _write(site: Path, kept: str) -> str:
    script = minify.string("application/javascript", SOURCE.read_text(encoding="utf-8"))
    (site / ADDRESS).write_text(f"const KEPT={kept};{script}\n", encoding="utf-8")
    return ADDRESS


def _files(files: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield the path of each file as it is asked for, and where it is."""
    for path in files:
        left_out = path in LEFT_OUT or path.startswith(LEFT_OUT_BELOW)
        folder, slash, name = path.rpartition("/")
        if f".{name.rpartition('.')[2]}" in KEPT and not left_out:
            yield quote(folder + slash if name == INDEX else path, SAFE), path


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()
