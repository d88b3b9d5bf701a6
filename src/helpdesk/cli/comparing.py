"""The command that tells what a change of the catalog moves."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from helpdesk import revisions
from helpdesk.catalog import Catalog
from helpdesk.checking.moves import Job, Move, comparisons, ways

from .common import audience_option, catalog_option, count, example, fail, load_catalog, progress


@example("helpdesk diff HEAD")
@click.command()
@catalog_option
@audience_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--ways", "with_ways", is_flag=True, help="Also each way, step by step.")
@click.argument("old")
@click.argument("new", required=False)
def diff(  # noqa: PLR0913 - one for each option
    folder: Path, audience: str, old: str, new: str | None, *, as_json: bool, with_ways: bool
) -> None:
    """Say which walks and first questions a change moved.

    OLD and NEW are catalog folders, or revisions that git knows (HEAD, main, v1.2), of which the
    folder of --catalog is taken. Without NEW it is that folder as it is now.
    """
    with _catalog(old, folder) as before, _catalog(new or str(folder), folder) as after:
        jobs = comparisons(before, after, audience)
        moves = [move for job in progress(jobs, "Comparing", _name) if (move := job[1]())]
    if as_json:
        told = {"compared": len(jobs), "moves": [move.as_json() for move in moves]}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for move in moves:
        _tell(move, with_ways=with_ways)
    same = len(jobs) - len(moves)
    click.echo(f"{count(len(moves), 'move')}; {same} of {len(jobs)} are as before")


def _name(job: Job) -> str:
    return job[0]


def _tell(move: Move, *, with_ways: bool) -> None:
    click.echo(move.told())
    for way in ways(move) if with_ways else ():
        click.echo(f"  {way}")


@contextmanager
def _catalog(named: str, folder: Path) -> Iterator[Catalog]:
    """Give the catalog of a folder or of a revision."""
    if Path(named).is_dir():
        yield load_catalog(Path(named))
        return
    with tempfile.TemporaryDirectory() as name:
        try:
            revisions.fetch(named, folder, Path(name))
        except revisions.RevisionError:
            fail(
                f'"{named}" is neither a folder nor a revision that git knows with {folder} in it. '
                "Give a catalog's folder, or a revision such as HEAD."
            )
        yield load_catalog(Path(name))
