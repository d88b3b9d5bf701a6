"""What never runs becomes a trap, what only traps could read becomes zeros; no more than that."""

import hashlib
from dataclasses import replace

import pytest

from helpdesk.browser import wasm
from helpdesk.browser.thinning import BLOCK, TRAP, Profile, ThinningError, packed, thinned, unpacked
from helpdesk.browser.wasm import number, sized, vector
from tests.node import runtime

USED, UNUSED, NAMED, READ, POINTED = range(1024, 1024 + 10 * BLOCK, 2 * BLOCK)
"""Addresses of data: of a function that runs, of one that does not, and so on."""
END = 1024 + 10 * BLOCK
DROP = b"\x1a"
GLUE = (
    "if(!value&&!entry.required){entry.value=0;continue}"
    'function assignWasmExports(wasmExports){_run=Module["_run"]=wasmExports["run"];'
    '_rest=wasmExports["rest"];_named=wasmExports["named"].value>>>0}'
    "var wasmImports={used:_used,unused:_unused};_run();_named"
)


def pointer_to(address: int) -> bytes:
    """Return an address as an instruction has it."""
    return bytes([wasm.I32_CONST]) + number(address)[:-1] + bytes([number(address)[-1]])


def function(*addresses: int) -> bytes:
    """Return a function that gives addresses of data, the last one for good."""
    return bytes([0]) + DROP.join(map(pointer_to, addresses)) + bytes([wasm.END])


def named(text: str) -> bytes:
    """Return a name as a module has it."""
    return sized(text.encode())


def module() -> bytes:
    """Return a module of two functions, a name, and five things in its data."""
    content = bytearray(b"x" * (END - 1024))
    content[:4] = POINTED.to_bytes(4, "little")
    data = bytes([0]) + pointer_to(1024) + bytes([wasm.END]) + sized(bytes(content))
    sections = {
        wasm.TYPE: vector([bytes([0x60, 0, 1, 0x7F])]),
        wasm.IMPORT: vector([named("env") + named("used") + bytes([wasm.FUNCTIONS, 0])]),
        wasm.FUNCTION: vector([b"\0", b"\0"]),
        wasm.MEMORY: vector([bytes([0, 1])]),
        wasm.GLOBAL: vector([bytes([0x7F, 0]) + pointer_to(NAMED) + bytes([wasm.END])]),
        wasm.EXPORT: vector(
            [
                named("run") + bytes([wasm.FUNCTIONS, 1]),
                named("rest") + bytes([wasm.FUNCTIONS, 2]),
                named("named") + bytes([wasm.GLOBALS, 0]),
            ]
        ),
        wasm.CODE: vector([sized(function(USED)), sized(function(UNUSED, READ))]),
        wasm.DATA: vector([data]),
    }
    return wasm.joined(sections.items())


def profile() -> Profile:
    """Return what is in use of it."""
    blocks = bytearray(END // BLOCK)
    blocks[READ // BLOCK] = 1
    return Profile(hashlib.sha256(module()).hexdigest(), bytes([1, 0]), bytes(blocks))


def test_only_what_is_in_use_is_left() -> None:
    """Of functions, of data, of names, and of the JavaScript that knows them."""
    thin, glue = thinned(module(), GLUE, "", profile())
    content = dict(wasm.sections(thin))
    assert wasm.bodies(content[wasm.CODE]) == [function(USED), wasm.bodies(b"\1" + TRAP)[0]]
    assert [export.name for export in wasm.exports(content[wasm.EXPORT])] == ["run", "named"]
    ((_, start, size),) = wasm.segments(content[wasm.DATA])
    data = content[wasm.DATA][start : start + size]
    assert size == END - 1024
    for address, kept in ((USED, 128), (UNUSED, 0), (NAMED, 128), (READ, 64), (POINTED, 128)):
        thing = data[address - 1024 : address - 1024 + 2 * BLOCK]
        assert thing.rstrip(b"\0") == thing[:kept], address
        assert kept == 0 or thing[kept - 1]
    assert "rest" not in glue
    assert 'wasmExports["run"]' in glue
    assert "wasmImports={used:_used}" in glue
    assert len(wasm.sections(thin)) == len(wasm.sections(module()))


@pytest.mark.parametrize(
    ("other", "glue"),
    [
        (replace(profile(), wasm="0" * 64), GLUE),
        (replace(profile(), functions=b"\1"), GLUE),
        (profile(), GLUE.replace("used:_used,", "")),
        (profile(), GLUE.replace("required", "other")),
    ],
)
def test_anything_but_what_was_profiled_is_refused(other: Profile, glue: str) -> None:
    """Another module, another number of functions, other JavaScript: an error, and no files."""
    with pytest.raises(ThinningError):
        thinned(module(), glue, "", other)


def test_a_profile_comes_back_as_it_was() -> None:
    """From the JSON in which it is kept."""
    assert unpacked(packed(profile())) == profile()


def test_what_ships_is_thin() -> None:
    """The diagnosis uses nothing that the profile does not know; else: `python -m bench.usage`."""
    assert runtime().thin
