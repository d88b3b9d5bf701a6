"""The interpreter without what never runs: less to load, less to compile.

A profile says which functions ran and which blocks of data were read while everything that the
diagnosis does, and much more, was done in several browsers. From that and the module itself:

* a function that never ran becomes a trap. Whoever calls it ends the interpreter there and then,
  with an error and never with a wrong answer, and the page starts the whole one instead;
* data become zeros where two things hold: no function that is left has an address in them, be it
  by way of other data that are left, so all who could read them are traps; and nobody was ever
  seen to read them;
* names go that the JavaScript around the interpreter does not use.

Nothing moves, so functions, tables and addresses keep their numbers.
"""

import base64
import hashlib
import re
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from . import wasm

TRAP = wasm.sized(bytes([0, 0, wasm.END]))
"""No locals, `unreachable`, the end."""
BLOCK = 64
"""Bytes of data that are read or not."""
POINTER = 4
UNDEFINED = "if(!value&&!entry.required){entry.value=0;continue}"
"""What the linker does about a function that is not there, if it is not required."""
NULL_POINTERS = "if(!value){entry.value=0;continue}"
ASSIGNED = re.compile(r'(?:[\w$]+=)*(?:Module\["[^"]+"\]=)*wasmExports\["([^"]+)"\][^;}]*;?')
OFFERED = re.compile(r'(?:Module\["[^"]+"\]=[\w$]+;){100,}')
DECLARED = re.compile(r"var (?:_[\w$]+,){100,}[\w$,]+;")
SIGNATURE = re.compile(r'(?<=[;}])[\w$]+\.sig="\w*";')
WORD = re.compile(r"[\w$]+")


class ThinningError(Exception):
    """This is not what the profile was made of."""


@dataclass(frozen=True)
class Profile:
    """What is in use of a module."""

    wasm: str
    """SHA-256 of the module."""
    functions: bytes
    """For each function 1 if it ran, else 0."""
    blocks: bytes
    """For each block of data from the address 0 on, 1 if it was read."""


def packed(profile: Profile) -> dict[str, str]:
    """Return a profile as JSON has it."""
    return {
        "wasm": profile.wasm,
        **{k: _bits(getattr(profile, k)) for k in ("functions", "blocks")},
    }


def unpacked(content: Mapping[str, Any]) -> Profile:
    """Return the profile that was packed."""
    return Profile(content["wasm"], _flags(content["functions"]), _flags(content["blocks"]))


def _bits(flags: bytes) -> str:
    size = len(flags)
    whole = int("1" + "".join(map(str, flags)), 2).to_bytes(size // 8 + 1)
    return base64.b64encode(zlib.compress(whole, 9)).decode()


def _flags(text: str) -> bytes:
    whole = int.from_bytes(zlib.decompress(base64.b64decode(text)))
    return bytes(map(int, f"{whole:b}"[1:]))


def thinned(module: bytes, glue: str, loader: str, profile: Profile) -> tuple[bytes, str]:
    """Return the module and the JavaScript around it, without what never runs.

    `loader` is the JavaScript that uses both. Raises ThinningError, and wasm.WasmError, where
    this is not the module that the profile is of.
    """
    if hashlib.sha256(module).hexdigest() != profile.wasm:
        raise ThinningError("the profile is of another WebAssembly module")
    sections = wasm.sections(module)
    content = dict(sections)
    imported = [(name, kind) for _, name, kind in wasm.imports(content[wasm.IMPORT])]
    called = {name for name, kind in imported if kind == wasm.FUNCTIONS}
    glue, words = _without_unused(glue, called)
    words |= set(WORD.findall(loader))
    bodies = wasm.bodies(content[wasm.CODE])
    if len(bodies) != len(profile.functions):
        raise ThinningError("the profile has another number of functions")
    kept = [
        export
        for export in wasm.exports(content[wasm.EXPORT])
        if not {export.name, f"_{export.name}"}.isdisjoint(words)
    ]
    values = wasm.constants(content[wasm.GLOBAL])
    first = sum(kind == wasm.GLOBALS for _, kind in imported)
    named = {values[e.index - first] for e in kept if e.kind == wasm.GLOBALS and e.index >= first}
    content[wasm.DATA] = _zeroed(content[wasm.DATA], bodies, profile, named)
    content[wasm.CODE] = wasm.vector(
        [wasm.sized(b) if ran else TRAP for b, ran in zip(bodies, profile.functions, strict=True)]
    )
    content[wasm.EXPORT] = wasm.vector([export.content for export in kept])
    thin = wasm.joined((kind, content[kind] if kind else custom) for kind, custom in sections)
    return thin, _assigned(glue, {export.name for export in kept})


def _without_unused(glue: str, called: AbstractSet[str]) -> tuple[str, set[str]]:
    """Return JavaScript that offers only what is called, and the words it uses to do so."""
    start = glue.index("var wasmImports={") + len("var wasmImports={")
    end = glue.index("}", start)
    offers = [offer for offer in glue[start:end].split(",") if offer.split(":")[0] in called]
    if len(offers) != len(called) or glue.count(UNDEFINED) != 1:
        raise ThinningError("the profile is of other JavaScript")
    glue = glue[:start] + ",".join(offers) + glue[end:]
    glue = glue.replace(UNDEFINED, NULL_POINTERS)
    for _ in range(2):  # each needs what is before it
        glue = SIGNATURE.sub("", glue)
    offered = OFFERED.findall(glue)
    start, end = _assignments(glue)
    rest = DECLARED.sub("", OFFERED.sub("", glue[:start] + glue[end:]))
    words = set(WORD.findall(rest))
    for block in offered:
        lines = [
            line
            for line in block.split(";")
            if line.split('"')[1:2] and line.split('"')[1] in words
        ]
        glue = glue.replace(block, "".join(f"{line};" for line in lines))
    return glue, words


def _assignments(glue: str) -> tuple[int, int]:
    start = glue.index("function assignWasmExports(wasmExports){")
    return start, glue.index("}", start) + 1


def _assigned(glue: str, kept: AbstractSet[str]) -> str:
    """Return JavaScript that expects only the exports that are left."""
    start, end = _assignments(glue)
    left = ASSIGNED.sub(lambda found: found[0] if found[1] in kept else "", glue[start:end])
    if not left.endswith("}"):
        left += "}"
    return glue[:start] + left + glue[end:]


def _zeroed(
    section: bytes, bodies: Sequence[bytes], profile: Profile, named: AbstractSet[int]
) -> bytes:
    """Return the data with zeros where nobody reads."""
    pieces = list(wasm.segments(section))
    memory = bytearray(max(address + size for address, _, size in pieces) + BLOCK)
    for address, at, size in pieces:
        memory[address : address + size] = section[at : at + size]
    kept = _reachable(bytes(memory), bodies, profile, named)
    for block, read in enumerate(profile.blocks):
        if read:
            kept[block * BLOCK : (block + 1) * BLOCK] = b"\1" * BLOCK
    changed = bytearray(section)
    for address, at, size in pieces:
        for place in range(size):
            if not kept[address + place]:
                changed[at + place] = 0
    return bytes(changed)


def _reachable(
    memory: bytes, bodies: Sequence[bytes], profile: Profile, named: AbstractSet[int]
) -> bytearray:
    """Return for each byte whether it belongs to something that a function may have an address of.

    A thing reaches from where any function, any data or a name points to, to where the next begins.
    """
    here, elsewhere = set[int](), set[int]()
    for body, ran in zip(bodies, profile.functions, strict=True):
        (here if ran else elsewhere).update(_addresses(body, len(memory)))
    words = array("I", memory[: len(memory) // POINTER * POINTER])
    pointers = {POINTER * at: word for at, word in enumerate(words) if 0 < word < len(memory)}
    places = sorted(pointers)
    starts = sorted({0, len(memory)} | here | elsewhere | named | set(pointers.values()))
    seen, unfinished = bytearray(len(memory)), [*here, *(a for a in named if 0 < a < len(memory))]
    while unfinished:
        address = unfinished.pop()
        if seen[address]:
            continue
        at = bisect_right(starts, address)
        start, end = starts[at - 1], starts[at]
        seen[start:end] = b"\1" * (end - start)
        found = places[bisect_left(places, start - POINTER + 1) : bisect_left(places, end)]
        unfinished += [pointers[place] for place in found]
    return seen


def _addresses(body: bytes, end: int) -> set[int]:
    """Return all numbers in a function that may be addresses of data."""
    return {
        value & 0xFFFF_FFFF
        for _, operation, value in wasm.instructions(body)
        if (operation == wasm.I32_CONST or operation in wasm.MEMORY_ACCESSES)
        and 0 < value & 0xFFFF_FFFF < end
    }
