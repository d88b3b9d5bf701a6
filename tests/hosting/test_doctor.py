"""A deployed site is looked at as a browser gets it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from trust.host import Host, hosted

from helpdesk import starter
from helpdesk.cli import main
from helpdesk.hosting.doctor import examine
from tests.site_tools import built


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built site."""
    home = tmp_path_factory.mktemp("deployed") / "parcels"
    starter.write(home)
    built(home, home / "site")
    return home / "site"


@pytest.fixture
def host(deployed: Path) -> Iterator[Host]:
    """The site on a host that heeds its `_headers`, and packs nothing."""
    with hosted(deployed) as host:
        yield host


def test_a_host_that_heeds_the_headers(host: Host) -> None:
    """Nothing is to be changed but what the host does not pack."""
    found = list(examine(host.url))
    assert found
    assert all("compressed" in ailment.found for ailment in found)


def test_a_host_without_headers(deployed: Path) -> None:
    """Each header that is missing is named, with the file and what to do."""
    with hosted(deployed, headers=False) as host:
        found = {
            (a.address.rpartition("/")[2], a.expected.partition(":")[0]) for a in examine(host.url)
        }
    assert ("", "X-Content-Type-Options") in found
    assert ("pyodide.asm.wasm", "Cache-Control") in found
    assert any(name == "diagnosis-worker.mjs" and "wasm" in what for name, what in found)


def test_a_changed_file_is_found(deployed: Path, tmp_path: Path) -> None:
    """A file of the wizard that is not as it was built is named."""
    site = tmp_path / "site"
    shutil.copytree(deployed, site)
    wasm = next(site.glob("assets/helpdesk/runtime-*/pyodide.asm.wasm"))
    wasm.write_bytes(wasm.read_bytes()[:-1] + b"x")
    next(site.glob("assets/helpdesk/*/texts.en.json")).unlink()
    with hosted(site) as host:
        lines = [f"{each}" for each in examine(host.url) if "compressed" not in each.found]
    assert len(lines) == 2 + 1  # what is missing has another hash, too
    assert any("pyodide.asm.wasm" in line for line in lines)
    assert any("texts.en.json" in line for line in lines)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://[", "help.example.com"])
def test_an_address_without_a_site(address: str) -> None:
    """What is no address, and where nobody answers, is said in a line."""
    result = CliRunner().invoke(main, ["doctor", address])
    assert result.exit_code == 1
    assert address in result.output
    assert len(result.output.splitlines()) == 1


def test_the_command_counts(host: Host) -> None:
    """The last line says how many things are to be changed, and the status whether any is."""
    result = CliRunner().invoke(main, ["doctor", host.url])
    lines = result.output.splitlines()
    assert result.exit_code == 1
    assert int(lines[-1].split()[0]) == len(lines) - 1
