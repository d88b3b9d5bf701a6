"""Commands for those who edit in a browser."""

from pathlib import Path

import click

from helpdesk import cms as forms
from helpdesk.catalog import CatalogErrors

from .common import catalog_option, example, fail, load_catalog


@example("helpdesk cms --repo example/help")
@click.command()
@catalog_option
@click.option("--repo", required=True, metavar="OWNER/NAME", help="Where changes are kept.")
@click.option(
    "--backend",
    default="github",
    show_default=True,
    type=click.Choice(["github", "gitlab", "gitea"]),
    help="Who keeps it.",
)
@click.option("--branch", default="main", show_default=True, help="The branch that is changed.")
@click.option(
    "--packages",
    default="node_modules",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of npm packages with @sveltia/cms, of which the site serves a copy.",
)
def cms(folder: Path, repo: str, backend: str, branch: str, packages: Path) -> None:
    """Write admin/ into the site, where editors without git change words in a browser.

    Run it again after adding a cause, a question or a fix. Without it a site has no admin/.
    """
    catalog = load_catalog(folder)
    docs = folder.parent
    try:
        config = forms.configuration(catalog, folder, docs, forms.Backend(backend, repo, branch))
        written = forms.write(docs, config, packages)
    except (forms.CmsError, CatalogErrors) as error:
        fail(str(error))
    for path in written:
        click.echo(f"Wrote {path}")
