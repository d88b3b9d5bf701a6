"""What the commands share: options, examples, loading and failing.

Exit status: 0 fine, 1 the catalog or the input is at fault, 2 wrong usage.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from helpdesk.catalog import Catalog, CatalogErrors, load
from helpdesk.diagnosis import AUDIENCES, USER

T = TypeVar("T")

catalog_option = click.option(
    "--catalog",
    "folder",
    default="docs/catalog",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder with the catalog's .yml files.",
)
audience_option = click.option(
    "--audience",
    default=USER,
    show_default=True,
    type=click.Choice(AUDIENCES),
    help="Who answers: a stuck person, or support staff who see the send log.",
)


def example(line: str) -> Callable[[click.Command], click.Command]:
    """Put an example below a command's help."""

    def add(command: click.Command) -> click.Command:
        command.epilog = f"\b\nExample:\n  {line}"
        return command

    return add


def load_catalog(folder: Path) -> Catalog:
    """Return the catalog, or say everything that is wrong with it and exit."""
    try:
        return load(folder)
    except CatalogErrors as found:
        for error in found.errors:
            click.echo(str(error), err=True)
        fail(f"The catalog has {count(len(found.errors), 'error')}.")


def today() -> date:
    """Return the day, or that of SOURCE_DATE_EPOCH where a run must not depend on the day."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date()


def progress(items: Sequence[T], label: str, name: Callable[[T], str]) -> Iterator[T]:
    """Yield the items, telling on standard error how far it is.

    A bar on a terminal, a line for each step in a CI job, nothing where output is only read by
    another program.
    """
    if sys.stderr.isatty():
        with click.progressbar(
            items,
            label=label,
            item_show_func=lambda item: name(item) if item else "",
            file=sys.stderr,
        ) as bar:
            yield from bar
        return
    for number, item in enumerate(items, 1):
        if os.environ.get("CI"):
            click.echo(f"{label}: {name(item)} ({number} of {len(items)})", err=True)
        yield item


def fail(message: str) -> NoReturn:
    """Say on standard error what is at fault, and exit."""
    click.echo(message, err=True)
    sys.exit(1)


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 fix" or "2 fixes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
