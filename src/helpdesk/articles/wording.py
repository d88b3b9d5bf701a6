"""The fixed words of pages and of the wizard, one file for each language."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from helpdesk.catalog.model import Catalog
from helpdesk.catalog.source import Entries, Scalar, read

ORIGINAL = "en"


def of(catalog: Catalog) -> Mapping[str, str]:
    """Return all words in the language of a catalog, with its own for how it ended."""
    return _of(catalog.language, catalog.introduction.solved, catalog.introduction.unsolved)


@lru_cache(maxsize=16)
def _of(language: str, solved: str, unsolved: str) -> Mapping[str, str]:
    return {
        key: word.replace("{solved}", solved).replace("{unsolved}", unsolved)
        for key, word in load(language).items()
    }


@cache
def load(language: str) -> dict[str, str]:
    """Return all words of a language by key, such as `article.do`; in English what it lacks."""
    words = {} if language == ORIGINAL else load(ORIGINAL)
    with resources.as_file(resources.files(__package__) / "wording") as folder:
        path = Path(folder) / f"{language}.yml"
        return words | _read(path) if path.is_file() else words


def _read(path: Path) -> dict[str, str]:
    root, errors = read(path, f"wording/{path.name}")
    if errors or not isinstance(root, Entries):
        message = f"The words of a language cannot be read: {errors}"
        raise LookupError(message)
    return {key.text: value.text for key, value in root.entries if isinstance(value, Scalar)}
