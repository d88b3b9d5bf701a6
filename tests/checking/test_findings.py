"""Each file in `warned/` and `pages/` makes one rule speak; the file beside it says what is told.

All are made from `sound/`, about which nothing is to be said.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpdesk.catalog import Catalog
from helpdesk.checking.upkeep import reviews
from helpdesk.cli import main

HERE = Path(__file__).parent
CATALOGS = sorted((HERE / "warned").glob("*.yml"))
PAGES = sorted((HERE / "pages").glob("*.md"))
EPOCH = "1795348800"  # 2026-11-22


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small site without mistakes, in the folder where commands run."""
    shutil.copytree(HERE / "sound", tmp_path / "docs" / "catalog")
    (tmp_path / "mkdocs.yml").write_text("site_name: Lamps\n", encoding="utf-8")
    (tmp_path / "docs" / "contact.md").write_text("# Contact\n\n## By phone\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return tmp_path


def check(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["check", *arguments])


def assert_as_expected(case: Path) -> None:
    """Compare what is told with the file beside a case; errors make the exit status 1."""
    result = check("--notes")
    assert result.output == case.with_suffix(".expected").read_text(encoding="utf-8")
    assert result.exit_code == int("0 errors: " not in result.output)


def test_nothing_is_said_about_a_sound_site(site: Path) -> None:
    """Where there is nothing to do, nothing is told, not even a note."""
    result = check("--notes")
    assert (result.exit_code, len(result.output.splitlines())) == (0, 1)
    assert site.is_dir()


def test_what_is_there_is_not_dead(site: Path) -> None:
    """Pages made from the catalog, files beside the page, what a build adds, and code."""
    (site / "docs" / "lamp.svg").write_text("<svg/>", encoding="utf-8")
    page = """# A page {#top}

    See [the bulb](causes/dead-bulb.md#what-to-do), [the shop](parties/shop.md),
    [all](causes/index.md), [us](contact.md#by-phone), [above](#top), [news](changes.xml),
    [go](wizard/index.md),
    ![a lamp](lamp.svg "A lamp"), <https://example.com/>, `[code](dead.md)` and [[cause:dead-bulb]].

    ```markdown
    [code](dead.md) <script>
    ```

    <!-- [a comment](dead.md) -->
    """
    text = "\n".join(line.strip() for line in page.split("\n"))
    (site / "docs" / "page.md").write_text(text, encoding="utf-8")
    assert check("--notes").output.splitlines()[0].startswith("0 errors: ")


@pytest.mark.parametrize("case", CATALOGS, ids=lambda case: case.stem)
def test_catalog(case: Path, site: Path) -> None:
    """What is said about words that do readers no good."""
    folder = site / "docs" / "catalog"
    translation = case.stem.endswith(".zh")
    (folder / "zh").mkdir() if translation else None
    shutil.copy(case, folder / ("zh/lamp.yml" if translation else "lamp.yml"))
    assert_as_expected(case)


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.stem)
def test_page(case: Path, site: Path) -> None:
    """What is said about a page written by hand."""
    shutil.copy(case, site / "docs" / "page.md")
    assert_as_expected(case)


def test_a_page_that_is_no_text(site: Path) -> None:
    """A page in another encoding is an error with its line, not a crash."""
    (site / "docs" / "page.md").write_bytes("# A page\n\nEin Gerät.\n".encode("latin-1"))
    result = check()
    assert result.output.startswith("docs/page.md:3:8: ")
    assert result.exit_code == 1


def test_pages_outside_a_site_are_not_looked_at(site: Path) -> None:
    """A catalog alone has no pages, so its links cannot be dead."""
    (site / "mkdocs.yml").unlink()
    shutil.copy(HERE / "warned" / "dead-link.yml", site / "docs" / "catalog" / "lamp.yml")
    assert check().exit_code == 0


def test_json_names_place_and_rule(site: Path) -> None:
    """Tools get one object with the counts and every finding."""
    shutil.copy(HERE / "warned" / "case-never-gets-there.yml", site / "docs/catalog/lamp.yml")
    found = json.loads(check("--format", "json").output)
    assert (found["errors"], found["warnings"], found["notes"]) == (1, 0, 0)
    (finding,) = found["findings"]
    place = {"path": "docs/catalog/lamp.yml", "line": 62, "column": 3}
    assert {"level": "error", "kind": "case", **place}.items() <= finding.items()


def test_json_of_a_catalog_that_cannot_be_read(site: Path) -> None:
    """Mistakes of structure come the same way."""
    (site / "docs" / "catalog" / "lamp.yml").write_text("causes: {", encoding="utf-8")
    result = check("--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.output)["errors"] == 1


def test_github_gets_one_command_for_each_finding(site: Path) -> None:
    """Each finding is a workflow command on one line, with what would end it escaped."""
    shutil.copy(HERE / "warned" / "words-come-to-more-than-all.yml", site / "docs/catalog/lamp.yml")
    *told, _ = check("--format", "github").output.splitlines()
    assert all(line.startswith("::warning file=docs/catalog/lamp.yml,line=") for line in told)
    assert "165%25" in told[-1]


def test_a_job_is_told_how_far_it_is(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In CI there is a line for each step on standard error, and no bar."""
    monkeypatch.setenv("CI", "true")
    result = check()
    assert site.is_dir()
    assert len(result.stderr.splitlines()) > 5
    assert "\r" not in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_notes_are_counted_and_shown_only_when_asked_for(site: Path) -> None:
    """What may well be meant so does not stand in the way."""
    shutil.copy(HERE / "warned" / "fix-never-proposed.yml", site / "docs/catalog/lamp.yml")
    assert len(check().output.splitlines()) == 1
    assert len(check("--notes").output.splitlines()) == 2
    assert json.loads(check("--format", "json").output)["findings"] == []


@pytest.mark.parametrize("catalog", ["docs/catalog", "src/helpdesk/starter/docs/catalog"])
def test_nothing_is_left_to_do_in_what_is_shipped(
    catalog: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No errors and no warnings on the day of the last review; every case passes."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    found = json.loads(check("--catalog", catalog, "--format", "json").output)
    assert [finding["message"] for finding in found["findings"]] == []


def test_there_are_people_to_help(shipped: Catalog) -> None:
    """The shipped catalog has cases of both audiences, and of every kind of end."""
    assert len(shipped.cases) >= 25
    assert {case.audience for case in shipped.cases.values()} == {"user", "agent"}
    ends = {kind for case in shipped.cases.values() for kind in case.reaches}
    assert ends == {"cause", "fix", "hand_off", "warning"}


def test_a_wrong_clock_is_said_once(shipped: Catalog) -> None:
    """Where all reviews lie in the future, it is the clock that is wrong."""
    findings = reviews(shipped, date(1970, 1, 1))
    assert [finding.kind for finding in findings] == ["review-in-the-future"]
