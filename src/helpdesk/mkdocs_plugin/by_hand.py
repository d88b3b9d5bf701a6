"""What stands in `docs/` beside the catalog, before MkDocs reads it."""

import os
from collections.abc import Sequence
from pathlib import Path

from mkdocs.structure.files import File, Files
from mkdocs.utils import meta

from helpdesk.articles import expand
from helpdesk.catalog import Catalog, CatalogError, Position

from .languages import Languages


def take_out_unreadable(files: Files) -> list[CatalogError]:
    """Remove pages that are no UTF-8 text, on which MkDocs would stop, and say which."""
    errors = []
    for file in files.documentation_pages():
        try:
            Path(file.abs_src_path or os.devnull).read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            place = Position(os.path.relpath(file.abs_src_path or ""), line, 1)
            message = "This is not UTF-8 text. Save the file as UTF-8."
            errors.append(CatalogError(place, message))
            files.remove(file)
    return errors


def take_out_prose(
    files: Files, folder: str, languages: Sequence[Catalog]
) -> tuple[dict[str, str], list[CatalogError]]:
    """Remove the catalog's files, and hand-written prose for articles.

    Return the prose by page, its references replaced, and those that name nothing.
    """
    prose: dict[str, str] = {}
    errors: list[CatalogError] = []
    articles_of = {f"{c.prefix}causes/{cause}.md": c for c in languages for cause in c.causes}
    for file in list(files):
        if file.src_uri.startswith(f"{folder}/"):
            files.remove(file)
        elif catalog := articles_of.get(file.src_uri):
            prose[file.src_uri], found = expand(*_body(file), catalog)
            errors.extend(found)
            files.remove(file)
    return prose, errors


class References:
    """The references in pages written by hand."""

    def __init__(self) -> None:
        """Start without pages."""
        self._texts: dict[str, str] = {}

    def check(self, files: Files, languages: Languages) -> list[CatalogError]:
        """Take the pages that are there, and return what is wrong with their references."""
        errors: list[CatalogError] = []
        self._texts = {}
        for file in files.documentation_pages():
            self._texts[file.src_uri], found = expand(*_body(file), languages.of(file.src_uri))
            if file.abs_src_path:  # else a copy, of which the original tells
                errors += found
        return errors

    def replaced(self, markdown: str, uri: str) -> str:
        """Return the Markdown of a page with its references replaced."""
        return self._texts.get(uri, markdown) if "[[" in markdown else markdown


def _body(file: File) -> tuple[str, str, Position]:
    """Return a page without its front matter, its uri, and where that text begins."""
    whole = file.content_string
    body = meta.get_data(whole)[0]
    line = 1 + whole.rstrip("\n").count("\n") - body.rstrip("\n").count("\n")
    path = os.path.relpath(file.abs_src_path) if file.abs_src_path else file.src_uri
    return body, file.src_uri, Position(path, line, 1)
