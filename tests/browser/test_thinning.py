"""What never runs becomes a trap, what only traps could read becomes zeros; no more than that."""

import hashlib
from dataclasses import replace

import pytest

from helpdesk.browser import wasm
from helpdesk.browser.glue import GlueError
from helpdesk.browser.thinning import BLOCK, TRAP, Profile, ThinningError, packed, thinned, unpacked
from helpdesk.browser.wasm import number, sized, vector
from tests.node import runtime

SIZE = 6 * BLOCK
USED, UNUSED, NAMED, READ, POINTED = range(1024, 1024 + 5 * SIZE, SIZE)
"""Addresses of data: of a function that runs, of one that does not, and so on."""
END = 1024 + 5 * SIZE
DROP = b"\x1a"
GLUE = (
    "if(!value&&!entry.required){entry.value=0;continue}"
    'function assignWasmExports(wasmExports){_run=Module["_run"]=wasmExports["run"];'
    '_rest=wasmExports["rest"];_named=wasmExports["named"].value>>>0}'
    "var wasmImports={used:_used,uncalled:_uncalled,unused:_unused};_run();_named;"
    'Module["asked"]=asked;Module["offered"]=offered;'
)
LOADER = "API.asked()"


def pointer_to(address: int) -> bytes:
    """Return an address as an instruction has it."""
    return bytes([wasm.I32_CONST]) + number(address)[:-1] + bytes([number(address)[-1]])


def function(*addresses: int, calls: int) -> bytes:
    """Return a function that calls another, and gives addresses of data, the last one for good."""
    addressed = DROP.join(map(pointer_to, addresses))
    return bytes([0, wasm.CALL, calls]) + DROP + addressed + bytes([wasm.END])


def named(text: str) -> bytes:
    """Return a name as a module has it."""
    return sized(text.encode())


def module() -> bytes:
    """Return a module of five functions, a name, and five things in its data.

    The first two are imported; of the others only the first runs.
    """
    content = bytearray(b"x" * (END - 1024))
    content[:4] = POINTED.to_bytes(4, "little")
    data = bytes([0]) + pointer_to(1024) + bytes([wasm.END]) + sized(bytes(content))
    sections = {
        wasm.TYPE: vector([bytes([0x60, 0, 1, 0x7F]), bytes([0x60, 0, 0])]),
        wasm.IMPORT: vector(
            [
                named("env") + named(name) + bytes([wasm.FUNCTIONS, 0])
                for name in ("used", "uncalled")
            ]
        ),
        wasm.FUNCTION: vector([b"\0", b"\0", b"\1", b"\0", b"\1"]),
        wasm.MEMORY: vector([bytes([0, 1])]),
        wasm.GLOBAL: vector([bytes([0x7F, 0]) + pointer_to(NAMED) + bytes([wasm.END])]),
        wasm.EXPORT: vector(
            [
                named("run") + bytes([wasm.FUNCTIONS, 2]),
                named("rest") + bytes([wasm.FUNCTIONS, 3]),
                named("named") + bytes([wasm.GLOBALS, 0]),
            ]
        ),
        wasm.ELEMENT: b"\1\0" + pointer_to(1) + bytes([wasm.END]) + vector([b"\2", b"\4", b"\6"]),
        wasm.DATA_COUNT: b"\1",
        wasm.CODE: vector(
            [
                sized(function(USED, calls=0)),
                sized(function(UNUSED, READ, calls=1)),
                *[sized(bytes([0, wasm.END]))] * 3,
            ]
        ),
        wasm.DATA: vector([data]),
    }
    return wasm.joined(sections.items())


def profile() -> Profile:
    """Return what is in use of it."""
    blocks = bytearray(END // BLOCK)
    blocks[READ // BLOCK] = 1
    return Profile(hashlib.sha256(module()).hexdigest(), bytes([1, 0, 0, 0, 0]), bytes(blocks))


def thin(module: bytes, glue: str, profile: Profile) -> tuple[bytes, str]:
    """Thin out with a minifier that leaves everything."""
    return thinned(module, glue, LOADER, profile, str)


def test_only_what_is_in_use_is_left() -> None:
    """Of functions, of data and of names."""
    content = dict(wasm.sections(thin(module(), GLUE, profile())[0]))
    trap = wasm.bodies(b"\1" + TRAP)
    assert wasm.bodies(content[wasm.CODE]) == [function(USED, calls=0), *trap * 4]
    assert [export.name for export in wasm.exports(content[wasm.EXPORT])] == ["run", "named"]
    memory = bytearray(END)
    for address, start, size in wasm.segments(content[wasm.DATA]):
        memory[address : address + size] = content[wasm.DATA][start : start + size]
    kept = {USED: SIZE, UNUSED: 0, NAMED: SIZE, READ: BLOCK, POINTED: SIZE}
    for address, size in kept.items():
        thing = memory[address : address + SIZE]
        assert thing.rstrip(b"\0") == thing[:size], address
        assert size == 0 or thing[size - 1]


def test_zeros_are_not_in_the_file() -> None:
    """Where there is nothing for long, a piece of data ends and the next one begins."""
    content = dict(wasm.sections(thin(module(), GLUE, profile())[0]))
    pieces = [(address, size) for address, _, size in wasm.segments(content[wasm.DATA])]
    # The first byte of all, of an address, is a zero.
    assert pieces == [(USED + 1, SIZE - 1), (NAMED, SIZE + BLOCK), (POINTED, SIZE)]
    assert wasm.numbers(b"\1" + content[wasm.DATA_COUNT]) == [len(pieces)]


def test_traps_of_one_type_are_one() -> None:
    """A call by way of the table finds the type it found before, whichever trap stands there."""
    content = dict(wasm.sections(thin(module(), GLUE, profile())[0]))
    assert wasm.table(content[wasm.ELEMENT])[1] == [2, 4, 4]
    assert wasm.numbers(content[wasm.FUNCTION]) == [0, 0, 1, 1, 1]


def test_the_javascript_offers_what_is_called() -> None:
    """Names of exports, of imports, and of what is offered to others."""
    glue = thin(module(), GLUE, profile())[1]
    assert "rest" not in glue
    assert 'wasmExports["run"]' in glue
    assert "used:_used" in glue
    assert "uncalled:()=>{throw" in glue
    assert "unused" not in glue
    assert 'Module["asked"]' in glue
    assert 'Module["offered"]' not in glue


@pytest.mark.parametrize(
    ("other", "glue"),
    [
        (replace(profile(), wasm="0" * 64), GLUE),
        (replace(profile(), functions=b"\1"), GLUE),
        (profile(), GLUE.replace("used:_used,", "", 1)),
        (profile(), GLUE.replace("assignWasmExports", "other")),
        (profile(), GLUE.replace("required", "other")),
    ],
)
def test_anything_but_what_was_profiled_is_refused(other: Profile, glue: str) -> None:
    """Another module, another number of functions, other JavaScript: an error, and no files."""
    with pytest.raises((ThinningError, GlueError)):
        thin(module(), glue, other)


def test_a_profile_comes_back_as_it_was() -> None:
    """From the JSON in which it is kept."""
    assert unpacked(packed(profile())) == profile()


def test_what_ships_is_thin() -> None:
    """The diagnosis uses nothing that the profile does not know; else: `python -m bench.usage`."""
    assert runtime().thin
