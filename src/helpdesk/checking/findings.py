"""What a check finds, and how that is written for people, tools and pull requests."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from helpdesk.catalog.model import Position

ERROR, WARNING, NOTE = LEVELS = "error", "warning", "note"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to do something about."""

    position: Position
    level: str
    """`error`: readers would be led wrong, or the site not built. `warning`: something an
    editor should change. `note`: good to know, and may well be meant so."""
    kind: str
    """The rule, in a word or two with hyphens."""
    message: str
    """What was found and what to do."""

    def __str__(self) -> str:
        mark = "" if self.level == ERROR else f"{self.level}: "
        return f"{self.position}: {mark}{self.message}"


def count_of(findings: Sequence[Finding], level: str) -> int:
    """Return how many findings are of a level."""
    return len([finding for finding in findings if finding.level == level])


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as one JSON object."""
    listed = [
        {
            "level": finding.level,
            "kind": finding.kind,
            "path": finding.position.path,
            "line": finding.position.line,
            "column": finding.position.column,
            "message": finding.message,
        }
        for finding in findings
    ]
    counts = {f"{level}s": count_of(findings, level) for level in LEVELS}
    return json.dumps({**counts, "findings": listed}, ensure_ascii=False)


def as_github(finding: Finding) -> str:
    """Return a finding as a workflow command, which shows it beside the changed line."""
    place = finding.position
    properties = {
        "file": place.path,
        "line": str(place.line),
        "col": str(place.column),
        "title": finding.kind,
    }
    told = ",".join(f"{name}={_escaped(text, ':,')}" for name, text in properties.items())
    level = "notice" if finding.level == NOTE else finding.level
    return f"::{level} {told}::{_escaped(finding.message)}"


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
