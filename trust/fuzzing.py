"""Catalogs that a fuzzer makes: it sees which lines of ours run, and goes where it has not been."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from trust.catalogs import LAMP
from trust.figure import Figure, none_of

WHOLE_ONLY = True
RUNS = int(os.environ.get("FUZZ_RUNS", "1000000"))
DONE = re.compile(r"Done (\d+) ")


def figures(*, whole: bool) -> Iterator[Figure]:  # noqa: ARG001 - there is no sample of it
    """Feed the catalog's reader; anything but a catalog or a clear report ends the run."""
    with TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        (corpus / "lamp.yml").write_bytes(LAMP.read_bytes())
        for number, part in enumerate(LAMP.read_text(encoding="utf-8").split("\n\n")):
            (corpus / f"{number}.yml").write_text(part, encoding="utf-8")
        command = [sys.executable, "-m", "trust.fuzzed", str(corpus), f"-runs={RUNS}", "-seed=1"]
        options = ["-max_len=8192", f"-artifact_prefix={folder}/", "-timeout=10"]
        result = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    done = DONE.search(result.stderr)
    tail = result.stderr.splitlines()[-12:]
    runs = int(done[1]) if done else 0
    yield none_of("fuzzed catalogs without a clear report", [] if done else tail, runs)
