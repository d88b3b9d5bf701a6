"""What was read, counted and proposed: for people, and as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from helpdesk.catalog import Catalog

from .estimating import Estimate, Trust, causes_by_codes, causes_by_outcomes
from .proposing import Proposal
from .tally import Source, Tally, Unknown

SHOWN_AT_MOST = 20
CHARACTERS_AT_MOST = 120


def as_text(
    catalog: Catalog, counted: Tally, trust: Trust, found: Sequence[Proposal]
) -> Iterator[str]:
    """Yield the lines for people."""
    yield from sources(counted)
    for title, measured in _causes(catalog, counted, trust).items():
        yield f"\n{title}"
        by_share = sorted(measured.items(), key=lambda item: -item[1].share)
        for name, estimate in by_share[:SHOWN_AT_MOST]:
            yield f"  {_share(estimate)}  {name} ({catalog.causes[name].prior.word})"
    yield from _unknown("Codes the catalog does not know, by volume", counted.unknown_codes)
    yield from _unknown("Causes and answers the catalog does not know", counted.unknown)
    yield f"\nProposed: {len(found)}" + (" (--diff prints what stands there already)" * bool(found))
    for proposal in found:
        old = proposal.old or "nothing said"
        yield (
            f"{proposal.position}: {proposal.about}: {old} -> {proposal.new}; "
            f"measured {_numbers(proposal)}"
        )


def sources(counted: Tally) -> Iterator[str]:
    """Yield what was read of each source, and what of it was broken."""
    yield "Read"
    for name, source in counted.sources.items():
        yield from _source(name, source)


def as_json(catalog: Catalog, counted: Tally, trust: Trust, found: Sequence[Proposal]) -> str:
    """Return all of it as one object."""
    causes = {
        title: {name: asdict(estimate) for name, estimate in measured.items()}
        for title, measured in _causes(catalog, counted, trust).items()
    }
    told: dict[str, Any] = {
        "sources": {
            name: {
                "rows": source.rows,
                "first": source.first,
                "last": source.last,
                "broken": {
                    fault: {"rows": rows, "example": example}
                    for fault, (rows, example) in source.broken.items()
                },
            }
            for name, source in counted.sources.items()
        },
        "causes": causes,
        "unknown_codes": dict(counted.unknown_codes.listed.most_common()),
        "unknown_codes_not_listed": counted.unknown_codes.others,
        "unknown": dict(counted.unknown.listed.most_common()),
        "unknown_not_listed": counted.unknown.others,
        "proposals": [
            asdict(proposal) | {"position": str(proposal.position)} for proposal in found
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def _causes(catalog: Catalog, counted: Tally, trust: Trust) -> dict[str, dict[str, Estimate]]:
    found = {}
    if counted.causes:
        found["How common causes are, by outcomes"] = causes_by_outcomes(catalog, counted, trust)
    if counted.codes:
        title = "How common causes are among those that codes point to, by codes"
        found[title] = causes_by_codes(catalog, counted, trust)
    return found


def _source(name: str, source: Source) -> Iterator[str]:
    broken = sum(rows for rows, _ in source.broken.values())
    days = f", {source.first} to {source.last}" if source.last else ""
    yield f"  {name}: {source.rows:,} rows{days}; {broken:,} broken, not counted"
    for fault, (rows, example) in source.broken.items():
        yield f"    {rows:,} with {fault}, such as {_short(example)}"


def _unknown(title: str, unknown: Unknown) -> Iterator[str]:
    if not unknown.listed:
        return
    yield f"\n{title}"
    listed = unknown.listed.most_common()
    for name, number in listed[:SHOWN_AT_MOST]:
        yield f"  {number:>12,}  {_short(name)}"
    rest = sum(number for _, number in listed[SHOWN_AT_MOST:]) + unknown.others
    if rest:
        yield f"  {rest:>12,}  others (--json lists the first thousand)"


def _short(text: str) -> str:
    """Return a text from outside, made fit for a terminal."""
    plain = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return plain if len(plain) <= CHARACTERS_AT_MOST else f"{plain[:CHARACTERS_AT_MOST]}…"


def _share(e: Estimate) -> str:
    return f"{e.share:6.1%} ({e.low:.1%} to {e.high:.1%}; {e.seen:,} of {e.of:,})"


def _numbers(proposal: Proposal) -> str:
    e = proposal.estimate
    return (
        f"{e.share:.3g} ({e.low:.3g} to {e.high:.3g}) against {proposal.value:.3g}, "
        f"{e.seen:,} of {e.of:,}"
    )
