"""What a site serves for the wizard."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from gzip import compress
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from helpdesk.articles import wording
from helpdesk.browser import Bundle, bundle_catalog
from helpdesk.browser.bundle import FOLDER, bundle
from helpdesk.browser.runtime_files import with_engine
from helpdesk.browser.texts import texts
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import next_turn
from helpdesk.diagnosis.wire import problem_to_json

WEB = Path(__file__).parents[2] / "src/helpdesk/browser/web"
SCRIPTS = sorted(WEB.glob("*.mjs"))
MOST_BYTES = 10_000
"""Of the wizard's own scripts, compressed."""
STATIC_IMPORT = re.compile(r"from ?\"\./([\w.-]+)\"")
"""Of a squeezed script; what is imported when it is needed looks otherwise."""


def named(made: Bundle) -> dict[str, bytes]:
    """Return the files that are not the runtime, by their last name."""
    return {PurePosixPath(f.uri).name: f.content for f in made.files if f.content is not None}


def manifest(made: Bundle) -> dict[str, Any]:
    """Return what bundle.json says."""
    content: dict[str, Any] = json.loads(named(made)["bundle.json"])
    return content


def test_the_same_catalog_gives_the_same_bytes(kettle: Catalog) -> None:
    """Nothing of the day, the machine or chance gets in."""
    assert bundle_catalog(kettle) == bundle_catalog(kettle)


def test_a_file_at_an_address_never_changes(kettle: Catalog) -> None:
    """Whatever changes, changes the folder that the files stand in; the runtime's stays."""
    one = bundle_catalog(kettle)
    title = replace(kettle.introduction, title="Why is the water cold?")
    other = bundle_catalog(replace(kettle, introduction=title))
    named, renamed = (
        {f.uri for f in made.files if f.content and f.uri.startswith(FOLDER)}
        for made in (one, other)
    )
    assert named
    assert named.isdisjoint(renamed)
    assert [f.uri for f in one.files if f.path] == [f.uri for f in other.files if f.path]


def test_the_manifest_tells_the_truth(kettle: Catalog) -> None:
    """Each file that Python is made of has the length and the hash that bundle.json says."""
    made = bundle_catalog(kettle)
    served = {
        # Below the folder that is named after its content.
        "/".join(PurePosixPath(f.uri).parts[3:]): f.path.read_bytes()
        if f.path
        else f.content or b""
        for f in made.files
    }
    listed = manifest(made)
    entries = [listed["problem"], *listed["codes"].values(), *listed["texts"].values()]
    for entry in entries + listed["runtime"]["files"] + listed["runtime"]["whole"]:
        content = served[entry["name"]]
        assert entry["bytes"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()


def test_addresses_lead_to_the_files(kettle: Catalog) -> None:
    """From bundle.json, the root and the runtime are where it says; a page's two files exist."""
    made = bundle_catalog(kettle)
    uris = {file.uri for file in made.files}
    folder = PurePosixPath(made.module).parent
    assert {made.module, made.style} <= uris
    assert manifest(made)["root"] == "../" * len(folder.parts)
    runtime = folder.parent / manifest(made)["runtime"]["directory"].removeprefix("../")
    assert {str(runtime / file["name"]) for file in manifest(made)["runtime"]["files"]} <= uris


def test_without_a_runtime_there_is_none(kettle: Catalog) -> None:
    """A site can be built where the runtime was not."""
    made = bundle(problem_to_json(kettle.problem), texts(kettle))
    assert manifest(made)["runtime"] is None
    assert [file for file in made.files if file.path] == []


def test_the_engine_runs_from_its_archive(kettle: Catalog, tmp_path: Path) -> None:
    """The sources served are floor 0 alone, and Python with nothing installed thinks with them."""
    memory = io.BytesIO()
    zipfile.ZipFile(memory, "w").close()
    archive = tmp_path / "engine.zip"
    archive.write_bytes(with_engine(memory.getvalue()))
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
    assert {name.rpartition("/")[0] for name in names} == {"helpdesk", "helpdesk/diagnosis"}
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from helpdesk.diagnosis import wire\n"
        "wire.open_problem(sys.stdin.read()); print(wire.turn('[]', 'user'))"
    )
    run = subprocess.run(
        [sys.executable, "-S", "-I", "-c", code, archive],
        input=problem_to_json(kettle.problem),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout) == next_turn(kettle.problem, [])


def test_scripts_are_small(kettle: Catalog) -> None:
    """What the wizard needs of its own at once is what a slow line carries at once."""
    files = named(bundle_catalog(kettle))
    wanted, scripts = {"helpdesk-wizard.mjs", "diagnosis-worker.mjs"}, set()
    while wanted:
        name = wanted.pop()
        scripts.add(name)
        wanted |= set(STATIC_IMPORT.findall(files[name].decode())) - scripts
    assert len(scripts) > len(["helpdesk-wizard.mjs", "diagnosis-worker.mjs"])
    assert sum(len(compress(files[name], 9)) for name in scripts) <= MOST_BYTES


def test_what_is_needed_at_once_is_asked_for_at_once(kettle: Catalog) -> None:
    """A page names all that the wizard's module imports, however deep, and what is checked next."""
    made = bundle_catalog(kettle)
    files = named(made)
    ahead = [PurePosixPath(address).name for address in made.ahead.split()]
    imported = {"helpdesk-wizard.mjs"}
    for _ in files:
        imported |= {n for each in imported for n in STATIC_IMPORT.findall(files[each].decode())}
    checked = {"bundle.json", *(file["name"] for file in manifest(made)["worker"])}
    assert sorted(ahead) == sorted((imported | checked) - {"helpdesk-wizard.mjs"})
    assert set(made.ahead.split()) <= {file.uri for file in made.files}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_keep_to_themselves(path: Path) -> None:
    """A script imports its neighbors only, and reads no text as HTML."""
    source = path.read_text(encoding="utf-8")
    imported = re.findall(r"^import .* from \"(.*)\"", source, re.MULTILINE)
    assert all((WEB / name).is_file() and name.startswith("./") for name in imported)
    for banned in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert banned not in source


def test_only_five_scripts_fetch() -> None:
    """One checks, one keeps, one asks what goes on now, one tells what helped, one searches."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS}
    fetching = {name for name, source in sources.items() if re.search(r"(?<![\w.])fetch\(", source)}
    small = {"outages.mjs", "outcomes.mjs", "search-worker.mjs"}
    assert fetching == {"checked-fetch.mjs", "helpdesk-worker.mjs"} | small


def test_styles_keep_to_themselves() -> None:
    """Every class and every property of the wizard's own bears its name."""
    source = re.sub(
        r"/\*.*?\*/", "", (WEB / "helpdesk.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    classes = set(re.findall(r"\.([a-z][a-z-]*)", source))
    assert {name for name in classes if not name.startswith("helpdesk-")} <= {"is-chosen"}
    set_here = set(re.findall(r"^\s*(--[\w-]+):", source, re.MULTILINE))
    assert {name for name in set_here if not name.startswith("--helpdesk-")} == set()


def test_every_phrase_has_words() -> None:
    """What the scripts and the template say is worded, and nothing is worded that nobody says."""
    words = {key for key in wording.load("en") if key.startswith("wizard.")}
    sources = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    templates = sorted(WEB.parent.glob("templates/*.jinja"))
    template = "".join(path.read_text(encoding="utf-8") for path in templates)
    said = set(re.findall(r"say\(\"([\w.-]+)\"", sources))
    said |= set(re.findall(r"words\[\"([\w.-]+)\"\]", template))
    begun = re.findall(r"say\(`([\w.-]+)\$", sources)
    assert {f"wizard.{key}" for key in said} <= words
    unsaid = {
        key
        for key in words - {f"wizard.{key}" for key in said}
        if not any(key.startswith(f"wizard.{start}") for start in begun)
    }
    assert unsaid <= {"wizard.not-sure", "wizard.time"}
