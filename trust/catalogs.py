"""Bad catalogs: whatever is written, an editor is told where, and never sees a traceback."""

import random
import string
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from helpdesk.catalog import CatalogErrors, load
from trust.figure import Figure, none_of

LAMP = Path(__file__).parent.parent / "tests" / "catalog" / "valid" / "lamp.yml"
SAMPLE, WHOLE = 400, 10_000
NASTY = (
    *("", "~", "null", "yes", "NO", "0123456", "+44", "12:30", "1e3", ".nan", "-.inf", "1e999"),
    *("[]", "{}", "[[[[", "}}", "&a [*a]", "*b", "!!python/object:os.system x", "<<: {a: 1}"),
    *("'", '"', "|", ">-", "? x", "%YAML 9", "---", "...", "@", "`", "\t", "\u202e", "\x00"),
    *(
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "{service.name}",
        "{nothing.at.all}",
    ),
    *(
        "..",
        "con",
        "a/b",
        "A" * 70,
        "é",
        "验证码",
        "😀",
        "\ud800",
        "\ufeff",
        "very likely",
        "0",
        "1",
    ),
    *("q-switch", "plug-in", "something-else", "not-sure", "1" * 400, "-1", "2", "0.5", "9" * 30),
)
"""What people, programs and strangers have put where a value was wanted."""

Mutation = Callable[[list[str], random.Random], None]


def figures(*, whole: bool) -> Iterator[Figure]:
    """Change a valid catalog in one to four places, again and again, and load each."""
    tries = WHOLE if whole else SAMPLE
    wrong: list[str] = []
    refused = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lamp.yml"
        for seed in range(tries):
            path.write_bytes(mutant(seed))
            found = _loaded(path)
            refused += found is None
            wrong += [f"seed {seed}: {found}"] if found else []
    yield none_of("changed catalogs without a clear report", wrong, tries)
    name = "of them, catalogs that were refused rather than still valid"
    yield Figure(name, "more than half", f"{refused:,}", refused > tries / 2)


def mutant(seed: int) -> bytes:
    """Return the catalog of the lamp with one to four changes."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    lines = LAMP.read_text(encoding="utf-8").splitlines()
    for _ in range(chance.randint(1, 4)):
        chance.choice(MUTATIONS)(lines, chance)
    text = "\n".join(lines)
    return text.encode("utf-8", "surrogatepass")


def _loaded(path: Path) -> str | None:
    """Return what is wrong with how a catalog is taken; None when it is refused clearly."""
    try:
        load(path.parent)
    except CatalogErrors as found:
        lines = path.read_bytes().count(b"\n") + 2
        places = [error.position for error in found.errors]
        if not places or any(p.column < 1 or not 1 <= p.line <= lines for p in places):
            return f"no place in {found.errors}"
        return None
    except Exception as error:  # noqa: BLE001 - any other is what is looked for
        return f"{type(error).__name__}: {error}"
    return ""


def _drop(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]
    lines[:] = lines or [""]


def _double(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines.insert(at, lines[at])


def _swap(lines: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _cut(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(1, len(lines) + 1) :]


def _value(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon} {chance.choice(NASTY)}"


def _key(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    line = lines[at].lstrip()
    indent = lines[at][: len(lines[at]) - len(line)]
    lines[at] = f"{indent}{chance.choice(NASTY)}{line[line.find(':') :]}"


def _indent(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = " " * chance.randrange(9) + lines[at].lstrip()


def _letter(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    place = chance.randrange(len(lines[at]) + 1)
    sign = chance.choice([*string.punctuation, " ", "\t", "\r", "\x85", "\u2028", ""])
    lines[at] = lines[at][:place] + sign + lines[at][place + 1 :]


MUTATIONS: tuple[Mutation, ...] = (
    *(_drop, _double, _swap, _cut, _value, _value, _key, _indent, _letter),
)
