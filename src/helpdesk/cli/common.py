"""What the commands share: options, examples, loading and failing.

Exit status: 0 fine, 1 the catalog or the input is at fault, 2 wrong usage.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from helpdesk.catalog import Catalog, CatalogErrors, load
from helpdesk.diagnosis import AUDIENCES, USER

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


def fail(message: str) -> NoReturn:
    """Say on standard error what is at fault, and exit."""
    click.echo(message, err=True)
    sys.exit(1)


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 fix" or "2 fixes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
