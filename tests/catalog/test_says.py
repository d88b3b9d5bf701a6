"""Example phrases are read from a folder of their own, as strictly as the catalog."""

import shutil
from pathlib import Path

import pytest

from helpdesk.catalog import CatalogErrors, load
from helpdesk.diagnosis import match

VALID = Path(__file__).parent / "valid"


def with_says(folder: Path, text: str) -> Path:
    """Return the tiny catalog with a file of phrases."""
    shutil.copytree(VALID, folder / "catalog")
    (folder / "catalog" / "says").mkdir()
    (folder / "catalog" / "says" / "en.yml").write_text(text, encoding="utf-8")
    return folder / "catalog"


def test_phrases_are_found_in_what_people_say(tmp_path: Path) -> None:
    """A phrase and a synonym lead to the cause that an editor wrote them for."""
    path = with_says(
        tmp_path,
        "same:\n- [cat, kitten]\ncauses:\n  unplugged: [the cat pulled the cable]\n",
    )
    catalog = load(path)
    assert match(catalog.problem, "my kitten pulls cables")["causes"][0]["cause"] == "unplugged"
    assert str(path / "says" / "en.yml") in catalog.files


def test_files_of_several_languages_are_one(tmp_path: Path) -> None:
    """Each language may have a file; none of them is a translation to keep up to date."""
    path = with_says(tmp_path, "causes: {unplugged: [the cat pulled the cable]}")
    (path / "says" / "zh.yml").write_text("causes: {unplugged: [猫拔了插头]}", encoding="utf-8")
    catalog = load(path)
    assert match(catalog.problem, "小猫拔了插头")["causes"][0]["cause"] == "unplugged"
    assert catalog.translations == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("causes: {unplugd: [no cable]}", (1, 10)),
        ("causes: {unplugged: no cable}", (1, 21)),
        ("causes: {unplugged: [<b>]}", (1, 22)),
        ("cause: {unplugged: [no cable]}", (1, 1)),
        ("questions: {q-none: {yes: [a]}}", (1, 13)),
        ("[]", (1, 1)),
    ],
)
def test_a_mistake_is_reported_with_its_place(
    tmp_path: Path, text: str, place: tuple[int, int]
) -> None:
    """Unknown ids, wrong kinds and markup are errors."""
    path = with_says(tmp_path, text)
    with pytest.raises(CatalogErrors) as found:
        load(path)
    positions = [error.position for error in found.value.errors]
    assert [(position.line, position.column) for position in positions] == [place]
    assert positions[0].path.endswith("en.yml")


def test_an_answer_that_a_question_does_not_have_is_reported(tmp_path: Path) -> None:
    """The question is known, the answer is not."""
    question = next(iter(load(VALID).questions))
    path = with_says(tmp_path, f"questions: {{{question}: {{perhaps: [who knows]}}}}")
    with pytest.raises(CatalogErrors) as found:
        load(path)
    assert len(found.value.errors) == 1
    assert "perhaps" in found.value.errors[0].message
