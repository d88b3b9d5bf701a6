"""Real MkDocs in a folder of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import takewhile
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.commands.build import build
from mkdocs.config import load_config

from helpdesk.browser.strategy import Strategy
from helpdesk.browser.strategy_files import kept_strategy
from helpdesk.catalog import load
from helpdesk.diagnosis import USER
from helpdesk.diagnosis.wire import problem_to_json
from helpdesk.mkdocs_plugin.publishing import CACHE

QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
PATIENCE = 90
"""Seconds after which something that should happen has not."""
RELOAD = re.compile(r"livereload\((\d+), (\d+)\);")
"""What MkDocs puts into a served page: the build it shows, and the page's number."""

ARABIC = """\
problem:
  title: لماذا لم يصلني رمز التحقق؟
  summary: طلبت رمزًا ولم يصل.
causes:
  u-weak-signal:
    title: الإشارة ضعيفة
    summary: الإشارة ضعيفة في مكانك. اذهب إلى نافذة.
"""
"""Texts of a language written from right to left; the others are shown as they are, marked."""


def mkdocs(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run MkDocs to its end."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=cwd,
        env=os.environ | QUIET,
        capture_output=True,
        text=True,
        check=False,
    )


def built(folder: Path, target: Path, *, reuse: bool = False) -> dict[str, bytes]:
    """Build a site in this process, which is quicker, and return its files."""
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(target))
    config.plugins["helpdesk"].config["reuse"] = reuse
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    return fingerprint(target)


def copy_site(root: Path, target: Path) -> Path:
    """Copy the shipped site's sources, and the strategy that a build would take long to compute."""
    shipped_strategy(root)
    (target / CACHE).mkdir(parents=True)
    for path in (root / CACHE).glob("strategy-*.json"):
        shutil.copy(path, target / CACHE)
    shutil.copytree(root / "docs", target / "docs")
    shutil.copytree(root / "overrides", target / "overrides")
    shutil.copy(root / "mkdocs.yml", target)
    return target


def arabic_site(root: Path, target: Path) -> Path:
    """Build the shipped site with Arabic too, and return the folder of what was built."""
    folder = copy_site(root, target)
    (folder / "docs/catalog/ar").mkdir()
    (folder / "docs/catalog/ar/texts.yml").write_text(ARABIC, encoding="utf-8")
    result = mkdocs("build", cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder / "site"


@cache
def shipped_strategy(root: Path) -> Strategy:
    """Return the strategy of the shipped catalog, as a build makes it and keeps it."""
    problem = load(root / "docs" / "catalog").problem
    return kept_strategy(problem_to_json(problem), USER, root / CACHE)


def fingerprint(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[str]:
    """Serve a site with live reload, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{probe.getsockname()[1]}"
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", where, *arguments],
        cwd=folder,
        env=os.environ | QUIET,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    try:
        said = list(takewhile(lambda line: "Serving on" not in line, process.stderr))
        assert process.poll() is None, "".join(said)
        drain = threading.Thread(target=process.stderr.read)
        drain.start()
        yield f"http://{where}/"
    finally:
        process.send_signal(signal.SIGINT)  # as Ctrl-C: MkDocs then clears up
        process.wait()
        drain.join()
        process.stderr.close()


def wait_for(address: str, text: str, without: str = "\0") -> str:
    """Return the page once it holds a text; between looks, wait for the next rebuild."""
    page = _read(address)
    while text not in page or without in page:
        rebuilt = RELOAD.search(page)
        assert rebuilt, page[-2000:]
        _read(urljoin(address, f"/livereload/{rebuilt[1]}/{rebuilt[2]}"))
        page = _read(address)
    return page


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - ours
        return str(answer.read().decode())
