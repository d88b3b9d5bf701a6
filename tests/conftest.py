"""What many tests need."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.catalog import Catalog, load

from .site_tools import copy_site, mkdocs

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def no_job() -> Iterator[None]:
    """Run as at a desk, also in CI, where commands tell how far they are."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CI", "GITHUB_ACTIONS", "NO_COLOR"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let Ctrl-C end what tests start, also where they run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shipped() -> Catalog:
    """The catalog of the shipped site."""
    return load(ROOT / "docs" / "catalog")


@pytest.fixture(scope="session")
def lamp() -> Catalog:
    """A tiny catalog of another subject."""
    return load(ROOT / "tests" / "catalog" / "valid")


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped site, built strictly in `site/`."""
    folder = copy_site(root, tmp_path_factory.mktemp("shipped"))
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr
    return folder
