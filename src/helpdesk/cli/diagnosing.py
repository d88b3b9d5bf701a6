"""Commands that diagnose, and that measure the diagnosis."""

import json
import sys
from pathlib import Path

import click

from helpdesk import code_lookup, simulation, terminal
from helpdesk.diagnosis import CodeError, EvidenceError, match, next_turn, open_code
from helpdesk.diagnosis.wire import parse_evidence, turn_json
from helpdesk.simulation import CASES
from helpdesk.simulation.guided import Turns
from helpdesk.simulation.typical import EARLY, typical_walk

from .common import audience_option, catalog_option, example, fail, load_catalog, progress


@example("""helpdesk next --evidence '[{"question": "q-signal", "answer": "weak"}]'""")
@click.command("next")
@catalog_option
@audience_option
@click.option(
    "--evidence",
    default="[]",
    metavar="JSON|-",
    help="Answers and outcomes so far as a JSON array; - reads them from standard input.",
)
def next_(folder: Path, audience: str, evidence: str) -> None:
    """Print the next step and what is believed, as one line of JSON."""
    catalog = load_catalog(folder)
    text = sys.stdin.read() if evidence == "-" else evidence
    try:
        click.echo(turn_json(catalog.problem, parse_evidence(text), audience))
    except EvidenceError as error:
        fail(f'{error} Give a JSON array such as [{{"question": "q-signal", "answer": "weak"}}].')


@example("helpdesk ask --audience agent")
@click.command()
@catalog_option
@audience_option
def ask(folder: Path, audience: str) -> None:
    """Go through the diagnosis in the terminal."""
    terminal.ask(load_catalog(folder), audience)


@example("helpdesk open 100J1-DWBTG-F682P-TR6FQ --audience agent")
@click.command("open")
@catalog_option
@audience_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and stop.")
@click.argument("code", nargs=-1, required=True)
def open_(folder: Path, audience: str, code: tuple[str, ...], *, as_json: bool) -> None:
    """Go on where somebody's code was made; - reads the code from standard input."""
    catalog = load_catalog(folder)
    text = sys.stdin.read() if code == ("-",) else " ".join(code)
    try:
        opened = open_code(catalog.problem, text)
    except CodeError as error:
        fail(str(error))
    if as_json:
        evidence, missing = list(opened.evidence), list(opened.missing)
        turn = next_turn(catalog.problem, evidence, audience)
        said = {"evidence": evidence, "missing": missing, "exact": opened.exact, "turn": turn}
        click.echo(json.dumps(said))
        return
    terminal.resume(catalog, audience, opened)


@example("helpdesk walks --audience agent")
@click.command()
@catalog_option
@audience_option
def walks(folder: Path, audience: str) -> None:
    """Print, for each cause, what somebody who has it is offered."""
    turns = Turns(load_catalog(folder).problem)
    causes = [cause.id for cause in turns.problem.causes]
    made = [
        typical_walk(turns, turns.problem.cause_positions[cause], audience)
        for cause in progress(causes, "Walking", str)
    ]
    for walk in made:
        mark = "" if walk.early else "late" if walk.helped else "never"
        offered = ", ".join(walk.proposals)
        click.echo(f"{walk.cause:24} {walk.questions:2} questions  {mark:5}  {offered}")
    early = len([walk for walk in made if walk.early])
    click.echo(f"{early} of {len(made)} causes are helped within the first {EARLY} proposals")


@example('helpdesk match "It says sent but nothing came since yesterday"')
@click.command("match")
@catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.argument("text", metavar="TEXT|-")
def match_(folder: Path, text: str, *, as_json: bool) -> None:
    """Say what a person's own words point to; - reads them from standard input."""
    catalog = load_catalog(folder)
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


@example("helpdesk simulate --cases 500")
@click.command()
@catalog_option
@click.option("--cases", default=CASES, show_default=True, type=click.IntRange(min=10))
@click.option("--seed", default=1, show_default=True, help="Another number, other people.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate(folder: Path, cases: int, seed: int, *, as_json: bool) -> None:
    """Measure the diagnosis on people who are made up, beside other ways to help."""
    figures = simulation.simulate(
        load_catalog(folder).problem,
        cases,
        seed,
        lambda jobs: progress(jobs, "Simulating", lambda job: f"{job[1]}, {job[0]}"),
    )
    click.echo(json.dumps(figures) if as_json else simulation.as_text(figures))


@example('helpdesk codes "Twilio Messaging" 30003')
@click.command(context_settings={"ignore_unknown_options": True})  # -106 is a code
@catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.argument("provider")
@click.argument("code", required=False)
def codes(folder: Path, provider: str, code: str | None, *, as_json: bool) -> None:
    """Say what a provider's error code means, or list the provider's codes."""
    try:
        click.echo(code_lookup.describe(load_catalog(folder), provider, code, as_json=as_json))
    except code_lookup.NotFoundError as error:
        fail(str(error))
