"""Provider codes: read as the text they are, every mistake reported with its place."""

import csv
import shutil
from pathlib import Path

import pytest

from helpdesk.catalog import Catalog, CatalogErrors, load

HERE = Path(__file__).parent
HEADER = "provider,code,meaning,suggested_cause,source"
GOOD = "Grid,001,No current,unplugged,A book (2026)"


def lamp_with(folder: Path, codes: str | bytes) -> Path:
    """The lamp's catalog with codes."""
    shutil.copy(HERE / "valid" / "lamp.yml", folder)
    data = codes if isinstance(codes, bytes) else codes.encode()
    (folder / "codes.csv").write_bytes(data)
    return folder


def reported(folder: Path) -> list[str]:
    """What is wrong with a catalog, without the folder's name."""
    with pytest.raises(CatalogErrors) as found:
        load(folder)
    return [str(error).removeprefix(f"{folder}/") for error in found.value.errors]


def test_the_shipped_codes_are_those_of_the_file(shipped: Catalog, root: Path) -> None:
    """Every line of the file is a code with its provider, exactly as it is written."""
    with (root / "docs/catalog/codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 585
    assert len({row["provider"] for row in rows}) == 32
    assert [(code.provider, code.code) for code in shipped.codes] == [
        (row["provider"], row["code"]) for row in rows
    ]
    assert all(set(code.causes) <= set(shipped.causes) for code in shipped.codes)


def test_codes_stay_text(shipped: Catalog) -> None:
    """Leading zeros, signs, colons and whole sentences are kept."""
    codes = {code.code for code in shipped.codes}
    assert {"002", "-106", "0x00000001", "MI:0208", "Phone has blocked SMS"} <= codes


def test_a_catalog_needs_no_codes(lamp: Catalog) -> None:
    """Without the file there are no codes, and nothing is wrong."""
    assert lamp.codes == ()


def test_a_code_knows_its_place_and_its_causes(tmp_path: Path) -> None:
    """Causes keep their order; quotes, line ends and a byte order mark make no difference."""
    lines = [HEADER, '"Grid, the","0,1","He said ""dark""",unplugged|dead-bulb,A book', "", GOOD]
    folder = lamp_with(tmp_path, b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    first, second = load(folder).codes
    assert first.answer == "Grid, the/0,1"
    assert first.meaning == 'He said "dark"'
    assert first.causes == ("unplugged", "dead-bulb")
    assert (second.position.line, second.position.column) == (4, 1)


MISTAKES: dict[str, tuple[str | bytes, list[str]]] = {
    "wrong header": ("code,provider\n", ["codes.csv:1:1: "]),
    "empty file": ("", ["codes.csv:1:1: "]),
    "too few fields": (f"{HEADER}\nGrid,1,Dark,unplugged\n", ["codes.csv:2:1: "]),
    "too many fields": (f"{HEADER}\n{GOOD}, second part\n", ["codes.csv:2:1: "]),
    "empty field": (f"{HEADER}\nGrid,001, ,unplugged,A book\n", ["codes.csv:2:10: "]),
    "no cause": (f"{HEADER}\nGrid,001,Dark,,A book\n", ["codes.csv:2:15: "]),
    "empty cause": (f"{HEADER}\nGrid,001,Dark,unplugged|,A book\n", ["codes.csv:2:25: "]),
    "cause twice": (f"{HEADER}\nGrid,001,Dark,unplugged|unplugged,A book\n", ["codes.csv:2:25: "]),
    "several lines": (f'{HEADER}\n"Gr\nid",001,Dark,unplugged,A book\n', ["codes.csv:2:1: "]),
    "markup": (f"{HEADER}\nGrid,001,<b>Dark</b>,unplugged,A book\n", ["codes.csv:2:10: "]),
    "stray quote": (f'{HEADER}\nGrid,"00"1,Dark,unplugged,A book\n', ["codes.csv:2:1: "]),
    "unclosed quote": (f'{HEADER}\n{GOOD}\nGrid,"002,Dark,unplugged,A\n', ["codes.csv:3:1: "]),
    "control character": (f"{HEADER}\n{GOOD}\x07\n", ["codes.csv:2:44: "]),
    "other encoding": (f"{HEADER}\nGrid,001,Dunkel für".encode("latin-1"), ["codes.csv:2:18: "]),
    "duplicate": (f"{HEADER}\n{GOOD}\n{GOOD}\n", ["codes.csv:3:1: "]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_reported_with_its_place(tmp_path: Path, mistake: str) -> None:
    """Each kind of mistake is one error at the place where it stands."""
    codes, expected = MISTAKES[mistake]
    errors = reported(lamp_with(tmp_path, codes))
    assert [error[: len(place)] for error, place in zip(errors, expected, strict=True)] == expected


def test_an_unknown_cause_is_reported_with_the_nearest(tmp_path: Path) -> None:
    """A cause that does not exist has its own column and the id that was perhaps meant."""
    errors = reported(lamp_with(tmp_path, f"{HEADER}\nGrid,001,Dark,dead-bulb|unpluged,A book\n"))
    assert len(errors) == 1
    assert errors[0].startswith("codes.csv:2:25: ")
    assert "unplugged" in errors[0]


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    """Mistakes in codes and in the other files come together, in the order of the files."""
    bad = f"{HEADER}\nGrid,001,Dark,unpluged,A book\nGrid,002,,unplugged,A book\n"
    folder = lamp_with(tmp_path, bad)
    source = (folder / "lamp.yml").read_text(encoding="utf-8")
    (folder / "lamp.yml").write_text(source.replace("prior: rare", "prior: rre"), encoding="utf-8")
    places = [error.split(":")[:2] for error in reported(folder)]
    assert places == [["codes.csv", "2"], ["codes.csv", "3"], ["lamp.yml", "52"]]


def test_the_same_code_of_two_providers_is_no_duplicate(tmp_path: Path) -> None:
    """A code is told apart by its provider."""
    other = GOOD.replace("Grid", "Net")
    assert len(load(lamp_with(tmp_path, f"{HEADER}\n{GOOD}\n{other}\n")).codes) == 2


def in_german(folder: Path, table: str) -> Path:
    """The lamp's catalog with two codes and the table of their meanings in German."""
    lamp_with(folder, f"{HEADER}\n{GOOD}\nGrid,002,Too hot,dead-bulb,A book\n")
    (folder / "de").mkdir()
    (folder / "de" / "lamp.yml").write_text("problem: {title: Warum?}\n", encoding="utf-8")
    (folder / "de" / "codes.csv").write_text(table, encoding="utf-8")
    return folder


def test_meanings_are_translated_beside_the_original(tmp_path: Path) -> None:
    """A meaning has its own words where the table has some, and the original's elsewhere."""
    catalog = load(in_german(tmp_path, "meaning,translation\nNo current,Kein Strom\n"))
    german = catalog.translations["de"]
    assert [code.meaning for code in german.codes] == ["Kein Strom", "Too hot"]
    assert [code.meaning for code in catalog.codes] == ["No current", "Too hot"]
    assert german.problem == catalog.problem
    gaps = [(gap.id, gap.reason) for gap in german.gaps if gap.section == "codes"]
    assert gaps == [("Too hot", "missing")]


def test_a_translation_of_an_older_meaning_is_told(tmp_path: Path) -> None:
    """Where the original has changed, what was made from it is named with its line."""
    table = "meaning,translation\nNo current,Kein Strom\nToo hot,Heiß\nToo cold,Kalt\n"
    german = load(in_german(tmp_path, table)).translations["de"]
    (unused,) = [gap for gap in german.gaps if gap.section == "codes"]
    assert (unused.id, unused.reason, unused.position.line) == ("Too cold", "unused", 4)


def test_mistakes_in_translated_meanings_are_reported(tmp_path: Path) -> None:
    """Each mistake has its place, like those of the original."""
    errors = reported(in_german(tmp_path, "meaning,translation\nNo current,\nToo hot\n"))
    assert [error.split(" ")[0] for error in errors] == ["de/codes.csv:2:12:", "de/codes.csv:3:1:"]


def test_shipped_meanings_are_all_in_chinese(shipped: Catalog) -> None:
    """No code is left in the original's words."""
    gaps = [gap for gap in shipped.translations["zh"].gaps if gap.section == "codes"]
    assert gaps == []
    chinese = [code.meaning for code in shipped.translations["zh"].codes]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in chinese)
