"""What is used of the browser's Python: `python -m bench.usage [--again]` notes it, in each engine.

A Python that marks each function that runs, and each block of its data that is read, is put
through everything, under Node.js, in Chromium, Firefox and WebKit. What any of them used is
written into `runtime.profile.json`, from which the build knows what may go; `--again` forgets what
was known.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.browser import engines
from tests.browser.engines import visit, wait

from helpdesk.browser import runtime, thinning, wasm
from helpdesk.browser.runtime_files import LIBRARY, built

from .serving import served

ROOT = Path(__file__).parent.parent
WEB = Path(__file__).with_name("web")
PATIENCE = 600
"""Seconds for one engine."""
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")

PAGE = 65_536
NOTES = 4_096 * PAGE
"""Where the marks are: above all that Python uses."""
ROOM = 64 * PAGE


def main() -> None:
    """Note what is used, and write it down beside what was known."""
    lock = json.loads(runtime.LOCK.read_text(encoding="utf-8"))
    module = (ROOT / "node_modules/pyodide/pyodide.asm.wasm").read_bytes()
    functions = len(wasm.bodies(dict(wasm.sections(module))[wasm.CODE]))
    blocks = data_end(module) // thinning.BLOCK + 1
    package = ROOT / "node_modules" / "pyodide"
    parts = {name: (package / name).read_bytes() for name in PYODIDE}
    files = site(parts | {PYODIDE[-1]: noting(module)}, lock["abi"], functions + blocks)
    answers = {"Node.js": in_node(files)}
    answers |= {name: in_engine(name, files) for name in engines.installed()}
    if len({answer["said"] for answer in answers.values()}) > 1:
        sys.exit("error: the engines do not say the same")
    used = [bytes(map(int, answer["flags"])) for answer in answers.values()]
    if "--again" not in sys.argv[1:] and runtime.PROFILE.exists():
        known = thinning.unpacked(json.loads(runtime.PROFILE.read_text(encoding="utf-8")))
        used.append(known.functions + known.blocks)
    union = bytes(map(max, *used))
    for name, each in zip((*answers, "known before"), used, strict=False):
        sys.stdout.write(
            f"{name}: {sum(each[:functions])} functions, {sum(each[functions:])} blocks\n"
        )
    sha256 = hashlib.sha256(module).hexdigest()
    profile = thinning.Profile(sha256, union[:functions], union[functions:])
    text = json.dumps({"pyodide": lock["version"], **thinning.packed(profile)}, indent=1)
    runtime.PROFILE.write_text(f"{text}\n", encoding="utf-8")


def site(parts: Mapping[str, bytes], abi: str, size: int = 0) -> dict[str, bytes]:
    """Return the files of a page that puts Python through everything, and reads so many marks."""
    made = built()
    if not made:
        sys.exit("error: the runtime is not built: run `make site`")
    library = next(file for file in made.files if file.name == LIBRARY)
    inside = sorted(path for path in runtime.INSIDE.iterdir() if path.is_file())
    order = {"abi": abi, "inside": [path.name for path in inside], "notes": NOTES, "size": size}
    return {
        "index.html": (WEB / "usage.html").read_bytes(),
        "usage.mjs": (WEB / "usage.mjs").read_bytes(),
        "exercise.mjs": runtime.INSIDE.with_name("exercise.mjs").read_bytes(),
        "usage.json": json.dumps(order).encode(),
        **{f"inside/{path.name}": path.read_bytes() for path in inside},
        **{f"pyodide/{name}": content for name, content in parts.items()},
        f"pyodide/{LIBRARY}": library.read(),
    }


def in_node(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return what was said and used under Node.js."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        command = ["node", str(Path(folder, "usage.mjs"))]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    answer: dict[str, str] = json.loads(text.splitlines()[-1])
    return answer


def in_engine(name: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return what was said and used in a worker of a browser."""
    with served(files, small=False) as server, engines.started(name) as engine:
        visit(engine, f"{server.url}index.html")
        answer: dict[str, str] = wait(engine, "return globalThis.used;", PATIENCE)
    if "failed" in answer:
        sys.exit(f"error: {name}: {answer['failed']}")
    return answer


def data_end(module: bytes) -> int:
    """Return where the data of a module end."""
    data = dict(wasm.sections(module))[wasm.DATA]
    return max(address + size for address, _, size in wasm.segments(data))


def noting(module: bytes) -> bytes:
    """Return a module that marks each function that runs, and then each block of data it reads."""
    sections = wasm.sections(module)
    content = dict(sections)
    imported = [kind for _, _, kind in wasm.imports(content[wasm.IMPORT])]
    bodies = wasm.bodies(content[wasm.CODE])
    types, at = wasm.unsigned(content[wasm.TYPE], 0)
    content[wasm.TYPE] = wasm.number(types + 2) + content[wasm.TYPE][at:] + READ_TYPE + COPY_TYPE
    count, at = wasm.unsigned(content[wasm.FUNCTION], 0)
    more = wasm.number(types) + wasm.number(types + 1)
    content[wasm.FUNCTION] = wasm.number(count + 2) + content[wasm.FUNCTION][at:] + more
    first = imported.count(wasm.FUNCTIONS) + len(bodies)
    marks = NOTES + len(bodies)
    noted = [_noting(body, NOTES + n, first) for n, body in enumerate(bodies)]
    end = data_end(module)
    noted += [_read(marks, end), _copy(marks, end)]
    content[wasm.CODE] = wasm.vector([wasm.sized(body) for body in noted])
    pages = (wasm.number((NOTES + ROOM) // PAGE), wasm.number(32_768))
    content[wasm.MEMORY] = b"\1\1" + b"".join(pages)
    return wasm.joined((kind, content[kind] if kind else custom) for kind, custom in sections)


READ_TYPE = bytes([0x60, 2, 0x7F, 0x7F, 1, 0x7F])
COPY_TYPE = bytes([0x60, 3, 0x7F, 0x7F, 0x7F, 3, 0x7F, 0x7F, 0x7F])
GET, SET, TEE, ADD, SUB, SHIFT, LESS, AT_MOST = 0x20, 0x21, 0x22, 0x6A, 0x6B, 0x76, 0x49, 0x4D
IF, LOOP, BRANCH_IF = bytes([0x04, 0x40]), bytes([0x03, 0x40]), bytes([0x0D, 0])
STORE = bytes([0x3A, 0, 0])


def _noting(body: bytes, mark: int, helpers: int) -> bytes:
    """Return a function that marks itself, and calls a helper before each look at the memory."""
    last = wasm.first_instruction(body)
    parts = [body[:last], wasm.constant(mark), wasm.constant(1), STORE]
    for start, operation, offset in wasm.instructions(body):
        call = b""
        if operation in wasm.LOADS:
            call = wasm.constant(offset) + bytes([wasm.CALL]) + wasm.number(helpers)
        if operation == wasm.MEMORY_COPY:
            call = bytes([wasm.CALL]) + wasm.number(helpers + 1)
        if call:
            parts += [body[last:start], call]
            last = start
    return b"".join([*parts, body[last:]])


def _block(local: int, more: int) -> bytes:
    return (
        bytes([GET, local]) + wasm.constant(more) + bytes([ADD]) + wasm.constant(6) + bytes([SHIFT])
    )


def _read(marks: int, end: int) -> bytes:
    """Return a function of address and offset that marks what is read, and gives the address."""
    store = wasm.constant(marks) + bytes([ADD]) + wasm.constant(1) + STORE
    return b"".join(
        [
            bytes([1, 1, 0x7F, GET, 0, GET, 1, ADD, TEE, 2]),
            wasm.constant(end),
            bytes([LESS]) + IF,
            *(_block(2, 0), store, _block(2, 7), store),
            bytes([wasm.END, GET, 0, wasm.END]),
        ]
    )


def _copy(marks: int, end: int) -> bytes:
    """Return a function of target, source and size that marks what is copied, and gives them."""
    return b"".join(
        [
            bytes([1, 2, 0x7F, GET, 1])
            + wasm.constant(end)
            + bytes([LESS])
            + IF
            + bytes([GET, 2])
            + IF,
            *(_block(1, 0), bytes([SET, 3, GET, 1, GET, 2, ADD, SET, 4]), _block(4, -1)),
            bytes([SET, 4])
            + LOOP
            + bytes([GET, 3])
            + wasm.constant(marks)
            + bytes([ADD])
            + wasm.constant(1),
            STORE
            + bytes([GET, 3])
            + wasm.constant(1)
            + bytes([ADD, TEE, 3, GET, 4, AT_MOST])
            + BRANCH_IF,
            bytes([*[wasm.END] * 3, GET, 0, GET, 1, GET, 2, wasm.END]),
        ]
    )


if __name__ == "__main__":
    main()
