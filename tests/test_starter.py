"""A new site works at once."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from helpdesk.cli import main
from helpdesk.insight import ROOT
from tests.site_tools import QUIET, fingerprint

SCRIPT = "sh build.sh"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site."""
    folder = tmp_path_factory.mktemp("new") / "parcels"
    made = CliRunner().invoke(main, ["new", str(folder)])
    assert made.exit_code == 0, made.output
    return folder


def test_a_new_site_is_checked_and_built(folder: Path) -> None:
    """What every host runs finds no mistake, and builds without a warning where it is told to."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [*SCRIPT.split(), "public"]
    built = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | QUIET | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    made = folder / "public"
    assert "<helpdesk-wizard" in (made / "index.html").read_text(encoding="utf-8")
    tracking = (made / "tracking/index.html").read_text(encoding="utf-8")
    assert 'href="../causes/still-moving/"' in tracking
    assert 'answers="q-tracking=delivered"' in tracking


def test_what_is_built_holds_nothing_of_the_editors_view(folder: Path) -> None:
    """Neither the pages of the view nor a way to it are in a folder to be published."""
    made = fingerprint(folder / "public")
    assert len(made) > 20
    assert not [name for name in made if name.startswith(ROOT.strip("/"))]
    signs = (b"helpdesk-eyes", b"helpdesk-errors", b"wizard's eyes", f'"{ROOT}'.encode())
    assert [name for name, content in made.items() if any(sign in content for sign in signs)] == []


def test_every_host_runs_the_same(folder: Path) -> None:
    """Each file for a host can be read, runs the one script, and publishes what it makes."""
    github = yaml.safe_load((folder / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    steps = github["jobs"]["build"]["steps"]
    assert {"run": SCRIPT} in steps
    assert steps[-1]["with"] == {"path": "site"}
    gitlab = yaml.safe_load((folder / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["check"]["script"] == SCRIPT
    assert gitlab["pages"]["script"] == f"{SCRIPT} public"
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
    netlify = tomllib.loads((folder / "netlify.toml").read_text(encoding="utf-8"))
    assert (netlify["build"]["command"], netlify["build"]["publish"]) == (SCRIPT, "site")
    cloudflare = tomllib.loads((folder / "wrangler.toml").read_text(encoding="utf-8"))
    assert cloudflare["pages_build_output_dir"] == "site"
    nginx = (folder / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert nginx.count("{") == nginx.count("}")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder that holds something is refused and left as it is."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    before = fingerprint(tmp_path)
    refused = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert refused.exit_code == 1
    assert fingerprint(tmp_path) == before


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """A file of that name is refused too, and called what it is."""
    (tmp_path / "parcels").write_text("mine", encoding="utf-8")
    refused = CliRunner().invoke(main, ["new", str(tmp_path / "parcels")])
    assert refused.exit_code == 1
    assert "is a file" in refused.output
