"""Mark translations as made from the texts of today."""

from pathlib import Path

from .model import Catalog, Gap

OUTDATED = "outdated"


def stamp(translation: Catalog) -> int:
    """Write the fingerprint of the original to every outdated entry; return how many.

    Lines are changed one by one, so that the file stays as its editors wrote it.
    """
    outdated = [gap for gap in translation.gaps if gap.reason == OUTDATED]
    for path in sorted({gap.position.path for gap in outdated}):
        here = [gap for gap in outdated if gap.position.path == path]
        lines = Path(path).read_text(encoding="utf-8").split("\n")
        for gap in sorted(here, key=lambda gap: -gap.position.line):
            _stamp_entry(lines, gap)
        Path(path).write_text("\n".join(lines), encoding="utf-8")
    return len(outdated)


def _stamp_entry(lines: list[str], gap: Gap) -> None:
    first = gap.position.line
    indent = _indent(lines[first])
    line = f"{' ' * indent}of: {gap.fingerprint}"
    for number in range(first, len(lines)):
        if lines[number].strip() and _indent(lines[number]) < indent:
            break
        if lines[number].startswith(f"{' ' * indent}of:"):
            lines[number] = line
            return
    lines.insert(first, line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
