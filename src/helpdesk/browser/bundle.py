"""What a site serves for the wizard: the web files, the compiled problem, the texts, the runtime.

Everything stands in folders named after their content, so a file at an address never changes
and may be cached for good. The same catalog gives the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import minify

from .runtime_files import WHOLE, Runtime

SHORTENED = {".mjs": "application/javascript", ".css": "text/css"}
"""Types of the files that are served shorter than they are written."""

FOLDER = "assets/helpdesk"
FORMAT = 1
WORKER = frozenset({"diagnosis-worker.mjs", "checked-fetch.mjs"})
"""The worker's script and what it imports, which are checked before they run."""
AT_THE_ROOT = "helpdesk-worker.mjs"
"""Not in the bundle's folder: what a script keeps lies below it."""
SEARCH_WORKER = "search-worker.mjs"
"""Stands in front of the search worker of the theme, in one file."""
REPORTING = "outcomes.mjs"
"""Only where a site wants to hear what helped."""
ELSEWHERE = frozenset({"embed.mjs", AT_THE_ROOT, SEARCH_WORKER, REPORTING})
"""Scripts that are served at another address."""
WEB = Path(__file__).with_name("web")
CATALOG = re.compile(r'"catalog":"(\w*)"')
"""The hash of a compiled problem, which stands at the beginning of its JSON text."""
IMPORTED = re.compile(rb"""from ?"\./([\w.-]+)\"""")
"""Of a script as it is served."""


@dataclass(frozen=True, slots=True)
class BundleFile:
    """A file of the site: its content, or for large ones where it is on disk."""

    uri: str
    content: bytes | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """All files of the wizard, and the two a page names."""

    module: str
    """Address of the element's module, from the site's root."""
    style: str
    """Address of its style sheet."""
    lookup: str
    """Address of the module that finds codes on their page."""
    keep: str
    """Address of the module that has the whole site kept, where a page offers that."""
    pages_style: str
    """Address of the style sheet for pages made from the catalog."""
    files: tuple[BundleFile, ...]
    plain_style: str = ""
    """Address of the style sheet for plain pages."""
    pages: tuple[BundleFile, ...] = ()
    """Plain pages, for browsers that run no script; the wizard needs none of them."""
    ahead: str = ""
    """Addresses of what the element's module loads at once, with spaces between them."""
    reporting: str = ""
    """Address of the module that reports what helped; empty where nothing is reported."""


def bundle(
    problem_json: str,
    texts: Mapping[str, Mapping[str, Any]],
    built: Runtime | None = None,
    others: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    keeps: bool = False,
) -> Bundle:
    """Return the files for a compiled problem and its texts by language.

    Without a built runtime the wizard ends where the strategy ends. `others` are small files by
    kind and name: `codes` by language, answers to be typed with their meaning, which are too many
    to show; `strategies` by audience, what is known before Python runs. `keeps` says whether
    browsers keep the site for the next visit.
    """
    web = _web_files()
    files = dict(web)
    files["problem.json"] = problem_json.encode()
    lists = {"codes": {}, "strategies": {}, **(others or {}), "texts": texts}
    for kind, each in lists.items():
        files |= {f"{kind}.{name}.json": _json(content) for name, content in each.items()}
    runtime_folder = (
        f"runtime-{_hash({f.name: f.sha256.encode() for f in built.files})}" if built else ""
    )
    manifest = {
        "format": FORMAT,
        "catalog": CATALOG.findall(problem_json)[0],
        "root": "../" * (FOLDER.count("/") + 2),
        "served": {name: _sha256(web[name]) for name in sorted(web.keys() - WORKER)},
        "worker": [_entry(name, files) for name in sorted(WORKER)],
        "problem": _entry("problem.json", files),
        **{
            kind: {name: _entry(f"{kind}.{name}.json", files) for name in each}
            for kind, each in lists.items()
        },
        "pyodide": built.version if built else None,
        "runtime": _runtime_entry(built, runtime_folder) if built else None,
        "keeps": keeps,
    }
    files["bundle.json"] = _json(manifest)  # holds the hash of each file, and gives the folder its
    folder = f"{FOLDER}/{hashlib.sha256(files['bundle.json']).hexdigest()[:16]}"
    return Bundle(
        module=f"{folder}/helpdesk-wizard.mjs",
        style=f"{folder}/helpdesk.css",
        lookup=f"{folder}/codes-lookup.mjs",
        keep=f"{folder}/keep-site.mjs",
        pages_style=f"{folder}/pages.css",
        plain_style=f"{folder}/plain.css",
        ahead=" ".join(f"{folder}/{name}" for name in _ahead(web, with_worker=bool(built))),
        files=(
            *(BundleFile(f"{folder}/{name}", content) for name, content in files.items()),
            *(
                BundleFile(
                    f"{FOLDER}/{runtime_folder}/{file.name}",
                    file.content,
                    None if file.content else file.path,
                )
                for file in (built.files if built else ())
            ),
        ),
    )


def _runtime_entry(built: Runtime, folder: str) -> dict[str, Any]:
    """Return where the runtime is, what it is started from, and what from where that fails."""
    files = {file.name: file for file in built.files}
    names = [name for name in files if not name.startswith(WHOLE)]
    lists = {"files": names, "whole": [WHOLE + n if WHOLE + n in files else n for n in names]}
    return {
        "directory": f"../{folder}/",
        "abi": built.abi,
        **{
            key: [
                {"name": name, "bytes": files[name].size, "sha256": files[name].sha256}
                for name in listed
            ]
            for key, listed in lists.items()
        },
    }


def shortened(path: Path) -> bytes:
    """Return a script or a style as it is served."""
    text: str = minify.string(SHORTENED[path.suffix], path.read_text(encoding="utf-8"))
    return text.encode()


def _web_files() -> dict[str, bytes]:
    """Return scripts and styles as they are served, but those at an address of their own."""
    paths = (path for path in sorted(WEB.iterdir()) if path.suffix in SHORTENED)
    files = {path.name: shortened(path) for path in paths if path.name not in ELSEWHERE}
    files["plain.css"] += files["helpdesk.css"]  # one request
    return files


def _ahead(web: Mapping[str, bytes], *, with_worker: bool) -> list[str]:
    """Return what the element's module needs at once or soon."""
    names = _imported(web)
    return [*names, *sorted(WORKER.difference(names) if with_worker else ()), "bundle.json"]


def _imported(web: Mapping[str, bytes]) -> list[str]:
    """Return what the element's module imports, and what that imports."""
    found = ["helpdesk-wizard.mjs"]
    for name in found:
        more = (each.decode() for each in IMPORTED.findall(web[name]))
        found += [each for each in dict.fromkeys(more) if each not in found]
    return found[1:]


def _entry(name: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    content = files[name]
    return {"name": name, "bytes": len(content), "sha256": _sha256(content)}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _hash(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:16]
