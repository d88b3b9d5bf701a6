"""The archive that Python starts from in the browser, made by the browser's own Python.

It holds, compiled, the modules that were in use after the diagnosis has been exercised, and no
others. Where Pyodide itself needs much for what nobody asks of it here, something small stands
instead. The same sources give the same bytes: names in order, no time, no paths of a machine.
"""

import ast
import io
import json
import marshal
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType, SimpleNamespace

EPOCH = (1980, 1, 1, 0, 0, 0)
UNCHECKED = MAGIC_NUMBER + bytes(12)
"""The head of a compiled module that is never compared with a source."""
NO_DOCSTRINGS = 2
NO_COLUMNS = 0x80 | 13 << 3
OURS = "helpdesk/"
ABSENCE = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
HERE = Path(__file__).parent
INSTEAD = {
    "asyncio": HERE / "instead" / "asyncio.py",
    "pyodide.webloop": HERE / "instead" / "webloop.py",
    "pyodide._package_loader": HERE / "instead" / "package_loader.py",
}
WRITERS = {"dataclasses.py", "collections/__init__.py"}
"""Modules that write code and run it."""
WRITTEN = "written"
PATTERNS = """
import written
def compile(p, flags=0, _compile=compile):
    known = written.PATTERNS.get((p, flags)) if isstring(p) else None
    return _sre.compile(*known) if known else _compile(p, flags)
"""
"""What the module that compiles patterns ends with."""


@dataclass(frozen=True)
class Source:
    """A module as its author wrote it."""

    path: str
    text: str

    @property
    def is_package(self) -> bool:
        """Whether other modules are inside it."""
        return self.path.endswith("/__init__.py")


def archive(used: str) -> bytes:
    """Return an archive of those of the modules in use that are written in Python and needed.

    `used` is JSON text: the names of `modules`; `written`, the texts that modules write and run,
    each with how; and `patterns`, each with its flags.
    """
    use = json.loads(used)
    sources = {name: source for name in use["modules"] if (source := _source(name))}
    sources[WRITTEN] = _with_codes(use[WRITTEN], use["patterns"])
    kept = needed({name: dict(imports(name, source)) for name, source in sources.items()})
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as file:
        for name in sorted(kept):
            info = zipfile.ZipInfo(f"{sources[name].path}c", EPOCH)
            file.writestr(info, UNCHECKED + marshal.dumps(_compiled(sources[name])))
    return memory.getvalue()


def _compiled(source: Source) -> CodeType:
    """Return the code of a module, as small as it can be; its own lines only where it is ours."""
    # The names that the modules of Pyodide's own archive have in tracebacks.
    place = f"{sys.prefix}/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip"
    tree = _with_docstrings(ast.parse(source.text))
    if source.path in WRITERS:
        tree = _compiled_ahead(tree)
    if source.path == "re/_compiler.py":
        tree.body += ast.parse(PATTERNS).body
    path = f"{place}/{source.path}"
    code: CodeType = compile(tree, path, "exec", dont_inherit=True, optimize=NO_DOCSTRINGS)
    return code if source.path.startswith(OURS) else _at_first_line(code)


def _at_first_line(code: CodeType) -> CodeType:
    """Return code of which tracebacks say only where its function begins.

    The lines of the standard library would be a sixth of the archive. A table of lines has an
    entry for every eight units of code: its kind ("no columns"), how many units, the step in lines.
    """
    units = len(code.co_code) // 2
    sizes = (min(8, units - start) for start in range(0, units, 8))
    table = bytes(byte for size in sizes for byte in (NO_COLUMNS | size - 1, 0))
    inner = (_at_first_line(c) if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_linetable=table, co_consts=tuple(inner))


def _with_docstrings(tree: ast.Module) -> ast.Module:
    """Set the docstrings of data classes.

    Without one, a data class makes itself one of its signature, which takes longer than all else.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(map(_is_dataclass, node.decorator_list)):
            node.body[:0] = ast.parse("__doc__ = '-'").body
    return ast.fix_missing_locations(tree)


def _is_dataclass(decorator: ast.expr) -> bool:
    return any(isinstance(n, ast.Name) and n.id == "dataclass" for n in ast.walk(decorator))


def _compiled_ahead(tree: ast.Module) -> ast.Module:
    """Have what a module writes and runs looked up among what is compiled."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            runs = node.func.id
            if runs in {"exec", "eval"}:
                known = ast.Attribute(ast.Name(WRITTEN, ast.Load()), "code", ast.Load())
                node.args[0] = ast.Call(known, [node.args[0], ast.Constant(runs)], [])
    tree.body[:0] = ast.parse(f"import {WRITTEN}").body
    return ast.fix_missing_locations(tree)


def _with_codes(texts: Iterable[tuple[str, str]], patterns: Iterable[tuple[str, int]]) -> Source:
    """Return the module that knows what came of these texts and patterns."""
    codes = {text: marshal.dumps(compile(text, "<string>", runs)) for text, runs in sorted(texts)}
    parts = {(pattern, flags): _parts(pattern, flags) for pattern, flags in sorted(patterns)}
    own = HERE.joinpath(f"{WRITTEN}.py").read_text(encoding="utf-8")
    return Source(
        f"{WRITTEN}.py", f"{own}\nCOMPILED.update({codes!r})\nPATTERNS.update({parts!r})\n"
    )


def _parts(pattern: str, flags: int) -> list[object]:
    """Return what the library hands over to the interpreter for a pattern."""
    given: list[object] = []

    def note(whole: str, flags: int, code: list[int], *names: object) -> None:
        given.extend((whole, int(flags), [*map(int, code)], *names))

    compiler = vars(re)["_compiler"]
    interpreter, compiler._sre = compiler._sre, SimpleNamespace(**vars(compiler._sre))  # noqa: SLF001
    try:
        compiler._sre.compile = note  # noqa: SLF001
        compiler.compile(pattern, flags)
    finally:
        compiler._sre = interpreter  # noqa: SLF001
    return given


def _source(name: str) -> Source | None:
    """Return the source of an imported module; None for what is part of the interpreter."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    if spec is None or not spec.has_location or not hasattr(spec.loader, "get_source"):
        return None
    instead = INSTEAD.get(name)
    text = instead.read_text(encoding="utf-8") if instead else spec.loader.get_source(name)
    is_package = spec.submodule_search_locations is not None
    return Source(f"{name.replace('.', '/')}{'/__init__' if is_package else ''}.py", text)


def needed(imported: Mapping[str, Mapping[str, bool]]) -> set[str]:
    """Return the modules that remain when those go whose absence every importer provides for.

    `imported` says what each module imports, and whether it cannot do without. What nobody
    imports was asked for by the interpreter itself, or by the page.
    """
    by_somebody = {target for targets in imported.values() for target in targets}
    kept: set[str] = set()
    wanted = {name for name in imported if name not in by_somebody}
    while wanted:
        kept |= wanted
        inside = {parent for name in wanted for parent in _parents(name)}
        firmly = {target for name in wanted for target, firm in imported[name].items() if firm}
        wanted = (firmly | inside).intersection(imported) - kept
    return kept


def imports(name: str, source: Source) -> Iterator[tuple[str, bool]]:
    """Yield what a module imports, and whether it cannot do without; the firm ones last."""
    tree = ast.parse(source.text)
    guarded = {id(node) for attempt in ast.walk(tree) for node in _provided_for(attempt)}
    found = [
        (target, id(node) not in guarded)
        for node in ast.walk(tree)
        for target in _targets(name, source, node)
        if target != name
    ]
    yield from sorted(found, key=lambda each: each[1])


def _provided_for(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all that is tried where a failing import is caught."""
    if isinstance(node, ast.Try) and any(map(_catches_absence, node.handlers)):
        for statement in node.body:
            yield from ast.walk(statement)


def _catches_absence(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(n, ast.Name) and n.id in ABSENCE for n in ast.walk(handler.type))


def _targets(name: str, source: Source, node: ast.AST) -> Iterator[str]:
    """Yield the names that one statement may import, packages and what is inside them."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from (*_parents(alias.name), alias.name)
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parts = name.split(".")
            inside = parts[: len(parts) - node.level + source.is_package]
            base = ".".join([*inside, *([base] if base else [])])
        yield from (*_parents(base), base)
        yield from (f"{base}.{alias.name}" for alias in node.names)


def _parents(name: str) -> list[str]:
    """Return the packages a module is in."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]
