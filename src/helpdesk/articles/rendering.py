"""The article templates: the package's own, and those a site puts before them."""

import traceback
from collections.abc import Sequence
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from helpdesk.catalog import CatalogError, CatalogErrors, Position

from . import markup
from .kept import CompiledTemplates, Kept
from .outages import moment

SUFFIX = ".md.jinja"


class Compiled(jinja2.BytecodeCache):
    """Templates as Python for one kind of environment, while a process lives.

    Which file a name stands for is still looked up each time, and what is in it compared.
    """

    def __init__(self) -> None:
        """Start with nothing compiled."""
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled from the same text."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


def environment(folders: Sequence[Path], kept: Kept | None = None) -> jinja2.Environment:
    """Return where templates are found: in the folders first, then in the package.

    What they are compiled to is kept in `kept`, else while the process lives.
    """
    own = [jinja2.FileSystemLoader(folder) for folder in folders]
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([*own, jinja2.PackageLoader("helpdesk.articles")]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # each build has its own
        bytecode_cache=CompiledTemplates(kept) if kept else COMPILED,
        autoescape=False,  # noqa: S701 - Markdown comes out; texts pass `escaped` or were checked
    )
    made.filters |= {
        "as_code": markup.as_code,
        "escaped": markup.escaped,
        "moment": moment,
        "plain": markup.plain,
        "first_sentence": markup.first_sentence,
    }
    return made


def render(templates: jinja2.Environment, name: str, context: dict[str, Any]) -> str:
    """Return what a template makes of the context.

    Raises CatalogErrors where the template cannot be used.
    """
    try:
        return templates.get_template(name + SUFFIX).render(context)
    except jinja2.TemplateSyntaxError as error:
        place = Position(error.filename or name + SUFFIX, error.lineno, 1)
        reason = error.message
    except (jinja2.TemplateError, TypeError, KeyError, AttributeError) as error:
        place = _place(error, name + SUFFIX)
        reason = str(error)
    message = f"The template cannot be used: {reason}. Compare it with the package's own."
    raise CatalogErrors([CatalogError(place, message)])


def _place(error: Exception, name: str) -> Position:
    """Return the last line of a template that the error passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith(SUFFIX):
            return Position(frame.filename, frame.lineno or 1, 1)
    return Position(name, 1, 1)
