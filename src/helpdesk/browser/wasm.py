"""Just as much of WebAssembly's binary format as it takes to leave things out of a module."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TYPE, IMPORT, FUNCTION, MEMORY, GLOBAL, EXPORT = 1, 2, 3, 5, 6, 7
ELEMENT, CODE, DATA, DATA_COUNT = 9, 10, 11, 12
FUNCTIONS, TABLES, MEMORIES, GLOBALS, TAGS = range(5)
"""Kinds of what is imported and exported."""
HEAD = b"\0asm\1\0\0\0"
I32_CONST, END, CALL, FUNCTION_POINTER = 0x41, 0x0B, 0x10, 0xD2
LOADS, MEMORY_ACCESSES = range(0x28, 0x36), range(0x28, 0x3F)
PREFIX = 0xFC
MEMORY_INIT, MEMORY_COPY = PREFIX << 8 | 8, PREFIX << 8 | 10

BULK = (*[""] * 8, *("uu", "u") * 4, "u", "u")
"""What follows an instruction of two bytes, the first of which is the prefix."""
IMMEDIATES = {
    **dict.fromkeys((0, 1, 5, END, 0x0F, 0x19, 0x1A, 0x1B, 0xD1, *range(0x45, 0xC5)), ""),
    **dict.fromkeys((2, 3, 4, 6, 7, 8, 9, 0x0C, 0x0D, 0x10, 0x18, 0x3F, 0x40, 0xD0, 0xD2), "u"),
    **dict.fromkeys(range(0x20, 0x27), "u"),
    **dict.fromkeys(MEMORY_ACCESSES, "uu"),
    0x0E: "vu",
    0x11: "uu",
    0x1C: "v",
    I32_CONST: "s",
    0x42: "s",
    0x43: "4",
    0x44: "8",
    **{PREFIX << 8 | n: kinds for n, kinds in enumerate(BULK)},
}
"""What follows an instruction: numbers without or with a sign, a list of them, bytes."""


class WasmError(Exception):
    """A module has something in it that is not known here."""


@dataclass(frozen=True, slots=True)
class Export:
    """Something of a module that has a name outside."""

    name: str
    kind: int
    index: int
    content: bytes
    """As it stands in the module."""


def unsigned(content: bytes, at: int) -> tuple[int, int]:
    """Return the number at a place, and where it ends."""
    value = shift = 0
    while True:
        byte = content[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:  # noqa: PLR2004 - the highest bit says that more follows
            return value, at


def signed(content: bytes, at: int) -> tuple[int, int]:
    """Return the number with a sign at a place, and where it ends."""
    value, end = unsigned(content, at)
    bits = 7 * (end - at)
    return value - (1 << bits if value >> (bits - 1) else 0), end


def number(value: int) -> bytes:
    """Return a number without a sign as a module has it."""
    content = bytearray()
    while value > 127:  # noqa: PLR2004 - as above
        content.append(value & 127 | 128)
        value >>= 7
    return bytes([*content, value])


def constant(value: int) -> bytes:
    """Return the instruction that gives a number of 32 bits."""
    value = (value + (1 << 31)) % (1 << 32) - (1 << 31)
    content = bytearray([I32_CONST])
    while not -64 <= value < 64:  # noqa: PLR2004 - what is left fits into six bits and a sign
        content.append(value & 127 | 128)
        value >>= 7
    return bytes([*content, value & 127])


def sections(module: bytes) -> list[tuple[int, bytes]]:
    """Return the sections of a module, each with its kind; WasmError where it is none."""
    if not module.startswith(HEAD):
        raise WasmError("it is no WebAssembly module")
    found, at = [], len(HEAD)
    while at < len(module):
        kind = module[at]
        size, at = unsigned(module, at + 1)
        found.append((kind, module[at : at + size]))
        at += size
    return found


def joined(found: Iterable[tuple[int, bytes]]) -> bytes:
    """Return the module of these sections."""
    return HEAD + b"".join(
        bytes([kind]) + number(len(content)) + content for kind, content in found
    )


def vector(items: list[bytes]) -> bytes:
    """Return the content of a section of several things."""
    return number(len(items)) + b"".join(items)


def sized(body: bytes) -> bytes:
    """Return a body with its length before it."""
    return number(len(body)) + body


def bodies(code: bytes) -> list[bytes]:
    """Return the functions of a code section, locals and instructions."""
    count, at = unsigned(code, 0)
    found = []
    for _ in range(count):
        size, at = unsigned(code, at)
        found.append(code[at : at + size])
        at += size
    return found


def numbers(section: bytes, at: int = 0) -> list[int]:
    """Return the numbers of a list, which the section ends with."""
    count, at = unsigned(section, at)
    found = []
    for _ in range(count):
        value, at = unsigned(section, at)
        found.append(value)
    if at != len(section):
        raise WasmError("there is more than a list")
    return found


def table(section: bytes) -> tuple[bytes, list[int]]:
    """Return the head of a section of elements, and the functions of its one table."""
    if section[:3] != bytes([1, 0, I32_CONST]):
        raise WasmError("it has more than one table, or one without an address")
    end = signed(section, 3)[1] + 1
    return section[:end], numbers(section, end)


def exports(section: bytes) -> Iterator[Export]:
    """Yield what a module exports."""
    count, at = unsigned(section, 0)
    for _ in range(count):
        start = at
        size, at = unsigned(section, at)
        name, at = section[at : at + size].decode(), at + size
        index, end = unsigned(section, at + 1)
        yield Export(name, section[at], index, section[start:end])
        at = end


def imports(section: bytes) -> Iterator[tuple[str, str, int]]:
    """Yield the module, the name and the kind of what is imported: functions, globals, tags."""
    count, at = unsigned(section, 0)
    for _ in range(count):
        names = []
        for _ in range(2):
            size, at = unsigned(section, at)
            names.append(section[at : at + size].decode())
            at += size
        kind = section[at]
        if kind not in {FUNCTIONS, GLOBALS, TAGS}:
            raise WasmError(f"it imports something of the kind {kind}")
        at = unsigned(section, at + 1)[1] if kind == FUNCTIONS else at + 3
        yield names[0], names[1], kind


def first_instruction(body: bytes) -> int:
    """Return where the locals of a function end."""
    groups, at = unsigned(body, 0)
    for _ in range(groups):
        at = unsigned(body, at)[1] + 1
    return at


def instructions(body: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where each instruction of a function starts, what it is, and its last number."""
    at = first_instruction(body)
    while at < len(body):
        start, operation, value = at, body[at], 0
        at += 1
        if operation == PREFIX:
            value, at = unsigned(body, at)
            operation = PREFIX << 8 | value
        try:
            kinds = IMMEDIATES[operation]
        except KeyError:
            raise WasmError(f"the instruction {operation:#x} is not known here") from None
        for kind in kinds:
            if kind == "u":
                value, at = unsigned(body, at)
            elif kind == "s":
                value, at = signed(body, at)
            elif kind == "v":
                count, at = unsigned(body, at)
                for _ in range(count):
                    at = unsigned(body, at)[1]
            else:
                at += int(kind)
        yield start, operation, value


def constants(section: bytes) -> list[int]:
    """Return what the globals of a module are at first; 0 for one taken from another."""
    count, at = unsigned(section, 0)
    found = []
    for _ in range(count):
        operation = section[at + 2]
        value, at = signed(section, at + 3)
        found.append(value if operation == I32_CONST else 0)
        if section[at] != END:
            raise WasmError("a global has a value that has to be computed")
        at += 1
    return found


def segments(section: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the address of each piece of data, where it stands in its section, and its size."""
    count, at = unsigned(section, 0)
    for _ in range(count):
        if section[at : at + 2] != bytes([0, I32_CONST]):
            raise WasmError("it has data without an address")
        address, at = signed(section, at + 2)
        size, at = unsigned(section, at + 1)
        yield address, at, size
        at += size
