"""What a change of the catalog moves."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpdesk.cli import main

SOUND = Path(__file__).parent / "sound"


@pytest.fixture(name="folders")
def two_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make two catalogs that are the same, `old` and `new`."""
    for name in ("old", "new"):
        shutil.copytree(SOUND, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diff(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["diff", *arguments])


def moves(*arguments: str) -> dict[tuple[str, str], dict[str, object]]:
    """Return what has moved, by kind and id."""
    result = diff("--json", *arguments)
    assert result.exit_code == 0, result.output
    return {(move["kind"], move["id"]): move for move in json.loads(result.output)["moves"]}


def change(folder: Path, old: str, new: str) -> None:
    """Replace a text of a catalog once."""
    path = folder / "lamp.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_moves_where_nothing_changed(folders: Path) -> None:
    """Two copies are the same in everything that is compared."""
    assert moves("old", "new") == {}
    assert len(diff("old", "new").output.splitlines()) == 1
    assert folders.is_dir()


def test_a_text_for_readers_moves_nothing(folders: Path) -> None:
    """Words that are only read lead nobody elsewhere."""
    change(folders / "new", "The lamp has no power.", "There is no power.")
    assert moves("old", "new") == {}


def test_a_word_moves_first_questions_walks_and_cases(folders: Path) -> None:
    """What is asked first, how people with a cause are helped, how a case goes: all is told."""
    change(folders / "new", "minutes: 8", "minutes: 1")
    moved = moves("old", "new")
    assert {kind for kind, _ in moved} == {"first", "cause", "case"}
    assert all(move["before"] != move["after"] for move in moved.values())
    told = diff("old", "new").output.splitlines()
    assert len(told) == len(moved) + 1
    assert len(diff("--ways", "old", "new").output.splitlines()) > len(told)


def test_what_is_new_and_what_is_gone(folders: Path) -> None:
    """A cause and a case under another name are gone under the old one and new under the new."""
    for name in ("dead-bulb", "loose-plug"):
        change(folders / "new", f"  {name}:", f"  other-{name}:")
    moved = moves("old", "new")
    assert moved["cause", "dead-bulb"]["after"] is None
    assert moved["cause", "other-dead-bulb"]["before"] is None
    assert moved["case", "loose-plug"]["after"] is None
    assert moved["case", "other-loose-plug"]["before"] is None


def test_a_case_that_fails_now(folders: Path) -> None:
    """A case that a change breaks is told as such."""
    change(folders / "new", "q-plug: {no: almost always}", "q-plug: {yes: almost always}")
    case = moves("old", "new")["case", "loose-plug"]
    assert isinstance(case["after"], dict)
    assert case["after"]["good"] is False


def test_revisions_that_git_knows(folders: Path) -> None:
    """Without a second name, a revision is compared with the folder as it is now."""
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.com")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], cwd=folders, check=True, capture_output=True)
    assert moves("HEAD", "--catalog", "new") == {}
    change(folders / "new", "minutes: 8", "minutes: 1")
    assert moves("HEAD", "--catalog", "new") == moves("old", "new")


@pytest.mark.parametrize("name", ["nothing", "--", "-x", "HEAD:old", "../old"])
def test_what_is_neither_folder_nor_revision(folders: Path, name: str) -> None:
    """It is said what was expected, without a traceback."""
    result = diff("--catalog", "new", "--", name)
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1
    assert folders.is_dir()


def test_a_broken_catalog_is_told(folders: Path) -> None:
    """Its mistakes are listed, and nothing is compared."""
    change(folders / "old", "prior: rare", "prior: rre")
    result = diff("old", "new")
    assert result.exit_code == 1
    assert result.output.startswith("old/lamp.yml:")
