"""What the site promises holds: a sample of every subject; `make trust` measures them whole."""

import subprocess
import sys
from pathlib import Path

import pytest
from trust.__main__ import sampled


@pytest.mark.parametrize("subject", sampled())
def test_no_goal_is_missed(root: Path, subject: str) -> None:
    """Every figure of the subject reaches its goal."""
    command = [sys.executable, "-m", "trust", subject]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
