"""The JavaScript around the interpreter, without what never runs.

It comes as one function with thousands of names inside: for what the interpreter imports, for what
it exports, and for what programs might call from outside. What nothing says the name of goes; what
only that was for goes with the minifier.
"""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet

PROPERTY = re.compile(r"(?<=[.\"'`])[\w$]+")
WORD = re.compile(r"[\w$]+")
IMPORTS = "var wasmImports={"
EXPORTS = "function assignWasmExports(wasmExports){"
UNDEFINED = re.compile(r"if\(!value&&!entry\.required\)\{entry\.value=0;continue;?\}")
"""What the linker does about a function that is not there, if it is not required."""
NULL_POINTERS = "if(!value){entry.value=0;continue}"
EXPORTED = re.compile(r'(?:[\w$]+=)*(?:Module\["[^"]+"\]=)*wasmExports\["([^"]+)"\][^;}]*;?')
OFFERED = re.compile(r'(?<=[;{}])Module\["([^"]+)"\]=[\w$]+;')
DECLARED = re.compile(r"(?<=[;{}])var [\w$]+(?:,[\w$]+){99,};")
SIGNATURE = re.compile(r'(?<=[;}])[\w$]+\.sig="\w*";')
EVALUATED = re.compile(r"(?<![\w$.])eval\(")
TRAP = '()=>{throw new WebAssembly.RuntimeError("unreachable")}'
"""In place of what only traps would call."""
"""What stands for a function that only traps would call."""

Shorten = Callable[[str], str]


class GlueError(Exception):
    """This is not the JavaScript that is known here."""


def without_unused(
    glue: str,
    loader: str,
    imported: AbstractSet[str],
    called: AbstractSet[str],
    shorten: Shorten,
) -> str:
    """Return JavaScript that offers what the interpreter imports, and does what it calls.

    `loader` is the JavaScript that uses it. `shorten` takes away what is never named, and changes
    no names.
    """
    start, end = _place(glue, IMPORTS)
    offers = {offer.split(":")[0]: offer for offer in glue[start:end].split(",")}
    if not imported <= offers.keys() or len(UNDEFINED.findall(glue)) != 1:
        raise GlueError("the profile is of other JavaScript")
    given = (offers[name] if name in called else f"{name}:{TRAP}" for name in sorted(imported))
    glue = glue[:start] + ",".join(given) + glue[end:]
    glue = UNDEFINED.sub(NULL_POINTERS, glue)
    glue = EVALUATED.sub("globalThis.eval(", glue)  # which sees no names, so they may go
    for _ in range(2):  # each needs what is before it
        glue = SIGNATURE.sub("", glue)
    # Whoever calls a function by its own name does not need it to be offered.
    said = set(PROPERTY.findall(OFFERED.sub("", glue))) | set(WORD.findall(loader))
    return shorten(OFFERED.sub(lambda found: found[0] if found[1] in said else "", glue))


def words(glue: str) -> set[str]:
    """Return all names that are used, other than to give one to an export or an offer."""
    start, end = _place(glue, EXPORTS)
    rest = DECLARED.sub("", OFFERED.sub("", glue[:start] + glue[end:]))
    return set(WORD.findall(rest))


def with_exports(glue: str, kept: AbstractSet[str]) -> str:
    """Return JavaScript that expects only these exports."""
    start, end = _place(glue, EXPORTS)
    left = EXPORTED.sub(lambda found: found[0] if found[1] in kept else "", glue[start:end])
    return glue[:start] + left + glue[end:]


def _place(glue: str, opening: str) -> tuple[int, int]:
    """Return where the content of some braces begins and ends."""
    if glue.count(opening) != 1:
        raise GlueError(f"it does not have one {opening}")
    start = glue.index(opening) + len(opening)
    return start, glue.index("}", start)
