"""The catalog in other languages."""

from pathlib import Path

import pytest

from helpdesk.catalog import Catalog, CatalogErrors, load
from helpdesk.catalog.stamping import stamp

VALID = Path(__file__).parent / "valid" / "lamp.yml"

GERMAN = """\
causes:
  dead-bulb:
    title: Kaputte Birne
    summary: Die Birne ist kaputt. Dreh eine neue ein.
questions:
  q-plug:
    ask: Steckt der Stecker?
    answers:
      yes: Ja
"""

FOR_SOME = """\
readers:
  kind:
    title: Your lamp
    choices:
      desk: {label: Desk lamp, agent: DeskBrowser}
      floor: {label: Floor lamp}
instructions:
  turn-left: {for: {kind: [desk, floor]}, fixes: [new-bulb], text: Turn left., checked: 2026-11-22}
"""


def written(folder: Path, german: str) -> Path:
    """Write the valid catalog with a German translation."""
    (folder / "de").mkdir(parents=True)
    (folder / "lamp.yml").write_text(VALID.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "de" / "lamp.yml").write_text(german, encoding="utf-8")
    return folder


def test_texts_are_replaced_and_the_rest_falls_back(tmp_path: Path) -> None:
    """A translation has its own texts where it says some, and the original's elsewhere."""
    catalog = load(written(tmp_path / "catalog", GERMAN))
    german = catalog.translations["de"]
    assert german.causes["dead-bulb"].title == "Kaputte Birne"
    assert german.causes["unplugged"].title == catalog.causes["unplugged"].title
    assert german.questions["q-plug"].answers["yes"].label == "Ja"
    assert german.questions["q-plug"].answers["no"].label == "No"
    assert german.problem == catalog.problem


def test_what_is_missing_incomplete_or_outdated_is_counted(tmp_path: Path) -> None:
    """Every entry that a translation lacks is named once, with the reason."""
    german = load(written(tmp_path / "catalog", GERMAN)).translations["de"]
    reasons = {(gap.section, gap.id): gap.reason for gap in german.gaps}
    assert reasons["causes", "unplugged"] == "missing"
    assert reasons["questions", "q-plug"] == "incomplete"
    assert reasons["causes", "dead-bulb"] == "outdated"
    assert reasons["problem", "problem"] == "missing"


def test_a_stamp_lasts_until_the_original_changes(tmp_path: Path) -> None:
    """Marking as up to date writes the fingerprint; a change of the original undoes it."""
    folder = written(tmp_path / "catalog", GERMAN)
    stamp(load(folder).translations["de"])
    reasons = {gap.id: gap.reason for gap in load(folder).translations["de"].gaps}
    assert "dead-bulb" not in reasons
    original = folder / "lamp.yml"
    text = original.read_text(encoding="utf-8")
    original.write_text(text.replace("The bulb is dead.", "The bulb is gone."), encoding="utf-8")
    reasons = {gap.id: gap.reason for gap in load(folder).translations["de"].gaps}
    assert reasons["dead-bulb"] == "outdated"
    stamp(load(folder).translations["de"])
    assert (folder / "de/lamp.yml").read_text(encoding="utf-8").count("of: ") == 1


def test_words_for_some_readers_are_translated(tmp_path: Path) -> None:
    """A reader's title, the labels of its choices and the instructions have texts to translate."""
    folder = written(
        tmp_path / "catalog",
        "readers: {kind: {title: Deine Lampe, choices: {desk: Tischlampe}}}\n"
        "instructions:\n  turn-left: {text: Nach links drehen.}\n",
    )
    (folder / "some.yml").write_text(FOR_SOME, encoding="utf-8")
    original = load(folder)
    german = original.translations["de"]
    kind = german.readers["kind"]
    assert kind.title == "Deine Lampe"
    assert [choice.label for choice in kind.choices.values()] == ["Tischlampe", "Floor lamp"]
    assert kind.choices["desk"].agent == "DeskBrowser"
    assert german.instructions["turn-left"].text == "Nach links drehen."
    assert german.instructions["turn-left"].choices == ("desk", "floor")
    reasons = {(gap.section, gap.id): gap.reason for gap in german.gaps}
    assert reasons["readers", "kind"] == "incomplete"
    assert reasons["instructions", "turn-left"] == "outdated"


@pytest.mark.parametrize(
    ("mistake", "line"),
    [
        ("causes:\n  dead-bulbs: {title: x}\n", 2),
        ("cause:\n  dead-bulb: {title: x}\n", 1),
        ("causes:\n  dead-bulb: {titel: x}\n", 2),
        ("causes:\n  dead-bulb:\n    title: <b>x</b>\n", 3),
        ("questions:\n  q-plug:\n    answers: {maybe: x}\n", 2),
        ("readers:\n  kind: {choices: {ceiling: x}}\n", 2),
        ("causes: [", 2),
    ],
)
def test_mistakes_in_a_translation_are_reported(tmp_path: Path, mistake: str, line: int) -> None:
    """What the original does not have, and broken files, are errors with their place."""
    folder = written(tmp_path / "catalog", mistake)
    (folder / "some.yml").write_text(FOR_SOME, encoding="utf-8")
    with pytest.raises(CatalogErrors) as found:
        load(folder)
    places = {(e.position.path, e.position.line) for e in found.value.errors}
    assert places == {(str(folder / "de" / "lamp.yml"), line)}


def test_the_shipped_catalog_is_whole_in_chinese(shipped: Catalog) -> None:
    """Nothing is missing or outdated in the shipped translation."""
    assert set(shipped.translations) == {"zh"}
    assert shipped.translations["zh"].gaps == ()
