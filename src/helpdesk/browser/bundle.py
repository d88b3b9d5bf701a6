"""What a site serves for the wizard: the web files, the compiled problem, the texts, the engine.

Everything stands in folders named after their content, so a file at an address never changes
and may be cached for good. The same catalog gives the same bytes.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from .runtime_files import Runtime

FOLDER = "assets/helpdesk"
FORMAT = 1
WEB_SUFFIXES = (".mjs", ".css")
COMMENT = re.compile(r"^[ \t]*(/\*\*.*?\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
EPOCH = (1980, 1, 1, 0, 0, 0)


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
    files: tuple[BundleFile, ...]


def bundle(
    problem_json: str,
    texts: Mapping[str, Mapping[str, Any]],
    catalog: str = "",
    built: Runtime | None = None,
) -> Bundle:
    """Return the files for a compiled problem and its texts by language.

    Without a built runtime the wizard stays the HTML it is on the page.
    """
    files = _web_files()
    files["problem.json"] = problem_json.encode()
    files["diagnosis.zip"] = _engine()
    names = {language: f"texts.{language}.json" for language in texts}
    files |= {names[language]: _json(texts[language]) for language in texts}
    runtime_folder, runtime_files = _runtime_files(built)
    manifest = {
        "format": FORMAT,
        "catalog": catalog,
        "pyodide": built.version if built else None,
        "root": "../" * (FOLDER.count("/") + 2),
        "problem": _entry("problem.json", files),
        "engine": _entry("diagnosis.zip", files),
        "texts": {language: _entry(name, files) for language, name in names.items()},
        "runtime": built and {
            "directory": f"../{runtime_folder}/",
            "abi": built.abi,
            "files": [
                {"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in built.files
            ],
        },
    }
    files["bundle.json"] = _json(manifest)
    folder = f"{FOLDER}/{_hash(files)}"
    own = tuple(BundleFile(f"{folder}/{name}", content) for name, content in files.items())
    return Bundle(f"{folder}/helpdesk-wizard.mjs", f"{folder}/helpdesk.css", own + runtime_files)


def _runtime_files(built: Runtime | None) -> tuple[str, tuple[BundleFile, ...]]:
    if built is None:
        return "", ()
    digest = hashlib.sha256("".join(file.name + file.sha256 for file in built.files).encode())
    folder = f"runtime-{digest.hexdigest()[:16]}"
    return folder, tuple(
        BundleFile(f"{FOLDER}/{folder}/{file.name}", path=file.path) for file in built.files
    )


def _web_files() -> dict[str, bytes]:
    """Return the scripts and styles. Comments are for those who read the source."""
    web = resources.files(__package__) / "web"
    found = sorted((item for item in web.iterdir() if item.name.endswith(WEB_SUFFIXES)), key=lambda item: item.name)
    return {
        item.name: COMMENT.sub("", item.read_text(encoding="utf-8")).encode() for item in found
    }


def _engine() -> bytes:
    """Return floor 0 as an archive that Python imports from; the same bytes everywhere."""
    package = resources.files("helpdesk")
    modules = [package / "__init__.py", *(package / "diagnosis").iterdir()]
    names = {
        f"helpdesk/{'' if module is modules[0] else 'diagnosis/'}{module.name}": module
        for module in modules
        if module.name.endswith(".py")
    }
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name in sorted(names):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, names[name].read_bytes())
    return memory.getvalue()


def _entry(name: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    content = files[name]
    return {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _json(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _hash(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:16]
