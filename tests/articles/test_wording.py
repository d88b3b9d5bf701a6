"""The fixed words of each language."""

from helpdesk.articles import wording
from helpdesk.catalog import Catalog
from tests.conftest import ROOT

FOLDER = ROOT / "src" / "helpdesk" / "articles" / "wording"


def keys(language: str) -> set[str]:
    """The keys of a language's own file."""
    lines = (FOLDER / f"{language}.yml").read_text(encoding="utf-8").splitlines()
    return {line.split(": ")[0] for line in lines if ": " in line and line[:1].isalpha()}


def test_every_language_has_every_word() -> None:
    """The files of all languages have the same keys."""
    languages = sorted(path.stem for path in FOLDER.glob("*.yml"))
    assert languages == ["en", "zh"]
    assert keys("en") == keys("zh")


def test_an_unknown_language_speaks_english() -> None:
    """A language without a file of its own has the English words."""
    assert wording.load("xx") == wording.load("en")


def test_the_end_is_said_in_the_catalogs_words(lamp: Catalog, shipped: Catalog) -> None:
    """What somebody says whom a fix has helped comes from the catalog, or is said in general."""
    assert wording.of(shipped)["wizard.choose.solved"] == shipped.introduction.solved
    assert wording.of(lamp)["wizard.choose.failed"] == lamp.introduction.unsolved
