"""The command that tells editors what their words do."""

import sys
from pathlib import Path

import click

from helpdesk.catalog import Catalog, CatalogErrors, load
from helpdesk.checking import ERROR, NOTE, WARNING, Finding, rules
from helpdesk.checking.findings import as_github, as_json, count_of

from .common import catalog_option, count, example, progress, today

COLORS = {ERROR: "red", WARNING: "yellow", NOTE: "cyan"}


@example("helpdesk check --catalog docs/catalog --format github")
@click.command()
@catalog_option
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "github"]),
    help="For people, for tools, or beside the lines of a pull request.",
)
@click.option("--notes", is_flag=True, help="Also what is good to know and may be meant so.")
def check(folder: Path, form: str, *, notes: bool) -> None:
    """Say all that is wrong, and what words do to readers.

    Errors (exit status 1) lead readers wrong or break the site. Warnings are for an editor to
    act on. Everything is said with its place and a way out, one finding a line.
    """
    catalog, findings = _look(folder)
    shown = [finding for finding in findings if notes or finding.level != NOTE]
    if form == "json":
        click.echo(as_json(shown))
    else:
        for finding in shown:
            _tell(finding, form)
        _sum_up(catalog, findings, notes=notes)
    sys.exit(1 if count_of(findings, ERROR) else 0)


def _look(folder: Path) -> tuple[Catalog | None, list[Finding]]:
    """Return the catalog, if it can be read, and what was found in the order of the files."""
    try:
        catalog = load(folder)
    except CatalogErrors as found:
        errors = found.errors
        return None, [Finding(e.position, ERROR, "catalog", e.message) for e in errors]
    findings: list[Finding] = []
    for _, rule in progress(rules(catalog, folder, today()), "Checking", lambda rule: rule[0]):
        findings += rule()
    return catalog, sorted(findings)


def _tell(finding: Finding, form: str) -> None:
    if form == "github":
        click.echo(as_github(finding))
        return
    mark = "" if finding.level == ERROR else f"{finding.level}: "
    told = click.style(f"{mark}{finding.message}", fg=COLORS[finding.level])
    click.echo(f"{finding.position}: {told}")


def _sum_up(catalog: Catalog | None, findings: list[Finding], *, notes: bool) -> None:
    errors = count(count_of(findings, ERROR), "error")
    if catalog is None:
        click.echo(errors)
        return
    for language, translation in catalog.translations.items():
        click.echo(f"{language}: {count(len(translation.gaps), 'text')} to translate")
    more = count(count_of(findings, WARNING), "warning")
    if hidden := 0 if notes else count_of(findings, NOTE):
        more += f", {count(hidden, 'note')} (--notes shows them)"
    click.echo(
        f"{errors}: {count(len(catalog.causes), 'cause')}, "
        f"{count(len(catalog.questions), 'question')}, "
        f"{count(len(catalog.fixes), 'fix', 'fixes')}, {count(len(catalog.cases), 'case')} "
        f"in {count(len(catalog.files), 'file')}; {more}"
    )
