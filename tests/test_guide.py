"""The guide for editors, followed to the letter."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.site_tools import QUIET, serving, wait_for

GUIDE = Path(__file__).parent.parent / "guide/editors.md"
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORDS_AT_MOST = 2000
"""What can be read in ten minutes."""


def steps(guide: str) -> Iterator[tuple[str, str]]:
    """Yield what the guide tells to do: a file with its text, or a command without one."""
    for kind, name, text in BLOCK.findall(guide):
        if kind == "console":
            yield from ((command, "") for command in text.splitlines())
        else:
            yield name, text


def run(command: str, folder: Path) -> None:
    """Run a command of the guide in a folder; it has to go well."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command.split(),
        cwd=folder,
        env=os.environ | QUIET | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_the_guide_leads_from_nothing_to_a_published_folder(tmp_path: Path) -> None:
    """Every command goes well, every file shows in the served site, and the last folder is it."""
    todo = list(steps(GUIDE.read_text(encoding="utf-8")))
    at = [command for command, _ in todo].index("mkdocs serve")
    folder = tmp_path
    for command, _ in todo[:at]:
        if command.startswith("cd "):
            folder /= command.removeprefix("cd ")
        else:
            run(command, folder)
    with serving(folder) as address:
        wait_for(address, "<helpdesk-wizard")
        for name, text in todo[at + 1 :]:
            if text:
                (folder / name).write_text(text, encoding="utf-8")
            else:
                run(name, folder)
        wait_for(f"{address}causes/held-at-customs/", "Customs hold it", without="helpdesk-errors")
        wait_for(f"{address}abroad/", 'answers="q-from-abroad=yes"')
    published = tmp_path / "published"
    assert "Customs hold it" in (published / "causes/index.html").read_text(encoding="utf-8")
    assert (published / "404.html").is_file()


def test_the_guide_is_read_in_ten_minutes() -> None:
    """It is no longer than that, and every file it links to is there."""
    guide = GUIDE.read_text(encoding="utf-8")
    assert len(guide.split()) < WORDS_AT_MOST
    for target in re.findall(r"\]\(([^)#:]+)\)", guide):
        assert (GUIDE.parent / target).is_file(), target
