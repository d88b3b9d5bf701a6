"""The fixed words of pages and of the wizard, one file for each language."""

from functools import cache
from importlib import resources
from pathlib import Path

from helpdesk.catalog.source import Entries, Scalar, read


@cache
def load(language: str) -> dict[str, str]:
    """Return all words of a language by key, such as `article.what_to_do`."""
    with resources.as_file(resources.files(__package__) / "wording") as folder:
        root, errors = read(Path(folder) / f"{language}.yml", f"wording/{language}.yml")
    if errors or not isinstance(root, Entries):
        message = f"The words of the language {language!r} cannot be read: {errors}"
        raise LookupError(message)
    return {key.text: value.text for key, value in root.entries if isinstance(value, Scalar)}
