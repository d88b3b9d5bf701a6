"""What the site promises holds: a sample of every subject; `make trust` measures them whole."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from trust.__main__ import sampled

TOGETHER = 2
"""Subjects measured at a time: each waits for its browser, or for a build, much of the time."""

Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def runs(root: Path, site: Path) -> Iterator[Mapping[str, Future[Run]]]:
    """Every subject, each in a process of its own, over one built site."""

    def run(subject: str) -> Run:
        return subprocess.run(
            [sys.executable, "-m", "trust", subject],
            cwd=root,
            env=os.environ | {"TRUST_SITE": str(site / "site")},
            capture_output=True,
            text=True,
            check=False,
        )

    with ThreadPoolExecutor(TOGETHER) as pool:
        yield {subject: pool.submit(run, subject) for subject in sampled()}


@pytest.mark.parametrize("subject", sampled())
def test_no_goal_is_missed(runs: Mapping[str, Future[Run]], subject: str) -> None:
    """Every figure of the subject reaches its goal."""
    result = runs[subject].result()
    assert result.returncode == 0, result.stdout + result.stderr
