"""Whether what is reused is ever out of date: many random edits, each build beside a clean one.

`python -m bench.reuse 100`.
"""

import random
import sys
import tempfile
from pathlib import Path

from tests.random_edits import edit
from tests.site_tools import built

from helpdesk import starter

EDITS = 20


def main(arguments: list[str]) -> None:
    """Edit a small site so many times, and stop at the first difference."""
    count = int(arguments[0]) if arguments else EDITS
    dice = random.Random(count)  # noqa: S311 - no secret hangs on it
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        starter.write(folder)
        for number in range(count):
            what = edit(folder, dice)
            reused = built(folder, Path(name) / "reused", reuse=True)
            clean = built(folder, Path(name) / "clean", reuse=False)
            if reused != clean:
                wrong = sorted(n for n in reused | clean if reused.get(n) != clean.get(n))
                sys.exit(f"Edit {number} ({what}) left {', '.join(wrong)} out of date.")
    sys.stdout.write(f"{count} edits, each build the same as a clean one\n")


if __name__ == "__main__":
    main(sys.argv[1:])
