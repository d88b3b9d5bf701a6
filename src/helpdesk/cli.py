"""The commands. Each parses what it is given, asks a lower floor, and prints.

Exit status: 0 fine, 1 the catalog or the input is at fault, 2 wrong usage.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from helpdesk import __version__, code_lookup, simulation, starter, terminal
from helpdesk.catalog import Catalog, CatalogErrors, load
from helpdesk.catalog.stamping import stamp
from helpdesk.diagnosis import AUDIENCES, USER, EvidenceError, match
from helpdesk.diagnosis.wire import parse_evidence, turn_json
from helpdesk.simulation import CASES
from helpdesk.simulation.typical import EARLY, typical_walks

_catalog_option = click.option(
    "--catalog",
    "folder",
    default="docs/catalog",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder with the catalog's .yml files.",
)
_audience_option = click.option(
    "--audience",
    default=USER,
    show_default=True,
    type=click.Choice(AUDIENCES),
    help="Who answers: a stuck person, or support staff who see the send log.",
)


def _example(line: str) -> Callable[[click.Command], click.Command]:
    """Put an example below a command's help."""

    def add(command: click.Command) -> click.Command:
        command.epilog = f"\b\nExample:\n  {line}"
        return command

    return add


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="helpdesk")
def main() -> None:
    """Help centers that diagnose: one cause catalog, its articles and its wizard."""


@_example("helpdesk check --catalog docs/catalog")
@main.command()
@_catalog_option
def check(folder: Path) -> None:
    """Say everything that is wrong with a catalog, one mistake a line."""
    try:
        catalog = load(folder)
    except CatalogErrors as found:
        for error in found.errors:
            click.echo(str(error))
        click.echo(_count(len(found.errors), "error"))
        sys.exit(1)
    for language, translation in catalog.translations.items():
        for gap in translation.gaps:
            message = f"warning: {gap.section} {gap.id} is {gap.reason} in {language}."
            click.echo(f"{gap.position}: {message}")
        click.echo(f"{language}: {_count(len(translation.gaps), 'text')} to translate")
    click.echo(
        f"0 errors: {_count(len(catalog.causes), 'cause')}, "
        f"{_count(len(catalog.questions), 'question')}, "
        f"{_count(len(catalog.fixes), 'fix', 'fixes')} in {_count(len(catalog.files), 'file')}"
    )


@_example("helpdesk translated zh")
@main.command()
@_catalog_option
@click.argument("language")
def translated(folder: Path, language: str) -> None:
    """Mark what is outdated in a language as translated from the texts of today."""
    translation = _load(folder).translations.get(language)
    if translation is None:
        _fail(f"There is no folder {folder / language} with .yml files.")
    else:
        click.echo(f"Marked {_count(stamp(translation), 'text')} as up to date.")


@_example("""helpdesk next --evidence '[{"question": "q-signal", "answer": "weak"}]'""")
@main.command("next")
@_catalog_option
@_audience_option
@click.option(
    "--evidence",
    default="[]",
    metavar="JSON|-",
    help="Answers and outcomes so far as a JSON array; - reads them from standard input.",
)
def next_(folder: Path, audience: str, evidence: str) -> None:
    """Print the next step and what is believed, as one line of JSON."""
    catalog = _load(folder)
    text = sys.stdin.read() if evidence == "-" else evidence
    try:
        click.echo(turn_json(catalog.problem, parse_evidence(text), audience))
    except EvidenceError as error:
        _fail(f'{error} Give a JSON array such as [{{"question": "q-signal", "answer": "weak"}}].')


@_example("helpdesk ask --audience agent")
@main.command()
@_catalog_option
@_audience_option
def ask(folder: Path, audience: str) -> None:
    """Go through the diagnosis in the terminal."""
    terminal.ask(_load(folder), audience)


@_example("helpdesk walks --audience agent")
@main.command()
@_catalog_option
@_audience_option
def walks(folder: Path, audience: str) -> None:
    """Print, for each cause, what somebody who has it is offered."""
    made = list(typical_walks(_load(folder).problem, audience))
    for walk in made:
        mark = "" if walk.early else "late" if walk.helped else "never"
        offered = ", ".join(walk.proposals)
        click.echo(f"{walk.cause:24} {walk.questions:2} questions  {mark:5}  {offered}")
    early = len([walk for walk in made if walk.early])
    click.echo(f"{early} of {len(made)} causes are helped within the first {EARLY} proposals")


@_example('helpdesk match "It says sent but nothing came since yesterday"')
@main.command("match")
@_catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.argument("text", metavar="TEXT|-")
def match_(folder: Path, text: str, *, as_json: bool) -> None:
    """Say what a person's own words point to; - reads them from standard input."""
    catalog = _load(folder)
    found = match(catalog.problem, sys.stdin.read() if text == "-" else text)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for told in found["answers"]:
        question = catalog.questions[told["question"]]
        label = question.answers[told["answer"]].label
        click.echo(f"{told['score']:.2f}  {question.ask} {label}")
    for cause in found["causes"]:
        click.echo(f"{cause['score']:.2f}  {catalog.causes[cause['cause']].title}")
    if not found["answers"] and not found["causes"]:
        click.echo("These words point to nothing in the catalog.")


@_example("helpdesk simulate --cases 500")
@main.command()
@_catalog_option
@click.option("--cases", default=CASES, show_default=True, type=click.IntRange(min=10))
@click.option("--seed", default=1, show_default=True, help="Another number, other people.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate(folder: Path, cases: int, seed: int, *, as_json: bool) -> None:
    """Measure the diagnosis on people who are made up, beside other ways to help."""
    figures = simulation.simulate(_load(folder).problem, cases, seed)
    click.echo(json.dumps(figures) if as_json else simulation.as_text(figures))


@_example('helpdesk codes "Twilio Messaging" 30003')
@main.command(context_settings={"ignore_unknown_options": True})  # -106 is a code
@_catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.argument("provider")
@click.argument("code", required=False)
def codes(folder: Path, provider: str, code: str | None, *, as_json: bool) -> None:
    """Say what a provider's error code means, or list the provider's codes."""
    try:
        click.echo(code_lookup.describe(_load(folder), provider, code, as_json=as_json))
    except code_lookup.NotFoundError as error:
        _fail(str(error))


@_example("helpdesk new parcels && cd parcels && mkdocs build --strict")
@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Write a small new help site to build on."""
    try:
        written = starter.write(folder)
    except starter.StarterError as error:
        _fail(str(error))
    else:
        click.echo(f"Wrote {_count(written, 'file')} to {folder}. Look at it:")
        click.echo(f"  cd {folder} && mkdocs serve")


def _load(folder: Path) -> Catalog:
    try:
        return load(folder)
    except CatalogErrors as found:
        for error in found.errors:
            click.echo(str(error), err=True)
        _fail(f"The catalog has {_count(len(found.errors), 'error')}.")
        raise


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(1)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
