"""The README tells the truth: its commands run, and what it names is there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("    #")[0].strip() for block in CONSOLE for line in block.splitlines()]
OURS = [command for command in COMMANDS if command.startswith(".venv/bin/helpdesk ")]
TARGETS = [command.split()[1] for command in COMMANDS if command.startswith("make ")]


def test_every_command_is_known() -> None:
    """The README shows commands of helpdesk and targets of make, and nothing else."""
    assert len(COMMANDS) == len(OURS) + len(TARGETS)
    assert {"serve", "test", "site"} <= set(TARGETS)


@pytest.mark.parametrize("command", OURS)
def test_command_runs(command: str, tmp_path: Path) -> None:
    """Each command of helpdesk does what it says, beside the shipped catalog."""
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    arguments = shlex.split(command)[1:]
    result = subprocess.run(
        [sys.executable, "-m", "helpdesk", *arguments],
        cwd=tmp_path,
        input="q\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("target", TARGETS)
def test_target_exists(target: str) -> None:
    """Each target has a line in the Makefile that says what it does."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)


def test_the_map_names_what_is_there() -> None:
    """Every path in the README's map exists."""
    rows = re.findall(r"^\| (`[^|]*) \|", README, re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(names) > 8
    folders = (ROOT, ROOT / "src" / "helpdesk")
    missing = [name for name in names if not any((f / name).exists() for f in folders)]
    assert missing == []
