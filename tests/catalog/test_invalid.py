"""Each file in `invalid/` holds one kind of mistake; the file beside it says what is reported."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpdesk.catalog import CatalogErrors, load
from helpdesk.cli import main

HERE = Path(__file__).parent
CASES = sorted((HERE / "invalid").glob("*.yml"))


def test_there_are_cases() -> None:
    """The folder of mistakes is found, and each mistake has its expected report."""
    assert len(CASES) >= 60
    assert all(case.with_suffix(".expected").is_file() for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_mistake_is_reported(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake is reported with its place and what to do, and the command exits with 1."""
    (tmp_path / "catalog").mkdir()
    shutil.copy(case, tmp_path / "catalog" / "lamp.yml")
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(main, ["check", "--catalog", "catalog"])

    assert result.output == case.with_suffix(".expected").read_text(encoding="utf-8")
    assert result.exit_code == 1


def test_the_catalog_without_mistakes_is_valid() -> None:
    """The catalog that all cases were made from has no errors."""
    assert set(load(HERE / "valid").causes) == {"unplugged", "dead-bulb", "something-else"}


def test_an_id_in_two_files_names_both(tmp_path: Path) -> None:
    """An id that stands in two files is reported with both places."""
    source = (HERE / "valid" / "lamp.yml").read_text(encoding="utf-8")
    (tmp_path / "a.yml").write_text(source, encoding="utf-8")
    (tmp_path / "b.yml").write_text(
        "sources:\n  book: {title: Another book}\nservice: {name: Other}\n", encoding="utf-8"
    )

    with pytest.raises(CatalogErrors) as found:
        load(tmp_path)

    places = [(error.position.path, error.position.line) for error in found.value.errors]
    assert places == [(str(tmp_path / "b.yml"), 2), (str(tmp_path / "b.yml"), 3)]
    assert all(str(tmp_path / "a.yml") in error.message for error in found.value.errors)


@pytest.mark.parametrize("spelled", ["service", '"service"', '"\\x73ervice"', "? service\n"])
def test_the_service_may_stand_in_any_file(spelled: str, tmp_path: Path) -> None:
    """Texts name the values of the service wherever and however its section stands."""
    source = (HERE / "valid" / "lamp.yml").read_text(encoding="utf-8")
    source = source.replace(
        "    summary: ", "    summary: Up to {service.limits.per_day} a day. ", 1
    )
    start, end = source.index("service:"), source.index("parties:")
    service = source[start:end].replace("service:", f"{spelled}:", 1)
    (tmp_path / "a.yml").write_text(source[:start] + source[end:], encoding="utf-8")
    (tmp_path / "b.yml").write_text(service, encoding="utf-8")

    found = load(tmp_path)

    assert found.causes["unplugged"].summary.startswith("Up to 5 a day.")


def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    """A file saved on another system is the same catalog."""
    source = (HERE / "valid" / "lamp.yml").read_bytes()
    (tmp_path / "lamp.yml").write_bytes(b"\xef\xbb\xbf" + source.replace(b"\n", b"\r\n"))

    assert load(tmp_path).problem == load(HERE / "valid").problem


def test_what_editors_leave_beside_is_no_catalog(tmp_path: Path) -> None:
    """Lock files and the like, whose names start with a dot, are left alone."""
    shutil.copy(HERE / "valid" / "lamp.yml", tmp_path)
    (tmp_path / ".#lamp.yml").symlink_to("nobody@nowhere")
    (tmp_path / "._lamp.yml").write_bytes(b"\x00\x05\x16\x07")
    assert load(tmp_path).problem == load(HERE / "valid").problem


def test_an_empty_section_is_one_mistake(tmp_path: Path) -> None:
    """Where a whole section is gone, that is said once, not at every place that names it."""
    source = (HERE / "valid" / "lamp.yml").read_text(encoding="utf-8")
    fixes = source[source.index("fixes:\n  plug-in") : source.index("causes:")]
    more = "{plug-in: almost always, new-bulb: likely, c: likely, d: likely}"
    text = source.replace(fixes, "").replace("{plug-in: almost always}", more)
    (tmp_path / "lamp.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogErrors) as found:
        load(tmp_path)
    assert len(found.value.errors) == 1


def test_a_file_that_cannot_be_read_hides_nothing_else(tmp_path: Path) -> None:
    """Mistakes in other files are reported together with a broken file, without follow-ons."""
    source = (HERE / "valid" / "lamp.yml").read_text(encoding="utf-8")
    fixes = source[source.index("fixes:\n  plug-in") : source.index("causes:")]
    rest = source.replace(fixes, "").replace("prior: rare", "prior: rre")
    (tmp_path / "lamp.yml").write_text(rest, encoding="utf-8")
    (tmp_path / "fixes.yml").write_text(fixes.replace("    worked", "   worked"), encoding="utf-8")

    with pytest.raises(CatalogErrors) as found:
        load(tmp_path)

    names = [Path(error.position.path).name for error in found.value.errors]
    assert names == ["fixes.yml", "lamp.yml"]
