"""A new site works at once."""

from pathlib import Path

from click.testing import CliRunner

from helpdesk.cli import main
from tests.site_tools import fingerprint, mkdocs


def test_a_new_site_builds_strictly(tmp_path: Path) -> None:
    """`helpdesk new` writes a catalog without errors and a site that builds without a warning."""
    folder = tmp_path / "parcels"
    made = CliRunner().invoke(main, ["new", str(folder)])
    assert made.exit_code == 0, made.output

    checked = CliRunner().invoke(main, ["check", "--catalog", str(folder / "docs/catalog")])
    assert checked.exit_code == 0, checked.output

    built = mkdocs("build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "<helpdesk-wizard" in (folder / "site/index.html").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder that holds something is refused and left as it is."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    before = fingerprint(tmp_path)
    refused = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert refused.exit_code == 1
    assert fingerprint(tmp_path) == before


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """A file of that name is refused too."""
    (tmp_path / "parcels").write_text("mine", encoding="utf-8")
    assert CliRunner().invoke(main, ["new", str(tmp_path / "parcels")]).exit_code == 1
