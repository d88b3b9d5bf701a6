"""The interpreter without what never runs: less to load, less to compile.

A profile says which functions ran and which blocks of data were read while everything that the
diagnosis does, and much more, was done in several browsers. From that and the module itself:

* a function that never ran becomes a trap. Whoever calls it ends the interpreter there and then,
  with an error and never with a wrong answer, and the page starts the whole one instead;
* data go where two things hold: no function that is left has an address in them, be it by way of
  other data that are left, so all who could read them are traps; and nobody was ever seen to read
  them. Zeros are there in their place;
* names go that the JavaScript around the interpreter does not use, and JavaScript that is only
  there for traps (`glue.py`).

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
from .glue import WORD, Shorten, with_exports, without_unused, words

TRAP = wasm.sized(bytes([0, 0, wasm.END]))
"""No locals, `unreachable`, the end."""
BLOCK = 64
"""Bytes of data that are read or not."""
POINTER = 4
GAP = 255
THING = re.compile(rb"[^\0](?:\0{0,%d}[^\0])*+" % GAP, re.DOTALL)
"""Data with no more zeros in a row than it would cost to leave them out."""


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


def thinned(
    module: bytes, glue: str, loader: str, profile: Profile, shorten: Shorten
) -> tuple[bytes, str]:
    """Return the module and the JavaScript around it, without what never runs.

    `loader` is the JavaScript that uses both; `shorten` takes away what is never named. Raises
    ThinningError, GlueError and wasm.WasmError where this is not what the profile is of.
    """
    if hashlib.sha256(module).hexdigest() != profile.wasm:
        raise ThinningError("the profile is of another WebAssembly module")
    sections = wasm.sections(module)
    content = dict(sections)
    imported = [(name, kind) for _, name, kind in wasm.imports(content[wasm.IMPORT])]
    bodies = wasm.bodies(content[wasm.CODE])
    if len(bodies) != len(profile.functions):
        raise ThinningError("the profile has another number of functions")
    names = [name for name, kind in imported if kind == wasm.FUNCTIONS]
    reached = _called(bodies, profile)
    pointed = reached | set(wasm.table(content[wasm.ELEMENT])[1])
    called = {name for number, name in enumerate(names) if number in pointed}
    glue = without_unused(glue, loader, set(names), called, shorten)
    said = words(glue) | set(WORD.findall(loader))
    kept = [
        export
        for export in wasm.exports(content[wasm.EXPORT])
        if not {export.name, f"_{export.name}"}.isdisjoint(said)
    ]
    values = wasm.constants(content[wasm.GLOBAL])
    first = sum(kind == wasm.GLOBALS for _, kind in imported)
    named = {values[e.index - first] for e in kept if e.kind == wasm.GLOBALS and e.index >= first}
    offered = {export.index for export in kept if export.kind == wasm.FUNCTIONS}
    content |= _alike(content, len(names), reached | offered, profile)
    content |= _less_data(content, bodies, profile, named)
    content[wasm.CODE] = wasm.vector(
        [wasm.sized(b) if ran else TRAP for b, ran in zip(bodies, profile.functions, strict=True)]
    )
    content[wasm.EXPORT] = wasm.vector([export.content for export in kept])
    thin = wasm.joined((kind, content[kind] if kind else custom) for kind, custom in sections)
    return thin, with_exports(glue, {export.name for export in kept})


def _called(bodies: Sequence[bytes], profile: Profile) -> set[int]:
    """Return the numbers of all functions that those that run have in their instructions."""
    return {
        value
        for body, ran in zip(bodies, profile.functions, strict=True)
        if ran
        for _, operation, value in wasm.instructions(body)
        if operation in {wasm.CALL, wasm.FUNCTION_POINTER}
    }


def _alike(
    content: Mapping[int, bytes],
    first: int,
    reached: AbstractSet[int],
    profile: Profile,
) -> dict[int, bytes]:
    """Return the table and the types of functions with the traps as like each other as can be.

    In the table one trap stands for all of its type, so that what is called by way of the table
    finds the type it found before. A trap that nothing has the number of can have any type.
    """
    head, table = wasm.table(content[wasm.ELEMENT])
    types = wasm.numbers(content[wasm.FUNCTION])
    standing: dict[int, int] = {}
    for place, number in enumerate(table):
        at = number - first
        if at >= 0 and not profile.functions[at]:
            table[place] = standing.setdefault(types[at], number)
    held = reached | set(table)
    for at, ran in enumerate(profile.functions):
        if not ran and first + at not in held:
            types[at] = types[at - 1] if at else 0
    return {
        wasm.ELEMENT: head + wasm.vector(list(map(wasm.number, table))),
        wasm.FUNCTION: wasm.vector(list(map(wasm.number, types))),
    }


def _less_data(
    content: Mapping[int, bytes], bodies: Sequence[bytes], profile: Profile, named: AbstractSet[int]
) -> dict[int, bytes]:
    """Return the data with nothing where nobody reads: the memory is zero there as it is."""
    pieces = list(wasm.segments(content[wasm.DATA]))
    memory = bytearray(max(address + size for address, _, size in pieces) + BLOCK)
    for address, at, size in pieces:
        memory[address : address + size] = content[wasm.DATA][at : at + size]
    kept = _reachable(bytes(memory), bodies, profile, named)
    for block, read in enumerate(profile.blocks):
        if read:
            kept[block * BLOCK : (block + 1) * BLOCK] = b"\1" * BLOCK
    for place in range(len(memory)):
        if not kept[place]:
            memory[place] = 0
    left = [
        b"\0" + wasm.constant(found.start()) + bytes([wasm.END]) + wasm.sized(found[0])
        for found in THING.finditer(memory)
    ]
    return {wasm.DATA: wasm.vector(left), wasm.DATA_COUNT: wasm.number(len(left))}


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
