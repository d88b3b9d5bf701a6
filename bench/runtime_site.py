"""The pages that are measured: each shows what a Python says first, and does nothing else.

Pyodide as it comes, in a worker and on the page's own thread; ours, as a build puts it on a site;
and, to compare, the Python of PyScript that is no CPython (MicroPython), which prints a number.
"""

import io
import zipfile
from pathlib import Path, PurePosixPath

from helpdesk.browser import bundle_catalog
from helpdesk.browser.runtime_files import WHOLE, with_engine
from helpdesk.browser.wizards import ahead
from helpdesk.catalog import load
from helpdesk.diagnosis.wire import problem_to_json

ROOT = Path(__file__).parent.parent
WEB = Path(__file__).with_name("web")
MICROPYTHON = Path(__file__).with_name("npm") / "node_modules" / "@micropython"
STOCK, STOCK_ON_PAGE, OURS, MICRO = "stock", "stock-on-page", "ours", "micropython"
VARIANTS = {
    STOCK: "Pyodide as it comes, in a worker",
    STOCK_ON_PAGE: "the same on the page's own thread",
    OURS: "ours",
    MICRO: "MicroPython, a number printed",
}
PYODIDE = (
    *("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"),
    "pyodide-lock.json",
)


def site() -> dict[str, bytes]:
    """Return the files of all."""
    catalog = load(ROOT / "docs" / "catalog")
    page = (WEB / "index.html").read_bytes()
    return _stock(page, problem_to_json(catalog.problem)) | _ours(page) | _micropython(page)


def _stock(page: bytes, problem: str) -> dict[str, bytes]:
    package, memory = ROOT / "node_modules" / "pyodide", io.BytesIO()
    zipfile.ZipFile(memory, "w").close()
    parts = {
        "index.html": page,
        "stock-worker.mjs": (WEB / "stock-worker.mjs").read_bytes(),
        "engine.zip": with_engine(memory.getvalue()),
        "problem.json": problem.encode(),
        **{f"pyodide/{name}": (package / name).read_bytes() for name in PYODIDE},
    }
    starts = {STOCK: "stock.mjs", STOCK_ON_PAGE: "stock-worker.mjs"}
    return {
        f"{variant}/{name}": content
        for variant, start in starts.items()
        for name, content in {**parts, "start.mjs": (WEB / start).read_bytes()}.items()
    }


def _ours(page: bytes) -> dict[str, bytes]:
    bundle = bundle_catalog(load(ROOT / "docs" / "catalog"))
    script = (WEB / "ours.mjs").read_text(encoding="utf-8")
    start = script.replace("./BUNDLE", f"../{PurePosixPath(bundle.module).parent}")
    asked = ahead("<helpdesk-wizard>", bundle, "../").encode()
    return {
        f"{OURS}/index.html": page.replace(b"<script", asked + b"<script", 1),
        f"{OURS}/start.mjs": start.encode(),
        **{
            file.uri: file.path.read_bytes() if file.path else file.content or b""
            for file in bundle.files
            if f"/{WHOLE}" not in file.uri  # so that it is seen if the thinned one does not do
        },
    }


def _micropython(page: bytes) -> dict[str, bytes]:
    (package,) = MICROPYTHON.iterdir()
    parts = {
        f"{MICRO}.{kind}": (package / f"{MICRO}.{kind}").read_bytes() for kind in ("mjs", "wasm")
    }
    start = (WEB / "start-micropython.mjs").read_bytes()
    return {
        f"{MICRO}/{name}": content
        for name, content in {**parts, "index.html": page, "start.mjs": start}.items()
    }
