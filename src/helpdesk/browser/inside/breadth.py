"""What Python is put through beyond the diagnosis, before the interpreter is thinned out.

All that plain code of the kind the diagnosis is made of might come to do: every character there
is, numbers of every size, and the statements of `breadth.txt`, right and wrong. The same comes
out of every whole interpreter, and has to come out of the thinned one.
"""

import ast
import json
import math
import re
import traceback
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

STATEMENTS = __file__.removesuffix(".py") + ".txt"
CHARACTERS = 0x110000
AT_ONCE = 0x1000
OF_ONE_KIND = {*range(0x20, 0x2F), *range(0x30, 0xE0), *range(0xE1, 0x110)}
"""Blocks of characters that differ in nothing but their number: one in 64 stands for all."""
TO_TEXT = (str.lower, str.upper, str.casefold, str.title, str.capitalize, str.swapcase)
TO_TRUTH = (
    *(str.isalpha, str.isalnum, str.isdecimal, str.isdigit, str.isnumeric, str.islower),
    *(str.isupper, str.istitle, str.isspace, str.isprintable, str.isidentifier, str.isascii),
)
ONE_NUMBER = (
    *(math.exp, math.exp2, math.expm1, math.log, math.log2, math.log10, math.log1p, math.sqrt),
    *(math.cbrt, math.erf, math.erfc, math.gamma, math.lgamma, math.floor, math.ceil, math.trunc),
    *(math.sin, math.cos, math.tan, math.asin, math.atan, math.sinh, math.tanh, math.asinh),
    *(math.frexp, math.modf, math.ulp, math.degrees, math.isfinite),
)
MEGABYTES = 48
"""More memory than the interpreter starts with."""


def breadth(given: object = None) -> str:
    """Return a fingerprint of all that came out, part by part, as JSON text.

    `given` is something that comes from JavaScript.
    """
    parts = (_characters, _numbers, _functions, partial(_statements, given), _memory)
    return json.dumps([_fingerprint(part()) for part in parts])


def _fingerprint(said: Iterator[object]) -> int:
    value = 0
    for each in said:
        text = re.sub(" at 0x[0-9a-f]+", "", repr(each))
        value = zlib.crc32(text.encode("utf-8", "surrogatepass"), value)
    return value


def _characters() -> Iterator[object]:
    for start in range(0, CHARACTERS, AT_ONCE):
        step = 64 if start // AT_ONCE in OF_ONE_KIND else 1
        characters = [chr(code) for code in range(start, start + AT_ONCE, step)]
        text = "".join(characters)
        yield [method(text) for method in TO_TEXT]
        yield [[method(each) for each in characters] for method in TO_TRUTH]
        yield [re.sub(pattern, "-", text) for pattern in (r"\w", r"\s", r"\d", r"(?i)k")]
        yield text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass") == text
        yield text.encode("ascii", "backslashreplace"), text.split(), text.splitlines(), repr(text)
        yield json.loads(json.dumps(text)) == text, json.dumps(text, ensure_ascii=False)


def _numbers() -> Iterator[object]:
    chance = chances(7)
    for exponent in [*range(-323, 308)] * 2:
        value = (1 + next(chance)) * 10.0**exponent
        yield value, float(repr(value)) == value, f"{value:.3g}{value:.17g}{value:e}{value:%}"
        yield (
            round(value, 3),
            value.hex(),
            value.is_integer(),
            value.as_integer_ratio(),
            hash(value),
        )
        yield (
            value // 3,
            value % 0.7,
            divmod(value, 7.0),
            -value,
            abs(-value),
            int(value),
            value > 1,
        )
        yield f"{value:,.2f}", float(f"{value:.30f}"), bool(value), value * value, 1 / (value + 1)


def chances(seed: int) -> Iterator[float]:
    """Yield numbers from 0 to 1, the same ones everywhere."""
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        yield seed / (1 << 64)


def _functions() -> Iterator[object]:
    chance = chances(11)
    for _ in range(250):
        value = (2 * next(chance) - 1) * 10.0 ** int(12 * next(chance) - 8)
        yield [attempt(function, value) for function in ONE_NUMBER]
        other = 18 * next(chance) - 9
        yield attempt(math.pow, abs(value), other), abs(value) ** 0.5, attempt(pow, 2.0, value)
        yield math.atan2(value, other), math.hypot(value, other), math.fmod(value, other)
        yield math.isclose(value, other), math.copysign(value, other), math.nextafter(value, other)
        yield math.ldexp(value, 5), math.remainder(value, other), math.comb(20, int(abs(other)))


def _statements(given: object) -> Iterator[object]:
    """Whatever each statement gives or says, or how it fails, all of it written out."""
    said: list[object] = []
    names: dict[str, Any] = {"say": lambda *each: said.append(each)}
    names |= {"attempt": attempt, "chances": chances, "given": given}
    with open(STATEMENTS, encoding="utf-8") as file:  # noqa: PTH123 - pathlib stays at home
        tree = ast.parse(file.read())
    for statement in tree.body:
        if isinstance(statement, ast.Expr):
            code = compile(ast.Expression(statement.value), "breadth", "eval")
            yield attempt(eval, code, names)
        else:
            code = compile(ast.Module([statement], []), "breadth", "exec")
            if statement is tree.body[0]:
                exec(code, names)  # noqa: S102 - what is imported has to be there, else all is alike
            yield attempt(exec, code, names)
        yield said
        said.clear()


def attempt(call: Callable[..., object], *arguments: object, **named: object) -> str:
    """Return what a call gives, or its error, once that has been written out."""
    try:
        return repr(call(*arguments, **named))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be the same
        lines = traceback.format_exc().splitlines()
        short = traceback.format_exception(error, limit=2)
        return f"{lines[-1]} {error!r} {error.args!r} {len(short)}"


def _memory() -> Iterator[object]:
    """More than there is at first, given back and taken again; things that hold each other."""
    for _ in range(2):
        yield len([bytearray(1 << 20) for _ in range(MEGABYTES)])
    for _ in range(20_000):
        circle: list[object] = [{}]
        circle.append(circle)
    yield len(circle)
