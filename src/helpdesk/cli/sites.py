"""Commands that make sites."""

from pathlib import Path

import click

from helpdesk import starter

from .common import count, example, fail


@example("helpdesk new parcels && cd parcels && mkdocs build --strict")
@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Write a small new help site to build on."""
    try:
        written = starter.write(folder)
    except starter.StarterError as error:
        fail(str(error))
    else:
        click.echo(f"Wrote {count(written, 'file')} to {folder}. Look at it:")
        click.echo(f"  cd {folder} && mkdocs serve")
