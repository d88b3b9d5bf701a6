"""The command that measures the catalog's words on what really happened."""

from datetime import date
from pathlib import Path

import click

from .common import catalog_option, example, fail, load_catalog


def _day(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat() if typed else ""
    except ValueError:
        raise click.BadParameter(f'"{typed}" is no day; expected YYYY-MM-DD.') from None


@example("helpdesk learn --deliveries sent.csv --outcomes outcomes.jsonl --diff")
@click.command()
@catalog_option
@click.option(
    "--deliveries", multiple=True, metavar="FILE", help="Columns provider, code, count, day."
)
@click.option(
    "--outcomes", multiple=True, metavar="FILE", help="Columns cause, answers, count, day."
)
@click.option(
    "--engine", default="", metavar="URL", help="Where FILE is a table (else: DuckDB, files)."
)
@click.option(
    "--since",
    default="",
    callback=_day,
    metavar="DAY",
    help="Leave out what was before (YYYY-MM-DD).",
)
@click.option(
    "--weight",
    default=20.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="How many cases an editor's word weighs as much as.",
)
@click.option(
    "--level",
    default=0.95,
    show_default=True,
    type=click.FloatRange(0.5, 1, max_open=True),
    help="How sure an interval is to hold the truth.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--diff", "as_diff", is_flag=True, help="Print proposed words as a diff to review.")
def learn(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path,
    deliveries: tuple[str, ...],
    outcomes: tuple[str, ...],
    engine: str,
    since: str,
    weight: float,
    level: float,
    *,
    as_json: bool,
    as_diff: bool,
) -> None:
    """Measure words on delivery logs and outcomes, and propose better ones. Writes nothing.

    Files: .csv, .parquet, .jsonl, also with .gz. The column `answers` is written as in the
    wizard's addresses: q-signal=weak&go-to-a-window=solved. Outcomes may also be an access log
    (.log), with requests of …/outcome?cause=ID&q-signal=weak. Needs: pip install
    "helpdesk[learn]". Engines are named as Ibis does, such as postgres://… or pyspark://….
    """
    named = {"deliveries": list(deliveries), "outcomes": list(outcomes)}
    if not any(named.values()):
        raise click.UsageError("Give --deliveries, --outcomes or both.")
    try:
        from helpdesk.learning import proposing, report  # noqa: PLC0415 - an extra
        from helpdesk.learning.estimating import Trust  # noqa: PLC0415
        from helpdesk.learning.sources import SourceError, Sources  # noqa: PLC0415
        from helpdesk.learning.tally import tally  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        fail(f'{missing.name} is not installed. Run: pip install "helpdesk[learn]"')
    catalog, trust = load_catalog(folder), Trust(weight, level)
    try:
        with Sources(engine) as sources:
            counted = tally(catalog, sources, named, since)
    except SourceError as error:
        fail(str(error))
    found = proposing.proposals(catalog, counted, trust)
    if as_json:
        click.echo(report.as_json(catalog, counted, trust, found))
    elif as_diff:
        for line in report.sources(counted):
            click.echo(line, err=True)
        click.echo(proposing.as_diff(found), nl=False)
    else:
        for line in report.as_text(catalog, counted, trust, found):
            click.echo(line)
