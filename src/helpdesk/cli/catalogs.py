"""Commands about the catalog's files."""

from pathlib import Path

import click

from helpdesk.catalog.json_schema import as_text, schemas, write_schemas
from helpdesk.catalog.stamping import stamp
from helpdesk.catalog.suggestions import with_ids

from .common import catalog_option, count, example, fail, load_catalog


@example("helpdesk translated zh")
@click.command()
@catalog_option
@click.argument("language")
def translated(folder: Path, language: str) -> None:
    """Mark what is outdated in a language as translated from the texts of today."""
    translation = load_catalog(folder).translations.get(language)
    if translation is None:
        fail(f"There is no folder {folder / language} with .yml files.")
    else:
        click.echo(f"Marked {count(stamp(translation), 'text')} as up to date.")


@example("helpdesk schema --write")
@click.command()
@catalog_option
@click.option("--write", is_flag=True, help="Write all of them to .schema/ in the folder.")
@click.option("--ids", is_flag=True, help="Suggest the ids the catalog has.")
@click.argument("kind", default="catalog", type=click.Choice(list(schemas())))
def schema(folder: Path, kind: str, *, write: bool, ids: bool) -> None:
    """Print the format as JSON Schema, for editors.

    With it VS Code and others complete, explain and check while you write. They find it by
    the first line of a file:
    # yaml-language-server: $schema=.schema/catalog.json
    """
    made = schemas()
    if ids:
        catalog = load_catalog(folder)
        made = {name: with_ids(own, catalog) for name, own in made.items()}
    if not write:
        click.echo(as_text(made[kind]), nl=False)
        return
    try:
        for path in write_schemas(folder, made):
            click.echo(f"Wrote {path}")
    except OSError as error:
        fail(f"{folder} cannot be written: {error.strerror}.")
