"""Commands that make sites and look at them."""

import sys
from pathlib import Path
from typing import Any

import click

from helpdesk import inspecting, starter
from helpdesk.articles import Made
from helpdesk.catalog import CatalogErrors
from helpdesk.hosting.doctor import UnreachableError, examine
from helpdesk.hosting.packing import pack
from helpdesk.stage import StageError, stage

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


_site_argument = click.argument(
    "site",
    metavar="[DIR]",
    default="site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)


@example("helpdesk inspect site")
@click.command()
@_site_argument
def inspect(site: Path) -> None:
    """Say what is wrong with a built site: links, anchors, files, other hosts, size."""
    faults, figures = inspecting.inspect(site)
    for fault in faults:
        click.echo(f"{site / fault.file}: {fault.message}")
    told = f"{figures['pages']} pages with {figures['links']} links in {figures['seconds']:.1f} s"
    click.echo(f"{count(len(faults), 'fault')}: {told}")
    sys.exit(bool(faults))


@example("helpdesk compress site")
@click.command()
@_site_argument
def compress(site: Path) -> None:
    """Pack the files of a built site for hosts that serve .br or .gz files as they lie."""
    packed = [(size, small) for _, size, small in pack(site)]
    before, after = (sum(sizes) for sizes in zip((0, 0), *packed, strict=True))
    click.echo(f"{count(len(packed), 'file')}: {before:,} bytes, packed {after:,}")


@example("helpdesk stage ../plain && cd ../plain && mkdocs build")
@click.command("stage")
@click.option(
    "--site",
    default=".",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder with mkdocs.yml.",
)
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def stage_(site: Path, target: Path) -> None:
    """Write a site as plain Markdown with settings, for engines that know nothing of helpdesk."""
    try:
        written = stage(site, target, _on_terminal())
    except StageError as error:
        fail(str(error))
    except CatalogErrors as found:
        fail("\n".join(str(error) for error in found.errors))
    names = sorted(path.name for path in target.glob("mkdocs*.yml"))
    click.echo(f"Wrote {count(written, 'page')} to {target}. Build it, one after the other:")
    for name in names:
        click.echo(f"  mkdocs build --config-file {target / name}")


def _on_terminal() -> Made | None:
    """Return what draws a bar of the pages that are made, if somebody is there to see it."""
    if not sys.stderr.isatty():
        return None
    bars: list[Any] = []

    def drawn(done: int, total: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=total, label="Pages", file=sys.stderr))
        bars[0].update(1)
        if done == total:
            bars[0].render_finish()

    return drawn


@example("helpdesk doctor https://help.example.com/")
@click.command()
@click.argument("address", metavar="URL")
def doctor(address: str) -> None:
    """Look at a deployed site, and say what its host should do otherwise."""
    if not address.startswith(("https://", "http://")):
        fail(f'Found "{address}"; expected an address that begins with https:// or http://.')
    try:
        found = list(examine(address))
    except (UnreachableError, ValueError) as error:
        fail(f"{address}: {error}")
    for ailment in found:
        click.echo(str(ailment))
    click.echo(f"{count(len(found), 'thing')} to change.")
    sys.exit(bool(found))
