"""What went wrong in a build, one line each, with the place where an editor can mend it."""

import logging
import os
import traceback
from collections.abc import Iterator, Sequence
from typing import Self

import jinja2
from mkdocs.exceptions import PluginError

TEMPLATES = (".html", ".jinja", ".xml")


class MistakesError(PluginError):
    """Stops a build because of what editors have written."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take all mistakes."""
        self.lines = tuple(lines)
        listed = "\n  ".join(self.lines)
        super().__init__(f"Mistakes: {len(self.lines)}\n  {listed}")


class Said(logging.Handler):
    """Collects what MkDocs reports as an error."""

    def __init__(self) -> None:
        """Start with nothing said."""
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a message."""
        self.lines.append(record.getMessage())

    def __enter__(self) -> Self:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


def mistakes(error: BaseException, said: Sequence[str]) -> list[str]:
    """Return what made a build fail: what editors did, else what MkDocs said, else the error."""
    chain = list(_chain(error))
    for each in chain:
        if isinstance(each, MistakesError):
            return list(each.lines)
    place = next(filter(None, map(_place_in_template, chain)), "")
    if place:
        return [f"{place}: {chain[-1]}"]
    return list(said) or [str(error) or type(error).__name__]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it came from."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _place_in_template(error: BaseException) -> str:
    """Return file and line of a template that cannot be used."""
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return f"{os.path.relpath(error.filename)}:{error.lineno}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(TEMPLATES):
            return f"{os.path.relpath(frame.filename)}:{frame.lineno}"
    return ""
