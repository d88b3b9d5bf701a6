"""What `helpdesk.browser.runtime` has built: Python for the browser, on disk."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).with_name("runtime")
MANIFEST = "manifest.json"
LIBRARY = "python_stdlib.zip"
"""What Python imports from: the standard library, and the diagnosis."""
WHOLE = "whole/"
"""Before the names of what takes the place of a thinned file, where that fails."""
PACKAGE = Path(__file__).parent.parent
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """A file of the runtime."""

    name: str
    path: Path
    size: int
    sha256: str
    content: bytes | None = None
    """Instead of what is at the path."""

    def read(self) -> bytes:
        """Return what is served."""
        return self.path.read_bytes() if self.content is None else self.content


@dataclass(frozen=True, slots=True)
class Runtime:
    """All files of a runtime, the diagnosis inside."""

    version: str
    """Of Pyodide."""
    abi: str
    """What compiled packages would have to match; Pyodide asks for it even where there are none."""
    lean: bool
    """Whether it is cut to what is needed, and compiled."""
    files: tuple[RuntimeFile, ...]

    @property
    def thin(self) -> bool:
        """Whether there are thinned files, and whole ones to take their place."""
        return any(file.name.startswith(WHOLE) for file in self.files)


def built(folder: Path = FOLDER) -> Runtime | None:
    """Return the runtime in a folder, or None where none was built.

    Where the diagnosis has changed since, its sources are served in place of what was compiled,
    and by a whole interpreter.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    files = [
        RuntimeFile(entry["name"], folder / entry["name"], entry["bytes"], entry["sha256"])
        for entry in manifest["files"]
    ]
    if manifest["engine"] == engine_hash():
        return Runtime(manifest["version"], manifest["abi"], manifest["lean"], tuple(files))
    whole = {file.name.removeprefix(WHOLE): file for file in files}
    whole[LIBRARY] = _renewed(whole[LIBRARY])
    renewed = (replace(file, name=name) for name, file in whole.items())
    return Runtime(manifest["version"], manifest["abi"], lean=False, files=tuple(renewed))


def _renewed(library: RuntimeFile) -> RuntimeFile:
    content = with_engine(library.read())
    sha256 = hashlib.sha256(content).hexdigest()
    return replace(library, size=len(content), sha256=sha256, content=content)


def with_engine(library: bytes) -> bytes:
    """Return an archive with the sources of the diagnosis, in place of any that it holds."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(library)) as old, zipfile.ZipFile(memory, "w") as new:
        for info in old.infolist():
            if not info.filename.startswith(f"{PACKAGE.name}/"):
                new.writestr(info, old.read(info))
        for name, path in engine_sources().items():
            new.writestr(zipfile.ZipInfo(name, EPOCH), path.read_bytes())
    return memory.getvalue()


def engine_sources() -> Mapping[str, Path]:
    """Return the files of the diagnosis, by their place in an archive."""
    paths = [PACKAGE / "__init__.py", *sorted(PACKAGE.joinpath("diagnosis").glob("*.py"))]
    return {path.relative_to(PACKAGE.parent).as_posix(): path for path in paths}


def engine_hash() -> str:
    """Return what tells this diagnosis from any other."""
    digest = hashlib.sha256()
    for name, path in engine_sources().items():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
