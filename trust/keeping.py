"""What browsers keep of a site: the second visit without network, half a version, tabs, letting go.

These are tests of their own, in every engine that is installed. A sample of them is all of them,
and they run with the other tests anyway.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from trust.figure import Figure, none_of

ROOT = Path(__file__).parent.parent
TESTS = "tests/browser/test_offline.py"


def figures(*, whole: bool) -> Iterator[Figure]:
    """Run the tests, and count what failed."""
    if not whole:
        return
    command = [sys.executable, "-m", "pytest", "-q", TESTS]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    failed = re.findall(r"^(?:FAILED|ERROR) (.*)", run.stdout, re.MULTILINE)
    passed = re.search(r"(\d+) passed", run.stdout)
    tried = len(failed) + (int(passed[1]) if passed else 0)
    yield none_of("offline, half a version, two tabs, letting go: what failed", failed, tried)
